"""DocumentIndex: all document versions, cut, embedded and searchable; finds only what is in force on the day asked."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from llama_index.core import MockEmbedding, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode
from llama_index.core.vector_stores.types import (
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQueryMode,
)

from knowledge.documents.document import DocumentStatus, DocumentVersion
from knowledge.documents.passages import cut
from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.passage import Passage
from knowledge.index.ranking import FOUND, merged, pieces, spread
from knowledge.index.sentence_means import sentence_means
from knowledge.index.sqlite_store import SqliteVectorStore
from knowledge.index.sync_result import SyncResult
from knowledge.interfaces import Audience

_MEANING = 0.79
"""The weight of meaning against words, chosen on every second question of tests/data/kb_questions.yaml, where 0.79 to
0.9 found most. Measure the other half and the sample desk again before changing it: one question is a point or more."""
_MEANING_OF_PIECES = 0.35
"""The same for the sentences of a long question, of which many are beside the point; chosen on half of tau2-banking."""
_NO_END = "9999-12-31"
_BATCH = 64
_MOST_ELSEWHERE = 200
"""Places a query is told to leave out; SQLite takes no condition of a thousand parts. The rest is left out after it."""


class IndexCount(NamedTuple):
    """How much an index holds."""

    documents: int
    passages: int
    in_force: int
    """Passages that may be quoted on the day asked."""


class _Plan(NamedTuple):
    """What a sync is going to write: keys of versions to delete, metadata to amend, nodes to add."""

    anew: bool
    gone: list[str]
    amended: dict[str, dict[str, object]]
    nodes: list[TextNode]
    result: SyncResult


class DocumentIndex:
    """The `Retriever` over one file. Without an embedding it searches by words alone.

    `meaning` is another weight of meaning against words, from 0 to 1, for who measures.
    """

    def __init__(self, path: Path, embedding: BaseEmbedding | None, meaning: float | None = None) -> None:
        self._embedding = embedding
        self._meaning, self._meaning_of_pieces = (
            (_MEANING, _MEANING_OF_PIECES) if meaning is None else (meaning, meaning)
        )
        self._ready: dict[str, list[float]] = {}
        """Vectors of passages that are not in the file yet."""
        self._store = SqliteVectorStore(path, self.embedding_name)
        # LlamaIndex would take what it is not given from its global settings.
        self._index = VectorStoreIndex.from_vector_store(
            self._store,
            embed_model=embedding or MockEmbedding(embed_dim=1),
            callback_manager=CallbackManager([]),
            transformations=[embedding or MockEmbedding(embed_dim=1)],
        )

    @property
    def embedding_name(self) -> str:
        """The embedding's model name, or `none`."""
        return self._embedding.model_name if self._embedding else "none"

    async def fits(self) -> bool:
        """Whether there is an index made by this release with this embedding."""
        return await asyncio.to_thread(self._store.fits)

    async def prepare(
        self, versions: Sequence[DocumentVersion], progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Embed what a `sync` to these versions will add, and hold it in memory until then.

        `progress` is told how many passages of how many.
        """
        plan = await asyncio.to_thread(self._plan, versions)
        await self._embed_all(plan.nodes, progress)

    async def sync(
        self, versions: Sequence[DocumentVersion], progress: Callable[[int, int], None] | None = None
    ) -> SyncResult:
        """Makes the index hold these versions and no others, all at once at the end.

        Only what is new or has another text or title is embedded, unless it is prepared already.
        """
        plan = await asyncio.to_thread(self._plan, versions)
        await self._embed_all(plan.nodes, progress)
        await asyncio.to_thread(self._write, plan)
        for node in plan.nodes:
            self._ready.pop(node.node_id, None)
        return plan.result._replace(passages=await asyncio.to_thread(self._store.count))

    async def retrieve(
        self,
        question: str,
        *,
        on: date,
        limit: int,
        audience: Audience = None,
        without: Sequence[FactualError] = (),
    ) -> list[Passage]:
        """The best passages in force on that day, best first; of restricted documents, those for the audience.

        No passage that holds words of an entry of `without`. Raises `IndexUnusable` where there is no index for us.
        """
        if limit < 1:
            return []
        filters = _in_force(on, audience, without)
        if parts := pieces(question):
            found = await self._by_pieces(parts, filters)
        else:
            mode = VectorStoreQueryMode.HYBRID if self._embedding else VectorStoreQueryMode.TEXT_SEARCH
            found = await self._found(QueryBundle(question), mode, filters, limit)
        # The query has asked for this already; what may not be quoted must not get through a fault there either.
        quotable = [hit for hit in found if _may_be_quoted(hit.node.metadata, on, audience)]
        if without:
            quotable = [hit for hit in quotable if not any(error.touches(_passage(hit.node, 0.0)) for error in without)]
        return [_passage(hit.node, hit.score or 0.0) for hit in spread(quotable, limit)]

    async def in_force(self, document: str, version: str, *, on: date, audience: Audience = None) -> bool:
        """Whether this version is the document's present one and may be quoted on that day. Raises `IndexUnusable`."""
        wanted = MetadataFilters(filters=[MetadataFilter(key="document", value=document)])
        held = await asyncio.to_thread(self._store.documents, wanted)
        quotable = [metadata for metadata in held.values() if _may_be_quoted(metadata, on)]
        newest = max(quotable, key=lambda metadata: str(metadata["effective_from"]), default=None)
        return newest is not None and newest["version"] == version and _may_be_quoted(newest, on, audience)

    async def count(self, on: date) -> IndexCount:
        """How much there is. Raises `IndexUnusable` where there is no index for us."""
        documents = await asyncio.to_thread(self._store.documents)
        return IndexCount(
            len({metadata["document"] for metadata in documents.values()}),
            await asyncio.to_thread(self._store.count),
            await asyncio.to_thread(self._store.count, _in_force(on)),
        )

    async def _found(
        self, query: QueryBundle, mode: VectorStoreQueryMode, filters: MetadataFilters, limit: int = 0
    ) -> list[NodeWithScore]:
        retriever = self._index.as_retriever(
            similarity_top_k=max(limit, FOUND), vector_store_query_mode=mode, alpha=self._meaning, filters=filters
        )
        return await retriever.aretrieve(query)

    async def _by_pieces(self, parts: list[str], filters: MetadataFilters) -> list[NodeWithScore]:
        """What is found for the sentences of a long question, which are embedded all at once."""
        words = [await self._found(QueryBundle(part), VectorStoreQueryMode.TEXT_SEARCH, filters) for part in parts]
        if self._embedding is None:
            return merged([[] for _ in parts], words, meaning=0)
        vectors = await self._embedding.aget_text_embedding_batch(parts)
        queries = [QueryBundle(part, embedding=vector) for part, vector in zip(parts, vectors, strict=True)]
        near = [await self._found(query, VectorStoreQueryMode.DEFAULT, filters) for query in queries]
        return merged(near, words, self._meaning_of_pieces)

    def _plan(self, versions: Sequence[DocumentVersion]) -> _Plan:
        anew = not self._store.fits()
        held = {} if anew else self._store.documents()
        wanted = {_key(version): version for version in versions}
        stays = {key for key in wanted.keys() & held.keys() if wanted[key].title == held[key]["title"]}
        amended = {key: _facts(wanted[key]) for key in stays if not _facts(wanted[key]).items() <= held[key].items()}
        nodes = [_node(version, p) for key, version in wanted.items() if key not in stays for p in cut(version)]
        gone = [key for key in held if key not in stays]

        before = {metadata["document"] for metadata in held.values()}
        after = {version.id for version in wanted.values()}
        touched = {wanted[key].id for key in amended} | {held[key]["document"] for key in gone}
        touched |= {node.metadata["document"] for node in nodes}
        return _Plan(anew, gone, amended, nodes, SyncResult(
            new=tuple(sorted(touched - before)),
            changed=tuple(sorted(touched & before & after)),
            gone=tuple(sorted(before - after)),
            unchanged=len(after - touched),
            passages=0,
        ))  # fmt: skip

    async def _embed_all(self, nodes: Sequence[TextNode], progress: Callable[[int, int], None] | None) -> None:
        for start in range(0, len(nodes), _BATCH):
            batch = nodes[start : start + _BATCH]
            await asyncio.to_thread(self._embed, batch)
            if progress:
                progress(start + len(batch), len(nodes))

    def _embed(self, nodes: Sequence[TextNode]) -> None:
        missing = [node for node in nodes if node.node_id not in self._ready]
        vectors = sentence_means(self._embedding, missing) if self._embedding else [[] for _ in missing]
        self._ready |= zip((node.node_id for node in missing), vectors, strict=True)
        for node in nodes:
            node.embedding = self._ready[node.node_id]

    def _write(self, plan: _Plan) -> None:
        if not (plan.anew or plan.gone or plan.amended or plan.nodes):
            return
        with self._store.transaction(anew=plan.anew):
            for key in plan.gone:
                self._store.delete(key)
            for key, facts in plan.amended.items():
                self._store.amend(key, facts)
            self._index.insert_nodes(plan.nodes)


def _key(version: DocumentVersion) -> str:
    return f"{version.id}@{version.hash}"


def _facts(version: DocumentVersion) -> dict[str, object]:
    """What may change while text and title stay, such as the end of being in force when another supersedes it."""
    until = version.in_force_until
    return {
        "status": version.status.value,
        "effective_from": version.effective_from.isoformat(),
        "effective_until": until.isoformat() if until else _NO_END,
        "approved_by": version.approved_by,
        "owner": version.owner,
        "topic": version.topic,
        "audience": version.audience,
        "url": version.url,
    }


def _node(version: DocumentVersion, passage: Passage) -> TextNode:
    own = passage.model_dump(include={"document", "version", "title", "headings", "start", "end"})
    metadata = {**own, "headings": list(passage.headings), **_facts(version), "section": passage.section}
    return TextNode(
        id_=passage.id,
        text=passage.text,
        metadata=metadata,
        excluded_embed_metadata_keys=[key for key in metadata if key != "section"],
        metadata_template="{value}",
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=_key(version))},
    )


def _passage(node: Any, score: float) -> Passage:
    fields = {name: node.metadata[name] for name in Passage.model_fields if name in node.metadata}
    until = node.metadata["effective_until"]
    return Passage(
        **fields, id=node.node_id, text=node.text, in_force_until=None if until == _NO_END else until, score=score
    )


def _in_force(on: date, audience: Audience = None, without: Sequence[FactualError] = ()) -> MetadataFilters:
    day = on.isoformat()
    places = {(error.document, error.version, error.start, error.end): error for error in without}
    for_them = MetadataFilter(key="audience", value=["", *sorted(audience or ())], operator=FilterOperator.IN)
    return MetadataFilters(
        filters=[
            MetadataFilter(key="status", value=DocumentStatus.APPROVED.value),
            MetadataFilter(key="effective_from", value=day, operator=FilterOperator.LTE),
            MetadataFilter(key="effective_until", value=day, operator=FilterOperator.GTE),
            *([] if audience is None else [for_them]),
            *map(_elsewhere, [*places.values()][:_MOST_ELSEWHERE]),
        ]
    )


def _elsewhere(error: FactualError) -> MetadataFilters:
    """Passages that hold none of the words of an entry."""
    return MetadataFilters(
        filters=[
            MetadataFilter(key="document", value=error.document, operator=FilterOperator.NE),
            MetadataFilter(key="version", value=error.version, operator=FilterOperator.NE),
            MetadataFilter(key="start", value=error.end, operator=FilterOperator.GTE),
            MetadataFilter(key="end", value=error.start, operator=FilterOperator.LTE),
        ],
        condition=FilterCondition.OR,
    )


def _may_be_quoted(metadata: Mapping[str, Any], on: date, audience: Audience = None) -> bool:
    first, last = (date.fromisoformat(metadata[end]) for end in ("effective_from", "effective_until"))
    seen = audience is None or not metadata["audience"] or metadata["audience"] in audience
    return seen and metadata["status"] == DocumentStatus.APPROVED.value and first <= on <= last
