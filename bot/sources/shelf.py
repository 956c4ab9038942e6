"""Shelf: the files of a source's documents in the desk's own folder, each proposed until an owner approves it."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bot.errors import SourceError
from bot.sources.memory import Memory, file_of, mark, recall
from bot.sources.page import Page, Refused, reason_of
from knowledge.documents.folder import LARGEST
from knowledge.documents.front_matter import read_version
from knowledge.errors import DeskFileError
from knowledge.sources import SourceSettings

_URL = re.compile(r"https://[\w.-]+(?::\d{1,5})?(?:[/?#][^\s<>|\"\\^`{}]*)?")
_FRONT = re.compile(r"---\n(.*?\n)---\n\n", re.DOTALL)
_SINCE = re.compile(r"^effective_from: (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_OWN = re.compile(r"-[0-9a-f]{8}\.md$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_BY_HAND = ".by-hand"
"""How the name of a file ends in which somebody's changes are kept."""
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
        self.folder = documents / settings.name
        self._settings = settings
        self._today = today
        self._seen: set[Path] = set()
        self._waiting: dict[Path, str] = {}
        self._new: set[Path] = set()
        self.shelved = Shelved([], [], [])
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError(f"{self.folder} cannot be made ({error.strerror}); check its permissions.") from error
        self._memory = recall(self.folder)
        self._listed: bool | None = None

    def put(self, page: Page) -> list[Refused]:
        """Take a document, unless it stands there already in these very words; a refusal where it can be none."""
        self._listed = bool(self._listed) or page.listed
        what = page.name or page.title
        path = self._path(page.key)
        before = self._read(path)
        since = _SINCE.search(before)
        text = self._text(page, path.stem, since[1] if since else self._today.isoformat())
        if len(text.encode()) > LARGEST:
            reason = f"It is larger than {LARGEST // 10**6} MB; split it into several."
            return [Refused(what=what, reason=reason, key=page.key, lasting=True)]
        try:
            read_version(text, what)
        except DeskFileError as error:
            return [Refused(what=what, reason=reason_of(error, what), key=page.key, lasting=True)]
        self._seen.add(path)
        self._memory.ways.pop(page.key, None)
        if page.asked:
            self._memory.ways[page.asked] = page.key
        edited = self._memory.is_edited(path, before)
        if text == before:
            self._memory.written[path.stem] = mark(text)
        if text == before or (edited and self._memory.is_written(path, text)):
            self.shelved.unchanged.append(page.title)
            return []
        self._waiting[path] = text
        if not before:
            self._new.add(path)
        (self.shelved.changed if before else self.shelved.new).append(page.title)
        if not edited:
            return []
        self._waiting[_by_hand(path)] = before
        reason = (
            f"its file was changed by hand before; that text is kept as {_by_hand(path).name}, and its source's waits"
        )
        return [Refused(what=what, reason=reason, key=page.key)]

    @property
    def lost_its_list(self) -> bool:
        """Whether the source listed its documents at an earlier reading, and does not now, unless that is wanted."""
        return self._memory.listed and self._listed is False and not self._settings.start

    def write(self) -> None:
        """Put what was taken into the folder, all at once, so that owners are told of it once."""
        texts = dict(self._waiting)
        memory = self._remembered(texts)
        if memory != recall(self.folder):
            texts[file_of(self.folder)] = memory.model_dump_json(indent=1)
        for path, text in texts.items():
            try:
                # Who reads the folder meanwhile finds the old text or the new one, never half of it.
                beside = path.with_name(f".{path.name}")
                beside.write_text(text, encoding="utf-8")
                beside.replace(path)
            except OSError as error:
                raise SourceError(
                    f"{path} cannot be written ({error.strerror}); make room or check permissions."
                ) from error

    def missing(self, spared: Iterable[str], among: Iterable[str] | None = None) -> list[Path]:
        """The documents that the source did not give this time, but for some by key; `among` some, or all."""
        kept = self._seen | self._paths(spared)
        chosen = None if among is None else self._paths(among)
        return [path for path in self._held() if path not in kept and (chosen is None or path in chosen)]

    def is_too_much(self, missing: Sequence[Path]) -> bool:
        """Whether so much is missing of what was there before that something must be wrong with the source."""
        before = len(set(self._held()) - self._new)
        return before >= _MANY and 2 * len(missing) > before

    def remove(self, missing: Iterable[Path]) -> list[str]:
        """Remove documents; their names."""
        gone: list[str] = []
        for path in missing:
            try:
                if self._memory.is_edited(path, self._read(path)):
                    path.replace(_by_hand(path))
                path.unlink(missing_ok=True)
            except OSError as error:
                raise SourceError(f"{path} cannot be removed ({error.strerror}); remove it by hand.") from error
            gone.append(path.stem)
        return gone

    def _paths(self, keys: Iterable[str]) -> set[Path]:
        """Where documents of these keys are, and those that are asked for under them."""
        return {self._path(name) for key in keys for name in (key, self._memory.ways.get(key, key))}

    def _held(self) -> list[Path]:
        """The files that were written here; others are somebody's own."""
        found = (path for path in sorted(self.folder.glob("*.md")) if _OWN.search(path.name) and path.is_file())
        return [path for path in found if self._is_own(path)]

    def _is_own(self, path: Path) -> bool:
        front = _FRONT.match(self._read(path))
        return front is not None and f"\nid: {self._id(path.stem)}\n" in f"\n{front[1]}"

    def _remembered(self, texts: Mapping[Path, str]) -> Memory:
        """What is to be remembered once these texts are written."""
        there = {path.stem for path in (*texts, *self._held())}
        ways = {asked: key for asked, key in self._memory.ways.items() if self._path(key).stem in there}
        written = self._memory.written | {path.stem: mark(text) for path, text in texts.items() if path.suffix == ".md"}
        listed = not self._settings.start and (self._listed or self._memory.listed)
        written = {name: each for name, each in written.items() if name in there}
        return Memory(ways=ways, listed=listed, written=written)

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
        return self.folder / f"{_name(key)}.md"

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
        text = f"---\n{front}---\n\n{page.markdown.strip()}\n"
        return text.replace("\0", "").encode(errors="replace").decode()


def _by_hand(path: Path) -> Path:
    """Where somebody's own text of a document is kept."""
    return path.with_name(f"{path.name}{_BY_HAND}")


def _name(key: str) -> str:
    """A file's name for a key: its words, and a mark that tells apart what has the same words."""
    slug = re.sub(r"[^a-z0-9]+", "-", key.casefold()).strip("-")[-_LONGEST_SLUG:].strip("-")
    return f"{slug or 'page'}-{sha256(key.encode()).hexdigest()[:8]}"
