"""Blocks: nodes of a page as Markdown blocks, in their order."""

from collections import deque

from knowledge.documents.formats.block import Block
from knowledge.documents.formats.cells import table_of
from knowledge.documents.formats.lists import LISTS, list_of
from knowledge.documents.formats.prose import code_block, heading, line, paragraph
from knowledge.documents.formats.tree import Node
from knowledge.documents.formats.words import APART, all_within, verbatim, words_of

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LINK = frozenset({"a"})
_WHOLE = frozenset({"code", "img", "kbd", "q", "samp", "sub", "sup", "tt"})


def blocks_of(node: Node, *, in_item: bool = False) -> list[Block]:
    """What a node holds. Within an item of a list a heading is a paragraph."""
    flow = _Flow(in_item=in_item)
    flow.walk(node)
    flow.end()
    return flow.blocks


class _Flow:
    """Blocks as they are written."""

    def __init__(self, *, in_item: bool) -> None:
        self.blocks: list[Block] = []
        self._in_item = in_item
        self._pieces: list[str] = []
        self._tabs: deque[str] = deque()
        """Names of the panels that follow."""

    def walk(self, node: Node) -> None:
        """All children of a node."""
        for child in node.children:
            if isinstance(child, str):
                self._pieces.append(child.replace("\n", " "))
            elif child.tag == "br":
                self._break()
            elif child.tag in _WHOLE:
                self._pieces += words_of(child)
            elif child.tag in APART or child.get("role") == "tablist":
                self.end()
                self._block(child)
                self.end()
            else:
                self.walk(child)

    def end(self) -> None:
        """A paragraph ends here, if there is one."""
        self._add("paragraph", paragraph(self._pieces))
        self._pieces = []

    def _break(self) -> None:
        written = [piece for piece in self._pieces[-2:] if not piece.isspace() or piece == "\n"]
        if written[-1:] == ["\n"]:
            self.end()
        else:
            self._pieces.append("\n")

    def _block(self, node: Node) -> None:
        if node.get("role") == "tablist":
            self._tabs = deque(filter(None, (line([tab.text()]) for tab in node.below() if tab.get("role") == "tab")))
        elif node.tag in _HEADINGS and not self._in_item:
            self._add("heading", heading(_HEADINGS[node.tag], words_of(node)))
        elif node.tag in LISTS:
            self._add("list", list_of(node, _in_item), "" if self._in_item else _links(node))
        elif node.tag == "pre":
            self._add("code", code_block(verbatim(node)))
        elif node.tag == "table" and (table := table_of(node)):
            self._add("table", table)
        else:
            if node.get("role") == "tabpanel" and self._tabs:
                self._add("paragraph", f"{self._tabs.popleft()}:")
            self.walk(node)

    def _add(self, kind: str, text: str, links: str = "") -> None:
        if text:
            self.blocks.append(Block(kind, text, links))


def _in_item(node: Node) -> list[Block]:
    return blocks_of(node, in_item=True)


def _links(node: Node) -> str:
    if not all_within(node, _LINK):
        return ""
    addresses = [link.get("href") for link in node.below() if link.tag == "a" and link.text().strip()]
    return "here" if all(address.startswith("#") for address in addresses) else "away"
