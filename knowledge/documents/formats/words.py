"""Words: what a node says within a line, with its code."""

import re
from collections.abc import Collection

from knowledge.documents.formats.prose import Code, line
from knowledge.documents.formats.tree import Node

APART = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary "
    "table tbody td tfoot th thead tr ul".split()
)
"""Tags that begin and end a line of their own."""
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_NOTE = re.compile(r"\s*\[?\d{1,3}\]?\s*")
_NO_ALT = re.compile(
    r"\s*(?:[^\s/]*\.(?:avif|bmp|gif|jpe?g|png|svg|webp)"
    r"|(?:blobid|image|img|mceclip|picture|screen ?shot|untitled)?[\s\d._:-]*)\s*",
    re.IGNORECASE,
)
_CLOSED = (".", ":", ";", ",", "!", "?")


def words_of(node: Node) -> list[str]:
    """The words of a node in pieces; a line feed for each break, two where a block begins or ends."""
    match node.tag:
        case "br":
            return ["\n"]
        case "img":
            alt = node.attributes.get("alt", "")
            return [] if _NO_ALT.fullmatch(alt) else [alt.replace("\n", " ")]
        case "sup" | "sub":
            return _small(node)
        case tag if tag in _CODE:
            return [Code(node.text())]
    pieces: list[str] = []
    for child in node.children:
        pieces += [child.replace("\n", " ")] if isinstance(child, str) else words_of(child)
    if node.tag == "q":
        return ["“", *pieces, "”"]
    return ["\n\n", *pieces, "\n\n"] if node.tag in APART else pieces


def words_of_cell(node: Node) -> str:
    """The words of a node as one line of a table; what stood in blocks of its own is parted by a semicolon."""
    pieces: list[str] = []
    for piece in words_of(node):
        if piece != "\n\n":
            pieces.append(piece)
        elif pieces and pieces[-1] != "; ":
            pieces.append("; ")
    while pieces and (pieces[-1] == "; " or pieces[-1].isspace()):
        pieces.pop()
    for at, piece in enumerate(pieces):
        if piece == "; " and "".join(pieces[max(0, at - 3) : at]).rstrip().endswith(_CLOSED):
            pieces[at] = " "
    return line(pieces).replace("|", r"\|")


def all_within(node: Node, tags: Collection[str]) -> bool:
    """Whether a node has words and all of them are within these tags."""
    found = False
    waiting: list[Node | str] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            if part.strip():
                return False
        elif part.tag not in tags:
            waiting += part.children
        elif part.text().strip():
            found = True
    return found


def verbatim(node: Node) -> str:
    """The text of a block of code as it is written; a box within it is a line."""
    return node.text(APART)


def _small(node: Node) -> list[str]:
    """Raised and lowered figures are no part of the number beside them; the mark of a footnote says nothing."""
    text = node.text()
    if node.tag == "sup" and node.first(lambda inner: inner.tag == "a") and _NOTE.fullmatch(text):
        return []
    if not any(map(str.isdigit, text)) or not text.isascii():
        return [text]
    return [text.translate(_RAISED if node.tag == "sup" else _LOWERED)]
