"""Slash commands: /draft, /kb, /docs and /desk. Each answers at once, to the person alone."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.cards import card, modals
from bot.cards.mrkdwn import inert
from bot.cards.rendering import Rendering
from bot.catalogue import document_line, texts_of
from bot.content import DocumentsListed, ErrorLine, ErrorsListed, Found
from bot.errors import UsageError, explain
from bot.gaps import gap_list
from bot.intents import Delivery, OpenTicket, Place, Turn
from bot.listeners.answers import answer, open_window
from bot.listeners.services import Services
from knowledge.drafting.review import Role

_Find = Callable[[str, dict[str, Any]], Awaitable[Rendering]]
_LONGEST_QUESTION = 1_500
_NONE = "There is none. Try “/docs list”, “stale”, “waiting”, or a word of a title or an owner's name."
_LISTED = 20
_MONTH = 30
_AT_ONCE = 1.5
"""Seconds; Slack waits for three."""


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the commands."""
    commands = Commands(services)
    app.command("/draft")(commands.draft)
    app.command("/kb")(commands.kb)
    app.command("/desk")(commands.desk)
    app.command("/docs")(commands.docs)


class Commands:
    """The four commands."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def draft(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Draft from the text after the command, or open a window for a long one."""
        place = Place(channel=body["channel_id"])
        text = str(body.get("text") or "").strip()
        if not text:
            view = modals.draft_request(place)
            await open_window(self._services, body, view, place)
            await ack()
            return
        intent = OpenTicket(place=place, person=body["user_id"], text=text)
        await self._services.reception.accept(Delivery(key=f"command:{body['trigger_id']}", intent=intent))
        await ack("Drafting a reply. The card appears in this channel in a moment.")

    async def kb(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Look something up; the answer is private until it is shared."""
        question = str(body.get("text") or "").strip()
        if not question:
            await ack("Ask a question: `/kb how long is the refund window`")
        elif len(question) > _LONGEST_QUESTION:
            await ack(
                f"A question has at most {_LONGEST_QUESTION:,} characters. For a customer's message use `/draft`."
            )
        else:
            await self._when_known(self._answer, ack, body)

    async def desk(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Help, status, figures, and the switch."""
        status = self._services.status
        match str(body.get("text") or "").strip().lower():
            case "status":
                await ack(inert(await status.now()))
            case "stats":
                await self._when_known(self._figures, ack, body, even_off=True)
            case "on" | "off" as wanted:
                intent = Turn(place=Place(channel=body["channel_id"]), person=body["user_id"], on=wanted == "on")
                await self._services.reception.accept(Delivery(key=f"command:{body['trigger_id']}", intent=intent))
                await ack(f"Switching {wanted} …")
            case word:
                shown = card.help_text(word if word != "help" else "")
                await ack(text=shown.text, blocks=shown.parts[0])

    async def docs(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The approved documents: all, those that end, or those that somebody's words name."""
        await self._when_known(self._documents, ack, body)

    async def _when_known(self, find: _Find, ack: AsyncAck, body: dict[str, Any], *, even_off: bool = False) -> None:
        """One answer where it comes at once; a slow one comes later, after a word that it does."""
        looking = asyncio.create_task(self._told(find, body, even_off=even_off))
        await asyncio.wait({looking}, timeout=_AT_ONCE)
        said = 0
        if looking.done():
            await ack(**looking.result()[0])
            said = 1
        else:
            await ack("Looking it up. The answer comes in a moment.")

        async def rest() -> None:
            for message in (await looking)[said:]:
                await answer(self._services, body, **message)

        self._services.errands.run(rest())

    async def _told(self, find: _Find, body: dict[str, Any], *, even_off: bool) -> list[dict[str, Any]]:
        """The answer, as one message or more."""
        try:
            if refusal := await self._services.status.refusal(body["user_id"], even_off=even_off):
                return [{"text": refusal}]
            shown = await find(str(body.get("text") or "").strip(), body)
        except Exception as error:  # noqa: BLE001 - Never silent: the person gets a sentence.
            return [{"text": explain(error)[0]}]
        return [{"text": shown.text, "blocks": blocks} for blocks in shown.parts]

    async def _figures(self, _: str, __: dict[str, Any]) -> Rendering:
        return card.announcement(await self._services.status.figures())

    async def _answer(self, question: str, body: dict[str, Any]) -> Rendering:
        desk = self._services.parts.desk
        return card.found(Found(question=question, draft=await desk.look_up(question, await self._audience(body))))

    async def _documents(self, words: str, body: dict[str, Any]) -> Rendering:
        parts = self._services.parts
        today, catalogue = parts.now().date(), parts.desk.library.catalogue
        if words.lower() == "gaps":
            seen = await parts.gaps.shown_in(body["channel_id"], _MONTH, parts.people.channel)
            return card.announcement(gap_list(seen, _MONTH))
        if words.lower() == "errors":
            return await self._errors(body)
        waiting = ""
        match words.lower():
            case "stale":
                heading, found = "Ended, or ending within 30 days", await catalogue.stale(30)
            case "waiting":
                heading, found = "Wait for approval", await catalogue.waiting()
                waiting = texts_of(found) if found else ""
            case "" | "list":
                heading, found = "Documents", await catalogue.search("")
            case _:
                heading, found = f"Documents with “{words[:60]}”", await catalogue.search(words)
        if any(each.current.audience for each in found) and not await self._is_owner(body):
            audience = {"", *await self._audience(body)}
            found = [each for each in found if each.current.audience in audience]
        lines = tuple(document_line(each, today) for each in found[:_LISTED])
        return card.announcement(
            DocumentsListed(
                heading=heading,
                lines=lines,
                more=len(found) - len(lines),
                next_step="" if found else _NONE,
                to_approve=waiting,
                to_show=tuple(document_line(each, today) for each in found) if waiting else (),
            )
        )

    async def _errors(self, body: dict[str, Any]) -> Rendering:
        """What is reported as wrong. It tells of drafts that not everybody may read, so owners alone see it."""
        if not await self._is_owner(body):
            raise UsageError("Only document owners see what is reported as wrong; desk.yaml names them under roles.")
        parts = self._services.parts
        found = await parts.records.errors()
        lines = tuple(
            ErrorLine(error=error, sentence=sentence, open_for=(parts.now() - error.reported_at).total_seconds())
            for error, sentence in found[:_LISTED]
        )
        return card.announcement(ErrorsListed(lines=lines, more=len(found) - len(lines)))

    async def _audience(self, body: dict[str, Any]) -> frozenset[str]:
        """Whose documents a person may see here, in private."""
        parts = self._services.parts
        return parts.team().audiences_of(body["channel_id"]) | await parts.people.audiences(body["user_id"])

    async def _is_owner(self, body: dict[str, Any]) -> bool:
        return Role.OWNER in (await self._services.parts.people.owner(body["user_id"])).roles
