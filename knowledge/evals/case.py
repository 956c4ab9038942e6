"""Test tickets with the outcome the team expects: the desk's own yardstick."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from knowledge.documents.front_matter import Id
from knowledge.drafting.draft import Outcome
from knowledge.drafting.frozen import Frozen
from knowledge.yaml_file import Day, Text

_LONGEST = 1_000_000
# No question, no fact and no word that any rule looks for, so that padding changes a ticket's length and nothing else.
_FILLER = "This line is here so that the message is long and it says nothing else. "


ANY = "any"
"""How a status is written that cannot be known."""


def _known(status: Any) -> Any:
    return None if status == ANY else status


class Expectation(Frozen):
    """What a draft for the case must be. What a case does not write is expected to be empty."""

    status: Annotated[Outcome | None, BeforeValidator(_known)]
    """None, written `any`, where it cannot be known; it is then not scored, nor are questions and warnings where
    none is named."""
    asks: frozenset[Text] = frozenset()
    """Ids of the required facts the draft asks for."""
    escalations: frozenset[Text] = frozenset()
    """Categories of the warnings."""
    cites: frozenset[Text] = frozenset()
    """Ids of the cited documents."""
    contains: tuple[Text, ...] = ()
    """Texts that must stand in the reply."""
    excludes: tuple[Text, ...] = ()
    """Texts that must not stand in the reply."""


class Case(Frozen):
    """A test ticket and its expected outcome."""

    id: Id
    ticket: str
    """As somebody would paste it; may be empty."""
    pad_to: int | None = Field(default=None, ge=1, le=_LONGEST)
    """How many characters the ticket is made to have."""
    on: Day | None = None
    """The day the ticket is answered, for rules that depend on it; none for any day."""
    expect: Expectation
    reference: str = Field(default="", max_length=20_000)
    """The reply that was really sent, or empty."""
    paraphrases: tuple[Text, ...] = ()
    """The same ticket in other words; each must get what the ticket gets."""
    synthetic: bool = False
    """Whether it was made by a rule, not by a customer."""
    tags: frozenset[Id] = frozenset()
    """Names under which cases are chosen."""

    @field_validator("pad_to")
    @classmethod
    def _has_room(cls, value: int | None, info: ValidationInfo) -> int | None:
        length = len(info.data.get("ticket", ""))
        if value is not None and value < length:
            raise ValueError(f"{value} is less than the {length} characters of the ticket; write more or remove it")
        return value

    @property
    def text(self) -> str:
        """The ticket, followed by filler up to `pad_to` characters."""
        if self.pad_to is None:
            return self.ticket
        lines = self.pad_to // len(_FILLER) + 1
        return (self.ticket + "\n\n" + _FILLER * lines)[: self.pad_to]
