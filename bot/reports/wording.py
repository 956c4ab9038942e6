"""Wording: numbers, spans of time and documents in the sentences of a report."""

from bot.reports.report import Report


def named(report: Report, document: str) -> str:
    """What people call a document, and whose it is."""
    known = report.documents.get(document)
    if known is None:
        return f"“{document}”"
    return f"“{known.title}”" + (f" ({known.owner})" if known.owner else "")
