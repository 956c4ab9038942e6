"""CountingEmbedding: a small deterministic embedding that remembers what it was asked."""

import hashlib
import re
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from knowledge.errors import ModelUnreachable


class CountingEmbedding(BaseEmbedding):
    """Adds up a number for each word; texts with common words are close. Fails after `fail_after` texts if given."""

    model_name: str = "counting"
    dimension: int = 32
    fail_after: int | None = None

    _texts: list[str] = PrivateAttr(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return self._texts

    def __init__(self, **fields: Any) -> None:
        super().__init__(**fields)

    def _get_text_embedding(self, text: str) -> list[float]:
        if self.fail_after is not None and len(self._texts) >= self.fail_after:
            raise ModelUnreachable("gone")
        self._texts.append(text)
        return self._vector(text)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._vector(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._vector(query)

    def _vector(self, text: str) -> list[float]:
        vector = [0.0] * self.dimension
        for word in re.findall(r"\w+", text.lower()):
            vector[int(hashlib.md5(word.encode(), usedforsecurity=False).hexdigest(), 16) % self.dimension] += 1.0
        return vector
