"""The reply: the customer-ready text, put together from the desk's words and the proven statements."""

import re

from knowledge.drafting.draft import UNVERIFIED, MissingFact, Statement
from knowledge.drafting.guard import inert
from knowledge.drafting.playbook import Playbook, Topic
from knowledge.drafting.ticket import Ticket

_LONGEST_NAME = 40


def compose(
    ticket: Ticket,
    statements: tuple[Statement, ...],
    missing: tuple[MissingFact, ...],
    playbook: Playbook,
    topics: tuple[Topic, ...],
    *,
    angry: bool,
) -> str:
    """The text to copy. Without a statement it is the fixed sentence, and the questions if there are any."""
    questions = "\n".join(fact.question for fact in missing)
    if not statements:
        return f"{UNVERIFIED}\n\n{questions}".strip()
    brand = playbook.brand
    template = next((topic.template for topic in topics if topic.template), brand.template)
    return _fill(
        template,
        greeting=greeting(ticket, playbook),
        acknowledgement=acknowledgement(playbook, topics, angry=angry),
        answer=_paragraphs(statements),
        questions=questions,
        sign_off=brand.sign_off,
    )


def greeting(ticket: Ticket, playbook: Playbook) -> str:
    """The greeting, by name where the helpdesk gives one that is only letters."""
    name = ticket.requester.split()[0] if ticket.requester.split() else ""
    if (
        re.fullmatch(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", name)
        and re.sub("[-'’]", "", name).isalpha()
        and len(name) <= _LONGEST_NAME
    ):
        return playbook.brand.greeting.replace("{name}", inert(name))
    return playbook.brand.anonymous_greeting


def acknowledgement(playbook: Playbook, topics: tuple[Topic, ...], *, angry: bool) -> str:
    """The desk's own sentence that shows the customer was heard; a model does not write it."""
    if angry and playbook.brand.apology:
        return playbook.brand.apology
    return next((topic.acknowledgement for topic in topics if topic.acknowledgement), playbook.brand.acknowledgement)


def _paragraphs(statements: tuple[Statement, ...]) -> str:
    """Sentences from one section read on; lists and other sections start a paragraph."""
    text = ""
    section = None
    for statement in statements:
        here = statement.citations[0].section
        lines = "\n" in statement.text
        text += ("" if not text else " " if here == section and not lines else "\n\n") + statement.text
        section = None if lines else here
    return text


def _fill(template: str, **parts: str) -> str:
    # One pass, so that a part that happens to hold "{answer}" is not filled again.
    filled = re.sub(r"\{(\w+)\}", lambda match: parts.get(match[1], match[0]), template)
    return re.sub(r"\n{3,}", "\n\n", filled).strip()
