"""Memory: what a shelf knows of the readings before, in a hidden file beside its documents."""

import re
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ValidationError

_FILE = ".shelf.json"
_SINCE = re.compile(r"^effective_from: .*\n", re.MULTILINE)


class Memory(BaseModel):
    """What is remembered of one source."""

    ways: dict[str, str] = {}
    """Under which keys documents are asked for that have another."""
    listed: bool = False
    """Whether the source listed its documents itself, rather than have them found along links."""
    written: dict[str, str] = {}
    """The `mark` of what was written last, by the names of files."""

    def is_edited(self, path: Path, text: str) -> bool:
        """Whether somebody changed a file by hand since it was written."""
        return bool(text) and self.written.get(path.stem, mark(text)) != mark(text)

    def is_written(self, path: Path, text: str) -> bool:
        """Whether this is what was written there last, on whatever day."""
        return self.written.get(path.stem) == mark(text)


def mark(text: str) -> str:
    """What tells the text of a file apart from others, whatever day it is in force from."""
    return sha256(_SINCE.sub("", text, count=1).encode()).hexdigest()[:16]


def recall(folder: Path) -> Memory:
    """What is remembered of a folder; nothing where that cannot be read."""
    try:
        return Memory.model_validate_json((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        return Memory()


def file_of(folder: Path) -> Path:
    """Where it is kept."""
    return folder / _FILE
