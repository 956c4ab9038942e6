"""Helpdesks: the desk's own ones, as desk.yaml says now. A link names a ticket and decides nothing else."""

import base64
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Protocol, cast

from pydantic import SecretStr

from bot.errors import HelpdeskError
from bot.helpdesks.conversation import Conversation
from bot.helpdesks.door import Access, Door, open_door
from bot.helpdesks.links import Links, find_links
from bot.helpdesks.payload import Payload
from bot.tokens import Tokens, key, token_variable
from knowledge.drafting.ticket import Ticket, TicketRef
from knowledge.helpdesks import Helpdesk


class Client(Protocol):
    """A module of this room, named after the kind it reads."""

    async def read(self, door: Door, ticket_id: str) -> Conversation:
        """The ticket with all that was said on it, oldest first."""
        ...


class Helpdesks:
    """Finds links to tickets and reads the tickets."""

    def __init__(
        self,
        settings: Callable[[], Mapping[str, Helpdesk]],
        tokens: Mapping[str, SecretStr],
        apis: Mapping[str, str] | None = None,
        *,
        pause: float = 0.5,
    ) -> None:
        """`tokens` and `apis` are by the names of desk.yaml, with _ for -.

        `apis` are addresses that the environment gives instead; they may be this machine's own. `pause` is how many
        seconds a second try waits.
        """
        self._settings = settings
        self._tokens = Tokens(tokens)
        self._apis = apis or {}
        self._pause = pause

    def find(self, text: str) -> Links:
        """The links to tickets in a text."""
        return find_links(text, self._settings())

    async def read(self, ref: TicketRef) -> Ticket:
        """The ticket as it is now. Raises `HelpdeskError` with a sentence for people."""
        helpdesk = self._known(ref.helpdesk)
        if not re.fullmatch(helpdesk.product.id, ref.id, re.ASCII):
            raise HelpdeskError(f"This is no id of a ticket in {helpdesk.product.name}; post the ticket's link.")
        client = cast("Client", import_module(f"bot.helpdesks.{helpdesk.kind}"))
        async with open_door(self._access(ref.helpdesk, helpdesk)) as door:
            conversation = await client.read(door, ref.id)
        return conversation.ticket(ref, helpdesk.facts)

    async def check(self, name: str) -> None:
        """Whether a helpdesk takes its token. Raises `HelpdeskError` where it does not."""
        helpdesk = self._known(name)
        async with open_door(self._access(name, helpdesk)) as door:
            await door.get(Payload, helpdesk.product.check)

    def has_token(self, name: str) -> bool:
        """Whether the environment holds a token for a helpdesk."""
        return name in self._tokens

    def _known(self, name: str) -> Helpdesk:
        found = self._settings().get(name)
        if found is None:
            raise HelpdeskError(f"The helpdesk {name} is not in desk.yaml any more; add it there again.")
        return found

    def _access(self, name: str, helpdesk: Helpdesk) -> Access:
        product = helpdesk.product
        token = self._token(name)
        if "{user}" not in product.basic or helpdesk.user:
            pair = product.basic.format(user=helpdesk.user, token=token)
            headers = {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
        else:
            headers = {product.header[0]: product.header[1].format(token=token)}
        api = self._apis.get(key(name))
        return Access(
            name=product.name,
            api=api.rstrip("/") if api else helpdesk.api_address,
            headers={**headers, **product.headers},
            fields=tuple(helpdesk.facts),
            private=helpdesk.private or bool(api),
            pause=self._pause,
        )

    def _token(self, name: str) -> str:
        try:
            token = self._tokens.read(name)
        except OSError as error:
            raise HelpdeskError(
                f"The file that {token_variable(name)} names cannot be read ({error.strerror})."
            ) from error
        if not token:
            raise HelpdeskError(
                f"There is no token for {name}: set {token_variable(name)} in the environment and restart."
            )
        return token
