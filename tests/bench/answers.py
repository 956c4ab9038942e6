"""How often the right words are found, and how often a question without an answer gets none."""

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import yaml

from bot.starter import copy_sample
from knowledge.desk_files import Desk, load_desk
from knowledge.documents.document import DocumentVersion
from knowledge.documents.folder import read_folder
from knowledge.drafter import Drafter
from knowledge.drafting.ticket import Ticket
from knowledge.evals.case import Case
from knowledge.evals.cases import load_cases
from knowledge.evals.scoring import Attempt, is_right, score
from knowledge.index.document_index import DocumentIndex
from knowledge.index.minilm import MiniLM
from knowledge.index.seen_by import SeenBy
from knowledge.index.similarity import EmbeddingSimilarity
from knowledge.models.extractive import ExtractiveModel
from knowledge.relevance import Relevance
from tests.bench.bm25 import Bm25
from tests.bench.synthetic import TODAY
from tests.knowledge.index.versions import ROOT, help_centre, version

_FIRST = 5


async def sample_desk(folder: Path) -> None:
    """Print the sample desk's test tickets, and the 130 questions about its documents."""
    copy_sample(folder / "desk")
    desk = load_desk(folder / "desk")
    for name, embedding in (("MiniLM", MiniLM()), ("words alone", None)):
        index = DocumentIndex(folder / f"desk-{name}.db", embedding)
        await index.sync(read_folder(desk.documents).versions)
        relevance = Relevance(EmbeddingSimilarity(embedding), desk.playbook.company)
        drafter = Drafter(SeenBy(index, None), ExtractiveModel(relevance), relevance, desk.playbook)
        right_of = [await _answers(drafter, case, desk) for case in load_cases(desk.cases)]
        figures = ", ".join(f"{question} {sum(each[question] for each in right_of)}" for question in right_of[0])
        asked: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/data/desk_questions.yaml").read_text())
        right = said = answerable = quiet = 0
        for each in asked:
            draft = await drafter.draft(Ticket.pasted(each["ask"]), on=TODAY)
            cited = {citation.document for s in draft.statements for citation in s.citations}
            if each["documents"]:
                answerable += 1
                right += bool(cited & set(each["documents"]))
                said += all(words.casefold() in draft.reply.casefold() for words in each["contains"]) and bool(cited)
            else:
                quiet += not draft.statements
        print(  # noqa: T201
            f"Sample desk, {name}: of {len(right_of)} test tickets right: {figures}; "
            f"of {answerable} answerable questions {right} cite the right page and {said} say the very words; "
            f"of {len(asked) - answerable} unanswerable {quiet} stay unanswered"
        )


async def _answers(drafter: Drafter, case: Case, desk: Desk) -> dict[str, bool]:
    """What is right about the draft of a test ticket."""
    ticket, on = Ticket.pasted(case.text), case.on or TODAY
    draft = await drafter.draft(ticket, on=on)
    attempt = Attempt(0, ticket, draft, await drafter.still_stands(draft, on=on))
    answers = score(case, attempt, desk.playbook, desk.thresholds.light_edit)
    return {
        "status": draft.status is case.expect.status,
        **{str(question): bool(answer.right) for question, answer in answers.items() if answer.right is not None},
        "all": is_right(answers),
    }


async def help_centre_recall(data: Path, folder: Path) -> None:
    """Print first-five recall on a real help centre, hybrid beside words and meaning alone."""
    if not (data / "kb-plausible").is_dir():
        print(f"Retrieval on kb-plausible: skipped, no public data in {data}")  # noqa: T201
        return
    asked = yaml.safe_load((ROOT / "tests/data/kb_questions.yaml").read_text())
    pages = help_centre(data / "kb-plausible" / "docs")
    found = {}
    for name, index in (await _indexes(pages, folder / "kb.db")).items():
        found[name] = [
            float(not set(each["documents"]).isdisjoint(await _first_five(index, each["question"]))) for each in asked
        ]
    _tell("kb-plausible", found, "words alone", "hybrid of whole passages 0.911")


async def bank_recall(data: Path, folder: Path) -> None:
    """Print first-five recall on a bank's policies for long role play, beside plain BM25 over whole documents."""
    bank = data / "tau2-banking"
    if not bank.is_dir():
        print(f"Retrieval on tau2-banking: skipped, no public data in {data}")  # noqa: T201
        return
    held, asked = (
        [json.loads(line) for line in (bank / f"{name}.jsonl").read_text().splitlines()]
        for name in ("documents", "retrieval_queries")
    )
    plain = Bm25({each["id"]: each["content"] for each in held})
    found = {"plain BM25": [_share(each["relevant"], plain.best(each["query"], _FIRST)) for each in asked]}
    pages = [version(each["id"], each["content"], title=each["title"]) for each in held]
    for name, index in (await _indexes(pages, folder / "bank.db")).items():
        found[name] = [_share(each["relevant"], await _first_five(index, each["query"])) for each in asked]
    ways = zip(*(found[name] for name in ("hybrid", "words alone", "meaning alone")), strict=True)
    found["the best of hybrid, words and meaning for each question"] = [max(each) for each in ways]
    found["the most five can be"] = [min(_FIRST, len(each["relevant"])) / len(each["relevant"]) for each in asked]
    _tell("tau2-banking", found, "plain BM25", "plain BM25 as published 0.233, hybrid of whole passages 0.191")


async def _indexes(pages: list[DocumentVersion], path: Path) -> dict[str, DocumentIndex]:
    """One index, asked in three ways."""
    embedding = MiniLM()
    weights = {"hybrid": None, "words alone": 0.0, "meaning alone": 1.0}
    indexes = {name: DocumentIndex(path, embedding, weight) for name, weight in weights.items()}
    await indexes["hybrid"].sync(pages)
    return indexes


async def _first_five(index: DocumentIndex, question: str) -> list[str]:
    return [passage.document for passage in await index.retrieve(question, on=TODAY, limit=_FIRST)]


def _share(relevant: Sequence[str], found: Sequence[str]) -> float:
    return len(set(relevant) & set(found)) / len(relevant)


def _tell(name: str, found: dict[str, list[float]], baseline: str, known: str) -> None:
    """Each figure of all questions, and of the first, third, ... and the second, fourth, ... of them."""
    figures = "; ".join(
        f"{way} {mean(each):.3f} (halves {mean(each[::2]):.3f}, {mean(each[1::2]):.3f})" for way, each in found.items()
    )
    ratio = mean(found["hybrid"]) / mean(found[baseline])
    print(  # noqa: T201
        f"First-five recall on {name}, {len(found['hybrid'])} questions: {figures}; hybrid is {ratio:.2f}x {baseline} "
        f"({known})"
    )
