"""SeenBy: the index as one audience may see it."""

from datetime import date

from knowledge.drafting.passage import Passage
from knowledge.index.document_index import DocumentIndex
from knowledge.interfaces import Audience


class SeenBy:
    """The `Retriever` for an audience: documents for everybody, and those for it."""

    def __init__(self, index: DocumentIndex, audience: Audience) -> None:
        self._index = index
        self._audience = audience

    async def retrieve(self, question: str, *, on: date, limit: int) -> list[Passage]:
        """What the index finds for this audience."""
        return await self._index.retrieve(question, on=on, limit=limit, audience=self._audience)

    async def in_force(self, document: str, version: str, *, on: date) -> bool:
        """Whether the version may be quoted to this audience."""
        return await self._index.in_force(document, version, on=on, audience=self._audience)
