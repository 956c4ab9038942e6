"""DOCX styles: what the styles and lists of a Word file say of its paragraphs."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_CODE = re.compile(r"\b(?:code|preformatted)\b", re.IGNORECASE)
_DEEPER = re.compile(r"^list (?:bullet|continue|number) ([2-5])$", re.MULTILINE)
_NUMBER = re.compile("[0-9]{1,3}")
_DEEPEST_STYLE = 20


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def inner(element: Any, *names: str) -> Any:
    """The element found by following names from child to child, or none."""
    for name in names:
        element = next((child for child in element if local(child) == name), None) if element is not None else None
    return element


def value(element: Any, name: str = "val") -> str:
    """An attribute of an element by its name without namespace; empty where there is none."""
    if element is None:
        return ""
    return next((str(text) for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def is_on(properties: Any, name: str) -> bool:
    """Whether a property is there and not switched off."""
    found = inner(properties, name)
    return found is not None and value(found).lower() not in {"0", "false", "off", "none"}


class Item(NamedTuple):
    """That a paragraph is an item of a list."""

    list_id: str
    depth: int
    numbered: bool
    start: int = 1
    """The number of the first item."""


class Styles:
    """The styles and lists of a file, which may have neither."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        self._styles = {value(style, "styleId"): style for style in _children(styles, "style")}
        self._default = next(
            (
                key
                for key, style in self._styles.items()
                if value(style, "type") == "paragraph" and value(style, "default")
            ),
            "",
        )
        lists = {value(found, "abstractNumId"): found for found in _children(numbering, "abstractNum")}
        self._lists = {
            value(found, "numId"): (
                value(inner(found, "abstractNumId")),
                lists.get(value(inner(found, "abstractNumId"))),
            )
            for found in _children(numbering, "num")
        }
        self._restarted = {
            value(found, "numId")
            for found in _children(numbering, "num")
            if inner(found, "lvlOverride", "startOverride") is not None
        }

    def names(self, paragraph: Any) -> str:
        """The names of a paragraph's style and those it is based on, one a line in lower case."""
        return "\n".join(value(inner(style, "name")).lower() for style in self._chain(paragraph))

    def level(self, paragraph: Any) -> int:
        """The level of a heading; 0 for other paragraphs. A title is a heading of the first level."""
        outline = value(inner(paragraph, "pPr", "outlineLvl"))
        for style in self._chain(paragraph):
            name = value(inner(style, "name"))
            if name.lower() == "title":
                return 1
            if found := _HEADING.fullmatch(name):
                return min(int(found[1]), 6)
            outline = outline or value(inner(style, "pPr", "outlineLvl"))
        return int(outline) + 1 if re.fullmatch("[0-5]", outline) else 0

    def is_title(self, paragraph: Any) -> bool:
        """Whether a paragraph is the title of the document."""
        return "title" in self.names(paragraph).split("\n")

    def is_contents(self, paragraph: Any) -> bool:
        """Whether a paragraph is a line of a table of contents."""
        return any(name.startswith(("toc ", "contents ")) for name in self.names(paragraph).split("\n"))

    def is_code(self, paragraph: Any) -> bool:
        """Whether a paragraph is a line of code."""
        return _CODE.search(self.names(paragraph)) is not None

    def item(self, paragraph: Any) -> Item | None:
        """Which item of which list a paragraph is, if it is one."""
        holders = [paragraph, *self._chain(paragraph)]
        numbers = [found for found in (inner(holder, "pPr", "numPr") for holder in holders) if found is not None]
        list_id = next(filter(None, (value(inner(found, "numId")) for found in numbers)), "")
        if list_id not in self._lists:
            return None
        shared, definition = self._lists[list_id]
        written = next(filter(None, (value(inner(found, "ilvl")) for found in numbers)), "0")
        depth = min(int(written), 8) if _NUMBER.fullmatch(written) else 0
        if found := _DEEPER.search(self.names(paragraph)):
            depth = max(depth, int(found[1]) - 1)
        level = next((found for found in _children(definition, "lvl") if value(found, "ilvl") == str(depth)), None)
        kind, start = value(inner(level, "numFmt")), value(inner(level, "start"))
        if kind == "none":
            return None
        is_own = list_id in self._restarted
        first = int(start) if _NUMBER.fullmatch(start) else 1
        return Item(f"num {list_id}" if is_own else shared, depth, kind not in {"", "bullet"}, first)

    def heads_tables(self, table: Any) -> bool:
        """Whether the style of a table sets its first row apart."""
        look = inner(table, "tblPr", "tblLook")
        bits = value(look)
        first = value(look, "firstRow") in {"1", "true", "on"} or (_is_hex(bits) and int(bits, 16) & 0x20 > 0)
        return first and any(
            value(part, "type") == "firstRow"
            for style in self._chain(table, "tblPr", "tblStyle")
            for part in _children(style, "tblStylePr")
        )

    def _chain(self, holder: Any, *path: str) -> Iterator[Any]:
        """A style and those it is based on."""
        key = value(inner(holder, *(path or ("pPr", "pStyle")))) or ("" if path else self._default)
        for _ in range(_DEEPEST_STYLE):
            if key not in self._styles:
                return
            yield self._styles[key]
            key = value(inner(self._styles[key], "basedOn"))


def _children(element: Any, name: str) -> Iterator[Any]:
    return (child for child in (() if element is None else element) if local(child) == name)


def _is_hex(text: str) -> bool:
    return re.fullmatch("[0-9a-fA-F]{1,8}", text) is not None
