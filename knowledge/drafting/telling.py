"""Telling words: what a sentence is about, without its small words, its grammar and its values."""

import re
from functools import lru_cache
from typing import NamedTuple

from knowledge.drafting.wording import Wording
from knowledge.drafting.words import stem


class Telling(NamedTuple):
    """The telling words of a text, as stems."""

    told: frozenset[str]
    loose: frozenset[str]
    """Those that do not narrow it down, such as a verb's object; no condition, place or adjective."""
    negated: bool


_LIGHT = frozenset(
    """
    a an the this that these those its their your our my his her it they we you us them i one own itself yourself
    is are be been being am has have having had do does did done doing will would shall can could should must
    get gets got give gives given gave make makes made let lets take takes go goes come comes want offer offers
    offered provide provides provided include includes included including allow allows allowed permit permits permitted
    accept accepts accepted able possible available need needs needed last lasts run runs start starts
    and or of to in on at by for with as into per than so also both either each every all any there here which
    who whom whose where what how about up out over within upto too very just simply currently now always automatically
    please then still even such same other
    customer customers user users people person everyone anyone someone client
    limit limits limited maximum max minimum min number amount total value default setting period window deadline
    cost costs price prices priced description parameter field example note tip info warning caution
    apply applies applied carry carries use uses used
    request requests requested ask asks asked wait waiting valid least most more less
    """.split()
)
_SAME = {
    stem(word): stem(group.split()[0])
    for group in (
        "year yearly annual annually", "month monthly", "day daily", "week weekly", "hour hourly", "phone telephone",
        "keep kept store retain", "pay paid", "send sent", "buy purchase bought", "delete remove erase", "email mail",
        "answer reply respond response", "admin administrator", "discount off", "require mandatory obligatory",
        "organisation organization", "begin began", "write wrote written", "previous previously formerly",
    )
    for word in group.split()
}  # fmt: skip
_TURNED = {
    "unavailable": "", "impossible": "", "unable": "", "optional": "require", "unsupported": "support", "unpaid": "pay",
    "disallowed": "", "forbidden": "", "prohibited": "", "excluded": "", "ineligible": "eligible",
    "nonrefundable": "refund", "non-refundable": "refund",
}  # fmt: skip
"""Words that deny another one; an empty one is light."""
_NOT = frozenset("not no never cannot neither nor none nobody nothing".split())
_AUXILIARY = frozenset("is are can may will must has have gets get cannot be was were do does".split())
_NARROWS = frozenset("if when for in on from by with via during while unless without only after before until".split())
_WORD = re.compile(r"[^\W_]+(?:[-.'&+/][^\W_]+)*")
_ENDING = re.compile(r"'(?:s|ll|re|ve|d|m)$")


def telling(text: str) -> Telling:
    """The telling words of a plain text."""
    found = _WORD.findall(text.casefold().replace("e-mail", "email"))
    told: dict[str, bool] = {}
    negated = False
    verb = next((at for at, word in enumerate(found) if word in _AUXILIARY), 0)
    for at, word in enumerate(found):
        negated ^= word in _TURNED or word in _NOT or word.endswith("n't")
        if word in _NOT or word.endswith("n't"):
            continue
        narrows = at < verb or not _NARROWS.isdisjoint(found[max(0, at - 3) : at + 1])
        for part in parts(_TURNED.get(word, word)):
            told[part] = told.get(part, False) or narrows
    return Telling(frozenset(told), frozenset(part for part, narrows in told.items() if not narrows), negated)


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's telling words."""
    return telling(Wording(text).text).told


@lru_cache(maxsize=16384)
def parts(word: str) -> tuple[str, ...]:
    """The stems of a lower-case word's telling parts; none for a light word."""
    found = (part for part in re.split(r"[-/]", _ENDING.sub("", word)) if part[:1].isalnum() and part not in _LIGHT)
    return tuple(_SAME.get(stem(part), stem(part)) for part in found)
