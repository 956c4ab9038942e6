"""Sentence means: a passage's vector is the mean of its own and its sentences', all below its headings."""

import re
from collections.abc import Sequence

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import MetadataMode, TextNode

from knowledge.drafting.sentences import readable, sentences

# What a page is built with, not what it says: imports of MDX, marks of notes, tags, addresses.
_NOISE = re.compile(r"^(?:import|export)\s.*$|^:::\w*|<[^<>]*>|https?://\S+", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 2


def sentence_means(embedding: BaseEmbedding, nodes: Sequence[TextNode]) -> list[list[float]]:
    """A unit vector for each node, half of the whole and half of its sentences.

    An embedding reads a long text only in part, and one of many things as none of them; sentences lose nothing.
    """
    wholes = [node.get_content(MetadataMode.EMBED) for node in nodes]
    parts = [_sentences(node) for node in nodes]
    distinct = list(dict.fromkeys([*wholes, *(text for each in parts for text in each)]))
    vectors = dict(zip(distinct, embedding.get_text_embedding_batch(distinct), strict=True))
    return [
        _mean([vectors[whole], _mean([vectors[text] for text in each] or [vectors[whole]])])
        for whole, each in zip(wholes, parts, strict=True)
    ]


def _sentences(node: TextNode) -> list[str]:
    said = (_NOISE.sub(" ", readable(node.text, sentence)).strip() for sentence in sentences(node.text))
    heading = node.metadata["section"]
    return [f"{heading}\n\n{text}" for text in said if len(_WORD.findall(text)) >= _FEWEST_WORDS]


def _mean(vectors: Sequence[Sequence[float]]) -> list[float]:
    mean = np.mean(np.asarray(vectors, np.float32), axis=0)
    unit: list[float] = (mean / max(float(np.linalg.norm(mean)), 1e-12)).tolist()
    return unit
