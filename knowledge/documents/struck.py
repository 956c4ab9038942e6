"""Struck: a document's text without what it strikes out, every other character in its place."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from knowledge.documents.document import DocumentVersion
from knowledge.drafting.wording import STRUCK

# Where words stand is all that is asked; their markup is read below.
_BLOCKS = MarkdownIt("commonmark").enable("table").disable("inline")
_NEWLINE = re.compile(r"\r\n?|\n")
# Spaces within the marks, which no renderer takes for striking out, are: what they mean is plain.
_MARK = re.compile(
    r"""
    \\.
    | (?<!`)(?P<ticks>`++).{1,2000}?(?<!`)(?P=ticks)(?!`)                   # code
    | (?P<tag><(?P<close>/?)(?:del|s|strike)(?:\s[^<>]{0,400})?>)
    | (?P<struck>(?<!~)~~(?!~)(?:[^~]|~(?!~)|~~~~(?!~))+~~(?!~)
        | (?<![\w~])~(?![~\s])[^~\n]{1,2000}(?<!\s)~(?![\w~]))
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_LINE = re.compile(r"[^\r\n]+")
_CHARACTER = re.compile(r"\\\||[^|\r\n]")
"""One that may be blank; a bar that ends a cell stays."""
_WORD = re.compile(r"[^\W_]")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]")
_SAYS = re.compile(r"[^\s|]")
_LISTED = re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])?[ \t]*")


def legible(version: DocumentVersion) -> str:
    """A version's text with `STRUCK` for each character of its body that is struck out; line ends stay."""
    text = version.text
    if "~" not in text and "<" not in text:
        return text
    spans = [*_struck(text, version.body_start)]
    if not spans:
        return text
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += [text[at:start], _blank(text[start:end])]
        at = end
    return _LINE.sub(_without_rest, "".join([*pieces, text[at:]]))


def _struck(text: str, body: int) -> Iterator[tuple[int, int]]:
    """Where something is struck out, by `~~`, `~` or a tag; a tag may hold several blocks, and code none of them."""
    lines = [body, *(newline.end() for newline in _NEWLINE.finditer(text, body)), len(text)]
    opened: list[int] = []
    read = body
    for token in _BLOCKS.parse(text[body:]):
        if token.type not in {"inline", "html_block"} or not token.map:
            continue
        # The cells of a row are tokens of one line.
        start, end, read = max(read, lines[token.map[0]]), lines[token.map[1]], max(read, lines[token.map[1]])
        for mark in _MARK.finditer(text, start, end):
            if mark["struck"] and not opened:
                yield mark.span()
            elif mark["close"] and opened:
                first = opened.pop()
                if not opened:
                    yield first, mark.end()
            elif mark["tag"] and not mark["close"]:
                opened.append(mark.start())


def _blank(text: str) -> str:
    return _CHARACTER.sub(lambda found: STRUCK * len(found[0]), text)


def _without_rest(line: re.Match[str]) -> str:
    """A line as nothing, if only the mark of an item, a stop, or the name or the values of a row are left of it."""
    text = line[0]
    if STRUCK not in text:
        return text
    if text.lstrip().startswith("|"):
        name, _, values = text.lstrip().strip("|").partition("|")
        return text if _WORD.search(name) and _SAYS.search(values) else _blank(text)
    if _HEADING.match(text):
        return text
    return text if _WORD.search(text, _LISTED.match(text).end()) else _blank(text)  # type: ignore[union-attr]
