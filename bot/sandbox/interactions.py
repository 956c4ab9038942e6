"""Interactions: clicks, commands, shortcuts and forms, sent to the app; and what its answer does."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import elements
from bot.sandbox.blocks import named as named_blocks
from bot.sandbox.blocks import problems_of, view_problems
from bot.sandbox.delivery import Answer, Dispatcher
from bot.sandbox.messages import Message
from bot.sandbox.modals import MOST_STACKED, Modal
from bot.sandbox.objects import message_object, view_object
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.triggers import Triggers
from bot.sandbox.workspace import Change, Workspace
from bot.sandbox.world import Json

TIMED_OUT = "Operation timed out. Apps need to respond within 3 seconds."
_KEPT = ("text", "value", "style", "confirm", "placeholder")
_REQUIRED = "Please complete this required field."


@dataclass(frozen=True)
class Submitted:
    """What became of a form."""

    closed: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    error: str = ""


class Interactions:
    """Everything people do with the app's buttons, commands and forms."""

    def __init__(self, workspace: Workspace, dispatcher: Dispatcher, url: str) -> None:
        self.triggers = Triggers()
        self.response_urls = ResponseUrls(workspace, url)
        self.last: Json = {}
        """The payload of the last interaction, as it was sent."""
        self._workspace = workspace
        self._world = workspace.world
        self._dispatcher = dispatcher

    async def press(self, user: str, on: Message | Modal, block_id: str, element: Json, chosen: Json) -> bool:
        """Use an element of a message or a view; False if the app did not answer."""
        action = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block_id,
            **{key: value for key, value in element.items() if key in _KEPT},
            **chosen,
            "action_ts": self._workspace.messages.next_ts(),
        }
        if isinstance(on, Modal):
            _set(on.state, block_id, element, chosen)
            place: Json = {"container": {"type": "view", "view_id": on.id}, "view": view_object(on, self._world)}
        else:
            place = self._place(user, on)
            _set(place["state"]["values"], block_id, element, chosen)
        return await self.send(user, {"type": "block_actions", "actions": [action], **place})

    async def shortcut(self, user: str, callback_id: str, message: Message) -> bool:
        """Use a message shortcut; False if the app did not answer."""
        payload = {
            "type": "message_action",
            "callback_id": callback_id,
            "action_ts": self._workspace.messages.next_ts(),
            "message_ts": message.ts,
            "message": self._message(message),
            "channel": self._channel(message.channel),
            "response_url": self.response_urls.issue(user, message.channel, message.thread_ts),
        }
        return await self.send(user, payload)

    async def send(self, user: str, payload: Json) -> bool:
        """Send an interaction with everything that is in each; False if the app did not answer."""
        answer = await self._ask(user, payload)
        if not answer.ok:
            self._workspace.notice(user, TIMED_OUT)
        return answer.ok

    async def command(self, user: str, command: str, text: str, channel: str) -> str:
        """Use a slash command. Returns what Slack says if it came to nothing."""
        if command not in [each.command for each in self._world.commands]:
            return f"{command} is not a valid command."
        person = self._world.people[user]
        place = self._channel(channel)
        payload = {
            "token": "sandbox-verification-token",
            "team_id": self._world.team_id,
            "team_domain": self._world.team_name.lower(),
            "channel_id": place["id"],
            "channel_name": place["name"],
            "user_id": user,
            "user_name": person.name,
            "command": command,
            "text": text,
            "api_app_id": self._world.app.id,
            "is_enterprise_install": "false",
            "response_url": self.response_urls.issue(user, channel),
            "trigger_id": self.triggers.issue(user),
        }
        self.last = payload
        answer = await self._dispatcher.ask("slash_commands", command, payload)
        if not answer.ok:
            error = "operation_timeout" if answer.status == "http_timeout" else "dispatch_failed"
            return f'{command} failed with the error "{error}". {TIMED_OUT}'
        return self._show_answer(user, channel, answer.body or {})

    async def submit(self, modal: Modal, values: dict[str, dict[str, Json]]) -> Submitted:
        """Send a form off, and do what the app answers."""
        for block_id, fields in values.items():
            modal.state.setdefault(block_id, {}).update(fields)
        errors = _unfilled(modal)
        if errors:
            return Submitted(errors=errors)
        payload = {"type": "view_submission", "view": view_object(modal, self._world), "response_urls": []}
        answer = await self._ask(modal.user, payload)
        if not answer.ok:
            return Submitted(error="We had some trouble connecting. Try again?")
        return self._answered(modal, answer.body or {})

    async def close(self, modal: Modal) -> None:
        """A person dismisses a modal; the app hears of it if it wants to."""
        cleared = bool(modal.given.get("clear_on_close"))
        self._take_away(modal, all_of_them=cleared)
        if modal.given.get("notify_on_close"):
            await self.send(
                modal.user, {"type": "view_closed", "view": view_object(modal, self._world), "is_cleared": cleared}
            )

    async def _ask(self, user: str, payload: Json) -> Answer:
        person = self._world.people[user]
        everywhere = {
            "user": {"id": user, "username": person.name, "name": person.name, "team_id": person.team_id},
            "team": {"id": self._world.team_id, "domain": self._world.team_name.lower()},
            "api_app_id": self._world.app.id,
            "token": "sandbox-verification-token",
            "enterprise": None,
            "is_enterprise_install": False,
        }
        if payload["type"] != "view_closed":
            everywhere["trigger_id"] = self.triggers.issue(user)
        self.last = {**payload, **everywhere}
        return await self._dispatcher.ask("interactive", payload["type"], self.last)

    def _place(self, user: str, on: Message) -> Json:
        """The message that an element was used in, as `block_actions` says it."""
        private = bool(on.only_for)
        container: Json = {
            "type": "message",
            "message_ts": on.ts,
            "channel_id": on.channel,
            "is_ephemeral": private,
            **({"thread_ts": on.thread_ts} if on.thread_ts else {}),
        }
        url = self.response_urls.issue(user, on.channel, on.thread_ts, message=on)
        place = {"container": container, "channel": self._channel(on.channel), "response_url": url}
        # Slack sends no content of ephemeral messages.
        return {
            **place,
            "state": {"values": elements.state_of(on.blocks)},
            **({} if private else {"message": self._message(on)}),
        }

    def _message(self, message: Message) -> Json:
        replies = self._workspace.messages.replies(message.channel, message.ts)
        return message_object(message, self._world, replies)

    def _channel(self, channel_id: str) -> Json:
        channel = self._world.channels[channel_id]
        name = {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
        return {"id": channel_id, "name": name}

    def _show_answer(self, user: str, channel: str, body: Json) -> str:
        """Show what the app said in its acknowledgement of a command."""
        text, blocks = str(body.get("text") or ""), body.get("blocks") or []
        if problems_of(blocks):
            return "The app answered with blocks that Slack does not accept."
        if text or blocks:
            message = Message(channel, self._world.app.user_id, text, blocks=named_blocks(blocks), by_app=True)
            if body.get("response_type") == "in_channel":
                self._workspace.post(message)
            else:
                message.only_for = user
                self._workspace.whisper(message)
        return ""

    def _answered(self, modal: Modal, body: Json) -> Submitted:
        modals = self._workspace.modals
        action = body.get("response_action")
        if action == "errors":
            return Submitted(errors={str(block): str(text) for block, text in body.get("errors", {}).items()})
        view: Any = body.get("view")
        if action in ("update", "push"):
            full = action == "push" and len(modals.of(modal.user)) >= MOST_STACKED
            if full or view_problems(view, "modal"):
                return Submitted(error="The app answered with a view that Slack does not accept.")
            if action == "update":
                modals.change(modal, view)
            else:
                modal = modals.open(modal.user, view, on=modal)
            self._workspace.announce(Change("view", user=modal.user, modal=modal))
            return Submitted()
        self._take_away(modal, all_of_them=action == "clear")
        return Submitted(closed=True)

    def _take_away(self, modal: Modal, *, all_of_them: bool) -> None:
        """Close a modal, or everything that is open for its person, and say so of each, the uppermost first."""
        modals = self._workspace.modals
        closed = modals.of(modal.user) if all_of_them else [modal]
        for each in reversed(closed):
            modals.close(each)
            self._workspace.announce(Change("view_closed", user=each.user, modal=each))


def _set(state: dict[str, dict[str, Json]], block_id: str, element: Json, chosen: Json) -> None:
    """Keep what was chosen among the fields, if it was in a field."""
    fields = state.get(block_id, {})
    if element["action_id"] in fields:
        fields[element["action_id"]] = {"type": element["type"], **chosen}


def _unfilled(modal: Modal) -> dict[str, str]:
    """The sentence Slack's own client shows at each field that must be filled in and is not, or is too long."""
    errors = {}
    for block in modal.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = modal.state.get(block["block_id"], {}).get(element["action_id"], {})
        longest = element.get("max_length")
        if elements.is_empty(value) and not block.get("optional"):
            errors[block["block_id"]] = _REQUIRED
        elif longest and len(value.get("value") or "") > longest:
            errors[block["block_id"]] = f"Please shorten this to {longest} characters or less."
    return errors
