"""Scopes: what the app asks a workspace for, and what for. `manifest.json` holds the same; a test compares them."""

METHODS = {
    "apps.connections.open": "",
    "auth.test": "",
    "chat.getPermalink": "",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "channels:history",
    "conversations.info": "channels:read",
    "conversations.replies": "channels:history",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "reactions.get": "reactions:read",
    "usergroups.users.list": "usergroups:read",
    "users.conversations": "channels:read",
    "users.info": "users:read",
    "views.open": "",
    "views.publish": "",
}
"""Each method of the Web API that the bot calls, and the scope it needs."""

EVENTS = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "channel_shared": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}
"""Each event that the bot listens to, and the scope it needs."""

_KINDS = ("groups", "im", "mpim")
"""A private channel, a direct message and a group's need the scope of their own kind."""

SCOPES = frozenset(
    {"commands"}
    | {scope for scope in (*METHODS.values(), *EVENTS.values()) if scope}
    | {
        scope.replace("channels", kind)
        for scope in METHODS.values()
        if scope.startswith("channels:")
        for kind in _KINDS
    }
)
"""The smallest set that lets the bot do its work."""
