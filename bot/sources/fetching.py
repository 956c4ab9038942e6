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

_NO_LIST = (
    "its sitemap is not there any more, and along links not all pages need to be found; bring it back, or name a page "
    "under start in desk.yaml if links are to count from now on"
)


class Fetched(NamedTuple):
    """What came of reading a source."""

    shelved: Shelved
    gone: list[str]
    refused: list[Refused]

    @property
    def in_part(self) -> bool:
        """Whether something was not read that may be read another time; what is no document for good is no such."""
        return not all(each.lasting for each in self.refused)


async def fetch(
    settings: SourceSettings,
    token: str,
    documents: Path,
    today: date,
    progress: Progress | None = None,
    *,
    accept_missing: bool = False,
) -> Fetched:
    """Read a source to its end. What was written stays if it breaks off.

    A whole reading removes what is missing, unless that is more than half and not accepted; one in part only what is
    known to be gone.

    Raises `SourceError` where the source as a whole cannot be read.
    """
    own = documents / settings.name
    if settings.path != "" and await asyncio.to_thread(_overlap, documents, own, Path(settings.path)):
        raise SourceError(
            f"the documents folder lies inside {settings.path}, or that is the folder {own} itself; point `path` at "
            "another folder, or at a part of it."
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
    # A file that is no document says nothing of those that were there.
    if read == sum(each.lasting and not each.speaks_of for each in refused):
        raise SourceError("there is not one document there. Check its address and what may be read.")
    if shelf.lost_its_list:
        refused.append(Refused(what=settings.name, reason=_NO_LIST))
    gone, kept = await asyncio.to_thread(_tidied, shelf, refused, accept_missing=accept_missing)
    if kept:
        refused.append(Refused(what=settings.name, reason=kept))
    return Fetched(shelf.shelved, gone, refused)


def _tidied(shelf: Shelf, refused: list[Refused], *, accept_missing: bool) -> tuple[list[str], str]:
    """The documents that were removed, and why others were not."""
    # What could not be read this time may be there all the same.
    spared = frozenset[str]().union(*(each.speaks_of for each in refused if not each.lasting))
    ended = frozenset[str]().union(*(each.speaks_of for each in refused if each.lasting))
    whole = all(each.lasting or each.speaks_of for each in refused)
    missing = shelf.missing(spared) if whole else shelf.missing(spared, among=ended)
    if shelf.is_too_much(missing) and not accept_missing:
        return [], (
            "more than half of it is missing, so no document of it was taken to be gone; if that is right, "
            f"`proofdesk docs fetch {shelf.folder.name} --accept-missing` takes it out of answers"
        )
    gone = shelf.remove(missing)
    kept = (
        "" if whole else f"It was not read whole, so no {'other ' if gone else ''}document of it was taken to be gone."
    )
    return gone, kept


def _overlap(documents: Path, own: Path, folder: Path) -> bool:
    """Whether a source would read what was written for it."""
    return documents.resolve().is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(own.resolve())
