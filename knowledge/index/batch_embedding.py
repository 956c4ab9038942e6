"""BatchEmbedding: an embedding that has one way in, many texts at once."""

import asyncio
from abc import abstractmethod

from llama_index.core.base.embeddings.base import BaseEmbedding, Embedding


class BatchEmbedding(BaseEmbedding):
    """All that LlamaIndex may ask of an embedding, from `_get_text_embeddings` alone; waiting happens in a thread."""

    @abstractmethod
    def _get_text_embeddings(self, texts: list[str]) -> list[Embedding]:
        """A unit vector for each text."""

    def _get_text_embedding(self, text: str) -> Embedding:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> Embedding:
        return self._get_text_embedding(query)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[Embedding]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)

    async def _aget_text_embedding(self, text: str) -> Embedding:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return await asyncio.to_thread(self._get_query_embedding, query)
