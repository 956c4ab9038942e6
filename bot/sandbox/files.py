"""Files: what the app uploaded the way Slack has it: an address to send bytes to, and a word that it is done."""

from dataclasses import dataclass
from itertools import count

from bot.sandbox.world import Json

MOST_BYTES = 3 * 1024**2
"""Slack takes more; a picture of a chart needs far less."""


@dataclass
class File:
    """A file that is announced, and there once its bytes are and it was completed."""

    id: str
    name: str
    length: int
    alt: str = ""
    content: bytes = b""
    completed: bool = False


class Files:
    """The files of the workspace."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}
        self._numbers = count(1)

    def announce(self, name: str, length: int, alt: str) -> File:
        """A file that is to come."""
        file = File(f"F0FILE{next(self._numbers):04}", name, length, alt)
        self._files[file.id] = file
        return file

    def find(self, file_id: str) -> File | None:
        """A file, whether it is there yet or not."""
        return self._files.get(file_id)

    def shows(self, block: Json) -> bool:
        """Whether a block shows no file, or one that is there."""
        if block.get("type") != "image" or "slack_file" not in block:
            return True
        file = self.find(str((block["slack_file"] or {}).get("id")))
        return file is not None and file.completed
