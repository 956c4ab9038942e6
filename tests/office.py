"""An office for tests: the sample desk's bot, over real HTTP and WebSocket, in a local workspace."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlmodel import select

from bot.app import SlackBot
from bot.intents import Place
from bot.sandbox.person import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from bot.serve import serving
from bot.settings import Settings
from bot.slack.throttle import SLACKS_RATES, Rate, Throttle
from storage.drafts import StoredDraft
from storage.inbox import InboxState
from storage.reviews import StoredReview
from storage.tables import InboxRow

INTAKE = "C0INTAKE"
Message = dict[str, Any]
_READY = '"redraft"'
"""Only the card of a draft has this menu."""


class Clock:
    """The time of day, which a test may put forward."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def forward(self, *, minutes: float) -> None:
        self._ahead += timedelta(minutes=minutes)


@dataclass
class Office:
    """The workspace, the bot in it, and the people."""

    sandbox: Sandbox
    bot: SlackBot
    settings: Settings
    clock: Clock

    @property
    def ana(self) -> Person:
        return self.sandbox.person("U0ANA")

    @property
    def ben(self) -> Person:
        return self.sandbox.person("U0BEN")

    @property
    def sam(self) -> Person:
        return self.sandbox.person("U0SAM")

    @property
    def mara(self) -> Person:
        return self.sandbox.person("U0MARA")

    @property
    def oli(self) -> Person:
        return self.sandbox.person("U0OLI")

    async def paste(self, text: str, *, channel: str = INTAKE) -> tuple[str, Message]:
        """Ana pastes a customer's message; gives back its ts and the filled card."""
        ts = await self.ana.say(channel, text)
        return ts, await self.card(ts, lambda text: _READY in text, channel=channel)

    async def card(self, ts: str, when: Callable[[str], bool], *, channel: str = INTAKE) -> Message:
        """The one card in a thread, as soon as what it says is so."""
        await self.sandbox.until(lambda: bool(self.cards(ts, channel)) and when(said(self.cards(ts, channel)[0])))
        return self.cards(ts, channel)[0]

    async def shows(self, ts: str, *parts: str, channel: str = INTAKE) -> Message:
        """The one card in a thread, as soon as it says all of this."""
        return await self.card(ts, lambda text: all(part in text for part in parts), channel=channel)

    def cards(self, ts: str, channel: str = INTAKE) -> list[Message]:
        """The bot's messages in a thread, those seen by all."""
        thread = self.ana.thread(channel, ts)
        return [each for each in thread if each.get("bot_id") and not each.get("ephemeral")]

    def posted(self, channel: str = INTAKE) -> list[Message]:
        """The bot's messages in a channel itself, those seen by all."""
        said_there = self.sandbox.workspace.messages.in_channel(channel)
        return [{"ts": each.ts, "text": each.text, "blocks": each.blocks} for each in said_there if each.by_app]

    async def told(
        self,
        person: Person,
        part: str,
        *,
        channel: str = INTAKE,
        thread: str | None = None,
        since: str = "",
    ) -> Message:
        """What the bot said to one person alone, once it holds some words: in a thread, or in the channel since."""
        where = "" if since else thread

        def found() -> list[Message]:
            heard = person.ephemerals(channel, where)
            return [each for each in heard if part in said(each) and each["ts"] > since]

        await self.sandbox.until(lambda: bool(found()))
        return found()[-1]

    async def draft(self, card: Message, *, channel: str = INTAKE) -> StoredDraft:
        """The newest draft on a card."""
        found = await self.bot.services.parts.records.at(Place(channel=channel, message=card["ts"]))
        assert found
        return found.draft

    async def decisions(self, card: Message, *, channel: str = INTAKE) -> list[StoredReview]:
        """The decisions on the newest draft of a card."""
        return await self.bot.services.parts.records.reviews((await self.draft(card, channel=channel)).id)

    async def kept(self) -> list[InboxRow]:
        """Everything that was taken in."""
        async with self.bot.services.parts.database.reading() as tx:
            return list(await tx.exec(select(InboxRow)))

    async def idle(self) -> None:
        """Returns once everything that was delivered is dealt with, so that what did not happen will not happen."""
        await self.sandbox.settled()
        async with asyncio.timeout(15):
            while any(row.state == InboxState.NEW for row in await self.kept()):  # noqa: ASYNC110 - The database tells nobody.
                await asyncio.sleep(0.02)


def said(message: Message) -> str:
    """Everything a message says, its blocks included, as one text."""
    return json.dumps([message.get("text", ""), message.get("blocks", [])], ensure_ascii=False)


def button(message: Message, action: str) -> dict[str, Any] | None:
    """A button or menu of a message, or none."""
    elements = [element for block in message["blocks"] for element in block.get("elements", ())]
    return next((each for each in elements if each.get("action_id") == action), None)


@asynccontextmanager
async def open_office(  # noqa: PLR0913 - What a test may want otherwise.
    sample: Settings,
    folder: Path,
    *,
    world: World | None = None,
    http: bool = False,
    grace: float = 2.0,
    hurried: bool = True,
    prepare: Callable[[Path], None] = lambda _: None,
    **more: Any,
) -> AsyncIterator[Office]:
    """A copy of the sample desk, its index made, with the bot's door open.

    `hurried` spares a test the waiting for Slack's rate limits, which the local workspace does not have; `prepare`
    changes the copy first; `more` are settings.
    """
    shutil.copytree(sample.desk, folder, dirs_exist_ok=True)
    prepare(folder)
    async with Sandbox(world or World.sample()) as sandbox:
        settings = settings_for(sandbox, folder, **more)
        clock = Clock()
        async with serving(settings, http=http, grace=grace, now=clock) as (bot, _):
            if hurried:
                _hurry(bot.throttle)
            if http:
                sandbox.deliver_to(f"http://{settings.host}:{settings.port}/slack/events")
            yield Office(sandbox, bot, settings, clock)


def settings_for(sandbox: Sandbox, folder: Path, **more: Any) -> Settings:
    """The settings with which a bot finds the local workspace."""
    return Settings(
        desk=folder,
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_signing_secret=SecretStr(sandbox.signing_secret),
        slack_api_url=sandbox.api_url,
        **{
            "helpdesk_tokens": {"zendesk": SecretStr(sandbox.helpdesk_token)},
            "helpdesk_apis": {"zendesk": sandbox.helpdesk_url},
            **more,
        },
    )


def _hurry(throttle: Throttle) -> None:
    throttle._rates = dict.fromkeys([*SLACKS_RATES, "usergroups.users.list"], Rate(60_000, 1_000))
