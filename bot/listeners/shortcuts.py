"""The message shortcut "Draft a reply"."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.content import Notice
from bot.intents import Delivery, OpenTicket, Place
from bot.listeners.messages import files_of
from bot.listeners.plain_text import plain_text
from bot.listeners.services import Services

_OURS = Notice(text="This message is mine. Use the shortcut on the customer's message.")


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the shortcut."""

    async def draft_reply(ack: AsyncAck, body: dict[str, Any]) -> None:
        message, channel = body.get("message") or {}, (body.get("channel") or {}).get("id", "")
        ts = message.get("ts", "")
        place = Place(channel=channel, thread=message.get("thread_ts") or ts, message=ts)
        if message.get("user") == services.bot_user:
            services.errands.run(services.parts.messenger.whisper(place, body["user"]["id"], _OURS))
            await ack()
            return
        text = plain_text(message.get("text") or "", bot=services.bot_user)
        intent = OpenTicket(place=place, person=body["user"]["id"], text=text, files=files_of(message))
        await services.reception.accept(Delivery(key=f"shortcut:{body.get('trigger_id', '')}", intent=intent))
        await ack()

    app.shortcut("draft_reply")(draft_reply)
