"""Modals: the forms in which people edit, reject and ask for drafts, and what they entered."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.cards.actions import DRAFT_SUBMITTED, EDIT_SUBMITTED, REJECT_SUBMITTED
from bot.cards.blocks import Option, context, field, listed, quoted, select, text
from bot.cards.gate import gate_view
from bot.cards.metadata import Metadata, pack
from bot.cards.mrkdwn import Mrkdwn, clip, say, visible
from bot.cards.pieces import pieces
from bot.cards.rendering import Block
from bot.cards.reply import unmarked
from bot.cards.wording import REASONS
from bot.content import DraftCard
from bot.intents import Place
from knowledge.drafting.draft import UNVERIFIED, Outcome
from knowledge.drafting.review import RejectReason

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""What a submission brings: by block, by action."""

_MOST_INPUTS = 5
_INPUT = 3_000
_FILLED = 2_600
"""Characters put into one input, so that there is room to write."""
_MOST_OPTIONS = 100
_MOST_BLOCKS = 90
_SENTENCE_SHOWN = 600
_ENTERED = "entered"
_REASON, _SENTENCE, _REQUEST = "reason", "sentence", "request"
_REPLY = re.compile(r"reply-(\d+)-([ns]*)")
"""The name of an input: its place, and the line ends (n) and spaces (s) that follow it in the reply."""


def edit(card: DraftCard, place: Place) -> dict[str, Any]:
    """The editor of a reply. Raises `ValueError` where the reply is longer than a form can hold."""
    reply = visible(card.draft.reply)
    if card.draft.status is Outcome.UNVERIFIED:
        reply = reply.removeprefix(UNVERIFIED).strip()
    filled = pieces(reply, _FILLED) or ("",)
    if len(filled) > _MOST_INPUTS:
        raise ValueError("This reply is too long for Slack's editor; ask for a shorter one, then edit that.")
    inputs = [_part_of_reply(number, piece, several=len(filled) > 1) for number, piece in enumerate(filled, 1)]
    note = context(Mrkdwn("What no approved document proves will be marked for the approver."))
    return _form("Edit the reply", EDIT_SUBMITTED, "Save", (*inputs, note), Metadata(card.id, place))


def edited_text(values: Values) -> str:
    """The reply as a person wrote it; empty where they left nothing."""
    found = sorted((int(m[1]), m[2], name) for name in values if (m := _REPLY.fullmatch(name)))
    parts = [(_value(values, name).strip(), after) for _, after, name in found]
    return "".join(part + after.replace("n", "\n").replace("s", " ") for part, after in parts if part).strip()


def reject(card: DraftCard, place: Place) -> dict[str, Any]:
    """The question why a draft is rejected, and which sentence is wrong."""
    reasons = select("Choose a reason", _ENTERED, [Option(label, reason.value) for reason, label in REASONS.items()])
    blocks = [field("Why?", _REASON, reasons)]
    sentences = card.draft.sentences[:_MOST_OPTIONS]
    if sentences:
        options = [Option(f"{number}. {each}", str(number - 1)) for number, each in enumerate(sentences, 1)]
        which = select("Choose a sentence", _ENTERED, options)
        blocks.append(field("Which sentence? (for a factual error)", _SENTENCE, which, optional=True))
        # A choice shows 75 characters, so the sentences stand below in full.
        whole = [
            quoted(say("{}.", str(number)), clip(each, _SENTENCE_SHOWN)) for number, each in enumerate(sentences, 1)
        ]
        blocks += listed("The sentences", whole, small=True)
    if len(sentences) < len(card.draft.sentences):
        first = say("The first {} of {} sentences can be chosen.", str(_MOST_OPTIONS), str(len(card.draft.sentences)))
        blocks.append(context(first))
    return _form("Reject the draft", REJECT_SUBMITTED, "Reject", blocks, Metadata(card.id, place))


def rejection(values: Values) -> tuple[RejectReason, int | None] | dict[str, str]:
    """The reason and the sentence, counted from 0; or what is missing, by the field it is missing in."""
    chosen = _value(values, _REASON)
    if chosen not in set(RejectReason):
        return {_REASON: "Please choose a reason."}
    sentence = _value(values, _SENTENCE)
    number = int(sentence) if sentence.isdecimal() else None
    if chosen != RejectReason.FACTUAL_ERROR:
        return RejectReason(chosen), number
    if number is not None:
        return RejectReason.FACTUAL_ERROR, number
    if _SENTENCE in values:
        return {_SENTENCE: "Please say which sentence is wrong."}
    return {_REASON: "This draft has no factual sentence; please choose another reason."}


def draft_request(place: Place) -> dict[str, Any]:
    """The question for a customer's message."""
    asked = field("The customer's message", _REQUEST, _writing(""), hint="Paste a longer one in the channel instead.")
    return _form("Draft a reply", DRAFT_SUBMITTED, "Draft", [asked], Metadata("", place))


def requested_text(values: Values) -> str:
    """The customer's message as it was entered."""
    return _value(values, _REQUEST).strip()


def older(card: DraftCard) -> dict[str, Any]:
    """All versions to read, this one first. What a modal cannot hold is named, not hidden."""
    replies = [(card.number, card.draft.reply), *((each.number, each.reply) for each in reversed(card.versions))]
    blocks: list[Block] = []
    for number, reply in replies:
        version = [context(say("*Version {}*", str(number))), *unmarked(reply)]
        if len(blocks) + len(version) > _MOST_BLOCKS:
            blocks.append(context(say("Versions {} to 1 are kept, but are too many to show here.", str(number))))
            break
        blocks += version
    return _view("Versions", blocks)


def _part_of_reply(number: int, piece: str, *, several: bool) -> Block:
    words = piece.rstrip("\n ")
    after = piece[len(words) :].replace("\n", "n").replace(" ", "s")
    label = f"Reply, part {number}" if several else "Reply"
    return field(label, f"reply-{number}-{after}", _writing(words), optional=several)


def _writing(words: str) -> dict[str, Any]:
    asked = {"type": "plain_text_input", "action_id": _ENTERED, "multiline": True, "max_length": _INPUT}
    return asked | ({"initial_value": words} if words else {})


def _form(title: str, callback: str, submit: str, blocks: Iterable[Block], metadata: Metadata) -> dict[str, Any]:
    more = {"callback_id": callback, "submit": text(submit), "private_metadata": pack(metadata)}
    return _view(title, blocks, more)


def _view(title: str, blocks: Iterable[Block], more: dict[str, Any] | None = None) -> dict[str, Any]:
    shown = list(blocks)
    view = {"type": "modal", "title": text(title), "close": text("Close"), "blocks": [each.data for each in shown]}
    return gate_view(view | (more or {}), frozenset[str]().union(*(each.live for each in shown)))


def _value(values: Values, block: str) -> str:
    entered = values.get(block, {}).get(_ENTERED, {})
    chosen = entered.get("selected_option") or {}
    return entered.get("value") or chosen.get("value") or ""
