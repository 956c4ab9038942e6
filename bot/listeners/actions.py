"""Buttons and menus of cards and notices. A button's value names the draft, and so the version, it belongs to."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.cards import modals
from bot.cards.actions import Action
from bot.content import DraftCard, Notice
from bot.intents import (
    Delivery,
    DocumentAsked,
    DocumentDecided,
    ErrorAnswered,
    Intent,
    MissedKind,
    Place,
    Pressed,
    Redraft,
    Retry,
    Share,
    WaitingApproved,
    WarningJudged,
)
from bot.listeners.answers import dismiss, open_window
from bot.listeners.services import Services
from knowledge.documents.decision import DocumentVerdict
from knowledge.drafting.scorecard import WarningVerdict

_PRESSED = {Action.APPROVE, Action.ESCALATE, Action.UNDO, Action.ASK_OWNER, Action.PROPOSE, Action.MAKE_CASE}
_JUDGES = {
    Action.WARNING_RIGHT: WarningVerdict.CONFIRMED,
    Action.WARNING_NOT_NEEDED: WarningVerdict.DISMISSED,
    Action.WARNING_TAKE_BACK: WarningVerdict.OPEN,
}
_ANSWERED = {Action.DISMISS, Action.SAY_WHY, Action.POST_AGAIN, Action.SHARE, Action.MISSED_KIND}
"""What closes the private notice it stands on."""
_OPENS = {Action.EDIT, Action.ANSWER_MYSELF, Action.REJECT, Action.SAY_WHY, Action.SHOW_VERSIONS}
_GONE = "This draft is not known here any more; ask for a new one."
_TOO_LONG = (
    "This draft is too long for the editor. Copy it, shorten it, and add what is yours with `add: …` in the thread."
)
_NO_ROLE = "You have no role at this desk. Ask a lead to add you to the agents in desk.yaml."


def register(app: AsyncApp, services: Services) -> None:
    """Listen to all buttons and menus."""
    app.action(re.compile(".*"))(Actions(services).pressed)


class Actions:
    """What pressing something does."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def pressed(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Commit what is to be done, or open a window."""
        name, person, place = action.get("action_id", ""), body["user"]["id"], place_of(body)
        if name in _OPENS:
            await self._open(name, action.get("value") or "", body, person, place)
        elif intent := read(name, action, person, place, asked=_asked(body, action)):
            await self._services.reception.accept(Delivery(key=_key(name, body, place), intent=intent))
        if name in _ANSWERED and place.channel:
            self._services.errands.run(dismiss(self._services, body))
        await ack()

    async def _open(self, name: str, draft_id: str, body: dict[str, Any], person: str, place: Place) -> None:
        """A window must be opened within three seconds, so this does no more than look up what to show in it."""
        shown = await self._services.parts.board.of_draft(draft_id)
        if shown is None or shown.id != draft_id:
            text = f"This version was replaced; version {shown.number} is the present one." if shown else _GONE
            await self._services.parts.messenger.whisper(place, person, Notice(text=text))
            return
        if not await self._services.parts.people.may_try(person):
            await self._services.parts.messenger.whisper(place, person, Notice(text=_NO_ROLE))
            return
        try:
            view = _window(name, shown, place)
        except ValueError:
            await self._services.parts.messenger.whisper(place, person, Notice(text=_TOO_LONG))
            return
        await open_window(self._services, body, view, place)


def read(name: str, action: Mapping[str, Any], person: str, place: Place, *, asked: bool = True) -> Intent | None:
    """What a button or menu asks for, or None where it only opens or closes something."""
    value = str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
    if name in _PRESSED:
        pressed = {"place": place, "person": person, "action": name, "draft": value, "asked": asked}
        return Pressed.model_validate(pressed)
    match name:
        case Action.REDRAFT:
            wish, _, draft = value.partition(":")
            return Redraft.model_validate({"place": place, "person": person, "draft": draft, "wish": wish})
        case Action.USE_OPTION:
            return Redraft(place=place, person=person, draft=value, wish="shorter")
        case Action.WARNING_RIGHT | Action.WARNING_NOT_NEEDED | Action.WARNING_TAKE_BACK:
            draft, warning, seen = value.rsplit(":", 2)
            judged = {"draft": draft, "warning": warning, "verdict": _JUDGES[Action(name)], "seen": seen}
            return WarningJudged.model_validate({"place": place, "person": person, **judged})
        case Action.MISSED_KIND:
            draft, _, category = value.partition(":")
            return MissedKind(place=place, person=person, draft=draft, category=category)
        case Action.RETRY | Action.POST_AGAIN:
            return Retry(place=place, person=person, card=value)
        case Action.SHARE:
            return Share(place=place, person=person, question=value)
        case _:
            return _of_owners(name, value, person, place)


_VERDICTS: Mapping[str, DocumentVerdict] = {
    Action.APPROVE_DOCUMENT: DocumentVerdict.APPROVED,
    Action.WITHDRAW_DOCUMENT: DocumentVerdict.WITHDRAWN,
    Action.REFUSE_DOCUMENT: DocumentVerdict.REFUSED,
}


def _of_owners(name: str, value: str, person: str, place: Place) -> Intent | None:
    """What a document owner's button asks for."""
    match name:
        case Action.SHOW_DOCUMENT:
            return DocumentAsked(place=place, person=person, document=value)
        case Action.APPROVE_WAITING:
            return WaitingApproved(place=place, person=person, texts=value)
        case Action.APPROVE_DOCUMENT | Action.WITHDRAW_DOCUMENT | Action.REFUSE_DOCUMENT:
            document, _, text = value.rpartition("@")
            verdict = _VERDICTS[name]
            return DocumentDecided(place=place, person=person, document=document, text=text, verdict=verdict)
        case Action.WITHDRAW_REPORTED:
            return ErrorAnswered(place=place, person=person, error=value, answer="withdraw")
        case Action.NOT_AN_ERROR:
            return ErrorAnswered(place=place, person=person, error=value, answer="right")
        case _:
            return None


def place_of(body: Mapping[str, Any]) -> Place:
    """Where a button is."""
    container = body.get("container") or {}
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id") or ""
    message = container.get("message_ts") or ""
    thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts") or ""
    return Place(channel=channel, thread=thread, message=message)


def _asked(body: Mapping[str, Any], action: Mapping[str, Any]) -> bool:
    """Whether the button, as the person saw it, asked them to confirm; the card may have changed since."""
    blocks = (body.get("message") or {}).get("blocks") or ()
    there = [each for block in blocks for each in block.get("elements") or () if isinstance(each, dict)]
    seen = [each for each in there if each.get("action_id") == action.get("action_id")]
    return "confirm" in action or any("confirm" in each for each in seen)


def _key(name: str, body: Mapping[str, Any], place: Place) -> str:
    """A click is one delivery. A private answer is shared once, however often its button is clicked before it goes."""
    click = f"{place.channel}:{place.message}" if name == Action.SHARE else body.get("trigger_id", "")
    return f"press:{click}:{name}"


def _window(name: str, shown: DraftCard, place: Place) -> dict[str, Any]:
    if name == Action.SHOW_VERSIONS:
        return modals.older(shown)
    if name in (Action.REJECT, Action.SAY_WHY):
        return modals.reject(shown, place)
    return modals.edit(shown, place)
