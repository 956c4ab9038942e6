"""Front matter: what a document's file says of itself between two `---` lines at its start."""

import re
from functools import lru_cache
from hashlib import sha256
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from knowledge.documents.document import DocumentStatus, DocumentVersion
from knowledge.drafting.frozen import Frozen
from knowledge.errors import DeskFileError
from knowledge.yaml_file import Day, Text, parse, shown

_BREAK = r"(?:\r\n|\r(?!\n)|\n)"  # One way to read each line end, or an unclosed front matter takes for ever.
_FENCE = rf"---[ \t]*(?:{_BREAK}|\Z)"
_FRONT = re.compile(rf"{_FENCE}(?P<yaml>(?:[^\r\n]*{_BREAK})*?){_FENCE}")
# Narrower than the standard: what cannot break out of a Slack or Markdown link, and no user name before the host.
_URL = re.compile(r"https://[\w.-]+(?::\d{1,5})?(?:[/?#][^\s<>|\"\\^`{}]*)?")

_REMEMBERED = 20_000
"""Files whose text is not read again while it stays: most of a folder, when one document changes."""


def _id(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", value):
        example = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-") or "refund-policy"
        raise ValueError(f"{shown(value)} is not an id; write lowercase letters, digits and hyphens, such as {example}")
    return value


def _id_if_any(value: str) -> str:
    return value and _id(value)


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ValueError(f"{shown(value)} is not a link readers can open; write an address that begins with https://")
    return value


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Id = Annotated[str, AfterValidator(_id)]
"""An id of a file's content: lowercase letters, digits and hyphens."""
_Line = Annotated[Text, AfterValidator(_one_line)]


class FrontMatter(Frozen):
    """The keys of a document's front matter; see `DocumentVersion` for what they mean."""

    id: Id
    title: _Line
    status: DocumentStatus
    approved_by: Annotated[str, AfterValidator(_one_line)] = Field(default="", validate_default=True)
    effective_from: Day
    effective_until: Day | None = None
    review_by: Day | None = None
    owner: _Line = ""
    topic: _Line = ""
    audience: Annotated[str, AfterValidator(_id_if_any)] = ""
    url: Annotated[str, AfterValidator(_url)] = ""
    supersedes: Annotated[tuple[Id, ...], BeforeValidator(_as_list)] = ()

    @field_validator("approved_by")
    @classmethod
    def _has_approver(cls, value: str, info: ValidationInfo) -> str:
        # An unreadable status is a problem of its own and proves nothing about the approver.
        if not value and info.data.get("status", DocumentStatus.PROPOSED) is not DocumentStatus.PROPOSED:
            raise ValueError("is missing; name the person who approved this version")
        return value

    @field_validator("effective_until", "review_by")
    @classmethod
    def _not_before_start(cls, value: Day | None, info: ValidationInfo) -> Day | None:
        start = info.data.get("effective_from")
        if value and start and value < start:
            raise ValueError(f"{value} is before effective_from {start}; correct one of the two")
        return value


@lru_cache(maxsize=_REMEMBERED)
def read_version(text: str, path: str) -> DocumentVersion:
    """The version a file's text holds; `superseded_from` is left open. Raises DeskFileError with all its problems."""
    match = _FRONT.match(text)
    if match:
        front = parse(match["yaml"], path, FrontMatter, first_line=2)
        digest = sha256(text.encode()).hexdigest()
        return DocumentVersion(**front.model_dump(), path=path, text=text, body_start=match.end(), hash=digest)
    if re.match(_FENCE, text):
        raise DeskFileError(f"{path} line 1: the front matter is not closed; put a line '---' behind its last key.")
    raise DeskFileError(
        f"{path} line 1: there is no front matter; begin the file with a line '---', then id, title, status, "
        "approved_by and effective_from, then a line '---'."
    )
