"""Next steps: what a report says is most worth mending, in the order of the harm it does."""

from collections.abc import Iterator
from itertools import islice

from bot.numbers import counted
from bot.reports.report import Report
from bot.reports.wording import named
from knowledge.drafting.scorecard import ANOTHER_KIND, UNKNOWN_KIND

_MOST = 3
_FEW_WORDS = 10
"""Words changed in a document's sentences from which it is worth reading again."""
_JUDGED = 4
"""Judged warnings from which a rule's precision says something."""
_USEFUL = 0.5
_OFTEN = 0.1
"""The share of approvals faster than reading from which it is a habit."""
_REWRITTEN = 0.2
"""The share of words changed after approval from which approval says little."""


def next_steps(report: Report) -> tuple[str, ...]:
    """At most three sentences, each with what to do; none where nothing stands out."""
    return tuple(islice(_steps(report), _MOST))


def _steps(report: Report) -> Iterator[str]:
    now = report.figures
    for document, count in now.faulty_documents.items():
        yield f"Correct {named(report, document)}: {counted(count, 'factual error')} came from it."
    for document, words in islice(now.edited.documents.items(), 1):
        if words >= _FEW_WORDS and document not in now.faulty_documents:
            yield f"Reword {named(report, document)}: agents changed {counted(words, 'word')} of what it says."
    topic, of = max(now.topics.items(), key=lambda each: each[1].unverified, default=("", None))
    if of and of.unverified > 1:
        about = f"about {topic.replace('_', ' ')}" if topic else "that belong to no topic of yours"
        yield (
            f"Write what is missing: {of.unverified} of {counted(of.tickets, 'ticket')} {about} could not be verified "
            "(“/docs gaps” lists the questions)."
        )
    for score in report.scores:
        name = score.category.replace("_", " ")
        if score.missed >= _JUDGED // 2 and score.category not in (UNKNOWN_KIND, ANOTHER_KIND):
            yield f"Add triggers to the rule {name}: it missed {counted(score.missed, 'ticket')}."
        judged = score.confirmed + score.dismissed
        if judged >= _JUDGED and (score.precision or 0) < _USEFUL:
            yield f"Narrow the rule {name}: {score.dismissed} of {judged} warnings were not needed."
    if now.approved and now.skimmed / now.approved > _OFTEN:
        yield f"Read before you approve: {now.skimmed} of {now.approved} approvals came faster than anybody reads."
    if (now.sent.share or 0) > _REWRITTEN:
        yield f"Edit before you approve: {now.sent.share:.0%} of the words were changed after approval."
