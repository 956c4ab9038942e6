"""DOCX words: the runs of a paragraph as the nodes of a page, without what is deleted, hidden or struck out."""

from collections.abc import Iterator
from typing import Any

from knowledge.documents.formats.docx_styles import inner, is_on, local, value
from knowledge.documents.formats.prose import one_line
from knowledge.documents.formats.tree import Node

_UNSEEN = frozenset("Fallback commentReference del delText instrText moveFrom pPr rPr rt sdtPr sym".split())
_GONE = ("strike", "dstrike", "vanish", "webHidden")
_PICTURES = frozenset({"drawing", "object", "pict"})
_RAISED = {"superscript": "sup", "subscript": "sub"}


class Words:
    """Writes paragraphs; a footnote stands behind its paragraph, in brackets."""

    def __init__(self, footnotes: Any, endnotes: Any) -> None:
        self._notes = {
            (f"{local(note)}Reference", value(note, "id")): note
            for part in (footnotes, endnotes)
            for note in (() if part is None else part)
        }
        self._count = 0

    def fill(self, node: Node, paragraph: Any) -> None:
        """The words of a paragraph into a node."""
        notes: list[str] = []
        self._walk(node, paragraph, notes)
        node.children += [f" ({note})" for note in notes]

    def _walk(self, node: Node, element: Any, notes: list[str]) -> None:
        for child in element:
            name = local(child)
            if name in _UNSEEN:
                continue
            if name == "r":
                self._run(node, child, notes)
            elif name == "t":
                node.children.append((child.text or "").replace("\n", " "))
            elif name in {"tab", "ptab"}:
                node.children.append(" ")
            elif name in {"br", "cr"}:
                node.children.append(Node("br") if value(child, "type") in {"", "textWrapping"} else " ")
            elif name == "noBreakHyphen":
                node.children.append("-")
            elif name in _PICTURES:
                node.children += [Node("img", {"alt": text}) for text in _told(child)]
            elif (name, value(child, "id")) in self._notes:
                self._note(node, self._notes[name, value(child, "id")], notes)
            else:
                self._walk(node, child, notes)

    def _run(self, node: Node, run: Any, notes: list[str]) -> None:
        properties = inner(run, "rPr")
        if any(is_on(properties, name) for name in _GONE):
            return
        for tag in filter(
            None, ("b" if is_on(properties, "b") else "", _RAISED.get(value(inner(properties, "vertAlign"))))
        ):
            around, node = node, Node(tag)
            around.children.append(node)
        self._walk(node, run, notes)

    def _note(self, node: Node, note: Any, notes: list[str]) -> None:
        text = plain(note)
        if text:
            self._count += 1
            mark = Node("sup")
            mark.children.append(str(self._count))
            node.children.append(mark)
            notes.append(f"{self._count}: {text}")


def plain(element: Any) -> str:
    """All words below an element as one line."""
    return one_line(" ".join(_texts(element)))


def _texts(element: Any) -> Iterator[str]:
    paragraphs = [found for found in element.iter() if local(found) == "p"]
    words = Words(None, None)
    for paragraph in paragraphs:
        node = Node("p")
        words.fill(node, paragraph)
        yield node.text()


def _told(picture: Any) -> Iterator[str]:
    """What a picture is said to show."""
    for found in picture.iter():
        if local(found) == "docPr":
            yield value(found, "descr")
            return
