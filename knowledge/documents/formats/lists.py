"""Lists: items, terms and what is within them as Markdown."""

from collections.abc import Callable, Iterator

from knowledge.documents.formats.block import Block
from knowledge.documents.formats.prose import line
from knowledge.documents.formats.tree import Node
from knowledge.documents.formats.words import words_of

LISTS = frozenset({"dl", "menu", "ol", "ul"})
Reader = Callable[[Node], list[Block]]


def list_of(node: Node, read: Reader) -> str:
    """The Markdown of a list; `read` says what an item holds."""
    items = _definitions(node, read) if node.tag == "dl" else _items(node, read)
    return "\n".join(_item(marker, blocks) for marker, blocks in items)


def _items(node: Node, read: Reader) -> Iterator[tuple[str, list[Block]]]:
    """The items of a list with their markers; a list that stands between items belongs to the one before."""
    number = _number(node.get("start"), 1)
    items: list[tuple[str, list[Block]]] = []
    for child in _unwrapped(node):
        if child.tag in LISTS and items:
            within = list_of(child, read)
            items[-1][1].extend([Block("list", within)] if within else [])
            continue
        blocks = read(child if child.tag == "li" else _around(child))
        if blocks:
            number = _number(child.get("value"), number)
            items.append((f"{number}. " if node.tag == "ol" else "- ", blocks))
            number += 1
    yield from items


def _definitions(node: Node, read: Reader) -> Iterator[tuple[str, list[Block]]]:
    """The items of a list of terms: each term with what is said of it."""
    terms: list[str] = []
    for child in _unwrapped(node):
        if child.tag == "dt":
            terms.append(line(words_of(child)))
            continue
        blocks = read(child if child.tag == "dd" else _around(child))
        term = ", ".join(filter(None, terms))
        if term and blocks:
            term += "" if term.endswith(("?", "!", ".", ":")) else ":"
            if blocks[0].kind == "paragraph":
                blocks[0] = Block("paragraph", f"{term} {blocks[0].text}")
            else:
                blocks.insert(0, Block("paragraph", term))
        terms = [] if blocks else terms
        if blocks:
            yield "- ", blocks
    if any(terms):
        yield "- ", [Block("paragraph", ", ".join(filter(None, terms)))]


def _unwrapped(node: Node) -> Iterator[Node]:
    """The children of a list, be they in boxes or not; a text is a child too."""
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                yield _around(child)
        elif child.tag in {"div", "span", "font", "center"} and child.first(
            lambda inner: inner.tag in {"li", "dt", "dd"}
        ):
            yield from _unwrapped(child)
        else:
            yield child


def _around(child: Node | str) -> Node:
    node = Node("li")
    node.children.append(child)
    return node


def _item(marker: str, blocks: list[Block]) -> str:
    if blocks[0].kind == "list":
        return "\n\n".join(block.text for block in blocks)
    written = blocks[0].text
    for block in blocks[1:]:
        # Only these may follow a paragraph at once.
        written += ("\n" if block.kind == "list" and block.text.startswith(("- ", "1. ")) else "\n\n") + block.text
    first, *others = written.split("\n")
    indent = " " * len(marker)
    return "\n".join([marker + first, *(indent + other if other else "" for other in others)])


def _number(written: str, otherwise: int) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else otherwise
