"""What can come of a call to Slack that did not work, and the sentence for people for each of Slack's reasons.

Undelivered           (bot.errors)
    Refusal       Slack said no: certainly nothing was done
    Limited       Slack said not now: certainly nothing was done
    Unreachable   no connection was made: certainly nothing was done
    Troubled      Slack said that it failed inside: something may have been done
    Unanswered    the connection ended without an answer: something may have been done
"""

from bot.errors import Undelivered

_JOIN = "I am not in this channel; invite me with /invite @Proofdesk and try again."
_TOKEN = "Slack does not accept the bot token any more; install the app again and set SLACK_BOT_TOKEN to its new token."
_LONG = "Slack says this message is too long; ask for a shorter draft, for example with Redraft."
_SCOPE = "install the app again from manifest.json, which asks for it."
_FORBIDDEN = "The channel's settings do not let me post here; ask an admin to allow it, or use another channel."
_THREAD = "The thread is not there any more; post the ticket again in the channel."
_DELETED = "The message was deleted; post the ticket again to get a new draft."
_BUILT = "Slack does not accept how this card is built; please report this, the text is safe in the desk."
_TYPE = "Slack expects a token of another kind; check SLACK_BOT_TOKEN (xoxb-) and SLACK_APP_TOKEN (xapp-)."
_APP = "Slack says the app is not installed any more; install it again from manifest.json."

SENTENCES = {
    "channel_not_found": "Slack does not find this channel, or I am not in it; invite me with /invite @Proofdesk.",
    "not_in_channel": _JOIN,
    "is_archived": "This channel is archived; unarchive it, or post the ticket in another channel.",
    "restricted_action": _FORBIDDEN,
    "restricted_action_read_only_channel": _FORBIDDEN,
    "restricted_action_thread_only_channel": _FORBIDDEN,
    "restricted_action_non_threadable_channel": _FORBIDDEN,
    "restricted_action_thread_locked": "This thread is locked; post the ticket again in the channel.",
    "thread_locked": "This thread is locked; post the ticket again in the channel.",
    "thread_not_found": _THREAD,
    "cannot_reply_to_message": "Slack allows no replies to this message; post the ticket in the channel itself.",
    "message_not_found": _DELETED,
    "cant_update_message": "Slack does not let me edit this message; post the ticket again to get a new draft.",
    "edit_window_closed": "Slack does not let me edit this message any more; post the ticket again to get a new draft.",
    "user_not_in_channel": "The person is not in this channel; invite them and try again.",
    "user_not_found": "Slack does not know this person; check the ids in desk.yaml.",
    "cannot_dm_bot": "Slack sends no direct messages to apps; ask a person instead.",
    "messages_tab_disabled": "The app's messages tab is off; switch it on in the app's settings, under App Home.",
    "invalid_auth": _TOKEN,
    "not_authed": _TOKEN,
    "token_revoked": _TOKEN,
    "token_expired": _TOKEN,
    "account_inactive": _TOKEN,
    "not_allowed_token_type": _TYPE,
    "no_permission": "The app may not do this in your workspace; ask an admin to allow it.",
    "org_login_required": "Your workspace is being moved by Slack; try again when that is done.",
    "team_access_not_granted": _APP,
    "app_uninstalled": _APP,
    "ekm_access_denied": "Your company has switched off access to its keys; ask an admin, and try again after that.",
    "msg_too_long": _LONG,
    "msg_blocks_too_long": _LONG,
    "invalid_blocks": _BUILT,
    "invalid_blocks_format": _BUILT,
    "no_text": "There is nothing to post; ask for a new draft.",
    "message_limit_exceeded": "Your workspace has reached its message limit; ask an admin, and try again after that.",
    "accesslimited": "Slack limits access to your workspace just now; try again in a few minutes.",
    "ratelimited": "Slack asks us to slow down; try again in a minute.",
    "missing_scope": f"The app lacks a permission; {_SCOPE}",
}


def sentence(code: str, needed: str = "") -> str:
    """What to tell people about an error code of Slack's. `needed` names the scopes it asks for."""
    if code == "missing_scope" and needed:
        return f"The app lacks the permission {needed}; {_SCOPE}"
    return SENTENCES.get(code, f"Slack refused this ({code}); try again, and report it if it stays so.")


class Refusal(Undelivered):
    """Slack said no, and why."""

    def __init__(self, code: str, needed: str = "") -> None:
        self.code = code
        super().__init__(sentence(code, needed))


class Limited(Undelivered):
    """Slack said not now, and for how many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(SENTENCES["ratelimited"])


class Unreachable(Undelivered):
    """No connection to Slack was made."""

    def __init__(self) -> None:
        super().__init__("Slack cannot be reached; check the network and try again.")


class Troubled(Undelivered):
    """Slack said that it failed inside; some of it may have happened."""

    def __init__(self) -> None:
        super().__init__("Slack has trouble of its own just now; try again in a few minutes.")


class Unanswered(Undelivered):
    """The connection ended without an answer; it may have happened."""

    def __init__(self) -> None:
        super().__init__("Slack did not answer in time; try again in a minute.")
