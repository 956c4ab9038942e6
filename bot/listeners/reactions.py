"""Reactions: hints that somebody decided. Which ones count, and what is so now, the desk finds out."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.intents import Delivery, Place, Reacted
from bot.listeners.services import Services


def register(app: AsyncApp, services: Services) -> None:
    """Listen to reactions that come and go."""

    async def reacted(event: dict[str, Any], body: dict[str, Any]) -> None:
        item, emoji = event.get("item") or {}, str(event.get("reaction", ""))
        if item.get("type") != "message" or services.parts.team().meaning(emoji) is None:
            return
        if event.get("user") in (None, services.bot_user):
            return
        place = Place(channel=item.get("channel", ""), message=item.get("ts", ""))
        event_id = body.get("event_id", "")
        intent = Reacted(place=place, person=event["user"], emoji=emoji, at=str(event.get("event_ts", "0")))
        await services.reception.accept(Delivery(key=f"reaction:{event_id}", event_id=event_id, intent=intent))

    app.event("reaction_added")(reacted)
    app.event("reaction_removed")(reacted)
