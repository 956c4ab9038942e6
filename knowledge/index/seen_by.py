"""SeenBy: the index as one audience may see it, without what is reported as wrong where that is not to be quoted."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from knowledge.drafting.draft import Citation
from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.passage import Passage
from knowledge.index.document_index import DocumentIndex
from knowledge.interfaces import Audience


async def nothing_reported() -> Sequence[FactualError]:
    """For a desk that quotes what is reported as wrong all the same."""
    return ()


class SeenBy:
    """The `Retriever` for an audience: documents for everybody, and those for it.

    `reported` are the open entries of the ledger whose words are not to be quoted, asked anew for each question.
    """

    def __init__(
        self,
        index: DocumentIndex,
        audience: Audience,
        reported: Callable[[], Awaitable[Sequence[FactualError]]] = nothing_reported,
    ) -> None:
        self._index = index
        self._audience = audience
        self._reported = reported

    async def retrieve(self, question: str, *, on: date, limit: int) -> list[Passage]:
        """What the index finds for this audience."""
        without = await self._reported()
        return await self._index.retrieve(question, on=on, limit=limit, audience=self._audience, without=without)

    async def in_force(self, document: str, version: str, *, on: date) -> bool:
        """Whether the version may be quoted to this audience."""
        return await self._index.in_force(document, version, on=on, audience=self._audience)

    async def held_back(self, question: str, *, on: date, limit: int) -> list[Passage]:
        """What the index would find for this audience, and is reported as wrong."""
        reported = await self._reported()
        if not reported:
            return []
        found = await self._index.retrieve(question, on=on, limit=limit, audience=self._audience)
        return [passage for passage in found if any(error.touches(passage) for error in reported)]

    async def is_held_back(self, citation: Citation) -> bool:
        """Whether the words are reported as wrong."""
        return any(error.touches(citation) for error in await self._reported())
