"""Whether the right page is found among a real help centre's."""

from datetime import date
from pathlib import Path
from typing import Any, TypedDict

import pytest
import yaml

from knowledge.documents.document import DocumentStatus
from knowledge.index.document_index import DocumentIndex
from knowledge.index.minilm import MiniLM
from tests.knowledge.index.versions import ON, ROOT, data_folder, help_centre, version


class Question(TypedDict):
    question: str
    documents: list[str]
    paraphrased: bool


QUESTIONS: list[Question] = yaml.safe_load((ROOT / "tests/data/kb_questions.yaml").read_text())


def test_the_questions_are_many_and_half_are_paraphrased() -> None:
    assert len(QUESTIONS) >= 70
    assert 0.4 <= sum(question["paraphrased"] for question in QUESTIONS) / len(QUESTIONS) <= 0.6


@pytest.fixture(scope="module")
def folder() -> Path:
    return data_folder() / "kb-plausible"


async def test_nearly_all_questions_find_their_page_and_none_a_stale_one(
    folder: Path, path: Path, minilm: MiniLM
) -> None:
    index = DocumentIndex(path, minilm)
    stale = help_centre(folder / "stale-not-approved")
    assert len(stale) == 6
    kinds: list[dict[str, Any]] = [
        {"status": DocumentStatus.PROPOSED},
        {"status": DocumentStatus.WITHDRAWN},
        {"effective_until": date(2025, 1, 1)},
    ]
    # As older versions of the pages that replaced them, each out of force in its own way.
    older = [
        version(
            old.id.split(".")[0],
            old.text[old.body_start :],
            title=old.title,
            front=old.text[: old.body_start],
            **kinds[n % 3],
        )
        for n, old in enumerate(stale)
    ]
    pages = help_centre(folder / "docs")
    result = await index.sync([*pages, *older])
    assert len(result.new) == len(pages)
    hashes = {old.hash for old in older}
    right = 0
    for question in QUESTIONS:
        passages = await index.retrieve(question["question"], on=ON, limit=5)
        assert not hashes & {passage.version for passage in passages}
        right += any(passage.document in question["documents"] for passage in passages)
    assert right / len(QUESTIONS) >= 0.94
