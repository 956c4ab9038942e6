"""Relevance: how well approved words answer a question. It decides when to abstain, whoever wrote the draft."""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from knowledge.drafting.asks import telling
from knowledge.drafting.words import stem, words
from knowledge.interfaces import Similarity

ENOUGH = 0.5
"""A score from which words count as an answer; tuned on the sample desk's cases, see `proofdesk eval`."""
_DENSE = 0.55
_TYPO = 0.8
_RELATED = (
    "refund reimburse money back return", "price cost fee charge pay expensive cheap much", "login sign log access in locked", "bill invoice receipt billing",
    "member user people person colleague coworker teammate seat employee staff team", "password passcode credential", "2fa authenticator authentication mfa factor otp code",
    "cancel end stop quit leave terminate close unsubscribe", "delete erase remove wipe", "limit maximum max many allowance quota cap", "change switch move update upgrade downgrade modify edit",
    "phone mobile cell telephone ios android iphone", "export download extract backup copy", "import upload bring migrate", "year yearly annual annually", "month monthly",
    "email mail address", "buy purchase order subscribe", "tax vat gst", "down outage unavailable incident status", "fast quick long time soon", "support help contact reach agent",
    "connect integrate integration sync link", "owner ownership", "transfer hand handover pass give", "forgot forgotten lost reset recover", "card payment credit visa mastercard paypal", "trial try test", "subscription plan tier",
    "file attachment document upload size big large", "secure security safe encrypt encryption", "browser chrome firefox safari edge", "hacked hijack compromise suspicious stranger", "company organisation organization workspace account",
)  # fmt: skip


class Candidate(NamedTuple):
    """Approved words, and the headings that say what they are about."""

    text: str
    context: str


class Relevance:
    """Scores approved words against a customer's question by meaning and by words."""

    def __init__(self, similarity: Similarity) -> None:
        self._similarity = similarity

    async def scores(self, ask: str, candidates: Sequence[Candidate]) -> list[float]:
        """For each candidate how well it answers `ask`, 0 to 1; `ENOUGH` and more is an answer."""
        if not candidates:
            return []
        by_words = [_coverage(ask, candidate) for candidate in candidates]
        by_meaning = await self._similarity.similarity(ask, [f"{c.context}: {c.text}" for c in candidates])
        if by_meaning is None:
            return by_words
        return [
            min(1.0, max(0.0, _DENSE * meaning + (1 - _DENSE) * covered))
            for meaning, covered in zip(by_meaning, by_words, strict=True)
        ]


def _coverage(ask: str, candidate: Candidate) -> float:
    """The share of the telling words of a question that the candidate or its headings have, or mean."""
    asked = set(telling(ask))
    if not asked:
        return 0.0
    there = {stem(word) for word in words(f"{candidate.context} {candidate.text}")}
    return sum(_weight(root, there) for root in asked) / len(asked)


def _weight(root: str, there: set[str]) -> float:
    if root in there:
        return 1.0
    if _related(root) & there:
        return 0.8
    return 0.7 if len(root) > 3 and get_close_matches(root, there, n=1, cutoff=_TYPO) else 0.0


@lru_cache(maxsize=4096)
def _related(root: str) -> frozenset[str]:
    return frozenset(
        stem(word) for group in _RELATED for word in group.split() if root in {stem(w) for w in group.split()}
    )
