"""Prose: words as Markdown that reads as these words, and as no markup."""

import re
from collections.abc import Iterable
from itertools import groupby

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e007f]+"
)
_BREAK = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"[\\`*_\[<&~]")
_SLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~\n\0]|$)")
_STARS = re.compile(r"(?<!\*)\*++(?=[^\s*])|(?<=[^\s*])\*++")
_UNDERSCORES = re.compile(r"(?<![^\W])_++|(?<!_)_++(?![^\W_])")
_TILDES = re.compile(r"~~+(?:[^~]|~(?!~))+~~+|(?<![\w~])~(?![~\s])[^~\n]*(?<!\s)~(?![\w~])")
_LINK = re.compile(r"\][(\[:]")
_BRACKET = re.compile(r"[\[\]]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(
    r"^(?:(?P<number>\d{1,9})(?=[.)](?: |$))"
    r"|(?=#{1,6}(?: |$)|[>|]|[-+*](?: |$)|=+$|~~~|(?:[-_*] ?){3,}$|[-:|][-:| ]*$))"
)
_ITEM = re.compile(r"(?:(?P<number>\d{1,3}[.)])|[-*+•‣▪●■◦○□]) (?=\S)")


class Code(str):
    """Words that stand as code within a line."""

    __slots__ = ()


def visible(text: str) -> str:
    """A text of visible characters, whose lines end in a line feed."""
    if text.isascii() and text.isprintable():
        return text
    return _INVISIBLE.sub("", _BREAK.sub("\n", text))


def one_line(text: str) -> str:
    """A text with a single space for all white space that stands together."""
    return _SPACE.sub(" ", visible(text)).strip()


def paragraph(pieces: Iterable[str]) -> str:
    """The Markdown of a paragraph; a line feed begins a line, and what is written as a list becomes one."""
    lines = (written.strip() for written in _inline(pieces).split("\n"))
    return "  \n".join(_opened(written) for written in lines if written)


def line(pieces: Iterable[str]) -> str:
    """The Markdown of words within a line."""
    return _inline(piece if isinstance(piece, Code) else piece.replace("\n", " ") for piece in pieces).strip()


def heading(level: int, pieces: Iterable[str]) -> str:
    """The Markdown of a heading, or nothing where it has no words."""
    words = line(pieces)
    return f"{'#' * level} " + re.sub(r"(?:^|(?<= ))(?=#+$)", r"\\", words) if words else ""


def code_block(text: str) -> str:
    """Lines as a block of code, or nothing where they are empty."""
    text = "\n".join(written.rstrip() for written in visible(text).split("\n")).strip("\n")
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}\n{text}\n{fence}" if text else ""


def _inline(pieces: Iterable[str]) -> str:
    joined = _joined(pieces)
    # A zero byte stands for code, so that what is around it is seen as a whole.
    words = "".join("\0" if _is_code(piece) else piece for piece in joined)
    if _MARKUP.search(words):
        words = _escaped(words)
    texts = words.split("\0")
    codes = (_code(piece) for piece in joined if _is_code(piece))
    return "".join([texts[0], *(code + text for code, text in zip(codes, texts[1:], strict=True))])


def _joined(pieces: Iterable[str]) -> list[str]:
    """Neighbours of one kind as one piece, and white space as a single space or line feed."""
    parted: list[str] = []
    for is_code, group in groupby(filter(visible, pieces), _is_code):
        text = visible("".join(group))
        if is_code:
            # White space at the ends of code stands outside of it.
            words = text.strip()
            start = text.index(words)
            parted += [text[:start], Code(_SPACE.sub(" ", words)), text[start + len(words) :]]
        else:
            parted.append(text)
    joined: list[str] = []
    for is_code, group in groupby(filter(None, parted), _is_code):
        pieces_of_kind = [*group]
        joined += pieces_of_kind if is_code else [_SPACE.sub(_space, "".join(pieces_of_kind))]
    return joined


def _is_code(piece: str) -> bool:
    return isinstance(piece, Code) and not piece.isspace()


def _space(found: re.Match[str]) -> str:
    return "\n" if "\n" in found[0] else " "


def _code(text: str) -> str:
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _escaped(words: str) -> str:
    words = _SLASH.sub(r"\\\\", words).replace("`", r"\`")
    for mark in (_STARS, _UNDERSCORES):
        # One alone emphasises nothing.
        if len(mark.findall(words)) > 1:
            words = mark.sub(_slashes, words)
    words = _TILDES.sub(lambda found: found[0].replace("~", r"\~"), words)
    if _LINK.search(words):
        words = _BRACKET.sub(_slashes, words)
    return _ENTITY.sub(r"\&", _TAG.sub(r"\<", words))


def _slashes(found: re.Match[str]) -> str:
    return "".join(f"\\{character}" for character in found[0])


def _opened(written: str) -> str:
    """A line that begins with no markup but, at most, the mark of an item."""
    item = _ITEM.match(written)
    if not item:
        return _OPENING.sub(_opening, written)
    return f"{item['number'] or '-'} {_OPENING.sub(_opening, written[item.end() :])}"


def _opening(found: re.Match[str]) -> str:
    return f"{found['number']}\\" if found["number"] else "\\"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
