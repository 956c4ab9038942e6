"""An office for tests: the sample desk's bot, over real HTTP and WebSocket, in a local workspace."""

import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import SlackBot
from bot.sandbox.person import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from bot.serve import serving
from bot.settings import Settings

INTAKE = "C0INTAKE"
Message = dict[str, Any]


@dataclass
class Office:
    """The workspace, the bot in it, and the people."""

    sandbox: Sandbox
    bot: SlackBot
    settings: Settings

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
        return ts, await self.card(ts, lambda text: '"redraft"' in text, channel=channel)

    async def card(self, ts: str, when: Callable[[str], bool], *, channel: str = INTAKE) -> Message:
        """The one card in a thread, as soon as what it says is so."""
        await self.sandbox.until(lambda: bool(self.cards(ts, channel)) and when(said(self.cards(ts, channel)[0])))
        return self.cards(ts, channel)[0]

    def cards(self, ts: str, channel: str = INTAKE) -> list[Message]:
        """The bot's messages in a thread, those seen by all."""
        thread = self.ana.thread(channel, ts)
        return [each for each in thread if each.get("bot_id") and not each.get("ephemeral")]

    async def told(self, person: Person, part: str, *, channel: str = INTAKE, thread: str | None = None) -> Message:
        """What the bot said to one person alone, once it holds some words."""
        def found() -> list[Message]:
            return [each for each in person.ephemerals(channel, thread) if part in said(each)]

        await self.sandbox.until(lambda: bool(found()))
        return found()[-1]


def said(message: Message) -> str:
    """Everything a message says, its blocks included, as one text."""
    return json.dumps([message.get("text", ""), message.get("blocks", [])], ensure_ascii=False)


@asynccontextmanager
async def open_office(
    sample: Settings, folder: Path, *, world: World | None = None, http: bool = False, grace: float = 2.0
) -> AsyncIterator[Office]:
    """A copy of the sample desk, its index made, with the bot's door open."""
    shutil.copytree(sample.desk, folder, dirs_exist_ok=True)
    async with Sandbox(world or World.sample()) as sandbox:
        settings = settings_for(sandbox, folder)
        async with serving(settings, http=http, grace=grace) as (bot, _):
            yield Office(sandbox, bot, settings)


def settings_for(sandbox: Sandbox, folder: Path, **more: Any) -> Settings:
    """The settings with which a bot finds the local workspace."""
    return Settings(
        desk=folder,
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_signing_secret=SecretStr(sandbox.signing_secret),
        slack_api_url=sandbox.api_url,
        **more,
    )
