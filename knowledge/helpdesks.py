"""Helpdesks: which ones there are, what a link to a ticket looks like in each, and how a desk names its own."""

import re
from typing import NamedTuple

from pydantic import Field

from knowledge.drafting.frozen import Frozen
from knowledge.drafting.ticket import TicketRef


class HelpdeskKind(NamedTuple):
    """A product. `{address}` and `{account}` stand for what a desk writes in desk.yaml."""

    name: str
    links: tuple[str, ...]
    """What follows the address in a link to a ticket, as patterns; `{id}` stands for the ticket's id."""
    check: str
    """A path that answers where the token is good; for the doctor."""
    hosts: str = ""
    """A pattern of the hosts by which a link is known as this product's where no desk has named it."""
    api: str = "{address}"
    """Where the API is."""
    id: str = r"[1-9]\d{0,11}"
    sign: str = "#"
    """What people write before the id."""
    basic: str = "{user}:{token}"
    """What basic authentication carries; taken where the desk names a user, or where no `{user}` is in it."""
    header: tuple[str, str] = ("Authorization", "Bearer {token}")
    """What carries the token otherwise."""
    headers: dict[str, str] = {}  # noqa: RUF012 - Never changed.
    """More headers that it wants with each request."""
    account: str = ""
    """What `account` is in this product, such as `the number of your account`; empty where there is none."""


HELPDESKS = {
    "zendesk": HelpdeskKind(
        "Zendesk",
        links=(r"/agent/tickets/{id}", r"/(?:hc/[\w-]+/)?requests/{id}", r"/tickets/{id}"),
        check="/api/v2/users/me.json",
        hosts=r"[\w-]+\.zendesk\.com",
        basic="{user}/token:{token}",
    ),
    "freshdesk": HelpdeskKind(
        "Freshdesk",
        links=(r"/a/tickets/{id}", r"/helpdesk/tickets/{id}", r"/(?:[\w-]+/)?support/tickets/{id}"),
        check="/api/v2/agents/me",
        hosts=r"[\w-]+\.freshdesk\.com",
        basic="{token}:X",
    ),
    "intercom": HelpdeskKind(
        "Intercom",
        links=(r"/a/(?:inbox|apps)/{account}/(?:[\w-]+/){0,6}conversations?/{id}",),
        check="/me",
        hosts=r"app\.(?:eu\.|au\.)?intercom\.(?:com|io)",
        api="https://api.intercom.io",
        id=r"[1-9]\d{0,19}",
        sign="conversation ",
        headers={"Intercom-Version": "2.11"},
        account="the id of your workspace",
    ),
    "help_scout": HelpdeskKind(
        "Help Scout",
        links=(r"/conversation/{id}",),
        check="/users/me",
        hosts=r"secure\.helpscout\.(?:net|com)",
        api="https://api.helpscout.net/v2",
        sign="conversation ",
    ),
    "gorgias": HelpdeskKind(
        "Gorgias",
        links=(r"/app/ticket/{id}", r"/app/views/\d+/{id}"),
        check="/account",
        hosts=r"[\w-]+\.gorgias\.com",
        api="{address}/api",
    ),
    "front": HelpdeskKind(
        "Front",
        links=(r"/open/{id}",),
        check="/me",
        hosts=r"app\.frontapp\.com",
        api="https://api2.frontapp.com",
        id=r"cnv_[0-9a-z]{1,20}",
        sign="",
    ),
    "jira": HelpdeskKind(
        "Jira",
        links=(
            r"/browse/{id}",
            r"/servicedesk/customer/portal/\d+/{id}",
            r"/(?:jira/servicedesk/)?projects/\w+/(?:issues|queues)/(?:[\w-]+/){0,2}{id}",
        ),
        check="/rest/api/2/myself",
        hosts=r"[\w-]+\.atlassian\.net",
        id=r"[A-Z][A-Z0-9]{1,19}-[1-9]\d{0,9}",
        sign="",
        headers={"X-ExperimentalApi": "opt-in"},
    ),
    "zammad": HelpdeskKind(
        "Zammad",
        links=(r"/?#ticket/zoom/{id}", r"/(?:desktop|mobile)/tickets/{id}"),
        check="/users/me",
        hosts=r".+",
        api="{address}/api/v1",
        header=("Authorization", "Token token={token}"),
    ),
    "chatwoot": HelpdeskKind(
        "Chatwoot",
        links=(r"/app/accounts/{account}/(?:[\w-]+/){0,3}conversations/{id}",),
        check="/conversations/meta",
        hosts=r".+",
        api="{address}/api/v1/accounts/{account}",
        header=("api_access_token", "{token}"),
        account="the number of your account",
    ),
    "hubspot": HelpdeskKind(
        "HubSpot",
        links=(
            r"/contacts/{account}/(?:ticket|record/0-5)/{id}",
            r"/help-desk/{account}/view/[\w-]+/ticket/{id}",
        ),
        check="/crm/v3/objects/tickets",
        hosts=r"app(?:-[a-z0-9]+)?\.hubspot\.com",
        api="https://api.hubapi.com",
        account="the number of your account",
    ),
    "github": HelpdeskKind(
        "GitHub",
        links=(r"/{account}/issues/{id}",),
        check="",
        # Links to issues of other repositories are everyday ones, so no host makes one a ticket.
        api="https://api.github.com/repos/{account}",
        headers={"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"},
        account="the owner and the repository, such as acme/app",
    ),
    "request_tracker": HelpdeskKind(
        "Request Tracker",
        links=(
            r"/Ticket/(?:Display|History|Update|Modify)\.html\?(?:[\w.-]+=[\w.%+-]*[&;])*id={id}(?:;.*)?",
            r"/SelfService/Display\.html\?(?:[\w.-]+=[\w.%+-]*[&;])*id={id}",
        ),
        check="/rt",
        hosts=r".+",
        api="{address}/REST/2.0",
        header=("Authorization", "token {token}"),
    ),
    "roundup": HelpdeskKind(
        "Roundup",
        links=(r"/issue{id}",),
        check="",
        # Trackers of bugs have such links too, so no host makes one a ticket.
        api="{address}/rest/data",
    ),
}
"""Each kind by its word in desk.yaml. A row here and a file of the same name in `bot/helpdesks` make a helpdesk."""


class Helpdesk(Frozen):
    """A helpdesk of the desk's own. Its token is not here but in the environment."""

    kind: str
    address: str
    """Where people open tickets, such as `https://acme.zendesk.com`; no slash at the end."""
    account: str = ""
    user: str = ""
    api: str = ""
    """Where its API is, if elsewhere than is usual for the kind."""
    private: bool = False
    """Whether it may be at a private address of the company's own network."""
    facts: dict[str, str] = Field(default_factory=dict)
    """A field of the helpdesk to the fact of required-facts.yaml that it holds."""

    @property
    def product(self) -> HelpdeskKind:
        """The kind's row."""
        return HELPDESKS[self.kind]

    @property
    def api_address(self) -> str:
        """Where requests go; no slash at the end."""
        return (self.api or self.product.api).format(address=self.address, account=self.account).rstrip("/")


def link_patterns(kind: HelpdeskKind, account: str = "") -> tuple[re.Pattern[str], ...]:
    """What follows the address in a link to a ticket, whole; the group `id` is the ticket's id.

    Without an account any account's links are meant.
    """
    named = {"id": f"(?P<id>{kind.id})", "account": re.escape(account) or r"[\w./-]+"}
    # `str.format` would take the braces of a pattern such as `[0-9]{1,3}` for its own.
    filled = (re.sub(r"\{(id|account)\}", lambda match: named[match[1]], link) for link in kind.links)
    return tuple(re.compile(rf"{each}(?:[/?#&].*)?", re.ASCII) for each in filled)


def label(helpdesks: dict[str, Helpdesk], ref: TicketRef) -> str:
    """What people call a ticket, such as `Zendesk #4821`."""
    known = helpdesks.get(ref.helpdesk)
    return f"{known.product.name} {known.product.sign}{ref.id}" if known else f"{ref.helpdesk} {ref.id}"
