"""Relevance: how well approved words answer a question. It decides when to abstain, whoever wrote the draft."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from knowledge.drafting.answer_type import gives, wanted, wants_steps
from knowledge.drafting.asks import Ask, telling
from knowledge.drafting.passage import Passage
from knowledge.drafting.spelling import mend
from knowledge.drafting.words import stem, words
from knowledge.interfaces import Similarity

ENOUGH = 0.42
"""A score from which words count as an answer.

This and the weights below were tuned on tests/data/desk_questions.yaml: of questions whose topic is in the documents
but whose answer is not, about one in seven still gets a (true, approved) sentence beside the point.
"""
_BY_WORDS = 0.1
"""The weight of shared words; the rest is meaning."""
_UNKNOWN = 0.2
"""Taken off when none of a question's telling words stand anywhere near; a share of it for a share of them."""
_RIGHT_KIND, _WRONG_KIND = 0.05, 0.1
"""Added, or taken off, where a question wants a time, a price, a count or steps and the words have, or lack, them."""
_ENOUGH_BY_WORDS = 0.5
"""The share of telling words from which words alone count as an answer, where no embedding is configured."""
_VAGUE = 0.4
"""The coverage of a question that says nothing by itself."""
_MEANT = 0.8
"""What a related word is worth beside the same one."""
_RELATED = (
    "refund reimburse money back return", "price cost fee charge pay expensive cheap much", "login sign log access in locked", "bill invoice receipt billing",
    "member user people person colleague coworker teammate seat employee staff team", "password passcode credential", "2fa authenticator authentication mfa factor otp code",
    "cancel end stop quit leave terminate close unsubscribe", "delete erase remove wipe", "limit maximum max many allowance quota cap", "change switch move update upgrade downgrade modify edit",
    "phone mobile cell telephone ios android iphone", "export download extract backup copy", "import upload bring migrate", "year yearly annual annually", "month monthly",
    "email mail address", "buy purchase order subscribe", "tax vat gst", "down outage unavailable incident status", "fast quick long time soon", "support help contact reach agent",
    "connect integrate integration sync link", "owner ownership", "transfer hand handover pass give", "forgot forgotten lost reset recover", "card payment credit visa mastercard paypal", "trial try test", "subscription plan tier",
    "file attachment document upload size big large", "secure security safe encrypt encryption", "browser chrome firefox safari edge", "hacked hijack compromise suspicious stranger", "company organisation organization workspace account",
)  # fmt: skip


# Set phrases that an embedding takes word for word.
_SAYINGS = (
    (re.compile(r"\bmoney back\b", re.IGNORECASE), "refund"),
    (
        re.compile(
            r"\b(payment|money|fee|charge) (?:be |is |was )?(?:returned|reimbursed|given back)\b", re.IGNORECASE
        ),
        r"\1 refunded",
    ),
)


def plainly(text: str) -> str:
    """A text without the set phrases that are taken for what their words say."""
    for said, meant in _SAYINGS:
        text = said.sub(meant, text)
    return text


class Candidate(NamedTuple):
    """Approved words, and the headings that say what they are about."""

    text: str
    context: str


class Relevance:
    """Scores approved words against a customer's question by meaning and by words."""

    def __init__(self, similarity: Similarity, company: str = "") -> None:
        self._similarity = similarity
        # The company's name is in every question and every document, so it says nothing.
        self._company = re.compile(rf"\b{re.escape(company)}(?:'s)?\b", re.IGNORECASE) if company else None

    async def scores(self, ask: Ask, candidates: Sequence[Candidate], near: Sequence[Passage]) -> list[float]:
        """For each candidate how well it answers `ask`, 0 to 1; `ENOUGH` and more is an answer.

        `near` are the passages found for the ticket. A question whose words stand in none of them asks for something
        the documents do not know, however close the topic is; a document's title tells its topic and no more.
        """
        if not candidates:
            return []
        vocabulary = {word for passage in near for word in words(" ".join((*passage.headings, passage.text)))}
        text, full = (mend(self._neutral(part), vocabulary) for part in (ask.core, ask.full))
        told = telling(text) if not ask.vague else []
        by_words = [_coverage(told, candidate) for candidate in candidates]
        by_meaning = await self._meaning(dict.fromkeys((full,) if ask.vague else (text, full)), candidates)
        if by_meaning is None:
            return [covered * ENOUGH / _ENOUGH_BY_WORDS for covered in by_words]
        unknown = _UNKNOWN * _unknown(text, told, {stem(word) for word in vocabulary})
        return [
            min(1.0, max(0.0, (1 - _BY_WORDS) * meaning + _BY_WORDS * covered - unknown + _kind(text, candidate)))
            for meaning, covered, candidate in zip(by_meaning, by_words, candidates, strict=True)
        ]

    async def _meaning(self, questions: Iterable[str], candidates: Sequence[Candidate]) -> list[float] | None:
        texts = [self._neutral(f"{candidate.context}: {candidate.text}") for candidate in candidates]
        rows = [await self._similarity.similarity(question, texts) for question in questions]
        found = [row for row in rows if row is not None]
        return [max(column) for column in zip(*found, strict=True)] if found else None

    def _neutral(self, text: str) -> str:
        named = self._company.sub("", text) if self._company else text
        return plainly(named)


def _kind(text: str, candidate: Candidate) -> float:
    """What the kind of answer adds or takes: a figure for "how many", steps for "how do I"."""
    kinds = wanted(text)
    if kinds:
        return _RIGHT_KIND if gives(candidate.text, kinds) else -_WRONG_KIND
    return _RIGHT_KIND if wants_steps(text) and "\n" in candidate.text else 0.0


def _unknown(text: str, told: list[str], known: set[str]) -> float:
    """The share of a question's telling words that no passage has or means; names count twice."""
    named = {stem(word) for name in re.findall(r"(?<=[a-z,] )[A-Z]\w+", text) for word in words(name)}
    weights = {root: 2.0 if root in named else 1.0 for root in told}
    missing = sum(weight for root, weight in weights.items() if not _weight(root, known))
    return min(1.0, missing / len(weights)) if weights else 0.0


def _coverage(told: list[str], candidate: Candidate) -> float:
    """The share of the telling words of a question that the candidate or its headings have, or mean."""
    there = {stem(word) for word in words(f"{candidate.context} {candidate.text}")}
    return sum(_weight(root, there) for root in set(told)) / len(set(told)) if told else _VAGUE


def _weight(root: str, there: set[str]) -> float:
    return 1.0 if root in there else _MEANT if _related(root) & there else 0.0


@lru_cache(maxsize=4096)
def _related(root: str) -> frozenset[str]:
    return frozenset(
        stem(word) for group in _RELATED for word in group.split() if root in {stem(w) for w in group.split()}
    )
