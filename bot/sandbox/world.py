"""World: who and what there is in the local workspace. Plain data, easily changed by a test."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, Self

Json = dict[str, Any]
Kind = Literal["public", "private", "im", "mpim"]

SCOPES = frozenset(
    "app_mentions:read channels:history channels:join channels:read chat:write commands files:write groups:history "
    "groups:read im:history im:read im:write mpim:history mpim:read mpim:write reactions:read reactions:write "
    "team:read usergroups:read users:read".split()
)
EVENTS = frozenset(
    "message.channels message.groups message.im message.mpim app_mention reaction_added reaction_removed "
    "app_home_opened channel_shared tokens_revoked app_uninstalled member_joined_channel".split()
)


@dataclass
class Member:
    """A person (or a bot) as Slack knows them."""

    id: str
    name: str
    real_name: str
    title: str = ""
    team_id: str = "T0HARBOR"
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    is_workflow_bot: bool = False
    is_stranger: bool = False
    is_app_user: bool = False

    @property
    def is_guest(self) -> bool:
        """Whether Slack calls them a guest, of either kind."""
        return self.is_restricted or self.is_ultra_restricted


@dataclass
class Channel:
    """A conversation: a channel, a private one, a direct one or a group's."""

    id: str
    name: str
    members: set[str]
    kind: Kind = "public"
    topic: str = ""
    is_ext_shared: bool = False
    is_pending_ext_shared: bool = False
    is_org_shared: bool = False
    is_archived: bool = False


@dataclass
class UserGroup:
    """A user group, mentioned by its handle."""

    id: str
    handle: str
    name: str
    users: list[str]
    disabled: bool = False


@dataclass
class App:
    """The app under development, as it is installed here."""

    id: str = "A0PROOFDESK"
    user_id: str = "U0PROOFDESK"
    bot_id: str = "B0PROOFDESK"
    name: str = "Proofdesk"
    installed: bool = True


@dataclass(frozen=True)
class Sample:
    """A message to try, one click away in the page."""

    id: str
    label: str
    text: str


@dataclass(frozen=True)
class Command:
    """A slash command of the app."""

    command: str
    description: str
    usage_hint: str = ""


@dataclass(frozen=True)
class Shortcut:
    """A message shortcut of the app."""

    callback_id: str
    name: str


COMMANDS = (
    Command("/draft", "Draft a reply to a ticket", "[ticket text or link]"),
    Command("/kb", "Ask the approved documents", "[question]"),
    Command("/docs", "Which documents are approved, by whom and until when", "[list | stale | word]"),
    Command("/desk", "See how the desk is doing", "[status | on | off]"),
)
SHORTCUTS = (Shortcut("draft_reply", "Draft a reply"),)


@dataclass
class World:
    """Everything a workspace starts with."""

    team_id: str = "T0HARBOR"
    team_name: str = "Harborlight"
    app: App = field(default_factory=App)
    people: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    groups: dict[str, UserGroup] = field(default_factory=dict)
    commands: tuple[Command, ...] = COMMANDS
    shortcuts: tuple[Shortcut, ...] = SHORTCUTS
    samples: tuple[Sample, ...] = ()
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    events: set[str] = field(default_factory=lambda: set(EVENTS))
    bot_token: str = "xoxb-sandbox-bot"
    app_token: str = "xapp-sandbox-app"
    signing_secret: str = "sandbox-signing-secret"

    def __post_init__(self) -> None:
        app = self.app
        bot = Member(app.user_id, app.name.lower(), app.name, team_id=self.team_id, is_bot=True)
        self.people.setdefault(app.user_id, bot)

    @classmethod
    def sample(cls, samples: Iterable[tuple[str, str, str]] = (), **settings: Any) -> Self:
        """The workspace of the sample desk; settings are this class's own fields."""
        world = cls(samples=tuple(Sample(*sample) for sample in samples), **settings)
        ana = world.add_person("U0ANA", "ana", "Ana Lind", title="Support agent").id
        ben = world.add_person("U0BEN", "ben", "Ben Okoro", title="Support agent").id
        sam = world.add_person("U0SAM", "sam", "Sam Reyes", title="Senior support agent").id
        mara = world.add_person("U0MARA", "mara", "Mara Lindt", title="Document owner").id
        oli = world.add_person("U0OLI", "oli", "Oli Brandt", title="Guest from an agency", is_restricted=True).id
        world.add_group("S0AGENTS", "support-agents", [ana, ben, sam])
        world.add_group("S0SENIORS", "support-seniors", [sam])
        world.add_group("S0OWNERS", "document-owners", [mara])
        world.add_channel("C0INTAKE", "support-intake", [ana, ben, sam, mara, oli], topic="Paste a ticket, get a draft")
        world.add_channel("C0BILLING", "billing-leads", [ana, ben, sam])
        world.add_channel("C0SECURITY", "security-leads", [ana, ben, sam])
        world.add_channel("C0LEGAL", "legal-leads", [ana, ben, sam])
        world.add_channel("C0DOCS", "document-owners", [mara, sam])
        world.add_channel("C0TEAM", "support-team", [ana, ben, sam, mara], topic="What the desk did each week")
        world.add_channel("C0RANDOM", "random", [ana, ben, sam, mara, oli])
        world.add_channel("C0PARTNER", "partner-desk", [ana, sam, oli], is_ext_shared=True)
        world.add_channel("G0LEADS", "leads-private", [sam, mara], kind="private")
        return world

    def add_person(self, id_: str, name: str, real_name: str, **flags: Any) -> Member:
        """A new person, with a direct conversation with the app."""
        member = Member(id_, name, real_name, **{"team_id": self.team_id, **flags})
        self.people[id_] = member
        self.add_channel(f"D{id_[1:]}", "", [id_], kind="im")
        return member

    def add_channel(
        self, id_: str, name: str, members: Iterable[str], *, with_app: bool = True, **flags: Any
    ) -> Channel:
        """A new conversation, with the app in it unless told otherwise."""
        everybody = {*members, self.app.user_id} if with_app else set(members)
        channel = Channel(id_, name, everybody, **flags)
        self.channels[id_] = channel
        return channel

    def add_group(self, id_: str, handle: str, users: Iterable[str]) -> UserGroup:
        """A new user group."""
        group = UserGroup(id_, handle, handle.replace("-", " ").capitalize(), list(users))
        self.groups[id_] = group
        return group
