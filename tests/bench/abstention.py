"""How well questions that can be answered are told from those that cannot, beside the share of a question's words."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from knowledge.drafting.asks import Ask, telling
from knowledge.drafting.passage import Passage
from knowledge.drafting.sentences import readable, units
from knowledge.drafting.words import stem, words
from knowledge.index.document_index import DocumentIndex
from knowledge.index.minilm import MiniLM
from knowledge.index.similarity import EmbeddingSimilarity
from knowledge.relevance import ENOUGH, Candidate, Relevance
from tests.bench.synthetic import TODAY
from tests.builders import a_passage
from tests.knowledge.index.versions import version

_FOUND = 3
_ANSWERED = {"ANSWERABLE", "PARTIAL"}


class _Judged(NamedTuple):
    """A question, whether it can be answered, and the two scores."""

    answerable: bool
    score: float
    coverage: float


async def abstention(data: Path, folder: Path) -> None:
    """Print the AUROC of answering against refusing or asking on clapnq and mtrag-un, of all and of every second."""
    if not ((data / "clapnq").is_dir() and (data / "mtrag-un").is_dir()):
        print(f"Abstention on clapnq and mtrag-un: skipped, no public data in {data}")  # noqa: T201
        return
    embedding = MiniLM()
    relevance = Relevance(EmbeddingSimilarity(embedding))
    asked = _records(data / "clapnq" / "clapnq_dev.jsonl")
    _tell("clapnq beside the passage of each, answer or refuse", await _beside_a_passage(asked, relevance))
    pool = DocumentIndex(folder / "clapnq.db", embedding)
    _tell("clapnq from all passages, answer or refuse", await _from_a_pool(asked, pool, relevance))
    index = DocumentIndex(folder / "mtrag.db", embedding)
    pooled = _records(data / "mtrag-un" / "pooled_passages.jsonl")
    await index.sync(
        [version(each["document_id"], each["text"].strip(), title=_title(each["text"])) for each in pooled]
    )
    judged = await _from_a_corpus(_records(data / "mtrag-un" / "reference.jsonl"), index, relevance)
    _tell("mtrag-un, answer or refuse", [case for kind, case in judged if kind != "UNDERSPECIFIED"])
    _tell("mtrag-un, answer or ask", [case for kind, case in judged if kind != "UNANSWERABLE"])
    _tell("mtrag-un, answer or refuse or ask", [case for _, case in judged])


async def _beside_a_passage(records: Sequence[dict[str, Any]], relevance: Relevance) -> list[_Judged]:
    """Each question with one passage on its topic."""
    cases = []
    for each in records:
        [given] = each["passages"]
        passage = a_passage(given["text"], title=given["title"])
        cases.append(await _judged(Ask(text=each["input"]), [passage], each["answerable"], relevance))
    return cases


async def _from_a_pool(records: Sequence[dict[str, Any]], index: DocumentIndex, relevance: Relevance) -> list[_Judged]:
    """Each question with what is found for it among the passages of all."""
    given = [each["passages"][0] for each in records]
    await index.sync([version(f"passage-{at}", each["text"], title=each["title"]) for at, each in enumerate(given)])
    cases = []
    for each in records:
        found = await index.retrieve(each["input"], on=TODAY, limit=_FOUND)
        cases.append(await _judged(Ask(text=each["input"]), found, each["answerable"], relevance))
    return cases


async def _from_a_corpus(
    records: Sequence[dict[str, Any]], index: DocumentIndex, relevance: Relevance
) -> list[tuple[str, _Judged]]:
    """Each last question of a conversation with the passages that are found for it."""
    cases = []
    for each in records:
        said = [turn["text"] for turn in each["input"] if turn["speaker"] == "user"]
        ask = Ask(text=said[-1], context=" ".join(said[-2:-1]))
        found = await index.retrieve(ask.full if ask.vague else ask.core, on=TODAY, limit=_FOUND)
        [kind] = each["answerability"]
        cases.append((kind, await _judged(ask, found, kind in _ANSWERED, relevance)))
    return cases


async def _judged(ask: Ask, passages: Sequence[Passage], answerable: bool, relevance: Relevance) -> _Judged:  # noqa: FBT001
    candidates = [Candidate(readable(p.text, unit), p.section) for p in passages for unit in units(p.text)]
    scores = await relevance.scores(ask, candidates, passages)
    there = {stem(word) for passage in passages for word in words(f"{passage.section} {passage.text}")}
    asked = set(telling(ask.text)) or {stem(word) for word in words(ask.text)}
    return _Judged(answerable, max(scores, default=0.0), len(asked & there) / max(len(asked), 1))


def _tell(name: str, cases: Sequence[_Judged]) -> None:
    ours, words_alone = ([_auroc(part, at) for part in (cases, cases[::2], cases[1::2])] for at in (1, 2))
    said = [case for case in cases if case.score >= ENOUGH]
    right = sum(case.answerable for case in said)
    print(  # noqa: T201
        f"Abstention on {name}, {len(cases)} questions: AUROC {_halves(ours)}, question-word coverage "
        f"{_halves(words_alone)} ({ours[0] / words_alone[0]:.2f}x); at {ENOUGH} it answers {len(said)}, "
        f"{right} rightly, of {sum(case.answerable for case in cases)} that can be"
    )


def _halves(figures: Sequence[float]) -> str:
    return "{:.3f} (halves {:.3f}, {:.3f})".format(*figures)


def _auroc(cases: Sequence[_Judged], at: int) -> float:
    """How often an answerable question scores above an unanswerable one, a tie being half."""
    yes, no = (np.array([case[at] for case in cases if case.answerable is kind]) for kind in (True, False))
    above = (yes[:, None] > no[None, :]).mean()
    return float(above + (yes[:, None] == no[None, :]).mean() / 2)


def _title(text: str) -> str:
    return text.strip().splitlines()[0][:80]


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]
