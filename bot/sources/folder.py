"""Folder: documents that lie on this machine: an exported drive, a checkout of a repository, a share."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

from bot.errors import SourceError
from bot.sources.page import Page, Pages, Refused
from knowledge.documents.folder import LARGEST as LARGEST_DOCUMENT
from knowledge.documents.folder import files_below, printable, read_text
from knowledge.errors import DeskFileError
from knowledge.sources import SourceSettings

_MARKDOWN = {".md", ".markdown", ".mdx"}
_READ = {".html", ".htm", ".pdf", ".docx", ".txt"}
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<keys>.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_COMPONENTS = re.compile(r"^(?:import|export)\s.*$", re.MULTILINE)


async def read(settings: SourceSettings, _token: str, told: Callable[[int], None]) -> Pages:
    """The documents below a folder, in the order of their paths."""
    root = Path(settings.path)
    problems: list[str] = []
    found = await asyncio.to_thread(_files, root, problems)
    told(len(found))
    for problem in problems:
        yield Refused(what=settings.path, reason=problem)
    for path in found[: settings.most]:
        yield await asyncio.to_thread(_document, path, printable(path.relative_to(root)))
    for path in found[settings.most :]:
        name = printable(path.relative_to(root))
        yield Refused(what=name, reason=f"there are more than {settings.most} files; set most.", key=name)


def _files(root: Path, problems: list[str]) -> list[Path]:
    if not root.is_dir():
        raise SourceError(f"there is no folder {root}; correct its path in desk.yaml.")
    read = _MARKDOWN | _READ
    try:
        return [p for p in files_below(root, problems) if p.suffix.lower() in read or _is_linked_folder(p)]
    except OSError as error:
        raise SourceError(f"{error.filename}: the folder cannot be read ({error.strerror}); check it.") from error


def _is_linked_folder(path: Path) -> bool:
    return path.is_symlink() and path.is_dir()


def _document(path: Path, name: str) -> Page | Refused:
    from knowledge.documents.formats.convert import LARGEST, convert

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
            title, markdown = _markdown(read_text(path, name), name)
        else:
            page = convert(path.read_bytes(), name)
            title, markdown = page.title, page.markdown
    except DeskFileError as error:
        return Refused(what=name, reason=str(error), key=name)
    except OSError as error:
        return Refused(what=name, reason=f"it cannot be read ({error.strerror}); check its permissions", key=name)
    if not markdown.strip():
        return Refused(what=name, reason="there is no text in it; remove it, or write the text down", lasting=True)
    return Page(key=name, title=title or Path(name).stem.replace("-", " ").replace("_", " "), markdown=markdown)


def _markdown(text: str, name: str) -> tuple[str, str]:
    """Title and body; front matter of another system gives its title and is left out."""
    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    if name.lower().endswith(".mdx"):
        body = _COMPONENTS.sub("", body)
    named = (_TITLE.search(front["keys"]) if front else None) or _HEADING.search(body)
    return (named[1] if named else ""), body
