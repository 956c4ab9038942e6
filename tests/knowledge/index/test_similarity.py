import pytest

from knowledge.index.similarity import EmbeddingSimilarity
from tests.knowledge.index.counting import CountingEmbedding


async def test_closer_texts_get_higher_numbers() -> None:
    similarity = EmbeddingSimilarity(CountingEmbedding())
    found = await similarity.similarity("refunds for yearly plans", ["refunds for yearly plans", "zebras", ""])
    assert found is not None
    assert found[0] == pytest.approx(1)
    assert found[0] > found[1] >= found[2] == 0


async def test_without_an_embedding_nothing_is_known() -> None:
    assert await EmbeddingSimilarity(None).similarity("refunds", ["refunds"]) is None
    assert await EmbeddingSimilarity(CountingEmbedding()).similarity("refunds", []) == []
