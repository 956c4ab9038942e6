"""chat.*: posting, updating and deleting the app's messages."""

from typing import Any

from bot.sandbox.arguments import Arguments, Refused
from bot.sandbox.blocks import named, problems_of, too_long
from bot.sandbox.messages import Message
from bot.sandbox.methods.access import joined, message_at, own_message, visible, writable
from bot.sandbox.methods.method import Desk, method
from bot.sandbox.objects import message_object
from bot.sandbox.workspace import Workspace
from bot.sandbox.world import Channel, Json

LONGEST_TEXT = 40_000
_CONTENT = "text blocks attachments markdown_text as_user parse link_names username icon_emoji icon_url"


@method(
    "chat.postMessage",
    scope="chat:write",
    required="channel",
    optional=f"{_CONTENT} thread_ts reply_broadcast unfurl_links unfurl_media mrkdwn metadata client_msg_id",
)
def post_message(desk: Desk, arguments: Arguments) -> Json:
    """A new message in a channel or thread."""
    workspace = desk.workspace
    channel = writable(workspace, arguments.text("channel"))
    text, blocks = content(desk, arguments)
    thread = _thread(workspace, channel, arguments.text("thread_ts"))
    broadcast = bool(thread) and arguments.flag("reply_broadcast")
    message = Message(channel.id, workspace.world.app.user_id, text, thread_ts=thread, blocks=blocks, by_app=True)
    message.attachments = _attachments(arguments)
    message.metadata = _metadata(arguments)
    message.subtype = "thread_broadcast" if broadcast else ""
    workspace.post(message)
    return {"channel": channel.id, "ts": message.ts, "message": message_object(message, workspace.world)}


@method(
    "chat.update",
    scope="chat:write",
    required="channel ts",
    optional=f"{_CONTENT} reply_broadcast metadata file_ids",
)
def update(desk: Desk, arguments: Arguments) -> Json:
    """Other content for one of the app's messages. What is not given stays as it is."""
    workspace = desk.workspace
    channel = joined(workspace, arguments.text("channel"))
    if channel.is_archived:
        raise Refused("is_archived")
    message = own_message(workspace, channel, arguments.text("ts"), "cant_update_message")
    text, blocks = content(desk, arguments)
    fields: dict[str, object] = {"text": text}
    if "blocks" in arguments.given:
        fields["blocks"] = blocks
    if "attachments" in arguments.given:
        fields["attachments"] = _attachments(arguments)
    if "metadata" in arguments.given:
        fields["metadata"] = _metadata(arguments)
    workspace.edit(message, **fields)
    shown = message_object(message, workspace.world)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete", scope="chat:write", required="channel ts", optional="as_user")
def delete(desk: Desk, arguments: Arguments) -> Json:
    """One of the app's messages, gone."""
    channel = joined(desk.workspace, arguments.text("channel"))
    message = own_message(desk.workspace, channel, arguments.text("ts"), "cant_delete_message")
    desk.workspace.delete(message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", scope="chat:write", required="channel user", optional=f"{_CONTENT} thread_ts")
def post_ephemeral(desk: Desk, arguments: Arguments) -> Json:
    """A message for one person only."""
    workspace = desk.workspace
    channel = writable(workspace, arguments.text("channel"))
    user = arguments.text("user")
    if user not in workspace.world.people:
        raise Refused("user_not_found")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    text, blocks = content(desk, arguments)
    thread = _thread(workspace, channel, arguments.text("thread_ts"))
    message = Message(channel.id, workspace.world.app.user_id, text, thread_ts=thread, blocks=blocks, by_app=True)
    message.only_for = user
    message.attachments = _attachments(arguments)
    if thread and not workspace.messages.replies(channel.id, thread):
        # As Slack does: it takes the message, and shows it to nobody in a thread without answers.
        return {"message_ts": workspace.messages.next_ts()}
    workspace.whisper(message)
    return {"message_ts": message.ts}


@method("chat.getPermalink", required="channel message_ts")
def get_permalink(desk: Desk, arguments: Arguments) -> Json:
    """A link to a message."""
    channel = visible(desk.workspace, arguments.text("channel"))
    message = message_at(desk.workspace, channel, arguments.text("message_ts"))
    host = f"{desk.workspace.world.team_name.lower()}.slack.com"
    link = f"https://{host}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def content(desk: Desk, arguments: Arguments) -> tuple[str, list[Json]]:
    """The text and the blocks of a message, checked."""
    text = arguments.text("text") or arguments.text("markdown_text")
    blocks = arguments.structure("blocks") or []
    if not text and not blocks and not arguments.structure("attachments"):
        raise Refused("no_text")
    if len(text) > LONGEST_TEXT:
        raise Refused("msg_too_long")
    problems = problems_of(blocks)
    if problems:
        errors = [f"{problem.message} [json-pointer:{problem.pointer}]" for problem in problems]
        raise Refused("invalid_blocks", [str(problem) for problem in problems], errors=errors)
    if not all(map(desk.workspace.files.shows, blocks)):
        raise Refused("invalid_blocks", errors=["invalid slack file"])
    if too_long(blocks):
        raise Refused("msg_blocks_too_long")
    return text, named(blocks)


def _thread(workspace: Workspace, channel: Channel, ts: str) -> str:
    """The thread to post in. A reply's time stamp means the thread it is in."""
    if not ts:
        return ""
    found = workspace.messages.find(channel.id, ts)
    if found is None:
        raise Refused("thread_not_found")
    return found.thread_ts or found.ts


def _attachments(arguments: Arguments) -> list[Json]:
    attachments = arguments.structure("attachments") or []
    if not isinstance(attachments, list):
        raise Refused("invalid_attachments")
    return attachments


def _metadata(arguments: Arguments) -> Json | None:
    metadata: Any = arguments.structure("metadata")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not metadata.get("event_type") or "event_payload" not in metadata:
        raise Refused("invalid_metadata_format")
    return metadata
