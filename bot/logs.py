"""Logs: one line for each thing that happened, an event's name and its fields: columns on a terminal, JSON elsewhere.

Our own lines hold identifiers and never what people wrote; what looks like a secret or personal data is removed all the
same. Of a line from a library only its kind and its place are told, because a library puts whole requests and the
messages of exceptions into its lines.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from bot.errors import BotError
from knowledge.errors import KnowledgeError
from knowledge.redaction import Redaction
from storage.errors import StorageError

_ROOMS = ("bot", "knowledge", "storage")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_SECRET = re.compile(
    r"\b(?:xox[a-z]|xapp|sk|ghp)-[\w-]+|(?i:\bBearer\s+\S+)|(?i:\b(?:hooks\.slack\.com|wss?://)\S*)|\bv0=[0-9a-f]{16,}"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FRAMES = 12
_OWN_HANDLERS = ("dbos",)
"""Libraries that print by themselves unless their logger has a handler."""


def set_up(level: str = "INFO", *, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Makes this the only log of the process. `secrets` are never written, such as the signing secret."""
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    handler.addFilter(_is_told)
    handler.setFormatter(LineFormatter(columns=out.isatty(), secrets=secrets))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _OWN_HANDLERS:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False


class LineFormatter(logging.Formatter):
    """Writes a record as one line without secrets and personal data."""

    def __init__(self, *, columns: bool, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._columns = columns
        self._secrets = sorted((secret for secret in secrets if secret), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = {name: self._clean(value) for name, value in _fields(record)}
        event = self._clean(record.getMessage()) if _is_ours(record) else "library"
        if self._columns:
            told = "  ".join(f"{name}={value}" for name, value in fields.items())
            return f"{at[11:23]}  {record.levelname:<8}  {record.name:<24}  {event}  {told}".rstrip()
        line = {"at": at, "level": record.levelname.lower(), "logger": record.name, "event": event}
        return json.dumps(line | fields, ensure_ascii=False)

    def _clean(self, value: object) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        text = str(value)
        for secret in self._secrets:
            text = text.replace(secret, "[SECRET]")
        return _CONTROL.sub(" ", Redaction().redact(_SECRET.sub("[SECRET]", text)))


def _is_ours(record: logging.LogRecord) -> bool:
    # Bolt names its logger after a file, as in "bot.py:AsyncApp".
    return record.name.split(".")[0] in _ROOMS and ":" not in record.name


def _is_told(record: logging.LogRecord) -> bool:
    """A library is told of from warnings on, whatever level it gave itself: some print bodies below."""
    # Bolt warns of a token in the environment beside the client that we hand to it, at each start.
    least = logging.ERROR if record.name.startswith("slack_bolt") else logging.WARNING
    return _is_ours(record) or record.levelno >= least


def _fields(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    if _is_ours(record):
        yield from ((name, value) for name, value in vars(record).items() if name not in _STANDARD)
    else:
        yield "place", f"{record.filename}:{record.lineno}"
    if record.exc_info and record.exc_info[1]:
        yield from _exception(record.exc_info[1])


def _exception(error: BaseException) -> Iterator[tuple[str, object]]:
    yield "error", type(error).__name__
    if isinstance(error, BotError | KnowledgeError | StorageError):
        # Ours are sentences for people, without anybody's words in them.
        yield "because", str(error)
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    yield "at_lines", " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
