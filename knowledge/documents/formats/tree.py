"""Tree: an HTML page as nodes, whatever its size, depth and faults."""

from collections.abc import Callable, Collection, Iterator, Mapping

from lxml import etree

from knowledge.errors import DeskFileError

_PIECE = 65_536
_DEEPEST = 100
"""Tags deeper than this add their text to the deepest node, so that a tree can be walked by recursion."""
_MOST_TAGS = 400_000
_MOST_LETTERS = 5_000_000
_KEPT = frozenset(
    "alt aria-controls aria-expanded aria-hidden class colspan content hidden href id itemprop name property role "
    "rowspan start style value".split()
)
_OF_HEADS = frozenset("base link meta noscript script style template title".split())
_NO_TEXT = frozenset({"script", "style"})
_NONE: Mapping[str, str] = {}


class Node:
    """A tag with its children, which are nodes and texts."""

    __slots__ = ("attributes", "children", "tag", "text_length")

    def __init__(self, tag: str, attributes: Mapping[str, str] = _NONE) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []
        self.text_length = 0
        """How many characters of text it holds outside of links; counted by `main_part`."""

    def get(self, name: str) -> str:
        """An attribute in lower case, or nothing."""
        return self.attributes.get(name, "").lower()

    def nodes(self) -> Iterator["Node"]:
        """The children that are nodes."""
        return (child for child in self.children if isinstance(child, Node))

    def below(self) -> Iterator["Node"]:
        """The node itself and all below it, in their order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def first(self, wanted: Callable[["Node"], bool]) -> "Node | None":
        """The first node from here on that is wanted."""
        return next(filter(wanted, self.below()), None)

    def text(self, apart: Collection[str] = ()) -> str:
        """All text in it as it is written, a line feed for each <br> and behind each node within that is `apart`."""
        parts: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                parts.append(part)
            elif part.tag == "br":
                parts.append("\n")
            else:
                waiting += ["\n"] if part.tag in apart and part is not self else []
                waiting += reversed(part.children)
        return "".join(parts)


def tree_of(html: str, name: str) -> Node:
    """The page as a tree; `name` stands in the error where it is too large."""
    page = _Page(name)
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True)
    # A zero byte would end the page.
    content = html.replace("\0", "").encode(errors="ignore")
    for at in range(0, len(content), _PIECE):
        parser.feed(content[at : at + _PIECE])
    if content:
        parser.close()
    return page.root


class _Page:
    """What the parser tells of tags and text, in their order."""

    def __init__(self, name: str) -> None:
        self.root = Node("html")
        self._name = name
        self._open = [self.root]
        self._tags = self._letters = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens."""
        self._tags += 1
        if self._tags > _MOST_TAGS:
            raise self._too_large(f"{_MOST_TAGS:,} tags")
        parent = self._holder(is_head=tag in _OF_HEADS)
        if len(self._open) > _DEEPEST:
            self._open.append(parent)
            return
        node = Node(tag, {key: attributes[key] for key in _KEPT.intersection(attributes)} if attributes else _NONE)
        parent.children.append(node)
        self._open.append(node)

    def end(self, _tag: str) -> None:
        """A tag closes."""
        if len(self._open) > 1:
            self._open.pop()

    def data(self, text: str) -> None:
        """Text between tags."""
        if self._open[-1].tag in _NO_TEXT:
            return
        self._letters += len(text)
        if self._letters > _MOST_LETTERS:
            raise self._too_large(f"{_MOST_LETTERS:,} letters")
        self._holder(is_head=text.isspace()).children.append(text)

    def close(self) -> None:
        """The parser has no more to tell."""

    def _too_large(self, what: str) -> DeskFileError:
        return DeskFileError(f"{self._name}: the page has more than {what}; split it into smaller ones.")

    def _holder(self, *, is_head: bool) -> Node:
        """Where the next child belongs. What is none of a head's ends it, though the parser does not know all tags."""
        innermost = self._open[-1]
        return innermost if is_head or innermost.tag != "head" else self.root
