"""DOCX body: the paragraphs, lists and tables of a Word file as the nodes of a page."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from knowledge.documents.formats.docx_styles import Item, Styles, inner, is_on, local, value
from knowledge.documents.formats.docx_words import Words, plain
from knowledge.documents.formats.tree import Node

_DEEPEST = 6
"""Tables deeper than this within tables are read as a paragraph."""


class _List(NamedTuple):
    item: Item
    node: Node


class Body:
    """Reads a body or a cell; numbers of lists go on from one to the next."""

    def __init__(self, styles: Styles, words: Words) -> None:
        self._styles = styles
        self._words = words
        self._counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 9)
        """How many items of each list there were, at each depth."""

    def node(self, body: Any, depth: int = 0) -> Node:
        """All that is in a body or a cell, in its order."""
        around = Node("div")
        lists: list[_List] = []
        for element in _within(body, {"p", "tbl"}):
            if local(element) == "tbl":
                lists = []
                around.children.append(self._table(element, depth))
            elif not self._styles.is_contents(element):
                lists = self._paragraph(element, around, lists)
                for box in _boxes(element):
                    lists = []
                    around.children.append(self.node(box, depth + 1) if depth < _DEEPEST else _paragraph_of(box))
        return around

    def _paragraph(self, element: Any, around: Node, lists: list[_List]) -> list[_List]:
        """Adds a paragraph; returns the lists that are open behind it, the deepest last."""
        level = self._styles.level(element)
        item = None if level else self._styles.item(element)
        node = Node("li" if item else f"h{level}" if level else "pre" if self._styles.is_code(element) else "p")
        if self._styles.is_title(element):
            node.attributes = {"role": "title"}
        self._words.fill(node, element)
        if not node.text().strip() and not node.first(lambda inner: inner.tag == "img"):
            return lists
        if item:
            return self._item(item, node, around, lists)
        above = around.children[-1] if around.children else None
        if node.tag == "pre" and isinstance(above, Node) and above.tag == "pre":
            above.children += ["\n", *node.children]
        else:
            around.children.append(node)
        return []

    def _item(self, item: Item, node: Node, around: Node, lists: list[_List]) -> list[_List]:
        counts = self._counts[item.list_id]
        counts[item.depth] += 1
        counts[item.depth + 1 :] = [0] * (len(counts) - item.depth - 1)
        node.attributes = {"value": str(item.start + counts[item.depth] - 1)}
        kept = [found for found in lists if found.item.depth <= item.depth]
        if kept and kept[-1].item != item and kept[-1].item.depth == item.depth:
            kept.pop()
        if not kept or kept[-1].item.depth < item.depth:
            new = _List(item, Node("ol" if item.numbered else "ul"))
            # A deeper list belongs to the last item of the list around it.
            holder = kept[-1].node.children[-1] if kept else around
            (holder if isinstance(holder, Node) else around).children.append(new.node)
            kept.append(new)
        kept[-1].node.children.append(node)
        return kept

    def _table(self, table: Any, depth: int) -> Node:
        if depth >= _DEEPEST:
            return _paragraph_of(table)
        node, head = Node("table"), Node("thead")
        above: dict[int, Node] = {}
        rows = [row for row in _within(table, {"tr"}) if not is_on(inner(row, "trPr"), "del")]
        heads = self._styles.heads_tables(table)
        for at, row in enumerate(rows):
            is_head = is_on(inner(row, "trPr"), "tblHeader") or (heads and at == 0)
            line = self._row(row, "th" if is_head else "td", above, depth)
            (head if is_head and at == len(head.children) else node).children.append(line)
        node.children.insert(0, head)
        return node

    def _row(self, row: Any, tag: str, above: dict[int, Node], depth: int) -> Node:
        """A row; `above` holds, for each column, the cell that may go on in this row."""
        line = Node("tr")
        column = 0
        for cell in _within(row, {"tc"}):
            properties = inner(cell, "tcPr")
            merge = inner(properties, "vMerge")
            across = value(inner(properties, "gridSpan"))
            if merge is not None and value(merge) != "restart" and column in above:
                going_on = dict(above[column].attributes)
                above[column].attributes = going_on | {"rowspan": str(int(going_on["rowspan"]) + 1)}
            else:
                found = Node(tag, {"colspan": across, "rowspan": "1"})
                found.children = self.node(cell, depth + 1).children
                line.children.append(found)
                above[column] = found
            column += int(across) if across.isdecimal() and len(across) < 4 else 1
        return line


def _within(holder: Any, names: set[str]) -> Iterator[Any]:
    """The elements of these names in a holder, be they in content controls or not; nothing that is deleted."""
    for child in holder:
        name = local(child)
        if name in names:
            yield child
        elif name in {"customXml", "ins", "moveTo", "sdt", "sdtContent", "smartTag"}:
            yield from _within(child, names)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The boxes of text that hang on a paragraph, each once."""
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if local(element) == "txbxContent":
            yield element
        elif local(element) != "Fallback":
            waiting.extend(reversed(element))


def _paragraph_of(element: Any) -> Node:
    node = Node("p")
    node.children.append(plain(element))
    return node
