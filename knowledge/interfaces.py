"""What the drafter needs from outside: one small protocol for each door."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from knowledge.drafting.answer import ModelReply
from knowledge.drafting.brief import Brief
from knowledge.drafting.draft import Citation
from knowledge.drafting.passage import Passage

Audience = frozenset[str] | None
"""Names of the audiences whose documents may be seen besides those for everybody; none sees all."""


class Retriever(Protocol):
    """Finds passages of documents that are approved and in force on a day."""

    async def retrieve(self, question: str, *, on: date, limit: int) -> list[Passage]:
        """The best passages for `question`, best first, at most `limit`; none that does not fit at all."""
        ...

    async def in_force(self, document: str, version: str, *, on: date) -> bool:
        """Whether this version is the document's present one and may be quoted on a day."""
        ...

    async def held_back(self, question: str, *, on: date, limit: int) -> list[Passage]:
        """The passages among the best for `question` that are not quoted because they are reported as wrong."""
        ...

    async def is_held_back(self, citation: Citation) -> bool:
        """Whether the words of a citation are not to be quoted because they are reported as wrong."""
        ...


class LanguageModel(Protocol):
    """Composes an answer from a brief."""

    @property
    def name(self) -> str:
        """What is shown and stored as the draft's author, such as `extractive` or `openai:gpt-5`."""
        ...

    async def compose(self, brief: Brief) -> ModelReply:
        """An answer that fits the schema. Raises `ModelError` where there is none."""
        ...


class Similarity(Protocol):
    """Says how close texts are in meaning."""

    async def similarity(self, question: str, texts: Sequence[str]) -> list[float] | None:
        """A number from -1 to 1 for each text, or none where no embedding is configured."""
        ...
