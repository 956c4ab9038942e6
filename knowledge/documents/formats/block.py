"""Block: a piece of Markdown that stands apart."""

from typing import NamedTuple


class Block(NamedTuple):
    """A heading, paragraph, list, item of a list, table or code."""

    kind: str
    """One of these words."""
    text: str
    links: str = ""
    """For a list of nothing but links: "here" where all lead to places in the same page, else "away"."""
