"""The report of an evaluation as one page: no script, nothing from elsewhere, customers' words as text."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bot.reports.template import template
from knowledge.drafting.draft import Citation, Draft
from knowledge.evals.report import Report, Result


class _Piece(NamedTuple):
    """A part of a reply, and the numbers of its proofs."""

    text: str
    marks: tuple[int, ...] = ()


class _Shown(NamedTuple):
    """A draft as the page shows it."""

    paraphrase: str
    """The other words that it answers, or empty for the ticket's own."""
    variant: str
    """What to call it where it is not the first for its words."""
    draft: Draft
    pieces: tuple[_Piece, ...]
    citations: tuple[Citation, ...]


def page(report: Report, desk: str, day: date) -> str:
    """The page as HTML. Cases that went wrong come first, then those that are not stable."""
    results = sorted(report.results, key=lambda result: (result.right, not result.unsteady))
    cases = [(result, tuple(_shown(result))) for result in results]
    return template("eval_page.html").render(report=report, desk=desk, day=day, cases=cases)


def _shown(result: Result) -> Iterator[_Shown]:
    """The drafts of a case; of those of the same words with the same reply the first."""
    first = {(attempt.wording, attempt.draft.reply): attempt for attempt in reversed(result.attempts)}
    for wording, text in enumerate(("", *result.case.paraphrases)):
        drafts = [attempt.draft for (at, _), attempt in reversed(first.items()) if at == wording]
        for number, draft in enumerate(drafts, 1):
            citations = tuple(dict.fromkeys(each for said in draft.statements for each in said.citations))
            variant = f"Another draft ({number}) for the same words" if number > 1 else ""
            yield _Shown(text, variant, draft, tuple(_pieces(draft, citations)), citations)


def _pieces(draft: Draft, citations: tuple[Citation, ...]) -> Iterator[_Piece]:
    """The reply, cut where a proven sentence ends."""
    ends: dict[int, tuple[int, ...]] = {}
    for statement in draft.statements:
        start = draft.reply.find(statement.text)
        if start >= 0:
            marks = tuple(citations.index(citation) + 1 for citation in statement.citations)
            ends[start + len(statement.text)] = marks
    start = 0
    for end in sorted(ends):
        yield _Piece(draft.reply[start:end], ends[end])
        start = end
    yield _Piece(draft.reply[start:])
