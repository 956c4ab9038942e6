"""Which tickets a person must see, by rule, with the customer's own words as the reason."""

import re

from knowledge.drafting.built_in import ANGRY_CUSTOMER
from knowledge.drafting.draft import Escalation
from knowledge.drafting.phrases import first
from knowledge.drafting.playbook import EscalationRule, Playbook
from knowledge.drafting.sentences import sentences
from knowledge.drafting.ticket import Ticket

MODEL = "model"
_LONGEST_EVIDENCE = 240


def find_escalations(ticket: Ticket, playbook: Playbook, risks: tuple[str, ...] = ()) -> tuple[Escalation, ...]:
    """The warnings for a ticket. `risks` are categories a model signalled: they can add a warning, never remove one."""
    text = ticket.customer_text
    return tuple(
        escalation
        for rule in playbook.escalations
        if (escalation := _by_words(rule, text) or _by_model(rule, risks)) is not None
    )


def _by_words(rule: EscalationRule, text: str) -> Escalation | None:
    found = first(rule.triggers, text, rule.ignore)
    if found:
        phrase, match = found
        return _escalation(rule, phrase, _around(text, match.start(), match.end()))
    if rule.category == ANGRY_CUSTOMER and (shout := _SHOUTING.search(text)):
        return _escalation(rule, "shouting", _around(text, shout.start(), shout.end()))
    return None


# Three words in capitals in a row, of four letters and more so that acronyms do not count, or three exclamation marks.
_SHOUTING = re.compile(
    r"(?:\b[A-Z']{2,40}\b[ ,]{1,2}){2,9}\b[A-Z']{4,40}\b[^\n]{0,3}!"
    r"|(?:\b[A-Z']{4,40}\b[ ,]{1,2}){2}\b[A-Z']{4,40}\b|!{3}"
)


def _by_model(rule: EscalationRule, risks: tuple[str, ...]) -> Escalation | None:
    return _escalation(rule, MODEL, "") if rule.category in risks else None


def _escalation(rule: EscalationRule, matched: str, evidence: str) -> Escalation:
    return Escalation(
        category=rule.category,
        rule=matched,
        evidence=evidence,
        severity=rule.severity,
        route=rule.route,
        second_approver=rule.second_approver,
    )


def _around(text: str, start: int, end: int) -> str:
    """The customer's sentence with the matched words in it, cut to what a card can show."""
    near = max(0, start - _LONGEST_EVIDENCE)
    window = text[near : end + _LONGEST_EVIDENCE]
    for sentence in sentences(window):
        if sentence.start <= start - near and end - near <= sentence.end <= sentence.start + _LONGEST_EVIDENCE:
            return " ".join(window[sentence.start : sentence.end].split())
    return " ".join(text[start:end].split())
