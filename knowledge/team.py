"""Team: where a desk works in Slack, who has which role there, and what its emoji mean."""

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from knowledge.drafting.draft import Escalation
from knowledge.drafting.frozen import Frozen
from knowledge.helpdesks import Helpdesk

_SKIN_TONE = re.compile(r"::skin-tone-[2-6]$")


class Channels(Frozen):
    """The channels a desk works in, by id."""

    intake: tuple[str, ...] = ()
    """Where tickets are posted and drafts are made."""
    escalations: str = ""
    """Where warnings go that have no channel of their own."""
    documents: str = ""
    """Where document owners are shown what waits for them, and told what ends."""
    report: str = ""
    """Where the week's report is posted."""


class Roles(Frozen):
    """Who may do what: ids of user groups and of people. An empty role is nobody's."""

    agents: tuple[str, ...] = ()
    seniors: tuple[str, ...] = ()
    document_owners: tuple[str, ...] = ()


class Emoji(Frozen):
    """What a reaction means, by the names of the emoji."""

    approve: tuple[str, ...] = ("white_check_mark", "heavy_check_mark")
    edit: tuple[str, ...] = ("pencil2",)
    reject: tuple[str, ...] = ("x",)
    escalate: tuple[str, ...] = ("rotating_light",)
    redraft: tuple[str, ...] = ("repeat", "arrows_counterclockwise")
    claim: tuple[str, ...] = ("eyes",)

    def meanings(self) -> Iterator[tuple[str, str, int]]:
        """Each emoji, what it stands for, and where in its list it is written."""
        for meaning in type(self).model_fields:
            for place, name in enumerate(getattr(self, meaning)):
                yield name, meaning, place


class ReviewRules(Frozen):
    """What a desk decided about its reviews."""

    requester_may_approve: bool = True
    """Whether who asked for a draft may approve it where it carries no risk."""
    undo_minutes: int = Field(default=30, ge=0, le=10_080)
    """How long a decision can be undone."""


class ReportRules(Frozen):
    """What a desk says of itself for its reports."""

    minutes_before: float | None = Field(default=None, gt=0, le=600)
    """Minutes of work that a reply took without a draft, as the team measured it; none to have it estimated."""
    prompt_price: float = Field(default=0.0, ge=0)
    """What a million tokens that the model reads cost."""
    completion_price: float = Field(default=0.0, ge=0)
    """What a million tokens that it writes cost."""
    currency: str = Field(default="USD", min_length=1, max_length=8)


class Team(Frozen):
    """A desk's people and places. Nothing configured is nobody and nowhere."""

    channels: Channels = Channels()
    routes: dict[str, str] = Field(default_factory=dict)
    """A category's route, in the desk's own words, to the channel its warnings go to."""
    roles: Roles = Roles()
    emoji: Emoji = Emoji()
    review: ReviewRules = ReviewRules()
    report: ReportRules = ReportRules()
    audiences: dict[str, frozenset[str]] = Field(default_factory=dict)
    """Who sees the documents that are not for everybody: channels, user groups and people by id, under a name."""
    helpdesks: dict[str, Helpdesk] = Field(default_factory=dict)
    """Where tickets live, by names of the desk's own."""

    def meaning(self, emoji: str) -> str | None:
        """What a reaction stands for, such as `approve`, in any skin tone; none for an emoji of no meaning here."""
        plain = plain_emoji(emoji)
        return next((meaning for name, meaning, _ in self.emoji.meanings() if name == plain), None)

    def audiences_of(self, *ids: str) -> frozenset[str]:
        """The names of the audiences that a channel, a group or a person belongs to."""
        return frozenset(name for name, members in self.audiences.items() if not members.isdisjoint(ids))

    def unseen(self, audiences: Iterable[str]) -> list[str]:
        """A sentence for each audience of documents that the desk does not name: nobody in Slack sees them."""
        return [
            f"The audience {name} is not named under audiences in desk.yaml, so nobody in Slack sees its documents."
            for name in sorted({*audiences} - {"", *self.audiences})
        ]

    def route(self, escalation: Escalation) -> str:
        """The channel a warning goes to, or empty where the desk has named none."""
        return self.routes.get(escalation.route) or self.channels.escalations


def plain_emoji(name: str) -> str:
    """The name of an emoji without its skin tone."""
    return _SKIN_TONE.sub("", name)
