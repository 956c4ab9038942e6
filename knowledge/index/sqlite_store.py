"""SqliteVectorStore: a vector store of LlamaIndex in one SQLite file, for search by meaning, by words or by both."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.schema import BaseNode, MetadataMode, NodeRelationship, RelatedNodeInfo, TextNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryMode,
    VectorStoreQueryResult,
)
from numpy.typing import NDArray
from pydantic import PrivateAttr

from knowledge.errors import IndexUnusable
from knowledge.index.conditions import Condition, condition, filters, matching
from knowledge.index.index_file import IndexFile, Meta
from knowledge.index.vectors import Vectors

_SECTION_WEIGHT = 2.0
"""A word in title or heading counts as much as this many in the text."""
_HALF = 10.0
"""The BM25 score that is given 0.5 when there is only search by words."""
_LEAST_SCALE = 0.1
_MOST_MATCHES = 400


class SqliteVectorStore(BasePydanticVectorStore):
    """Keeps nodes with text, metadata and unit vectors.

    Metadata need `section`; filters may ask for `status`, `effective_from`, `effective_until`, `document` and `topic`.
    Without an embedding the vectors are empty and only TEXT_SEARCH finds anything.
    """

    stores_text: bool = True

    _file: IndexFile = PrivateAttr()
    _vectors: Vectors = PrivateAttr(default_factory=Vectors)

    def __init__(self, path: Path, embedding: str) -> None:
        super().__init__(stores_text=True)
        self._file = IndexFile(path, embedding)

    @property
    def client(self) -> IndexFile:
        """The file behind the store."""
        return self._file

    def fits(self) -> bool:
        """Whether there is an index made with our embedding; if not, only `transaction(anew=True)` can go on."""
        return self._file.fits()

    @contextmanager
    def transaction(self, *, anew: bool = False) -> Iterator[None]:
        """Makes all changes in it visible at once, or none of them; `anew` begins with an empty index."""
        with self._file.writing(anew=anew):
            yield

    def add(self, nodes: Sequence[BaseNode], **_: Any) -> list[str]:
        """Adds nodes with their embeddings; a node of the same id is replaced."""
        ids = [node.node_id for node in nodes]
        vectors = [np.asarray(node.get_embedding(), "<f4") for node in nodes]
        with self._file.writing() as connection:
            for size in {len(vector) for vector in vectors}:
                connection.execute("UPDATE meta SET dimension = ? WHERE dimension = 0", (size,))
                (dimension,) = connection.execute("SELECT dimension FROM meta").fetchone()
                if size != dimension:
                    raise IndexUnusable(
                        f"The embedding {self._file.embedding} gave {size} numbers where it gave {dimension} before: "
                        f"delete {self._file.path} and run `proofdesk docs sync`."
                    )
            self.delete_nodes(ids)
            connection.executemany(
                "INSERT INTO nodes (id, ref_doc, text, metadata, vector) VALUES (?, ?, ?, ?, ?)",
                [
                    (
                        node.node_id,
                        node.ref_doc_id or node.node_id,
                        node.get_content(MetadataMode.NONE),
                        json.dumps(node.metadata, ensure_ascii=False),
                        (vector / max(np.linalg.norm(vector), 1e-12)).astype("<f4").tobytes(),
                    )
                    for node, vector in zip(nodes, vectors, strict=True)
                ],
            )
        return ids

    def delete(self, ref_doc_id: str, **_: Any) -> None:
        """Deletes all nodes of a document."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM nodes WHERE ref_doc = ?", (ref_doc_id,))

    def delete_nodes(self, node_ids: list[str] | None = None, filters: MetadataFilters | None = None, **_: Any) -> None:
        """Deletes the nodes that are named or fit the filters; both given, those that fit both."""
        if node_ids is None and filters is None:
            return
        sql, values = condition(VectorStoreQuery(node_ids=node_ids, filters=filters))
        if node_ids == []:
            return
        with self._file.writing() as connection:
            connection.execute(f"DELETE FROM nodes WHERE {sql}", values)  # noqa: S608  values stay apart

    def amend(self, ref_doc_id: str, metadata: Mapping[str, object]) -> None:
        """Changes some metadata of all nodes of a document, and nothing that was embedded."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE nodes SET metadata = json_patch(metadata, ?) WHERE ref_doc = ?",
                (json.dumps(metadata, ensure_ascii=False), ref_doc_id),
            )

    def clear(self) -> None:
        """Deletes all nodes."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM nodes")

    def documents(self, wanted: MetadataFilters | None = None) -> dict[str, dict[str, Any]]:
        """The metadata of one node of each document that fits the filters."""
        sql, values = filters(wanted) if wanted else ("TRUE", [])
        with self._file.reading() as (connection, _):
            found = connection.execute(f"SELECT ref_doc, metadata FROM nodes WHERE {sql} GROUP BY ref_doc", values)  # noqa: S608
            return {ref_doc: json.loads(metadata) for ref_doc, metadata in found}

    def count(self, wanted: MetadataFilters | None = None) -> int:
        """How many nodes fit the filters."""
        sql, values = filters(wanted) if wanted else ("TRUE", [])
        with self._file.reading() as (connection, _):
            (count,) = connection.execute(f"SELECT count(*) FROM nodes WHERE {sql}", values).fetchone()  # noqa: S608
        return int(count)

    async def aquery(self, query: VectorStoreQuery, **kwargs: Any) -> VectorStoreQueryResult:
        """As `query`, in a thread."""
        return await asyncio.to_thread(self.query, query, **kwargs)

    def query(self, query: VectorStoreQuery, **_: Any) -> VectorStoreQueryResult:
        """The best nodes that fit the filters, with scores above 0 and at most 1; sees what is committed."""
        wanted = condition(query)
        with self._file.reading() as (connection, meta):
            match query.mode:
                case VectorStoreQueryMode.DEFAULT:
                    rows, scores = self._dense(connection, meta, wanted, query)
                case VectorStoreQueryMode.TEXT_SEARCH:
                    rows, matches = _lexical(connection, wanted, query)
                    scores = matches / (matches + _HALF)
                case VectorStoreQueryMode.HYBRID:
                    rows, scores = self._hybrid(connection, meta, wanted, query)
                case _:
                    raise NotImplementedError(f"No search of mode {query.mode}.")
            order = np.argsort(-scores, kind="stable")
            best = [at for at in order[: max(query.similarity_top_k, 0)].tolist() if scores[at] > 0]
            nodes = [_node(connection, int(rows[at])) for at in best]
        similarities = [min(float(scores[at]), 1.0) for at in best]
        return VectorStoreQueryResult(nodes=nodes, similarities=similarities, ids=[node.node_id for node in nodes])

    def _dense(
        self, connection: sqlite3.Connection, meta: Meta, wanted: Condition, query: VectorStoreQuery
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        sql, values = wanted
        found = connection.execute(f"SELECT row FROM nodes WHERE {sql}", values).fetchall()  # noqa: S608
        rows = np.sort(np.array(found, np.int64).reshape(-1))
        vector = np.asarray(query.query_embedding or [], np.float32)
        if meta.dimension and len(vector) != meta.dimension:
            raise IndexUnusable(
                f"The index at {self._file.path} was made with other embeddings: run `proofdesk docs sync`."
            )
        unit = vector / np.float32(max(float(np.linalg.norm(vector)), 1e-12))
        return rows, self._vectors.snapshot(connection, meta).cosines(rows, unit)

    def _hybrid(
        self, connection: sqlite3.Connection, meta: Meta, wanted: Condition, query: VectorStoreQuery
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Cosines and word matches, these brought to the scale of the best cosine: alpha weighs the two."""
        alpha = np.float32(0.5 if query.alpha is None else query.alpha)
        rows, cosines = self._dense(connection, meta, wanted, query)
        scores = alpha * np.maximum(cosines, 0)
        matched, matches = _lexical(connection, wanted, query)
        if len(matched):
            scale = max(float(cosines.max()), _LEAST_SCALE) / float(matches.max())
            scores[np.searchsorted(rows, matched)] += (1 - alpha) * np.float32(scale) * matches
        return rows, scores


def _lexical(
    connection: sqlite3.Connection, wanted: Condition, query: VectorStoreQuery
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Rows that hold a word of the question, best first, with their BM25 scores."""
    question = matching(query.query_str or "")
    sql, values = wanted
    # CROSS JOIN looks the words up first. Where a condition has many parts, SQLite would begin with the nodes, and take
    # seconds.
    found = (
        connection.execute(
            "SELECT nodes.row, -bm25(words, ?, 1.0) AS score "  # noqa: S608
            "FROM words CROSS JOIN nodes ON nodes.row = words.rowid "
            f"WHERE words MATCH ? AND {sql} ORDER BY score DESC, nodes.row LIMIT ?",
            [_SECTION_WEIGHT, question, *values, max(_MOST_MATCHES, query.similarity_top_k)],
        ).fetchall()
        if question
        else []
    )
    rows = np.array([row for row, _ in found], np.int64)
    return rows, np.array([score for _, score in found], np.float32)


def _node(connection: sqlite3.Connection, row: int) -> TextNode:
    found = connection.execute("SELECT id, ref_doc, text, metadata FROM nodes WHERE row = ?", (row,)).fetchone()
    node_id, ref_doc, text, metadata = found
    source = {NodeRelationship.SOURCE: RelatedNodeInfo(node_id=ref_doc)}
    return TextNode(id_=node_id, text=text, metadata=json.loads(metadata), relationships=source)
