"""OpenAIEmbedding: embeddings from any server that speaks OpenAI's embeddings interface.

Errors never carry what the server or the library said, since that may repeat the text or the key; they are raised
`from None` so that no traceback prints it either.
"""

import logging
from typing import Any

import numpy as np
import openai
from llama_index.core.base.embeddings.base import Embedding
from pydantic import PrivateAttr

from knowledge.errors import ModelUnreachable
from knowledge.index.batch_embedding import BatchEmbedding

_RETRIES = 2
_LONGEST = 8_000
"""Characters of a text that are sent: in any script these stay below what OpenAI's embedding models take."""


class OpenAIEmbedding(BatchEmbedding):
    """Sends texts to the server a hundred at a time. Waiting is done in a thread, so any event loop may use it."""

    embed_batch_size: int = 100

    _client: openai.OpenAI = PrivateAttr()
    _model: str = PrivateAttr()

    def __init__(self, api_key: str, base_url: str, model: str, timeout: float, **settings: Any) -> None:
        super().__init__(**{"model_name": f"openai:{model}", **settings})
        key = api_key.strip()
        if not (key.isascii() and key.isprintable()):
            raise ModelUnreachable("OPENAI_API_KEY holds characters that no key has: copy the key again.")
        # Below warnings these libraries log headers, and some versions bodies: customers' words and our key.
        for library in ("openai", "httpx2", "httpcore2"):
            logging.getLogger(library).setLevel(logging.WARNING)
        # A redirect would carry questions to an address that nobody configured.
        http = openai.DefaultHttpxClient(timeout=timeout, follow_redirects=False)
        self._client = openai.OpenAI(
            api_key=key or "none", base_url=base_url or None, max_retries=_RETRIES, http_client=http
        )
        self._model = model

    def close(self) -> None:
        """Ends the client's connections."""
        self._client.close()

    def _get_text_embeddings(self, texts: list[str]) -> list[Embedding]:
        sent = [text[:_LONGEST] or " " for text in texts]  # An empty text is refused.
        try:
            # Not every server knows the library's default, base64.
            reply = self._client.embeddings.create(model=self._model, input=sent, encoding_format="float")
            vectors = np.array([entry.embedding for entry in sorted(reply.data, key=lambda entry: entry.index)])
        except openai.OpenAIError as error:
            raise ModelUnreachable(_sentence(error)) from None
        except (AttributeError, TypeError, ValueError):
            vectors = np.empty(0)
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise ModelUnreachable(
                "The embedding server answered with something else than embeddings: check OPENAI_BASE_URL; "
                "it often ends in /v1."
            )
        # Not every server's vectors have length 1.
        unit: list[Embedding] = (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)).tolist()
        return unit


def _sentence(error: openai.OpenAIError) -> str:
    match error:
        case openai.APITimeoutError():
            return "The embedding server did not answer in time: try again in a few minutes."
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return "The key was refused: check OPENAI_API_KEY."
        case openai.NotFoundError():
            return "The embedding model is not known there: check OPENAI_EMBEDDING_MODEL and OPENAI_BASE_URL."
        case openai.RateLimitError():
            return "The embedding server takes no more requests now: check the account's quota or try again later."
        case openai.APIStatusError():
            return f"The embedding server failed with status {error.status_code}: try again in a few minutes."
        case _:
            return "No connection to the embedding server: check OPENAI_BASE_URL and the network."
