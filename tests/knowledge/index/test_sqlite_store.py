import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
from llama_index.core.vector_stores.types import (
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryMode,
)

from knowledge.errors import IndexUnusable
from knowledge.index.sqlite_store import SqliteVectorStore

DEFAULT, TEXT, HYBRID = (VectorStoreQueryMode(mode) for mode in ("default", "text_search", "hybrid"))


def node(name: str, vector: list[float], document: str = "a", status: str = "approved", text: str = "") -> TextNode:
    return TextNode(
        id_=name,
        text=text or f"word {name}",
        metadata={
            "section": "Title",
            "document": document,
            "status": status,
            "topic": "",
            "effective_from": "2024-01-01",
        },
        embedding=vector,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=document)},
    )


@pytest.fixture
def store(path: Path) -> SqliteVectorStore:
    return SqliteVectorStore(path, "counting")


def ids(store: SqliteVectorStore, query: VectorStoreQuery) -> list[str]:
    return store.query(query).ids or []


VECTORS = st.lists(st.integers(-4, 4).map(float), min_size=3, max_size=3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 9), VECTORS),
        st.tuples(st.just("delete"), st.integers(0, 2), VECTORS),
        st.tuples(st.just("delete_node"), st.integers(0, 9), VECTORS),
        st.tuples(st.just("ask"), st.integers(1, 5), VECTORS),
        st.tuples(st.just("fail"), st.integers(0, 9), VECTORS),
        st.tuples(st.just("clear"), st.just(0), VECTORS),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_after_any_changes_a_query_finds_what_brute_force_finds(steps: list[tuple[str, int, list[float]]]) -> None:
    with TemporaryDirectory() as folder:
        # The second store reads the first one's changes.
        store, reader = (SqliteVectorStore(Path(folder, "index.sqlite"), "counting") for _ in range(2))
        store.add([node("first", [1, 2, 3])])
        held = {"first": ([1.0, 2.0, 3.0], "a")}
        for step, number, vector in [*steps, ("ask", 5, [1.0, 1.0, 1.0])]:
            document = f"d{number % 3}"
            match step:
                case "add":
                    store.add([node(f"n{number}", vector, document)])
                    held[f"n{number}"] = (vector, document)
                case "delete":
                    store.delete(f"d{number}")
                    held = {name: (v, d) for name, (v, d) in held.items() if d != f"d{number}"}
                case "delete_node":
                    store.delete_nodes([f"n{number}"])
                    held.pop(f"n{number}", None)
                case "clear":
                    store.clear()
                    held = {}
                case "fail":
                    with pytest.raises(KeyError), store.transaction():  # noqa: PT012
                        store.add([node(f"n{number}", vector, document)])
                        store.delete("d1")
                        store.query(VectorStoreQuery(query_embedding=vector, similarity_top_k=3))
                        raise KeyError
                case _:
                    for asked in (store, reader):
                        _is_brute_force(asked, held, vector, number)


def _is_brute_force(
    store: SqliteVectorStore, held: dict[str, tuple[list[float], str]], vector: list[float], limit: int
) -> None:
    def cosine(name: str) -> float:
        other = held[name][0]
        return float(np.dot(vector, other) / max(float(np.linalg.norm(vector) * np.linalg.norm(other)), 1e-12))

    result = store.query(VectorStoreQuery(query_embedding=vector, similarity_top_k=limit))
    expected = sorted((c for c in map(cosine, held) if c > 1e-6), reverse=True)[:limit]
    assert [s for s in result.similarities or [] if s > 1e-6] == pytest.approx(expected, abs=1e-5)
    assert all(
        cosine(name) == pytest.approx(s, abs=1e-5)
        for name, s in zip(result.ids or [], result.similarities or [], strict=True)
    )
    only = [MetadataFilter(key="document", value="d1")]
    filtered = store.query(
        VectorStoreQuery(query_embedding=vector, similarity_top_k=limit, filters=MetadataFilters(filters=[*only]))
    )
    assert {held[name][1] for name in filtered.ids or []} <= {"d1"}
    words = store.query(VectorStoreQuery(query_str="word", mode=TEXT, similarity_top_k=20))
    assert set(words.ids or []) == set(held)


def test_hybrid_weighs_meaning_and_words(store: SqliteVectorStore) -> None:
    store.add([node("near", [1, 0.1], text="apples"), node("named", [0.2, 1], text="pears"), node("no", [-1, 0])])
    for alpha, expected in ((1.0, ["near", "named"]), (0.9, ["near", "named"]), (0.0, ["named"])):
        query = VectorStoreQuery(
            query_embedding=[1, 0], query_str="pears", mode=HYBRID, alpha=alpha, similarity_top_k=5
        )
        assert ids(store, query) == expected
    by_words = VectorStoreQuery(query_embedding=[1, 0], query_str="pears", mode=HYBRID, alpha=0.5, similarity_top_k=5)
    assert ids(store, by_words) == ["named", "near"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([MetadataFilter(key="status", value="approved")], {"a1", "b1"}),
        ([MetadataFilter(key="document", value=["b", "c"], operator=FilterOperator.IN)], {"b1", "c1"}),
        ([MetadataFilter(key="document", value=[], operator=FilterOperator.IN)], set()),
        ([MetadataFilter(key="effective_from", value="2023-12-31", operator=FilterOperator.LTE)], set()),
        ([MetadataFilter(key="effective_from", value="2023-12-31", operator=FilterOperator.GTE)], {"a1", "b1", "c1"}),
        ([MetadataFilter(key="topic", value="' OR 1=1 --")], set()),
        (
            [
                MetadataFilters(
                    filters=[
                        MetadataFilter(key="document", value="a"),
                        MetadataFilter(key="status", value="withdrawn"),
                    ],
                    condition=FilterCondition.OR,
                )
            ],
            {"a1", "c1"},
        ),
    ],
)
def test_filters_hold_inside_the_query(
    store: SqliteVectorStore, wanted: list[MetadataFilter | MetadataFilters], expected: set[str]
) -> None:
    store.add([node("a1", [1.0], "a"), node("b1", [1.0], "b"), node("c1", [1.0], "c", "withdrawn")])
    for mode in (DEFAULT, TEXT, HYBRID):
        query = VectorStoreQuery(
            query_embedding=[1.0],
            query_str="word",
            mode=mode,
            similarity_top_k=9,
            filters=MetadataFilters(filters=wanted),
        )
        assert set(ids(store, query)) == expected


@pytest.mark.parametrize(
    "wanted",
    [
        MetadataFilter(key="1=1 OR status", value="approved"),
        MetadataFilter(key="status", value="x", operator=FilterOperator.CONTAINS),
    ],
)
def test_a_filter_that_is_not_kept_is_refused_rather_than_forgotten(
    store: SqliteVectorStore, wanted: MetadataFilter
) -> None:
    store.add([node("a1", [1.0])])
    with pytest.raises(ValueError, match="filter"):
        store.query(VectorStoreQuery(query_embedding=[1.0], filters=MetadataFilters(filters=[wanted])))


def test_a_zero_score_is_no_hit(store: SqliteVectorStore) -> None:
    store.add([node("across", [0, 1]), node("against", [-1, 0])])
    assert ids(store, VectorStoreQuery(query_embedding=[1, 0], similarity_top_k=9)) == []
    query = VectorStoreQuery(query_embedding=[1, 0], query_str="nothing", mode=HYBRID, similarity_top_k=9)
    assert ids(store, query) == []


def test_vectors_of_another_length_are_refused(store: SqliteVectorStore) -> None:
    store.add([node("a1", [1, 0])])
    with pytest.raises(IndexUnusable, match="other embeddings"):
        store.query(VectorStoreQuery(query_embedding=[1, 0, 0]))
    with pytest.raises(IndexUnusable, match="3 numbers where it gave 2"):
        store.add([node("a2", [1, 0, 0])])


def test_threads_read_while_another_writes(store: SqliteVectorStore) -> None:
    store.add([node("stays", [1.0, 0.0])])
    faults: list[object] = []

    def read() -> None:
        for _ in range(40):
            try:
                found = store.query(VectorStoreQuery(query_embedding=[1, 0], similarity_top_k=100)).ids or []
            except Exception as error:  # noqa: BLE001  whatever happens in the thread is the finding
                faults.append(error)
            else:
                # Each transaction swaps ten nodes for ten others.
                faults.extend([found] if len(found) not in {1, 11} or "stays" not in found else [])

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for turn in range(20):
        with store.transaction():
            store.delete("moving")
            store.add([node(f"{turn}-{number}", [1, 0.1], "moving") for number in range(10)])
    for reader in readers:
        reader.join()
    assert faults == []
