"""SyncResult: what a sync did. On its own, so that naming it does not load LlamaIndex."""

from typing import NamedTuple


class SyncResult(NamedTuple):
    """What a sync did, in ids of documents."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: int
    passages: int
    """Passages in the index now."""
