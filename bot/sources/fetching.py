"""Fetching: a source's documents are read and put on their shelf; what cannot be is named, and the rest goes on."""

import asyncio
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, cast

from bot.errors import SourceError
from bot.sources.page import Page, Refused, Source
from bot.sources.shelf import Shelf, Shelved
from knowledge.sources import SourceSettings

Progress = Callable[[int, int], None]
"""Told how many of how many are read."""


class Fetched(NamedTuple):
    """What came of reading a source."""

    shelved: Shelved
    gone: list[str]
    refused: list[Refused]


async def fetch(
    settings: SourceSettings, token: str, documents: Path, today: date, progress: Progress | None = None
) -> Fetched:
    """Read a source to its end. What was written stays if it breaks off, and only a whole reading removes anything.

    Raises `SourceError` where the source as a whole cannot be read.
    """
    if settings.path != "" and await asyncio.to_thread(_lies_in, documents, Path(settings.path)):
        raise SourceError(
            f"the documents folder lies inside {settings.path}; name another folder, or the part of it that is meant."
        )
    shelf = Shelf(documents, settings, today)
    refused: list[Refused] = []
    expected = read = 0

    def told(count: int) -> None:
        nonlocal expected
        expected = count

    source = cast("Source", import_module(f"bot.sources.{settings.kind}"))
    try:
        async for found in source.read(settings, token, told):
            read += 1
            match found:
                case Page():
                    refused += shelf.put(found)
                case Refused():
                    refused.append(found)
            if progress:
                progress(read, max(expected, read))
    finally:
        await asyncio.to_thread(shelf.write)
    if not read:
        raise SourceError(
            "there is not one document there; nothing was removed. Check its address and what may be read."
        )
    # What could not be read this time may be there all the same.
    spared = {each.key for each in refused if not each.lasting}
    kept = "It was not read whole" if "" in spared else await asyncio.to_thread(shelf.too_few, spared)
    if kept:
        refused.append(Refused(what=settings.name, reason=f"{kept}, so no document of it was taken to be gone."))
    gone = [] if kept else await asyncio.to_thread(shelf.clear, spared)
    return Fetched(shelf.shelved, gone, refused)


def _lies_in(documents: Path, folder: Path) -> bool:
    return documents.resolve().is_relative_to(folder.resolve())
