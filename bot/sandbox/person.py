"""Person: somebody in the workspace, who does what one can do with a mouse and a keyboard."""

import copy
import uuid
from typing import Any

from bot.sandbox import elements
from bot.sandbox.composer import rich_text, typed
from bot.sandbox.interactions import Interactions, Submitted
from bot.sandbox.messages import Message
from bot.sandbox.methods.reactions import EMOJI
from bot.sandbox.modals import Modal
from bot.sandbox.onlooker import CannotDo, Onlooker
from bot.sandbox.stream import Stream
from bot.sandbox.workspace import Change, Workspace
from bot.sandbox.world import Json


class Person(Onlooker):
    """One person, acting."""

    def __init__(self, user: str, workspace: Workspace, interactions: Interactions, stream: Stream) -> None:
        super().__init__(user, workspace, stream)
        self._interactions = interactions

    async def say(self, channel: str, text: str, thread_ts: str | None = None, *, broadcast: bool = False) -> str:
        """Write a message or, with a thread's time stamp, a reply. Returns its time stamp."""
        self._writable(channel)
        message = self._typed(Message(channel, self.id, ""), text)
        if thread_ts:
            parent = self._message(channel, thread_ts)
            message.thread_ts = parent.thread_ts or parent.ts
            message.subtype = "thread_broadcast" if broadcast else ""
        if not self._world.people[self.id].is_bot:
            message.client_msg_id = str(uuid.uuid4())
        return self._workspace.post(message).ts

    async def edit(self, channel: str, ts: str, text: str) -> None:
        """Change one's own message."""
        message = self._own(channel, ts)
        changed = self._typed(Message(channel, self.id, ""), text)
        self._workspace.edit(message, text=changed.text, blocks=changed.blocks)

    async def delete(self, channel: str, ts: str) -> None:
        """Delete one's own message."""
        self._workspace.delete(self._own(channel, ts))

    async def react(self, channel: str, ts: str, name: str) -> None:
        """Add a reaction."""
        if not EMOJI.fullmatch(name):
            raise CannotDo(f"There is no emoji called {name}.")
        if not self._workspace.react(self._posted(channel, ts), self.id, name):
            raise CannotDo("This reaction of yours is there already.")

    async def unreact(self, channel: str, ts: str, name: str) -> None:
        """Take a reaction away."""
        if not self._workspace.unreact(self._posted(channel, ts), self.id, name):
            raise CannotDo("This reaction of yours is not there.")

    async def press(self, channel: str, ts: str, action_id: str, value: str | None = None, **where: Any) -> bool:
        """Use a button or menu of a message. `value` and `block_id` tell equal ones apart, `option` chooses.

        Returns whether the app answered.
        """
        return await self._use(self._message(channel, ts), action_id, value, **where)

    async def press_in(self, view: Modal | Json | str, action_id: str, value: str | None = None, **where: Any) -> bool:
        """Use an element of an open view or of the home tab, as `press` does."""
        return await self._use(self.modal(view), action_id, value, **where)

    async def replay(self, payload: Json) -> bool:
        """Repeat an earlier interaction, as an old client does whose buttons are out of date."""
        kept = {key: value for key, value in copy.deepcopy(payload).items() if key != "trigger_id"}
        return await self._interactions.send(self.id, kept)

    async def command(self, command: str, text: str, channel: str) -> str:
        """Use a slash command. Returns what Slack says if it came to nothing, else an empty string."""
        self._writable(channel)
        problem = await self._interactions.command(self.id, command, text, channel)
        if problem:
            self._workspace.notice(self.id, problem)
        return problem

    async def shortcut(self, callback_id: str, channel: str, ts: str) -> bool:
        """Use a message shortcut. Returns whether the app answered."""
        if callback_id not in [each.callback_id for each in self._world.shortcuts]:
            raise CannotDo(f"The app has no shortcut {callback_id}.")
        return await self._interactions.shortcut(self.id, callback_id, self._posted(channel, ts))

    async def submit(self, view: Modal | Json | str, values: dict[str, dict[str, Json]] | None = None) -> Submitted:
        """Fill in a modal and send it off."""
        modal = self.modal(view)
        if not modal.given.get("submit"):
            raise CannotDo("This view has nothing to submit.")
        for block_id, fields in (values or {}).items():
            for action_id in fields:
                if elements.find(modal.blocks, action_id, block_id) is None:
                    raise CannotDo(f"There is no field {action_id} in {block_id}.")
        return await self._interactions.submit(modal, values or {})

    async def close(self, view: Modal | Json | str) -> None:
        """Dismiss a modal."""
        await self._interactions.close(self.modal(view))

    async def open_home(self) -> None:
        """Look at the app's home tab."""
        self._workspace.announce(Change("home_opened", user=self.id))

    async def _use(
        self,
        on: Message | Modal,
        action_id: str,
        value: str | None,
        *,
        block_id: str | None = None,
        option: Json | str | list[Json] | None = None,
    ) -> bool:
        found = elements.find(on.blocks, action_id, block_id, value)
        if found is None:
            raise CannotDo("This button is not there any more.")
        place, element = found
        chosen = elements.chosen(element, value, option)
        if chosen is None:
            raise CannotDo("This choice is not offered here.")
        return await self._interactions.press(self.id, on, place, element, chosen)

    def _typed(self, message: Message, text: str) -> Message:
        if not text.strip():
            raise CannotDo("There is nothing to send; write something first.")
        message.text = typed(text, self._world)
        message.blocks = rich_text(message.text)
        return message

    def _writable(self, channel_id: str) -> None:
        if self._channel(channel_id).is_archived:
            raise CannotDo("This conversation is archived; nobody can write here.")

    def _own(self, channel: str, ts: str) -> Message:
        message = self._posted(channel, ts)
        if message.user != self.id:
            raise CannotDo("This message is not yours.")
        return message
