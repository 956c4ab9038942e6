"""The reply: the customer-ready text, put together from the desk's words and the proven statements."""

import re
from enum import StrEnum

from knowledge.drafting.built_in import ANGRY_CUSTOMER
from knowledge.drafting.draft import UNVERIFIED, Draft
from knowledge.drafting.guard import inert
from knowledge.drafting.missing_facts import topics_of
from knowledge.drafting.playbook import Playbook, Topic
from knowledge.drafting.ticket import Ticket

_LONGEST_NAME = 40


class Style(StrEnum):
    """How much of the desk's own words stands around what is proven."""

    PLAIN = "plain"
    SHORTER = "shorter"
    """Without the sentence that shows the customer was heard."""
    FRIENDLIER = "friendlier"
    """With that sentence whatever the template says, and with a closing line."""


def compose(draft: Draft, ticket: Ticket, playbook: Playbook, style: Style = Style.PLAIN) -> str:
    """The text to copy. Without a statement it is the fixed sentence, and the questions if there are any."""
    questions = "\n".join(fact.question for fact in draft.missing_facts)
    if not draft.statements:
        return f"{UNVERIFIED}\n\n{questions}".strip()
    topics = topics_of(ticket, playbook)
    brand = playbook.brand
    template = next((topic.template for topic in topics if topic.template), brand.template)
    if style is Style.FRIENDLIER:
        template = _friendly(template)
    angry = any(escalation.category == ANGRY_CUSTOMER for escalation in draft.escalations)
    return _fill(
        template,
        greeting=greeting(ticket, playbook),
        acknowledgement="" if style is Style.SHORTER else acknowledgement(playbook, topics, angry=angry),
        answer=_paragraphs(draft),
        questions=questions,
        closing=brand.closing,
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


def _friendly(template: str) -> str:
    """The template with a place for the acknowledgement, and for a closing line before the sign-off."""
    if "{acknowledgement}" not in template:
        template = template.replace("{answer}", "{acknowledgement}\n\n{answer}", 1)
    before, sign_off, after = template.partition("{sign_off}")
    return f"{before.rstrip()}\n\n{{closing}}\n\n{sign_off}{after}"


def _paragraphs(draft: Draft) -> str:
    """Sentences from one section read on; lists, other sections and an agent's own sentences start a paragraph."""
    said = [(statement.text, statement.citations[0].section) for statement in draft.statements]
    said += [(own.text, "") for own in draft.unproven]
    text = ""
    section = None
    # An agent's own sentences stand where the agent put them.
    for sentence, here in sorted(said, key=lambda each: draft.reply.find(each[0])) if draft.unproven else said:
        lines = "\n" in sentence
        text += ("" if not text else " " if here == section and not lines else "\n\n") + sentence
        section = None if lines else here
    return text


def _fill(template: str, **parts: str) -> str:
    # One pass, so that a part that happens to hold "{answer}" is not filled again.
    filled = re.sub(r"\{(\w+)\}", lambda match: parts.get(match[1], match[0]), template)
    return re.sub(r"\n{3,}", "\n\n", filled).strip()
