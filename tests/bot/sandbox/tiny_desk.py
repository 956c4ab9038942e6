"""A tiny bot of real Bolt: a mention becomes a card, a click on it opens a form, the form is taken over."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox

CARD: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "A draft"}},
    {
        "type": "actions",
        "block_id": "decide",
        "elements": [
            {"type": "button", "action_id": "edit", "value": "7", "text": {"type": "plain_text", "text": "Edit"}},
        ],
    },
]
FORM = {
    "type": "modal",
    "callback_id": "edited",
    "title": {"type": "plain_text", "text": "Edit the draft"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "reply",
            "label": {"type": "plain_text", "text": "Reply"},
            "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "Hello"},
        }
    ],
}


def bolt_app(sandbox: Sandbox) -> AsyncApp:
    """The bot, not connected yet."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
    app = AsyncApp(client=client, signing_secret=sandbox.signing_secret, process_before_response=True)

    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], client: AsyncWebClient) -> None:
        posted = await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="One moment")
        await client.chat_update(channel=event["channel"], ts=posted["ts"], text="A draft", blocks=CARD)

    @app.event("message")
    async def said() -> None:
        pass

    @app.event("reaction_added")
    async def reacted(event: dict[str, Any], client: AsyncWebClient) -> None:
        item = event["item"]
        text = f"{event['reaction']} seen"
        await client.chat_postEphemeral(channel=item["channel"], user=event["user"], text=text, thread_ts=item["ts"])

    @app.action("edit")
    async def edit(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("edited")
    async def edited(ack: Any, view: dict[str, Any]) -> None:
        text = view["state"]["values"]["reply"]["text"]["value"]
        if text == "Hello":
            await ack(response_action="errors", errors={"reply": "Nothing was changed."})
        else:
            await ack()

    @app.command("/kb")
    async def ask(ack: Any, command: dict[str, Any], respond: Any) -> None:
        await ack(f"Looking up {command['text']}")
        await respond(text="Within 14 days")

    @app.shortcut("draft_reply")
    async def draft(ack: Any, shortcut: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.chat_postMessage(
            channel=shortcut["channel"]["id"], thread_ts=shortcut["message_ts"], text="A draft"
        )

    return app


@asynccontextmanager
async def by_socket(sandbox: Sandbox) -> AsyncIterator[AsyncApp]:
    """The bot, connected by Socket Mode."""
    app = bolt_app(sandbox)
    handler = AsyncSocketModeHandler(app, sandbox.app_token, ping_interval=1)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        await sandbox.connected()
        yield app
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def by_http(sandbox: Sandbox) -> AsyncIterator[AsyncApp]:
    """The bot, behind a Request URL."""
    bolt = bolt_app(sandbox)

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    application = web.Application()
    application.router.add_post("/slack/events", events)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        yield bolt
    finally:
        await runner.cleanup()
