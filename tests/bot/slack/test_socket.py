import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Undelivered
from bot.sandbox.faults import Fault
from bot.sandbox.sandbox import Sandbox
from bot.slack.client import open_client
from bot.slack.socket import SocketDoor, Times

TIMES = Times(ping=0.2, silent=0.8, forget=0.2, rebuild=0.8, give_up=3.0, look=0.05, crowded=0.4)


class Bot:
    """An app behind a socket door, and what it hears."""

    def __init__(self, client: AsyncWebClient, sandbox: Sandbox) -> None:
        self.app = AsyncApp(client=client, signing_secret=sandbox.signing_secret, process_before_response=True)
        self.heard: list[str] = []
        self.connections = asyncio.Semaphore(0)
        self.door: SocketDoor

        @self.app.event("message")
        async def hear(event: dict[str, Any]) -> None:
            self.heard.append(event["text"])

    async def connected(self) -> None:
        self.connections.release()

    @asynccontextmanager
    async def running(
        self,
        sandbox: Sandbox,
        times: Times = TIMES,
        on_connect: Callable[[], Awaitable[None]] | None = None,
        shown: str = "",
    ) -> AsyncIterator[asyncio.Task[None]]:
        self.door = SocketDoor(
            self.app,
            shown or sandbox.app_token,
            sandbox.api_url,
            on_connect=on_connect or self.connected,
            times=times,
        )
        task = asyncio.create_task(self.door.run())
        try:
            yield task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, Undelivered):
                await task


@pytest.fixture
async def bot(client: AsyncWebClient, sandbox: Sandbox) -> Bot:
    return Bot(client, sandbox)


async def again(bot: Bot) -> None:
    """Returns when Slack has greeted us once more."""
    await asyncio.wait_for(bot.connections.acquire(), 15)


async def hears(bot: Bot, sandbox: Sandbox, text: str) -> None:
    await sandbox.person("U0ANA").say("C0INTAKE", text)
    await sandbox.until(lambda: text in bot.heard)
    assert bot.heard.count(text) == 1


async def test_messages_come_through_the_socket(sandbox: Sandbox, bot: Bot) -> None:
    async with bot.running(sandbox):
        await asyncio.wait_for(bot.door.connected(), 10)
        assert bot.door.state.connected
        await hears(bot, sandbox, "hello")


async def test_a_connection_that_is_cut_comes_back_and_we_are_told(sandbox: Sandbox, bot: Bot) -> None:
    async with bot.running(sandbox):
        await again(bot)
        await sandbox.cut()
        await again(bot)
        assert bot.door.state.connected
        await hears(bot, sandbox, "after the cut")


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_a_refresh_loses_nothing(sandbox: Sandbox, bot: Bot, reason: str) -> None:
    async with bot.running(sandbox):
        await again(bot)
        await sandbox.disconnect(reason)
        await hears(bot, sandbox, "in between")
        await again(bot)
        await hears(bot, sandbox, "after the refresh")


async def test_a_socket_that_falls_silent_is_replaced(sandbox: Sandbox, bot: Bot) -> None:
    async with bot.running(sandbox):
        await again(bot)
        sandbox.silence()
        await again(bot)
        await hears(bot, sandbox, "after the silence")


async def test_a_socket_that_never_greets_us_is_replaced(sandbox: Sandbox, bot: Bot) -> None:
    greeting, sandbox.socket_mode._hello = sandbox.socket_mode._hello, lambda: {"type": "nothing"}  # type: ignore[method-assign]
    async with bot.running(sandbox):
        await sandbox.connected()
        assert not bot.door.state.connected
        sandbox.socket_mode._hello = greeting  # type: ignore[method-assign]
        await again(bot)
        await hears(bot, sandbox, "after the greeting")


class Expired(dict[str, float]):
    """Tickets that are all too old."""

    def pop(self, *_: Any) -> float:
        return 0.0


async def test_an_address_that_is_refused_is_not_tried_for_ever(sandbox: Sandbox, bot: Bot) -> None:
    good, sandbox.socket_mode._tickets = sandbox.socket_mode._tickets, Expired()
    async with bot.running(sandbox, TIMES._replace(rebuild=60, give_up=60)):
        # The SDK alone would ask once and then try the same address again and again.
        await sandbox.until(lambda: sandbox.count("apps.connections.open") >= 3)
        sandbox.socket_mode._tickets = good
        await again(bot)
        await hears(bot, sandbox, "with a new address")


async def test_a_closed_session_is_replaced(sandbox: Sandbox, bot: Bot) -> None:
    async with bot.running(sandbox):
        await again(bot)
        line = bot.door._line
        assert line is not None
        await line._client.aiohttp_client_session.close()
        await again(bot)
        await hears(bot, sandbox, "with a new session")


async def test_a_connection_that_hangs_inside_the_sdk_is_built_anew(sandbox: Sandbox, bot: Bot) -> None:
    async with bot.running(sandbox):
        await again(bot)
        stuck = bot.door._line
        assert stuck is not None
        for task in (stuck._client.current_session_monitor, stuck._client.message_receiver):
            assert task is not None
            task.cancel()
        await again(bot)
        assert bot.door._line is not stuck
        await hears(bot, sandbox, "after the hanging")


@pytest.mark.parametrize("code", ["invalid_auth", "not_allowed_token_type", "missing_scope", "account_inactive"])
async def test_an_app_token_that_slack_refuses_ends_it_at_once_with_a_sentence(
    sandbox: Sandbox, bot: Bot, code: str
) -> None:
    sandbox.faults.add("apps.connections.open", Fault.ERROR(code), times=10)
    async with bot.running(sandbox) as task:
        with pytest.raises(Undelivered, match=rf"\({code}\).*SLACK_APP_TOKEN"):
            await asyncio.wait_for(task, 2)
    assert sandbox.count("apps.connections.open") == 1


async def test_a_wrong_app_token_is_not_repeated_in_the_sentence(sandbox: Sandbox, bot: Bot) -> None:
    async with bot.running(sandbox, shown="xapp-not-this-one") as task:
        with pytest.raises(Undelivered, match="app token") as caught:
            await asyncio.wait_for(task, 2)
    assert "not-this-one" not in str(caught.value)


async def test_slacks_own_trouble_is_waited_out(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.faults.add("apps.connections.open", Fault.HTTP(500))
    async with bot.running(sandbox):
        await again(bot)
        await hears(bot, sandbox, "after the trouble")


async def test_the_time_slack_asks_for_is_kept_even_when_all_is_built_anew(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.faults.add("apps.connections.open", Fault.RATE_LIMITED(2))
    async with bot.running(sandbox):
        await again(bot)
    first, second = [call for call in sandbox.calls if call.method == "apps.connections.open"]
    assert second.at - first.at >= 2


async def test_socket_mode_that_is_switched_off_ends_it_with_a_sentence(sandbox: Sandbox, bot: Bot) -> None:
    async with bot.running(sandbox) as task:
        await again(bot)
        await sandbox.disconnect("link_disabled")
        with pytest.raises(Undelivered, match="switch it on"):
            await asyncio.wait_for(task, 5)


async def test_too_many_connections_make_us_wait(sandbox: Sandbox, bot: Bot) -> None:
    async with bot.running(sandbox):
        await again(bot)
        await sandbox.disconnect("too_many_websockets")
        await again(bot)
    first, second = [call for call in sandbox.calls if call.method == "apps.connections.open"][:2]
    assert second.at - first.at >= TIMES.crowded


async def test_a_connection_that_does_not_come_back_ends_the_process(client: AsyncWebClient) -> None:
    async with Sandbox() as sandbox:
        bot = Bot(client, sandbox)
        async with bot.running(sandbox, TIMES._replace(give_up=1.0)) as task:
            await again(bot)
            sandbox.faults.add("apps.connections.open", Fault.HTTP(503), times=100)
            await sandbox.cut()
            with pytest.raises(Undelivered, match="does not come back"):
                await asyncio.wait_for(task, 10)


async def test_catching_up_that_fails_does_not_end_the_connection(
    sandbox: Sandbox, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails() -> None:
        bot.connections.release()
        raise RuntimeError("the customer's words")

    async with bot.running(sandbox, on_connect=fails):
        await again(bot)
        await hears(bot, sandbox, "hello")
    assert "catch_up_failed" in caplog.text
    assert "the customer's words" not in caplog.text


async def test_two_processes_hear_each_message_once(sandbox: Sandbox) -> None:
    async with (
        open_client(sandbox.bot_token, sandbox.api_url) as one,
        open_client(sandbox.bot_token, sandbox.api_url) as two,
    ):
        first, second = Bot(one, sandbox), Bot(two, sandbox)
        async with first.running(sandbox), second.running(sandbox):
            await again(first)
            await again(second)
            for number in range(6):
                await sandbox.person("U0ANA").say("C0INTAKE", str(number))
            await sandbox.until(lambda: len(first.heard) + len(second.heard) >= 6)
            await sandbox.settled()
    assert sorted(first.heard + second.heard) == [str(number) for number in range(6)]


async def test_it_ends_cleanly_in_the_middle_of_connecting(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.faults.add("apps.connections.open", Fault.SLOW(0.5))
    async with bot.running(sandbox) as task:
        await sandbox.until(lambda: not task.done())
    assert task.cancelled()
