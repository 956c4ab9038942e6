"""Folders of documents whose source desk.yaml does not name any more."""

from collections.abc import Iterable
from pathlib import Path

from knowledge.sources import SourceSettings

MARK = ".read"
"""A hidden file in the folder of a source; its time is when the source was read."""


def unnamed(documents: Path, sources: Iterable[SourceSettings]) -> list[str]:
    """A sentence for each folder that a source filled which is not named now: nothing in it is looked at again."""
    named = {source.name for source in sources}
    left = sorted(mark.parent.name for mark in documents.glob(f"*/{MARK}"))
    return [
        f"documents/{name} was filled by a source that desk.yaml does not name any more, so what changes there is not "
        "seen. Name the source again, or remove the folder."
        for name in left
        if name not in named
    ]
