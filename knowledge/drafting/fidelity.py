"""Fidelity: whether a sentence says what its evidence says, and no more and no less."""

import re
from collections import Counter

from knowledge.drafting.evidence import Evidence
from knowledge.drafting.facts import facts, is_number, number
from knowledge.drafting.limits import difference
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.scope import numbered, scopes_named
from knowledge.drafting.wording import Wording
from knowledge.drafting.words import words

_EMPTY = frozenset("a an the please".split())
"""Words that may come and go. All others count: "and" for "or", "to" for "from" and "were" for "are" change what is said."""
_PLAIN = frozenset(".,;:!?'’\"“”‘()[]-–—/&%$€£#@+*_…")
_SAME = {
    word: group.split()[0]
    for group in (
        "yearly annual annually", "buy purchase", "ask request", "delete remove", "start begin", "change modify", "choose select pick",
        "receive get", "help assist", "need require", "allow let permit", "happen occur", "show display", "switch turn", "sign log",
        "organisation organization", "when if", "is are", "was were",
    )
    for word in group.split()
}  # fmt: skip


def strays(text: str, evidence: Evidence, playbook: Playbook) -> str | None:
    """Why a sentence says something other than its evidence, or None.

    It may say the same words with their synonyms, in another number, with or without articles, and with a clause before a
    comma moved to the front. Everything else is another sentence, however fluent; the reason names the first difference.
    """
    approved = f"{evidence.sentence.lead} {evidence.text}".strip()
    said, proven = facts(text, playbook.names), facts(approved, playbook.names)
    if added := sorted(said - proven):
        return f"says '{added[0].value}', which the quote does not"
    if differs := difference(text, approved):
        return (
            f"adds {differs.limit}, which the quote does not have"
            if differs.added
            else f"drops {differs.limit} of the quote"
        )
    if lost := sorted(proven - said):
        return f"leaves out '{lost[0].value}' of the quote"
    if evidence.is_row:
        return "rewords the row of a table"
    wanted, orders = _sequence(approved), _orders(text)
    if wanted in orders:
        return _punctuated(text, approved, moved=wanted != orders[0])
    for word in words(text):
        if _root(word) not in wanted and word not in _EMPTY:
            return f"says '{word}', which the quote does not"
    for word in words(approved):
        if _root(word) not in orders[0] and word not in _EMPTY:
            return f"leaves out '{word}' of the quote"
    return "puts the words of the quote into another order"


def _punctuated(text: str, approved: str, *, moved: bool) -> str | None:
    """Why other punctuation makes another sentence: "No, it is deleted" is not "No ... is deleted". A moved clause has a comma."""
    if other := sorted(_symbols(text) - _symbols(approved)):
        return f"has '{other[0]}', which the quote has not"
    added = _marks(text) - _marks(approved)
    if moved and sum(added.values()) == 1:
        added = Counter({mark: number for mark, number in added.items() if mark[1] != ","})
    return next((f"has '{mark}' after '{word}', which the quote has not" for word, mark in added), None)


def _symbols(text: str) -> set[str]:
    """Characters that are neither words nor ordinary punctuation, and "a few" and "'d", which words alone do not tell."""
    shown = Wording(text).text.casefold()
    found = {
        character for character in shown if not (character.isalnum() or character.isspace() or character in _PLAIN)
    }
    return found | set(re.findall(r"\ba few\b|\bfew\b(?<!a few)|\w'd\b", shown))


def _marks(text: str) -> "Counter[tuple[str, str]]":
    """What stands between the words of a sentence and behind the last one, but for its full stop."""
    shown = Wording(text).text.strip()
    found = re.finditer(r"([\w'’-]+)[^\w\s]*?([,;:?!()\"–—]|\s-(?=\s)|\.(?=\s+\S))", shown)
    return Counter((_root(match[1].casefold()), match[2].strip()) for match in found)


def _orders(text: str) -> list[list[str]]:
    """The sentence's words as they stand, and with what is before a comma put behind what follows it."""
    parts = Wording(text).text.split(", ")
    moved = [(", ".join(parts[at:]), ", ".join(parts[:at])) for at in range(1, len(parts))]
    return [_sequence(text), *(_sequence(behind) + _sequence(before) for behind, before in moved)]


def _sequence(text: str) -> list[str]:
    return [_root(word) for word in words(text) if word not in _EMPTY]


def out_of_scope(text: str, evidence: Evidence, ticket: str, playbook: Playbook) -> str | None:
    """A rule about yearly plans proves nothing about monthly ones, nor for a customer who has one; nor zone 9 for 10."""
    proven_numbers = numbered(evidence.text) or numbered(evidence.context)
    for thing, wanted in numbered(ticket).items():
        if (numbers := proven_numbers.get(thing)) and numbers.isdisjoint(wanted):
            return f"its quote is about {thing} {' and '.join(sorted(numbers))}, not {' or '.join(sorted(wanted))}"
    for scope in playbook.scopes:
        proven = scopes_named(scope, evidence.text) or scopes_named(scope, evidence.context)
        said = scopes_named(scope, text)
        if proven and said - proven:
            return f"speaks of {' and '.join(sorted(said - proven))}, the quote of {' and '.join(sorted(proven))}"
        asked = scopes_named(scope, ticket)
        if proven and not said and asked and not asked & proven:
            return f"its quote is about {' and '.join(sorted(proven))}, the ticket about {' and '.join(sorted(asked))}"
    return None


def same(text: str, other: str) -> bool:
    """Whether two texts are the same but for their dress."""
    return Wording(text).text.strip(" .").casefold() == Wording(other).text.strip(" .").casefold()


def overlap(text: str, evidence: Evidence) -> int:
    """How many words a text shares with its evidence."""
    return len({_root(word) for word in words(text)} & {_root(word) for word in words(evidence.text)})


def _root(word: str) -> str:
    """A word without its number. Tense stays: "answered" is not "answers"."""
    if is_number(word):
        return number(word)
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
    singular = word[:-1] if plural else word
    return _SAME.get(singular, singular)
