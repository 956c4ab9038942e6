"""Playbook: the desk's own rules, as values. `knowledge.desk_files` reads them from the desk's YAML files."""

from enum import StrEnum

from pydantic import Field

from knowledge.drafting.frozen import Frozen


class Severity(StrEnum):
    """How urgently a person must look."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class EscalationRule(Frozen):
    """One kind of ticket a person must see, and the words that show it."""

    category: str
    severity: Severity = Severity.MEDIUM
    route: str = ""
    """Who must look: a role, a group or a channel, in the desk's own words."""
    second_approver: bool = False
    triggers: tuple[str, ...] = ()
    """Phrases; see `knowledge.drafting.phrases` for their small language."""
    ignore: tuple[str, ...] = ()
    """Phrases that look like a trigger and are not; they win where they overlap one."""


class FactKind(StrEnum):
    """Things that code can recognise in a text without the desk's help."""

    AMOUNT = "amount"
    DATE = "date"
    DURATION = "duration"
    EMAIL = "email"
    PERCENTAGE = "percentage"
    PHONE = "phone"
    URL = "url"
    NUMBER = "number"
    NAME = "name"
    """One of the desk's product, plan and feature names."""


class RequiredFact(Frozen):
    """Something a reply needs to know from the customer, how to recognise it and how to ask for it."""

    id: str
    question: str
    kinds: tuple[FactKind, ...] = ()
    phrases: tuple[str, ...] = ()
    """Phrases that show that the customer has already said it."""
    patterns: tuple[str, ...] = ()
    """Regular expressions for identifiers such as `INV-\\d+`."""


class Topic(Frozen):
    """What a ticket is about: the phrases that show it, and the facts a reply then needs."""

    id: str
    triggers: tuple[str, ...]
    facts: tuple[str, ...] = ()
    """Ids of required facts."""
    acknowledgement: str = ""
    """A sentence that shows the customer was heard; empty for the brand's general one."""
    template: str = ""
    """The reply's layout for this topic; empty for the brand's general one."""


class Banned(Frozen):
    """Words a reply may not contain."""

    phrases: tuple[str, ...]
    reason: str


class BrandGuide(Frozen):
    """How the desk talks. Texts here are the desk's own and go into replies as they stand."""

    greeting: str = "Hi {name},"
    anonymous_greeting: str = "Hello,"
    acknowledgement: str = "Thank you for writing to us."
    apology: str = ""
    """Used in place of the general acknowledgement when the customer is angry."""
    closing: str = "Please write to us again if anything is left open."
    """The line before the sign-off of a friendlier reply."""
    sign_off: str = "Kind regards"
    template: str = "{greeting}\n\n{acknowledgement}\n\n{answer}\n\n{questions}\n\n{sign_off}"
    banned: tuple[Banned, ...] = ()
    always_ask: tuple[str, ...] = ()
    """Ids of facts that every reply asks for when the ticket does not hold them."""


class Scope(Frozen):
    """Values that exclude each other, such as billing periods: a rule about one proves nothing about another."""

    name: str
    values: dict[str, tuple[str, ...]]
    """Value to the phrases that name it, such as `yearly` to `yearly`, `annual`."""


class Playbook(Frozen):
    """Everything the desk decided about its replies."""

    company: str = ""
    """The company's or product's name, as customers write it."""
    brand: BrandGuide = BrandGuide()
    escalations: tuple[EscalationRule, ...] = ()
    topics: tuple[Topic, ...] = ()
    facts: dict[str, RequiredFact] = Field(default_factory=dict)
    scopes: tuple[Scope, ...] = ()
    names: tuple[str, ...] = ()
    """Product, plan and feature names; a sentence may name one only if its quote does."""
    languages: tuple[str, ...] = ("en",)
    """Languages of the approved documents, ISO 639-1."""
