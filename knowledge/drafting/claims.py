"""Claims: what the sentences and table cells of a passage state, taken apart so that they can be compared."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from knowledge.drafting.quantities import quantities
from knowledge.drafting.quantity import Bound, Kind, Quantity
from knowledge.drafting.sentences import Sentence, points_back, sentences
from knowledge.drafting.telling import telling
from knowledge.drafting.wording import Wording


class Claim(NamedTuple):
    """What one sentence or table cell states, and where it stands."""

    start: int
    end: int
    """The sentence, or the cell's row, is `passage_text[start:end]`."""
    text: str
    """The words as people read them; of a cell, the headers it stands under."""
    told: frozenset[str]
    """Stems of the telling words: what the claim is about."""
    loose: frozenset[str] = frozenset()
    """Those of them that do not narrow it down."""
    quantities: tuple[Quantity, ...] = ()
    negated: bool = False
    lead: str = ""
    """The words before it that give it its sense: the line above a list, what "they" points back to."""
    who: frozenset[str] = frozenset()
    """For "only owners can ..." and "owners can ...": the roles; `told` and `text` are then what they can."""
    only: bool = False
    is_cell: bool = False
    is_local: bool = False
    """Whether its page tells what it is about: "Fee: $5", "The plugin ...", "Set the timeout ..."."""


RANKS = {
    "anyone": 0, "everyone": 0, "guest": 0, "viewer": 0, "member": 1, "user": 1, "editor": 2, "manager": 3, "admin": 4,
    "owner": 5,
}  # fmt: skip
"""Roles, by how much they usually may."""
_PLACES = frozenset("workspac account team organisation project".split())
_STATES_NOTHING = re.compile(
    r"<|.*<[A-Z]|import |\W*(?:for (?:example|instance)|imagine|suppose|example|consider|let's say)\b"
    r"|.*\b(?:e\.g\.|for example|for instance|such as)",
    re.IGNORECASE | re.DOTALL,
)
_FENCE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\d{1,3}[.)] ")
_ASIDE = re.compile(
    r"\b(?:when|if|as long as|provided) (?:the|your|a|their) request (?:arrives|is made|is received|comes in)|:::\w*"
)
_LOCAL = re.compile(
    r"(?:the|this|your|set|choose|enter|use|wait|keep|add|increase|change|select|type)\b"
    r"|[^:.!?]{2,60}: ?[^\w ]?\S+(?: \S+){0,4}$",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"(?P<only>only )?(?P<who>.{3,60}?) (?:can|may|(?:is|are) (?:allowed|able) to) (?P<what>(?!not|only)\w.*)",
    re.IGNORECASE,
)
_CAPS = re.compile(r"\b(?:can|may|allow|includ|accept|permit|limit|maximum|hold|support)", re.IGNORECASE)
_CAPPED = (Kind.COUNT, Kind.SIZE, Kind.DURATION)
_TIED = re.compile(r"\s*(?:after|of|from|following|since)\b")
_ANSWERS = {
    **dict.fromkeys(("yes", "✓", "✔", "✅", "included", "available", "true", "supported"), False),
    **dict.fromkeys(("no", "✗", "✘", "❌", "✕", "not included", "not available", "false", "not supported"), True),
}
"""What a cell may say, and whether it denies."""


@lru_cache(maxsize=4096)
def claims(text: str) -> tuple[Claim, ...]:
    """The claims of a passage's text. Questions, examples, code and markup state nothing."""
    code = [match.span() for match in _FENCE.finditer(text)]
    found: list[Claim] = []
    before = ""
    for sentence in sentences(text):
        if any(start <= sentence.start < end for start, end in code):
            continue
        if text.startswith("|", sentence.start):
            found += _cells(text, sentence)
            continue
        words = _STEP.sub("", Wording(text[sentence.start : sentence.end]).text.strip())
        if not words.endswith(("?", ":")) and not _STATES_NOTHING.match(words):
            lead = Wording(sentence.lead).text if sentence.lead else before if points_back(words) else ""
            found += _sentence(sentence, words, lead)
        before = words
    return tuple(found)


def without_asides(text: str) -> str:
    """A text without clauses that restrict nothing, such as "when the request arrives"."""
    return _ASIDE.sub(" ", text)


def _sentence(sentence: Sentence, text: str, lead: str) -> Iterator[Claim]:
    counted = quantities(text)
    told, loose, negated = telling(_without(text, counted))
    if lead:
        above = telling(_without(lead, quantities(lead)))
        told, negated = told | above.told, negated != above.negated
    if negated and len(counted) == 1 and counted[0].bound in (Bound.AFTER, Bound.AT_LEAST):
        counted, negated = (counted[0]._replace(bound=Bound.AT_MOST),), False  # "Not after" is "within".
    if _CAPS.search(text):
        counted = tuple(_capped(quantity) for quantity in counted)
    local = _LOCAL.match(text) is not None
    if told:
        yield Claim(sentence.start, sentence.end, text, told, loose, counted, negated, lead, is_local=local)
    may = None if lead or counted or negated else _MAY.match(text)
    if may:
        who, what = telling(may["who"]).told - _PLACES, telling(may["what"]).told
        if who and who <= RANKS.keys() and what:
            only = may["only"] is not None
            yield Claim(sentence.start, sentence.end, may["what"], what, who=who, only=only, is_local=local)


def _capped(quantity: Quantity) -> Quantity:
    """What a plan "allows" is the most it allows."""
    exact = quantity.bound is Bound.EXACT and quantity.kind in _CAPPED
    return quantity._replace(bound=Bound.AT_MOST) if exact else quantity


def _without(text: str, counted: tuple[Quantity, ...]) -> str:
    """A text without its quantities and what ties them on, so that "14 days of" is "14 days after"."""
    rest = text
    for quantity in reversed(counted):
        tied = _TIED.match(rest, quantity.end)
        rest = f"{rest[: quantity.start]} | {rest[tied.end() if tied else quantity.end :]}"
    return without_asides(rest)


def _cells(text: str, row: Sentence) -> Iterator[Claim]:
    """A claim for each cell that holds a value or an answer: about what the row's and the column's header say."""
    names, cells = (_split(line) for line in (row.lead, text[row.start : row.end]))
    for name, cell in zip(names[1:], cells[1:], strict=False):
        counted = quantities(cell, cell=True)
        answer = _ANSWERS.get(cell.casefold().strip(" ."))
        rest = "" if answer is not None else telling(_without(cell, counted)).told
        told = telling(f"{cells[0]} | {name}").told.union(rest)
        if told and (counted or answer is not None):
            yield Claim(
                row.start,
                row.end,
                f"{cells[0]} · {name}",
                told,
                quantities=counted,
                negated=answer or False,
                is_cell=True,
                is_local=not telling(name).told,
            )


def _split(row: str) -> list[str]:
    return [Wording(cell).text.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))] if row else []
