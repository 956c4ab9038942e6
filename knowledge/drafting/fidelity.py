"""Fidelity: whether a sentence says what its evidence says, and no more and no less."""

import re
from itertools import pairwise

from knowledge.drafting.evidence import Evidence
from knowledge.drafting.facts import facts, is_number
from knowledge.drafting.limits import difference
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.scope import scopes_named
from knowledge.drafting.wording import Wording
from knowledge.drafting.words import stem, words

_TOGETHER = 2
"""Words that must move together where a statement changes the quote's order; swapped roles move alone."""
_NOTHING_SAID = frozenset(
    """a an the this that these those it its they them their he she his her i we you your our us me my of to for in on at by with as from into
    and or be is are was were been being am do does did doing done have has had having so then also too here there which who whose what how than
    please simply note per via such more get gets got go goes will would shall can could may might must should not no if when
    s t re ve ll d m yes well include includes including""".split()
)
_SAME = {
    word: group.split()[0]
    for group in (
        "yearly annual annually year", "monthly month", "buy purchase bought", "ask request asked requested", "email mail", "delete remove",
        "start begin", "change modify", "choose select pick", "receive get", "price cost", "help assist", "need require", "allow let permit",
        "subscription plan", "happen occur", "show display", "turn switch", "full fully", "sign log", "invite add", "organisation organization",
    )
    for word in group.split()
}  # fmt: skip
_SPEAKER = frozenset("we us our ours i my me".split())
_IDENTIFIER = re.compile(
    r"(?:#|\b(?:account|invoice|order|ticket|id|number)\b(?: (?:id|number))?(?: is)? ?#?)(?P<id>(?=[\w-]{0,40}\d)[\w-]{4,40})",
    re.IGNORECASE,
)
"""An identifier that a sentence may repeat from the ticket, such as an invoice number."""
_ROOTS = {stem(word): stem(first) for word, first in _SAME.items()}


def strays(text: str, evidence: Evidence, ticket: str, playbook: Playbook) -> str | None:
    """Why a sentence says something other than its evidence, or None."""
    said_own = _without_identifiers(text, ticket)
    stray = _unproven_fact(said_own, evidence, playbook)
    if stray:
        return f"says '{stray}', which the quote does not"
    differs = difference(text, f"{evidence.sentence.lead} {evidence.text}")
    if differs:
        return f"{'adds' if differs.added else 'drops'} {differs.limit}{', which the quote does not have' if differs.added else ' of the quote'}"
    known = {_root(word) for word in words(evidence.context)}
    said = words(said_own)
    for word in said:
        if word not in _NOTHING_SAID and _root(word) not in known and not is_number(word):
            return f"says '{word}', which the quote does not"
    if not _in_order(text, evidence):
        return "puts the words of the quote into another order"
    return _leaves_out(text, said, evidence, playbook)


def _leaves_out(text: str, said: list[str], evidence: Evidence, playbook: Playbook) -> str | None:
    """What of its evidence a sentence does not say. Words left out can turn it round: who may, which plan, under what."""
    if evidence.is_row:
        return "rewords the row of a table"
    lead = evidence.sentence.lead
    approved = words(f"{lead} {evidence.text}")
    if _SPEAKER.isdisjoint(said) != _SPEAKER.isdisjoint(approved):
        return "changes who does what the quote says"
    lost = sorted(facts(evidence.text, playbook.names) - facts(text, playbook.names))
    if lost:
        return f"leaves out '{lost[0].value}' of the quote"
    there = {_root(word) for word in said}
    for word in approved:
        if word not in _NOTHING_SAID and _root(word) not in there and not is_number(word):
            return f"leaves out '{word}' of the quote"
    return None


def _unproven_fact(text: str, evidence: Evidence, playbook: Playbook) -> str | None:
    for fact in sorted(facts(text, playbook.names) - facts(evidence.context, playbook.names)):
        return fact.value
    for scope in playbook.scopes:
        for value in sorted(scopes_named(scope, text) - scopes_named(scope, evidence.context)):
            return value
    return None


def _without_identifiers(text: str, ticket: str) -> str:
    """A sentence without the customer's own identifiers. No other figure of a ticket may be repeated: it is no proof."""
    return _IDENTIFIER.sub(
        lambda found: found[0].removesuffix(found["id"]) if found["id"] in ticket else found[0], text
    )


def out_of_scope(text: str, evidence: Evidence, ticket: str, playbook: Playbook) -> str | None:
    """A rule about yearly plans proves nothing about monthly ones, nor for a customer who has one."""
    for scope in playbook.scopes:
        proven = scopes_named(scope, evidence.text) or scopes_named(scope, evidence.context)
        said = scopes_named(scope, text)
        if proven and said - proven:
            return f"speaks of {' and '.join(sorted(said - proven))}, the quote of {' and '.join(sorted(proven))}"
        asked = scopes_named(scope, ticket)
        if proven and not said and asked and not asked & proven:
            return f"its quote is about {' and '.join(sorted(proven))}, the ticket about {' and '.join(sorted(asked))}"
    return None


def _in_order(text: str, evidence: Evidence) -> bool:
    """Whether the words follow the quote's order, but for whole phrases that moved and are set off by a comma."""
    places = {_root(word): place for place, word in reversed(list(enumerate(words(evidence.text))))}
    said = [places[root] for word in words(text) if word not in _NOTHING_SAID and (root := _root(word)) in places]
    runs = [1]
    for before, place in pairwise(said):
        if place >= before:
            runs[-1] += 1
        else:
            runs.append(1)
    return len(runs) == 1 or (min(runs) >= _TOGETHER and "," in text)


def same(text: str, other: str) -> bool:
    """Whether two texts are the same but for their dress."""
    return Wording(text).text.strip(" .").casefold() == Wording(other).text.strip(" .").casefold()


def overlap(text: str, evidence: Evidence) -> int:
    """How many words a text shares with its evidence."""
    return len({_root(word) for word in words(text)} & {_root(word) for word in words(evidence.text)})


def _root(word: str) -> str:
    root = stem(word)
    return _ROOTS.get(root, root)
