"""Convert: a document in any format that we read, as Markdown."""

import re
from collections.abc import Callable
from pathlib import PurePath

from knowledge.documents.formats.docx import markdown_of_docx
from knowledge.documents.formats.encoding import text_of
from knowledge.documents.formats.html import markdown_of_html
from knowledge.documents.formats.kinds import KINDS
from knowledge.documents.formats.page import Page
from knowledge.documents.formats.pdf import markdown_of_pdf
from knowledge.documents.formats.text import markdown_of_text
from knowledge.errors import DeskFileError

LARGEST = 50_000_000
_MOST_LETTERS = 5_000_000


def convert(content: bytes, name: str) -> Page:
    """The text of a file; the end of its name says what it is. Raises DeskFileError with the name and a remedy."""
    reader = _READERS.get(PurePath(name).suffix.lower())
    if not reader:
        raise DeskFileError(f"{name}: files of this kind are not read; save it as {KINDS}.")
    if len(content) > LARGEST:
        raise DeskFileError(f"{name}: the file is larger than 50 MB; split it into smaller ones.")
    page = reader(content, name)
    if not page.markdown:
        raise DeskFileError(
            f"{name}: there is no text in this file; {_EMPTY.get(reader, 'write it or remove the file')}."
        )
    return page if page.title else page.model_copy(update={"title": _spoken(name)})


def _html(content: bytes, name: str) -> Page:
    return markdown_of_html(_text(content, name, markup=True), name=name)


def _plain(content: bytes, name: str) -> Page:
    text = _text(content, name)
    if len(text) > _MOST_LETTERS:
        raise DeskFileError(f"{name}: the text has more than {_MOST_LETTERS:,} letters; split it into smaller ones.")
    return markdown_of_text(text)


def _text(content: bytes, name: str, *, markup: bool = False) -> str:
    text = text_of(content, markup=markup)
    if text is None:
        raise DeskFileError(f"{name}: this is not text; save it as UTF-8.")
    return text


def _spoken(name: str) -> str:
    """A file's name as words."""
    return re.sub(r"[\s_-]+", " ", PurePath(name).stem).strip()


_Reader = Callable[[bytes, str], Page]
_READERS: dict[str, _Reader] = {
    ".docx": markdown_of_docx,
    ".htm": _html,
    ".html": _html,
    ".pdf": markdown_of_pdf,
    ".txt": _plain,
}
_EMPTY: dict[_Reader, str] = {_html: "where a script writes the page, save it from a browser"}

SUFFIXES = frozenset(_READERS)
"""The ends of the names of files that are read."""
