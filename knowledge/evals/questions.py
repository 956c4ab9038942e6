"""Questions that one document answers, made from its own sentences: inside and outside its limits, and how to do it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from knowledge.documents.document import DocumentVersion
from knowledge.documents.passages import cut
from knowledge.drafting.quantities import quantities
from knowledge.drafting.quantity import Bound, Kind, Quantity
from knowledge.drafting.sentences import Sentence, points_back, sentences
from knowledge.drafting.wording import plain

INSIDE, OUTSIDE, HOW_TO = "inside-limit", "outside-limit", "how-to"
_MEASURED = {Kind.AMOUNT, Kind.PERCENTAGE, Kind.DURATION, Kind.SIZE, Kind.COUNT}
_BINDING = {Bound.AT_MOST, Bound.AT_LEAST, Bound.EXACT, Bound.AFTER, Bound.CELL}
_FROM_BELOW = {Bound.AT_LEAST, Bound.AFTER}
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?!\d|\.\d)")
# With another number these would say that the customer knows the limit already.
_BOUNDS = re.compile(r"\b(?:up to|at most|at least|no more than|a maximum of|as little as|as many as) ", re.IGNORECASE)
_MAY = re.compile(r"(?P<who>[A-Z][^,;:]{1,80}?) (?P<verb>can|may|must|will) (?P<rest>[^:;]+)\.")
_TO_DO = re.compile(r"To (?P<what>[^:]{4,120}):")


class Asked(NamedTuple):
    """A customer's question, the document that answers it, and words of the answer."""

    kind: str
    document: str
    text: str
    contains: tuple[str, ...] = ()


def questions(version: DocumentVersion, names: Iterable[str]) -> Iterator[Asked]:
    """What a document can be asked. `names` keep their capital letters."""
    capitals = tuple(names)
    for passage in cut(version):
        for sentence in sentences(passage.text):
            words = passage.text[sentence.start : sentence.end]
            if words.startswith("|"):
                yield from _about_row(version.id, sentence, words)
            elif to_do := _TO_DO.fullmatch(plain(words)):
                yield Asked(HOW_TO, version.id, f"How do I {_mine(to_do['what'])}?")
            elif not sentence.lead and not points_back(plain(words)):
                yield from _about_limit(version, plain(words), capitals)


def _about_limit(version: DocumentVersion, text: str, capitals: tuple[str, ...]) -> Iterator[Asked]:
    """A sentence with one limit, asked with a number on either side of it."""
    found = quantities(text)
    if len(found) != 1 or not text.endswith("."):
        return
    limit = found[0]
    for kind, number in _around(limit):
        bound = _BOUNDS.sub("", text[limit.start : limit.end])
        other = text[: limit.start] + _NUMBER.sub(number, bound, count=1) + text[limit.end :]
        if may := _MAY.fullmatch(other):
            asked = f"{may['verb'].capitalize()} {_inside(may['who'], capitals)} {may['rest']}?"
        else:
            asked = f"Is it true that {_inside(other[:-1], capitals)}?"
        # "The request" or "the link" says nothing without what it is about.
        about = f"I have a question about this: {version.title}. {asked}"
        yield Asked(kind, version.id, about, (_stated(text, limit),))


def _about_row(document: str, row: Sentence, words: str) -> Iterator[Asked]:
    """A cell with a limit, asked for by the names of its row and its column."""
    header, cells = ([plain(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in (row.lead, words))
    for column, cell in zip(header[1:], cells[1:], strict=False):
        found = quantities(cell, cell=True)
        if len(found) == 1:
            for kind, number in _around(found[0]):
                value = _NUMBER.sub(number, _BOUNDS.sub("", cell), count=1)
                text = f"Our {header[0].lower()} is {cells[0]}. {column}: is {value} possible?"
                yield Asked(kind, document, text, (cell,))


def _around(limit: Quantity) -> Iterator[tuple[str, str]]:
    """A number inside a limit and one outside it; none where there is none."""
    found = _NUMBER.search(limit.shown)
    if limit.kind not in _MEASURED or limit.bound not in _BINDING or not found:
        return
    value = int(found[0].replace(",", ""))
    step = max(1, value // 5)
    below, above = (OUTSIDE, INSIDE) if limit.bound in _FROM_BELOW else (INSIDE, OUTSIDE)
    if value > step:
        yield below, str(value - step)
    if value:
        yield above, str(value + step)


def _stated(text: str, limit: Quantity) -> str:
    """The number of a limit as its sentence has it, with the word behind it."""
    number = _NUMBER.search(text, limit.start)
    start = number.start() if number else limit.start
    behind = re.match(r" ?[\w-]+", text[limit.end :]) if limit.kind is Kind.COUNT else None
    return text[start : limit.end] + (behind[0] if behind else "")


def _inside(text: str, capitals: tuple[str, ...]) -> str:
    """The beginning of a sentence as it stands within one."""
    first = text.split(maxsplit=1)[0]
    keeps = text.startswith(capitals) or first[1:] != first[1:].lower()
    return text if keeps else text[:1].lower() + text[1:]


def _mine(text: str) -> str:
    return re.sub(r"\byours\b", "mine", re.sub(r"\byour\b", "my", text))
