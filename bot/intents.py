"""Intents: what a person wants of the desk, as values that survive a crash. They know no Slack payload."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from knowledge.documents.decision import DocumentVerdict
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.review import RejectReason
from knowledge.drafting.scorecard import WarningVerdict


class Place(Frozen):
    """Where something happens in a workspace."""

    channel: str
    thread: str = ""
    """The first message of the thread, or empty for the channel itself."""
    message: str = ""
    """The message it is about, or empty."""


class _Intent(Frozen):
    place: Place
    person: str
    """Who wants it."""


class OpenTicket(_Intent):
    """A customer's message to draft a reply to."""

    kind: Literal["open_ticket"] = "open_ticket"
    text: str
    files: tuple[str, ...] = ()
    """Names of what came with it and is not read."""


class Talk(_Intent):
    """Something said in a thread, perhaps to the desk."""

    kind: Literal["talk"] = "talk"
    text: str
    mentioned: bool = False
    """The desk was named, so it has to answer."""


class SourceChanged(_Intent):
    """The message a ticket came from was edited, or deleted where there is no text."""

    kind: Literal["source_changed"] = "source_changed"
    text: str | None


class Reacted(_Intent):
    """A reaction came or went on `place.message`; which of the two, the workspace is asked."""

    kind: Literal["reacted"] = "reacted"
    emoji: str
    at: str
    """When, as the workspace counts: seconds since 1970."""


class Pressed(_Intent):
    """A button of a card: approve, escalate, undo, ask the owners."""

    kind: Literal["pressed"] = "pressed"
    action: Literal["approve", "escalate", "undo", "claim", "ask_owner", "propose", "make_case"]
    draft: str
    asked: bool = True
    """The button asked the person to confirm."""


class Rejected(_Intent):
    """A rejection with its reason."""

    kind: Literal["rejected"] = "rejected"
    draft: str
    reason: RejectReason
    sentence: int | None = None


class WarningJudged(_Intent):
    """Whether a warning is right; `open` takes back what was said."""

    kind: Literal["warning_judged"] = "warning_judged"
    draft: str
    warning: int
    """Which of the draft's warnings, counted from 0."""
    verdict: WarningVerdict
    seen: WarningVerdict
    """What had been said of it when the person pressed."""


class MissedKind(_Intent):
    """Of which kind an escalated ticket is whose draft carried no warning."""

    kind: Literal["missed_kind"] = "missed_kind"
    draft: str
    category: str


class Edited(_Intent):
    """A reply that a person rewrote."""

    kind: Literal["edited"] = "edited"
    draft: str
    text: str


Wish = Literal["again", "shorter", "friendlier", "two_options"]


class Redraft(_Intent):
    """A new version of a draft."""

    kind: Literal["redraft"] = "redraft"
    draft: str
    wish: Wish = "again"


class Retry(_Intent):
    """Try again what failed, on the same card; or post a card that Slack did not confirm."""

    kind: Literal["retry"] = "retry"
    card: str


class Share(_Intent):
    """Show the channel the answer to a look-up."""

    kind: Literal["share"] = "share"
    question: str


class DocumentDecided(_Intent):
    """An owner's decision about a document's text."""

    kind: Literal["document_decided"] = "document_decided"
    document: str
    text: str
    """The hash of the text that the person saw."""
    verdict: DocumentVerdict


class DocumentAsked(_Intent):
    """An owner wants to look at a document that waits."""

    kind: Literal["document_asked"] = "document_asked"
    document: str


class WaitingApproved(_Intent):
    """An owner approves all documents that wait."""

    kind: Literal["waiting_approved"] = "waiting_approved"
    texts: str
    """One hash of all the texts on the list that the person saw."""


class ErrorAnswered(_Intent):
    """An owner's answer to a passage that is reported as wrong."""

    kind: Literal["error_answered"] = "error_answered"
    error: str
    answer: Literal["withdraw", "right"]


class Turn(_Intent):
    """Switch the desk on or off."""

    kind: Literal["turn"] = "turn"
    on: bool


class CardDeleted(_Intent):
    """Somebody deleted a card of ours, which is `place.message`."""

    kind: Literal["card_deleted"] = "card_deleted"


class ChannelShared(_Intent):
    """The channel can now be read by another company."""

    kind: Literal["channel_shared"] = "channel_shared"


Intent = Annotated[
    OpenTicket
    | Talk
    | SourceChanged
    | Reacted
    | Pressed
    | Rejected
    | WarningJudged
    | MissedKind
    | Edited
    | Redraft
    | Retry
    | Share
    | DocumentDecided
    | DocumentAsked
    | WaitingApproved
    | ErrorAnswered
    | Turn
    | CardDeleted
    | ChannelShared,
    Field(discriminator="kind"),
]
INTENTS: TypeAdapter[Intent] = TypeAdapter(Intent)


class Delivery(Frozen):
    """An intent as it was delivered."""

    key: str
    """What makes it the same intent when it is delivered again, such as `message:C1:1700.1`."""
    event_id: str = ""
    intent: Intent
