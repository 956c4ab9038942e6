"""files.*: bringing a file to the workspace."""

from bot.sandbox.arguments import Arguments, Refused
from bot.sandbox.files import MOST_BYTES
from bot.sandbox.methods.method import Desk, method
from bot.sandbox.world import Json


@method("files.getUploadURLExternal", scope="files:write", required="filename length", optional="alt_txt snippet_type")
def get_upload_url(desk: Desk, arguments: Arguments) -> Json:
    """Where to send the bytes, once."""
    length = arguments.text("length")
    if not length.isdigit() or not 0 < int(length) <= MOST_BYTES:
        raise Refused("invalid_arguments")
    file = desk.workspace.files.announce(arguments.text("filename"), int(length), arguments.text("alt_txt"))
    return {"file_id": file.id, "upload_url": f"{desk.url}/upload/{file.id}"}


@method(
    "files.completeUploadExternal",
    scope="files:write",
    required="files",
    optional="channel_id channels initial_comment thread_ts blocks",
)
def complete_upload(desk: Desk, arguments: Arguments) -> Json:
    """The file is there, for nobody yet: only a message that shows it does."""
    found = []
    for each in arguments.structure("files") or ():
        file = desk.workspace.files.find(str(each.get("id")) if isinstance(each, dict) else "")
        if file is None or len(file.content) != file.length:
            raise Refused("file_not_found")
        found.append(file)
    for file in found:
        file.completed = True
    return {"files": [{"id": file.id, "title": file.name} for file in found]}
