"""Confidence: how far the evidence carries a draft. Computed by code; a model's own word for it is never asked."""

from collections.abc import Sequence
from datetime import date

from knowledge.drafting.draft import Statement

_FRESH_DAYS = 30
_STALE_SOON = 0.8
"""The weight of a proof whose document must be reviewed within `_FRESH_DAYS`."""


def confidence(statements: Sequence[Statement], removed: int, strengths: Sequence[float], on: date) -> float:
    """From 0 to 1: how much is proven, how strongly, how fresh.

    `proven x strength x freshness`, where proven is the share of proposed sentences that stand, strength the mean of
    `strengths` (for each of the customer's questions how well its best proof fits, 0 where none does), and freshness
    the mean over citations of 1, or 0.8 where the document's validity ends within 30 days. Our own formula: it
    orders drafts, it is not a probability.
    """
    citations = [citation for statement in statements for citation in statement.citations]
    if not citations or not strengths:
        return 0.0
    proven = len(statements) / (len(statements) + removed)
    strength = sum(strengths) / len(strengths)
    ends = [citation.in_force_until for citation in citations]
    freshness = sum(_STALE_SOON if end and (end - on).days <= _FRESH_DAYS else 1.0 for end in ends) / len(ends)
    return round(proven * strength * freshness, 2)
