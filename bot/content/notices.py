"""What people are told besides: in private, as an answer, or because they must look."""

from knowledge.drafting.draft import Draft
from knowledge.drafting.frozen import Frozen


class Choice(Frozen):
    """A button of a private notice."""

    label: str
    action: str
    """One of the actions of `bot.cards.actions`."""
    value: str = ""


class Notice(Frozen):
    """Told to one person, in private: why something was refused, and what to do next."""

    text: str
    """The desk's own sentences."""
    people: tuple[str, ...] = ()
    """Fill `{0}`, `{1}` in the text with the names of these people."""
    link: str = ""
    """The address of the card it is about, made by the workspace."""
    quoted: str = ""
    """Somebody's text to keep, such as an edit that came too late."""
    choices: tuple[Choice, ...] = ()
    menu: str = ""
    """Makes the choices, which have one action then, a menu with these words on it; empty for a button each."""


class Found(Frozen):
    """The answer to a look-up."""

    question: str
    draft: Draft
    shared_by: str = ""
    """Who shows it to the channel; empty for a private answer."""


class Warned(Frozen):
    """An escalation, told to those who must look."""

    title: str
    person: str
    """Who raised it."""
    draft: Draft
    link: str = ""
    """The address of the card, made by the workspace."""


class AskedOwners(Frozen):
    """A question that no approved document answers, put to the document owners."""

    person: str
    owners: tuple[str, ...]
    questions: tuple[str, ...]
    """The customer's words."""
