"""Folder: documents that lie on this machine: an exported drive, a checkout of a repository, a share."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.errors import SourceError
from bot.sources.page import Page, Pages, Refused, reason_of
from knowledge.documents.folder import LARGEST as LARGEST_DOCUMENT
from knowledge.documents.folder import files_below, printable, read_text
from knowledge.documents.formats.kinds import KINDS
from knowledge.errors import DeskFileError
from knowledge.sources import SourceSettings

_MARKDOWN = {".md", ".markdown", ".mdx"}
_READ = {".html", ".htm", ".pdf", ".docx", ".txt"}
_UNREAD = frozenset(
    ".adoc .asciidoc .doc .docm .epub .odp .ods .odt .org .pages .ppt .pptx .rst .rtf .tex .textile .wiki .xls "
    ".xlsx".split()
)
"""Other kinds of documents; what is none of them, such as code and pictures, is passed over."""
_OF_ANOTHER_KIND = f"files of this kind are not read; save it as {KINDS}"


async def read(settings: SourceSettings, _token: str, told: Callable[[int], None]) -> Pages:
    """The documents below a folder, in the order of their paths."""
    root = Path(settings.path)
    problems: list[str] = []
    found = await asyncio.to_thread(_files, root, problems)
    told(len(found))
    for problem in problems:
        yield Refused(what=settings.path, reason=problem)
    for path in [each for each in found if _is_unread(each)]:
        found.remove(path)
        yield Refused(what=printable(path.relative_to(root)), reason=_OF_ANOTHER_KIND, lasting=True)
    for path in found[: settings.most]:
        yield await asyncio.to_thread(_document, path, printable(path.relative_to(root)))
    for path in found[settings.most :]:
        name = printable(path.relative_to(root))
        yield Refused(what=name, reason=f"there are more than {settings.most} files; set most.", key=name)


def _files(root: Path, problems: list[str]) -> list[Path]:
    if not root.is_dir():
        raise SourceError(f"there is no folder {root}; correct its path in desk.yaml.")
    try:
        return [path for path in files_below(root, problems) if _is_document(path)]
    except OSError as error:
        raise SourceError(f"{error.filename}: the folder cannot be read ({error.strerror}); check it.") from error


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in _MARKDOWN | _READ or _is_unread(path) or _is_linked_folder(path)


def _is_unread(path: Path) -> bool:
    return path.suffix.lower() in _UNREAD or path.name.lower() == "readme"


def _is_linked_folder(path: Path) -> bool:
    return path.is_symlink() and path.is_dir()


def _document(path: Path, name: str) -> Page | Refused:
    from knowledge.documents.formats.convert import LARGEST, convert
    from knowledge.documents.formats.markdown import markdown_of_markdown

    is_markdown = path.suffix.lower() in _MARKDOWN
    try:
        if path.is_symlink():
            reason = "this is a link; put what it leads to into the folder itself"
            return Refused(what=name, reason=reason, key=name, lasting=True)
        if not path.is_file():
            return Refused(what=name, reason="this is no ordinary file; put one in its place", key=name)
        most = LARGEST_DOCUMENT if is_markdown else LARGEST
        if path.stat().st_size > most:
            # What it says now is known to be another text, whatever that is.
            reason = f"it is larger than {most // 10**6} MB; split it into several"
            return Refused(what=name, reason=reason, key=name, lasting=True)
        if is_markdown:
            page = markdown_of_markdown(read_text(path, name), mdx=path.suffix.lower() == ".mdx")
        else:
            page = convert(path.read_bytes(), name)
    except DeskFileError as error:
        return Refused(what=name, reason=reason_of(error, name), key=name)
    except OSError as error:
        return Refused(what=name, reason=f"it cannot be read ({error.strerror}); check its permissions", key=name)
    if not page.markdown.strip():
        return Refused(what=name, reason="there is no text in it; remove it, or write the text down", lasting=True)
    title = page.title or Path(name).stem.replace("-", " ").replace("_", " ")
    return Page(key=name, title=title, markdown=page.markdown, name=name)
