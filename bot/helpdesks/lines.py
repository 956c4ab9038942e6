"""Line: one line of a message, and the characters it may be made of."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]+"
)
_WHITE = re.compile(r"[^\S ]")
_QUOTED = re.compile(r" {0,3}>(?!From )")


class Line(NamedTuple):
    """A line that says something."""

    text: str
    apart: bool = False
    """Whether an empty line is before it."""
    quoted: bool = False
    """Whether it belongs to an earlier message."""
    signature: bool = False


def clean(text: str) -> str:
    """Text of visible characters and plain spaces only."""
    if text.isascii() and text.isprintable():
        return text
    return _WHITE.sub(" ", _INVISIBLE.sub("", text))


def lines_of_text(text: str) -> list[Line]:
    """The lines of plain text; `>` at the beginning marks a quoted one."""
    lines: list[Line] = []
    apart = False
    for written in text.splitlines():
        if line := clean(written).rstrip():
            lines.append(Line(line, apart, quoted=bool(_QUOTED.match(line))))
        apart = not line
    return lines


def text_of_lines(lines: Iterable[Line]) -> str:
    """Lines as one text."""
    return "\n".join(f"\n{line.text}" if line.apart else line.text for line in lines).strip()
