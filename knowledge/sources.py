"""Sources: where documents come from besides the desk's own folder, as desk.yaml names them."""

from knowledge.drafting.frozen import Frozen

SOURCES = {
    "website": "address",
    "zendesk_guide": "address",
    "intercom_articles": "",
    "confluence": "address",
    "notion": "start",
    "folder": "path",
}
"""Each kind by its word in desk.yaml, and what it cannot do without. A file of that name in `bot/sources` reads it."""


class SourceSettings(Frozen):
    """One source. Its token, if it needs one, is in the environment."""

    name: str
    kind: str
    address: str = ""
    """Where it is, such as `https://help.acme.example`; no slash at the end."""
    path: str = ""
    """A folder on this machine, for the kind `folder`."""
    start: str = ""
    """For a website: where to begin, if not at its sitemap; for others: which space, collection or database."""
    user: str = ""
    hosts: tuple[str, ...] = ()
    """For a website: further hosts whose pages belong to it."""
    owner: str = ""
    topic: str = ""
    audience: str = ""
    """Who may see its documents, by a name that desk.yaml explains; empty is everybody."""
    private: bool = False
    """Whether it may be at a private address of the company's own network."""
    most: int = 2_000
    """Pages that are read at most."""
