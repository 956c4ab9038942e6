"""Actions: the names of everything that can be pressed on a card."""

from enum import StrEnum


class Action(StrEnum):
    """What a button asks for. Its value is the draft's id, which names the version, or what is said below it."""

    APPROVE = "approve"
    EDIT = "edit"
    REJECT = "reject"
    ESCALATE = "escalate"
    REDRAFT = "redraft"
    """A choice; its value is `<wish>:<draft id>`."""
    USE_OPTION = "use_option"
    UNDO = "undo"
    SHOW_VERSIONS = "show_versions"
    RETRY = "retry"
    """Its value is the card."""
    POST_AGAIN = "post_again"
    """Its value is the card."""
    ASK_OWNER = "ask_owner"
    ANSWER_MYSELF = "answer_myself"
    SHARE = "share"
    """Its value is the question."""
    PROPOSE = "propose"
    SAY_WHY = "say_why"
    APPROVE_DOCUMENT = "approve_document"
    """Its value is `<document>@<hash>`; likewise the next one's."""
    WITHDRAW_DOCUMENT = "withdraw_document"
    APPROVE_WAITING = "approve_waiting"
    """Its value is one hash of all that waits."""
    WITHDRAW_REPORTED = "withdraw_reported"
    """Its value is the entry of the ledger; likewise the next one's."""
    NOT_AN_ERROR = "not_an_error"
    MAKE_CASE = "make_case"
    DISMISS = "dismiss"


EDIT_SUBMITTED = "edit_submitted"
REJECT_SUBMITTED = "reject_submitted"
DRAFT_SUBMITTED = "draft_submitted"
"""Callback ids of the modals."""
