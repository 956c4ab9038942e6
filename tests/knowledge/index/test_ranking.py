import pytest
from llama_index.core.schema import NodeWithScore, TextNode

from knowledge.index.ranking import merged, pieces, spread


def hit(name: str, score: float, document: str = "a") -> NodeWithScore:
    return NodeWithScore(node=TextNode(id_=name, metadata={"document": document}), score=score)


def names(hits: list[NodeWithScore]) -> list[str]:
    return [each.node_id for each in hits]


def test_a_further_passage_of_a_page_stands_behind_another_page_that_is_nearly_as_good() -> None:
    found = [hit("a1", 0.9), hit("a2", 0.8), hit("b1", 0.6, "b")]
    chosen = spread(found, 3)
    assert names(chosen) == ["a1", "b1", "a2"]
    scores = [each.score or 0 for each in chosen]
    assert scores == sorted(scores, reverse=True)


def test_a_further_passage_of_a_page_stands_before_another_page_that_hardly_fits() -> None:
    assert names(spread([hit("a1", 0.9), hit("a2", 0.8), hit("b1", 0.1, "b")], 2)) == ["a1", "a2"]


@pytest.mark.parametrize("limit", [0, 1, 5])
def test_no_more_is_chosen_than_asked_for(limit: int) -> None:
    assert len(spread([hit("a1", 0.9), hit("b1", 0.8, "b")], limit)) == min(limit, 2)


def test_only_a_long_question_is_cut_and_a_sentence_counts_once() -> None:
    assert pieces("How do refunds work? Can I get one?") == []
    assert pieces("How do refunds work here? Thanks! " * 80) == ["How do refunds work here?"]


def test_one_good_fit_comes_before_several_poor_ones_and_scores_are_shares() -> None:
    by_words = [[hit("often", 0.3), hit("once", 0.9)], [hit("often", 0.3)], [hit("often", 0.3)]]
    found = merged([[], [], []], by_words, meaning=0)
    assert names(found) == ["once", "often"]
    assert all(0 < (each.score or 0) <= 1 for each in found)


@pytest.mark.parametrize(("meaning", "first"), [(1.0, "near"), (0.0, "named")])
def test_meaning_and_words_are_weighed(meaning: float, first: str) -> None:
    assert names(merged([[hit("near", 0.9)]], [[hit("named", 0.9)]], meaning))[0] == first
