"""reactions.*: emoji under messages."""

import re

from bot.sandbox.arguments import Arguments, Refused
from bot.sandbox.messages import Message
from bot.sandbox.methods.access import joined, message_at
from bot.sandbox.methods.method import Desk, method
from bot.sandbox.objects import message_object
from bot.sandbox.world import Json

EMOJI = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


@method("reactions.get", scope="reactions:read", optional="channel timestamp full file file_comment")
def get(desk: Desk, arguments: Arguments) -> Json:
    """A message with its reactions."""
    message = _message(desk, arguments)
    workspace = desk.workspace
    shown = message_object(message, workspace.world, workspace.messages.replies(message.channel, message.ts))
    return {"type": "message", "channel": message.channel, "message": shown}


@method("reactions.add", scope="reactions:write", required="channel name timestamp")
def add(desk: Desk, arguments: Arguments) -> Json:
    """A reaction of the app."""
    message = _message(desk, arguments)
    if not desk.workspace.react(message, desk.workspace.world.app.user_id, _name(arguments)):
        raise Refused("already_reacted")
    return {}


@method("reactions.remove", scope="reactions:write", required="name", optional="channel timestamp file file_comment")
def remove(desk: Desk, arguments: Arguments) -> Json:
    """A reaction of the app, taken away."""
    message = _message(desk, arguments)
    if not desk.workspace.unreact(message, desk.workspace.world.app.user_id, _name(arguments)):
        raise Refused("no_reaction")
    return {}


def _message(desk: Desk, arguments: Arguments) -> Message:
    if not arguments.text("channel") or not arguments.text("timestamp"):
        raise Refused("no_item_specified")
    channel = joined(desk.workspace, arguments.text("channel"))
    return message_at(desk.workspace, channel, arguments.text("timestamp"))


def _name(arguments: Arguments) -> str:
    name = arguments.text("name").strip(":")
    if not EMOJI.fullmatch(name):
        raise Refused("invalid_name")
    return name
