"""Shelf: the files of a source's documents in the desk's own folder, each proposed until an owner approves it."""

import json
import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bot.errors import SourceError
from bot.sources.page import Page, Refused
from knowledge.documents.folder import LARGEST
from knowledge.documents.front_matter import read_version
from knowledge.errors import DeskFileError
from knowledge.sources import SourceSettings

_URL = re.compile(r"https://[\w.-]+(?::\d{1,5})?(?:[/?#][^\s<>|\"\\^`{}]*)?")
_FRONT = re.compile(r"---\n(.*?\n)---\n\n", re.DOTALL)
_SINCE = re.compile(r"^effective_from: (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_OWN = re.compile(r"-[0-9a-f]{8}\.md$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LONGEST_SLUG = 60
_MANY = 10
"""Documents from which on it is no accident that most of them are missing."""


class Shelved(NamedTuple):
    """What became of a source's documents, in titles."""

    new: list[str]
    changed: list[str]
    unchanged: list[str]


class Shelf:
    """The folder of one source below the documents folder. What is put there again unchanged is left as it is."""

    def __init__(self, documents: Path, settings: SourceSettings, today: date) -> None:
        """Raises `SourceError` where the folder cannot be made."""
        self._folder = documents / settings.name
        self._settings = settings
        self._today = today
        self._seen: set[Path] = set()
        self._waiting: dict[Path, str] = {}
        self.shelved = Shelved([], [], [])
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError(f"{self._folder} cannot be made ({error.strerror}); check its permissions.") from error

    def put(self, page: Page) -> list[Refused]:
        """Take a document, unless it stands there already in these very words; a refusal where it can be none."""
        path = self._path(page.key)
        before = self._read(path)
        since = _SINCE.search(before)
        text = self._text(page, path.stem, since[1] if since else self._today.isoformat())
        if len(text.encode()) > LARGEST:
            reason = f"It is larger than {LARGEST // 10**6} MB; split it into several."
            return [Refused(what=page.title, reason=reason, key=page.key, lasting=True)]
        try:
            read_version(text, page.title)
        except DeskFileError as error:
            return [Refused(what=page.title, reason=str(error), key=page.key, lasting=True)]
        self._seen.add(path)
        if text == before:
            self.shelved.unchanged.append(page.title)
            return []
        self._waiting[path] = text
        (self.shelved.changed if before else self.shelved.new).append(page.title)
        return []

    def write(self) -> None:
        """Put what was taken into the folder, all at once, so that owners are told of it once."""
        for path, text in self._waiting.items():
            try:
                # Who reads the folder meanwhile finds the old text or the new one, never half of it.
                beside = path.with_name(f".{path.name}")
                beside.write_text(text, encoding="utf-8")
                beside.replace(path)
            except OSError as error:
                raise SourceError(
                    f"{path} cannot be written ({error.strerror}); make room or check permissions."
                ) from error

    def too_few(self, spared: Iterable[str]) -> str:
        """Why so little was read that something must be wrong with the source, or empty."""
        held, gone = self._held(), self._gone(spared)
        if len(held) < _MANY or 2 * len(gone) <= len(held):
            return ""
        return f"More than half of it is missing (if that is right, remove {self._folder} and read it again)"

    def clear(self, spared: Iterable[str]) -> list[str]:
        """Remove the documents that the source did not give this time, but for some by key; their names."""
        gone = self._gone(spared)
        for path in gone:
            try:
                path.unlink()
            except OSError as error:
                raise SourceError(f"{path} cannot be removed ({error.strerror}); remove it by hand.") from error
        return [path.stem for path in gone]

    def _gone(self, spared: Iterable[str]) -> list[Path]:
        kept = self._seen | {self._path(key) for key in spared}
        return [path for path in self._held() if path not in kept]

    def _held(self) -> list[Path]:
        """The files that were written here; others are somebody's own."""
        mine = re.compile(rf"^id: {re.escape(self._id(''))}", re.MULTILINE)
        found = (path for path in sorted(self._folder.glob("*.md")) if _OWN.search(path.name))
        return [path for path in found if mine.search(self._read(path)[:1_000])]

    def _read(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8") if path.exists() else ""
        except UnicodeDecodeError:
            return ""
        except OSError as error:
            raise SourceError(f"{path} cannot be read ({error.strerror}); remove it.") from error

    def _id(self, name: str) -> str:
        return f"{self._settings.name.replace('_', '-')}-{name}"

    def _path(self, key: str) -> Path:
        return self._folder / f"{_name(key)}.md"

    def _text(self, page: Page, name: str, since: str) -> str:
        keys = {
            "id": self._id(name),
            "title": json.dumps(" ".join(_CONTROL.sub(" ", page.title).split())[:200], ensure_ascii=False),
            "status": "proposed",
            "effective_from": since,
            "owner": json.dumps(self._settings.owner, ensure_ascii=False) if self._settings.owner else "",
            "topic": json.dumps(self._settings.topic, ensure_ascii=False) if self._settings.topic else "",
            "audience": self._settings.audience,
            "url": page.url if _URL.fullmatch(page.url) else "",
        }
        front = "".join(f"{key}: {value}\n" for key, value in keys.items() if value)
        return f"---\n{front}---\n\n{page.markdown.strip()}\n"


def _name(key: str) -> str:
    """A file's name for a key: its words, and a mark that tells apart what has the same words."""
    slug = re.sub(r"[^a-z0-9]+", "-", key.casefold()).strip("-")[-_LONGEST_SLUG:].strip("-")
    return f"{slug or 'page'}-{sha256(key.encode()).hexdigest()[:8]}"
