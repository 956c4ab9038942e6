"""Sections: a report in sentences, the same ones wherever people read it."""

from collections.abc import Iterator

from bot.content import Section
from bot.numbers import counted, span
from bot.reports.figures import Changes, Spread
from bot.reports.next_steps import next_steps
from bot.reports.report import Report
from bot.reports.wording import named
from knowledge.drafting.scorecard import Score

_TOP = 3


def sections(report: Report) -> tuple[Section, ...]:
    """A report for people. What there is nothing to say of is left out."""
    made = (
        Section(heading="What to mend next", lines=next_steps(report)),
        Section(heading="What happened", lines=tuple(_happened(report))),
        Section(heading="Right or wrong", lines=tuple(_right(report))),
        Section(heading="Warnings", lines=tuple(_scored(score) for score in report.scores if score.is_judged)),
        Section(heading="Where the edits are", lines=tuple(_edits(report))),
        Section(heading="Not in the documents", lines=tuple(_unverified(report))),
        Section(heading="Time", lines=tuple(_time(report))),
    )
    return tuple(section for section in made if section.lines)


def _happened(report: Report) -> Iterator[str]:
    now, before = report.figures, report.before
    yield f"{counted(now.tickets, 'ticket')}{_than(before.tickets)}, {counted(now.drafts, 'draft')}."
    if now.drafts:
        yield (
            f"{now.approved} approved{_than(before.approved)}, of these {now.edited.unchanged} unchanged; "
            f"{now.rejected} rejected, {now.escalated} escalated by a person, {now.waiting} waiting."
        )
    for what, spread, earlier in (
        ("First drafts came within {} of the ticket", now.drafted_within, before.drafted_within),
        ("Customers had a first draft {} after they wrote", now.customer_waited, before.customer_waited),
        ("Decisions came within {} of the draft", now.decided_within, before.decided_within),
    ):
        if spread:
            yield _lasted(what, spread, earlier)


def _right(report: Report) -> Iterator[str]:
    now, before = report.figures, report.before
    if now.errors_per_hundred is not None:
        was = f" ({before.errors_per_hundred:.1f} before)" if before.errors_per_hundred is not None else ""
        yield (
            f"{counted(now.factual_errors, 'factual error')}: {now.errors_per_hundred:.1f} of 100 drafts that were "
            f"approved or rejected{was}."
        )
    for document, count in list(now.faulty_documents.items())[:_TOP]:
        yield f"{counted(count, 'factual error')} from {named(report, document)}."
    others = {reason: count for reason, count in now.reasons.items() if reason != "factual_error"}
    if others:
        yield "Also rejected: " + ", ".join(f"{reason.replace('_', ' ')} {n}" for reason, n in others.items()) + "."
    if now.sent.replies:
        yield (
            f"Of {counted(now.sent.replies, 'reply', 'replies')} found in the helpdesk {now.sent.unchanged} went out "
            f"as approved; {_share(now.sent)} of the words were changed after approval."
        )
    if now.satisfied or now.dissatisfied:
        yield f"{now.satisfied} of {now.satisfied + now.dissatisfied} customers who said so were satisfied."
    if now.skimmed:
        yield f"{counted(now.skimmed, 'approval')} came faster than anybody reads. Ask for a second look at those."


def _scored(score: Score) -> str:
    counts = f"{score.raised} raised, {score.confirmed} right, {score.dismissed} not needed, {score.missed} missed"
    shares = (("precision", score.precision), ("recall", score.recall))
    known = ", ".join(f"{name} {share:.0%}" for name, share in shares if share is not None)
    return f"{score.category.replace('_', ' ').capitalize()}: {counts}; {known}."


def _edits(report: Report) -> Iterator[str]:
    changes = report.figures.edited
    if not changes.replies or changes.share is None:
        return
    yield (
        f"{_share(changes)} of the words of approved drafts were changed by agents: {changes.words} words, "
        f"{changes.characters} characters."
    )
    if changes.kinds:
        kinds = {"facts": "a fact changed", "wording": "reworded", "added": "added", "removed": "taken out"}
        yield "Sentences: " + ", ".join(f"{kinds[kind]} {count}" for kind, count in changes.kinds.items()) + "."
    for document, words in list(changes.documents.items())[:_TOP]:
        yield f"{counted(words, 'word')} changed in what {named(report, document)} says."


def _unverified(report: Report) -> Iterator[str]:
    now = report.figures
    if not now.unverified:
        return
    tickets = counted(now.first_drafted, "ticket")
    yield f"{now.unverified} of {tickets} could not be verified from the approved documents."
    topics = sorted(now.topics.items(), key=lambda each: -each[1].unverified)
    for topic, of in topics[:_TOP]:
        if of.unverified:
            name = topic.replace("_", " ") or "no topic of yours"
            yield f"{of.unverified} of {of.tickets} about {name}."


def _time(report: Report) -> Iterator[str]:
    saved = report.saved
    if saved:
        what = f"{saved.hours:.1f} hours saved" if saved.hours >= 0 else f"{-saved.hours:.1f} hours more than without"
        yield (
            f"About {what}: {saved.minutes_before:.1f} minutes of work a reply before, {saved.minutes_after:.1f} with "
            f"drafts, {counted(saved.replies, 'reply', 'replies')}."
        )
        yield saved.formula
    if report.cost is not None:
        drafts = report.figures.drafts
        yield f"The model cost {report.cost:.2f} {report.currency}, {report.cost / drafts:.4f} a draft."


def _lasted(what: str, spread: Spread, before: Spread | None) -> str:
    was = f" (before: {span(before.median)})" if before else ""
    return f"{what.format(span(spread.median))} in half of the cases{was}, {span(spread.slowest_tenth)} in nine of ten."


def _share(changes: Changes) -> str:
    return f"{changes.share or 0:.0%}"


def _than(before: int) -> str:
    return f" ({before:,} before)"
