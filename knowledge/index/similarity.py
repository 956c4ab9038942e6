"""EmbeddingSimilarity: how close texts are in meaning, by their embeddings."""

import asyncio
from collections.abc import Sequence

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding


class EmbeddingSimilarity:
    """The `Similarity` over an embedding; without one it knows nothing and says so."""

    def __init__(self, embedding: BaseEmbedding | None) -> None:
        self._embedding = embedding

    async def similarity(self, question: str, texts: Sequence[str]) -> list[float] | None:
        """The cosine of the question and each text, or none where no embedding is configured."""
        if self._embedding is None or not texts:
            return None if self._embedding is None else []
        return await asyncio.to_thread(_cosines, self._embedding, question, texts)


def _cosines(embedding: BaseEmbedding, question: str, texts: Sequence[str]) -> list[float]:
    vectors = np.array(embedding.get_text_embedding_batch([question, *texts]), np.float32)
    lengths = np.maximum(np.linalg.norm(vectors, axis=1), 1e-12)
    cosines: list[float] = np.clip(vectors[1:] @ vectors[0] / lengths[1:] / lengths[0], -1, 1).tolist()
    return cosines
