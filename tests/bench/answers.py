"""How often the right words are found, and how often a question without an answer gets none."""

from pathlib import Path
from typing import Any

import yaml

from bot.starter import copy_sample
from knowledge.desk_files import load_desk
from knowledge.documents.folder import read_folder
from knowledge.drafter import Drafter
from knowledge.drafting.ticket import Ticket
from knowledge.evals.cases import load_cases
from knowledge.evals.scoring import score, totals
from knowledge.index.document_index import DocumentIndex
from knowledge.index.minilm import MiniLM
from knowledge.index.similarity import EmbeddingSimilarity
from knowledge.models.extractive import ExtractiveModel
from knowledge.relevance import Relevance
from tests.bench.synthetic import TODAY
from tests.knowledge.index.versions import ROOT, help_centre


async def sample_desk(folder: Path) -> None:
    """Print the sample desk's test tickets, and the 130 questions about its documents."""
    copy_sample(folder / "desk")
    desk = load_desk(folder / "desk")
    for name, embedding in (("MiniLM", MiniLM()), ("words alone", None)):
        index = DocumentIndex(folder / f"desk-{name}.db", embedding)
        await index.sync(read_folder(desk.documents).versions)
        relevance = Relevance(EmbeddingSimilarity(embedding), desk.playbook.company)
        drafter = Drafter(index, ExtractiveModel(relevance), relevance, desk.playbook)
        scores = [
            score(c, await drafter.draft(Ticket.pasted(c.text), on=c.on or TODAY)) for c in load_cases(desk.cases)
        ]
        sums = totals(scores)
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
            f"Sample desk, {name}: of {sums.cases} test tickets {sums.decisions} decisions, {sums.escalations} "
            f"escalations, {sums.facts} facts right; of {answerable} answerable questions {right} cite the right page "
            f"and {said} say the very words; of {len(asked) - answerable} unanswerable {quiet} stay unanswered"
        )


async def help_centre_recall(data: Path, folder: Path) -> None:
    """Print first-five recall on a real help centre, hybrid beside words alone."""
    if not (data / "kb-plausible").is_dir():
        print(f"Retrieval on kb-plausible: skipped, no public data in {data}")  # noqa: T201
        return
    asked = yaml.safe_load((ROOT / "tests/data/kb_questions.yaml").read_text())
    pages = help_centre(data / "kb-plausible" / "docs")
    found = {}
    for name, embedding in (("hybrid", MiniLM()), ("words alone", None)):
        index = DocumentIndex(folder / f"kb-{name}.db", embedding)
        await index.sync(pages)
        hits = 0
        for each in asked:
            passages = await index.retrieve(each["question"], on=TODAY, limit=5)
            hits += any(passage.document in each["documents"] for passage in passages)
        found[name] = hits / len(asked)
    print(  # noqa: T201
        f"Retrieval on kb-plausible, first five of {len(asked)} questions: hybrid {found['hybrid']:.3f}, "
        f"words alone {found['words alone']:.3f} ({found['hybrid'] / found['words alone']:.2f}x)"
    )
