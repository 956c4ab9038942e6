import math

import numpy as np

from knowledge.index.minilm import MiniLM, gelu


def test_gelu_is_exact_enough() -> None:
    x = np.linspace(-12, 12, 50_001, dtype=np.float32)
    exact = [v * 0.5 * (1 + math.erf(v / math.sqrt(2))) for v in x.tolist()]
    assert np.abs(gelu(x.copy()) - exact).max() < 1e-5


def test_the_published_similarities_come_out(minilm: MiniLM) -> None:
    # From the model's page on Hugging Face, computed there with PyTorch.
    person, dog, happy, sunny = minilm.vectors(
        ["That is a happy person", "That is a happy dog", "That is a very happy person", "Today is a sunny day"]
    )
    assert np.allclose([person @ dog, person @ happy, person @ sunny], [0.695, 0.943, 0.257], atol=6e-4)


def test_meaning_counts_more_than_words(minilm: MiniLM) -> None:
    question, answer, other = minilm.vectors(
        ["How do I get my money back?", "Refunds are paid within five days.", "How do I get my team back to work?"]
    )
    assert question @ answer > question @ other


def test_company_in_a_batch_changes_nothing(minilm: MiniLM) -> None:
    texts = ["", "a", "Refunds take five days. " * 100, "😀 ü 漢字", "word " * 3]
    together = MiniLM().vectors(texts)
    alone = np.stack([minilm.vectors([text])[0] for text in texts])
    assert np.allclose(together, alone, atol=1e-5)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


async def test_all_ways_to_ask_agree(minilm: MiniLM) -> None:
    expected = minilm.vectors(["refunds"])[0].tolist()
    assert minilm.get_text_embedding("refunds") == expected
    assert minilm.get_query_embedding("refunds") == expected
    assert await minilm.aget_query_embedding("refunds") == expected
    assert await minilm.aget_text_embedding_batch(["refunds"]) == [expected]
    assert minilm.vectors([]).shape == (0, 384)
