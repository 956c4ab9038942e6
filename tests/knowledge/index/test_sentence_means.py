import numpy as np
import pytest
from llama_index.core.schema import TextNode

from knowledge.index.sentence_means import sentence_means
from tests.knowledge.index.counting import CountingEmbedding


def node(text: str) -> TextNode:
    return TextNode(
        text=text,
        metadata={"section": "Refunds", "document": "a"},
        excluded_embed_metadata_keys=["document"],
        metadata_template="{value}",
    )


def test_a_passage_is_embedded_whole_and_sentence_by_sentence_below_its_headings() -> None:
    embedding = CountingEmbedding()
    [vector] = sentence_means(embedding, [node("Refunds take five days. Nothing is charged.")])
    assert embedding.texts == [
        "Refunds\n\nRefunds take five days. Nothing is charged.",
        "Refunds\n\nRefunds take five days.",
        "Refunds\n\nNothing is charged.",
    ]
    assert float(np.linalg.norm(vector)) == pytest.approx(1)


def test_the_same_text_is_embedded_once() -> None:
    embedding = CountingEmbedding()
    assert len(sentence_means(embedding, [node("Refunds take days."), node("Refunds take days.")])) == 2
    assert embedding.texts == ["Refunds\n\nRefunds take days."]


def test_what_a_page_is_built_with_is_no_sentence_of_it() -> None:
    embedding = CountingEmbedding()
    sentence_means(
        embedding, [node("import useBaseUrl from '@docusaurus/useBaseUrl';\n\nRefunds take five days.\n\n---\n\n1.")]
    )
    assert embedding.texts[1:] == ["Refunds\n\nRefunds take five days."]


def test_a_passage_without_words_still_has_a_vector() -> None:
    [vector] = sentence_means(CountingEmbedding(), [node("***")])
    assert any(vector)
