"""The errors of the storage room.

StorageError
    DatabaseUnusable      it cannot be opened, is read-only, locked, full, damaged, or no database at all
    SchemaOutdated        the database is behind or ahead of the code
    DraftChanged          somebody else decided on the draft first
    AuditBroken           the audit trail was changed behind our back
"""

from knowledge.drafting.draft import DraftStatus


class StorageError(Exception):
    """Base of this room's errors. The message is one sentence for people, with the next step and no customer text."""


class DatabaseUnusable(StorageError):
    """The database cannot be opened, is read-only, locked, full, damaged, or no database at all."""


class SchemaOutdated(StorageError):
    """The database's tables are behind the code, or ahead of it."""


class DraftChanged(StorageError):
    """The draft is no longer what the person was looking at: somebody else decided first, or a newer draft exists."""

    def __init__(self, *, state: DraftStatus, number: int, person: str, verdict: str) -> None:
        self.state = state
        """What the draft is now."""
        self.number = number
        """The number of the ticket's newest draft."""
        self.person = person
        """Who decided, or who asked for the newer draft; empty where nobody did."""
        self.verdict = verdict
        """What they decided; empty where another draft is the present one."""
        if verdict:
            after = state.value.replace("_", " ")
            super().__init__(f"{person} decided first and the draft is {after} now; look again before you decide.")
        else:
            super().__init__(f"Draft {number} is the present one; look at it and decide on that instead.")


class AuditBroken(StorageError):
    """The audit trail was changed, shortened or reordered; `seq` is the first row that is wrong."""

    def __init__(self, workspace: str, seq: int) -> None:
        self.seq = seq
        super().__init__(
            f"The audit trail of {workspace} is broken at row {seq}; keep this database and compare it with a backup."
        )
