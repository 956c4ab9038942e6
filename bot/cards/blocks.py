"""Blocks: Slack's building blocks, made from markup that our code made and text that nothing acts in."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bot.cards.actions import Action
from bot.cards.mrkdwn import Mrkdwn, clip, inert, join, label, one_line, say, visible
from bot.cards.pieces import pieces
from bot.cards.rendering import Block

MOST_TEXT = 2_900
"""Characters of one block. Slack refuses more than 3,000."""
_QUOTED = 1_200
_PROSE = 2_000
_LABEL = 75
_PERSON = re.compile(r"(\{[0-9]\})")

DIVIDER = Block({"type": "divider"})


class Run(NamedTuple):
    """A piece of text in one style."""

    text: str
    mark: bool = False
    """One of our own marks, such as `[1]`; looks like no text can."""


class Option(NamedTuple):
    """One of several to choose from."""

    label: str
    value: str


def text(words: str, most: int | None = None) -> dict[str, Any]:
    """A text without markup."""
    return {"type": "plain_text", "text": one_line(label(words), most), "emoji": False}


def section(words: Mrkdwn, *, entries: int = 1) -> Block:
    """A paragraph."""
    return Block({"type": "section", "text": _mrkdwn(words)}, words.live, entries)


def prose(words: str, people: Sequence[Mrkdwn] = ()) -> Block:
    """The desk's own sentences; `{0}`, `{1}` in them stand for people. Not trusted with markup all the same."""
    return section(join((_named(part, people) for part in _PERSON.split(clip(words, _PROSE))), ""))


def context(words: Mrkdwn, *, entries: int = 1) -> Block:
    """A paragraph in small letters."""
    return Block({"type": "context", "elements": [_mrkdwn(words)]}, words.live, entries)


def quote(runs: Sequence[Run]) -> list[Block]:
    """Somebody's text with a bar beside it, in as many blocks as it needs. Nothing in it is markup."""
    blocks: list[list[Run]] = [[]]
    room = MOST_TEXT
    for run in runs:
        for piece in pieces(run.text, MOST_TEXT):
            if len(piece) > room:
                blocks.append([])
                room = MOST_TEXT
            blocks[-1].append(Run(piece, run.mark))
            room -= len(piece)
    return [_rich_text("rich_text_quote", [_run(run) for run in each]) for each in blocks if each]


def copyable(words: str) -> list[Block]:
    """A text to copy, character by character, in as many blocks as it needs."""
    return [
        _rich_text("rich_text_preformatted", [{"type": "text", "text": piece}])
        for piece in pieces(visible(words), MOST_TEXT)
    ]


def listed(heading: str, entries: Sequence[Sequence[Mrkdwn]], *, small: bool = False) -> list[Block]:
    """Entries under a heading, if there is one, each on lines of its own, in as many blocks as they need."""
    blocks: list[Block] = []
    lines: list[Mrkdwn] = [Mrkdwn(f"*{heading}*")] if heading else []
    begun = 0
    kind = context if small else section
    for entry in entries:
        begun += 1
        for line in entry:
            if sum(len(each.text) + 1 for each in lines) + len(line.text) > MOST_TEXT:
                blocks.append(kind(join(lines), entries=begun - 1))
                lines, begun = [], 1
            lines.append(line)
    return [*blocks, kind(join(lines), entries=begun)] if entries else []


def quoted(before: Mrkdwn, words: str, after: Mrkdwn | None = None) -> list[Mrkdwn]:
    """Somebody's words on one line between quotation marks; very long ones go on on further lines."""
    first, *others = pieces(one_line(words), _QUOTED, lambda piece: len(inert(piece))) or ("",)
    lines = [say("{} “{}", before, first) if before.text else say("“{}", first)]
    # Nobody's words but ours begin a line.
    lines += [say("… {}", other) for other in others]
    return [*lines[:-1], say("{}”{}", lines[-1], after or Mrkdwn(""))]


def actions(block_id: str, elements: Iterable[dict[str, Any]]) -> list[Block]:
    """A row of things to press; no row where there is nothing to press."""
    row = list(elements)
    return [Block({"type": "actions", "block_id": block_id, "elements": row})] if row else []


def button(
    words: str, action: Action, value: str, *, style: str = "", confirm: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A button. `style` is primary, danger or nothing."""
    made = {"type": "button", "text": text(words, _LABEL), "action_id": action.value, "value": value or "-"}
    return made | ({"style": style} if style else {}) | ({"confirm": confirm} if confirm else {})


def confirmation(title: str, words: str, yes: str, no: str) -> dict[str, Any]:
    """A question that is asked before a button acts."""
    return {"title": text(title, 100), "text": text(words, 300), "confirm": text(yes, 30), "deny": text(no, 30)}


def select(placeholder: str, action: str, options: Sequence[Option]) -> dict[str, Any]:
    """One of several to choose from."""
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": text(placeholder, _LABEL),
        "options": [{"text": text(option.label, _LABEL), "value": option.value} for option in options],
    }


def field(words: str, block_id: str, element: dict[str, Any], *, optional: bool = False, hint: str = "") -> Block:
    """A field of a form."""
    made = {"type": "input", "block_id": block_id, "label": text(words), "element": element, "optional": optional}
    return Block(made | ({"hint": text(hint)} if hint else {}))


def _named(part: str, people: Sequence[Mrkdwn]) -> Mrkdwn:
    number = int(part[1:-1]) if _PERSON.fullmatch(part) else len(people)
    return people[number] if number < len(people) else Mrkdwn(inert(part))


def _mrkdwn(words: Mrkdwn) -> dict[str, Any]:
    # Without `verbatim` Slack makes links of addresses and mentions of names by itself.
    return {"type": "mrkdwn", "text": words.text, "verbatim": True}


def _rich_text(kind: str, elements: list[dict[str, Any]]) -> Block:
    return Block({"type": "rich_text", "elements": [{"type": kind, "elements": elements}]})


def _run(run: Run) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "text", "text": run.text}
    return made | {"style": {"code": True}} if run.mark else made
