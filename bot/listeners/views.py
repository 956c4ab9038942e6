"""Windows that were sent off: an edited reply, a reason, a customer's message."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.cards import metadata, modals
from bot.cards.actions import DRAFT_SUBMITTED, EDIT_SUBMITTED, REJECT_SUBMITTED
from bot.intents import Delivery, Edited, OpenTicket, Rejected
from bot.listeners.services import Services


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the three windows."""
    views = Views(services)
    app.view(EDIT_SUBMITTED)(views.edited)
    app.view(REJECT_SUBMITTED)(views.rejected)
    app.view(DRAFT_SUBMITTED)(views.requested)


class Views:
    """What a submitted window does. A mistake is told beside its field, and the window stays."""

    def __init__(self, services: Services) -> None:
        self._reception = services.reception

    async def edited(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """A reply that a person rewrote."""
        about = metadata.unpack(view["private_metadata"])
        intent = Edited(
            place=about.place,
            person=body["user"]["id"],
            draft=about.draft,
            text=modals.edited_text(view["state"]["values"]),
        )
        await self._reception.accept(Delivery(key=f"view:{view['id']}", intent=intent))
        await ack()

    async def rejected(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Why a draft is rejected."""
        about, read = metadata.unpack(view["private_metadata"]), modals.rejection(view["state"]["values"])
        if isinstance(read, dict):
            await ack(response_action="errors", errors=read)
            return
        reason, sentence = read
        intent = Rejected(
            place=about.place, person=body["user"]["id"], draft=about.draft, reason=reason, sentence=sentence
        )
        await self._reception.accept(Delivery(key=f"view:{view['id']}", intent=intent))
        await ack()

    async def requested(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """A customer's message to draft a reply to."""
        about = metadata.unpack(view["private_metadata"])
        intent = OpenTicket(
            place=about.place, person=body["user"]["id"], text=modals.requested_text(view["state"]["values"])
        )
        await self._reception.accept(Delivery(key=f"view:{view['id']}", intent=intent))
        await ack()
