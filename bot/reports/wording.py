"""Wording: numbers, spans of time and documents in the sentences of a report."""

from bot.reports.report import Report


def named(report: Report, document: str) -> str:
    """What people call a document, and whose it is."""
    known = report.documents.get(document)
    if known is None:
        return f"“{document}”"
    return f"“{known.title}”" + (f" ({known.owner})" if known.owner else "")


def counted(number: int, noun: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def span(seconds: float) -> str:
    """A span of time for people."""
    for size, unit in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
