"""PDF: the text of a PDF as Markdown."""

import logging
import re
import time
from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from knowledge.documents.formats.block import Block
from knowledge.documents.formats.page import Page, page_of
from knowledge.documents.formats.pdf_blocks import blocks_of_lines
from knowledge.documents.formats.pdf_lines import Line, Lines, without_running_lines
from knowledge.documents.formats.prose import one_line
from knowledge.errors import DeskFileError

_MOST_PAGES = 1_000
_MOST_LETTERS = 5_000_000
_MOST_SECONDS = 60
_LARGEST_STREAM = 20_000_000
_MOST_STEPS = 500_000
"""How much drawing a page may have."""
_NO_TITLE = re.compile(
    r"\S+\.\w{2,4}|microsoft \w+ - .*|(?:document|presentation|untitled|unknown)\W*\d*", re.IGNORECASE
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

# What it warns of in a damaged file helps nobody here: the text is there or it is not.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def markdown_of_pdf(content: bytes, name: str = "this PDF") -> Page:
    """The text of a PDF. Raises DeskFileError where it is locked, damaged, too large or made of pictures."""
    try:
        with apply_configuration(
            zlib_maximum_output_length=_LARGEST_STREAM, stream_parsing_work_maximum_count=_MOST_STEPS
        ):
            reader = PdfReader(BytesIO(content))
            lines, heights = _lines(reader, name)
            told = one_line(str((reader.metadata and reader.metadata.title) or ""))
    except DeskFileError:
        raise
    except (DependencyError, FileNotDecryptedError) as error:
        raise DeskFileError(
            f"{name}: the PDF is protected, by a password or against copying; print it to a new PDF without protection."
        ) from error
    except LimitReachedError as error:
        raise _too_long(name) from error
    except Exception as error:  # A damaged file may raise anything, as its documentation says.
        raise DeskFileError(
            f"{name}: this PDF is damaged or is none; open it in a viewer and print it to a new PDF."
        ) from error
    blocks = [*blocks_of_lines(without_running_lines(lines, heights))]
    return page_of(_title(blocks, told), blocks)


def _lines(reader: PdfReader, name: str) -> tuple[list[Line], list[float]]:
    """All lines of all pages in the order in which they are drawn, and the heights of the pages."""
    until = time.monotonic() + _MOST_SECONDS
    if len(reader.pages) > _MOST_PAGES:
        raise DeskFileError(f"{name}: the PDF has more than {_MOST_PAGES:,} pages; split it into smaller ones.")
    lines: list[Line] = []
    heights: list[float] = []
    letters = unknown = 0
    for number, page in enumerate(reader.pages):
        found = Lines(number)
        page.extract_text(visitor_text=found.piece)
        found.end()
        lines += found.found
        heights.append(float(page.mediabox.height))
        letters += sum(len(line.text) for line in found.found)
        unknown += found.unknown
        if letters > _MOST_LETTERS or time.monotonic() > until:
            raise _too_long(name)
    if unknown * 4 > letters:
        raise DeskFileError(
            f"{name}: this PDF does not say which letters it shows; use the document that it was made from."
        )
    if not any(character.isalnum() for line in lines for character in line.text):
        raise DeskFileError(
            f"{name}: there is no text in this PDF, as when pages were scanned; "
            "run text recognition (OCR) over it, or use the document that it was made from."
        )
    return lines, heights


def _too_long(name: str) -> DeskFileError:
    return DeskFileError(f"{name}: the PDF takes too long to read; split it into smaller ones.")


def _title(blocks: Sequence[Block], told: str) -> str:
    """The first main heading, else what the file says of itself."""
    heads = [block.text for block in blocks if block.kind == "heading"]
    main = next((text for text in heads if text.startswith("# ")), "")
    if main:
        return _ESCAPE.sub(r"\1", main.removeprefix("# "))
    return "" if _NO_TITLE.fullmatch(told) else told
