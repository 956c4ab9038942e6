"""Time saved: minutes of work per ticket before and after, from what was read and written. An estimate."""

from collections.abc import Sequence

from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.frozen import Frozen
from storage.metrics import Handled

READING = 238
"""Words a minute that adults read in silence (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""
WRITING = 19
"""Words a minute that people compose at a keyboard (Karat et al. 1999, doi:10.1145/302979.303160)."""


class TimeSaved(Frozen):
    """An estimate for the drafts that people decided on."""

    replies: int
    """Approved drafts."""
    minutes_before: float
    """Per reply, without a draft: writing it, or what the team measured itself."""
    minutes_after: float
    """Per approved reply, with drafts: reading them all, the rejected ones too, and writing what was changed."""
    is_measured: bool
    """`minutes_before` is the team's own number."""

    @property
    def hours(self) -> float:
        """Saved over all replies; negative where drafts cost more than they gave."""
        return self.replies * (self.minutes_before - self.minutes_after) / 60

    @property
    def formula(self) -> str:
        """How it was computed, for people."""
        before = (
            "your own measure (report: minutes_before in desk.yaml)"
            if self.is_measured
            else f"words of the reply / {WRITING} a minute, what people compose at a keyboard"
        )
        return (
            f"Before: {before}. After: words of every draft decided on / {READING} a minute of reading, and words "
            f"changed / {WRITING} a minute of writing. Saved: approved replies x (before - after). Neither searching "
            "nor waiting is counted."
        )


def time_saved(handled: Sequence[Handled], minutes_before: float | None = None) -> TimeSaved | None:
    """The estimate for some drafts; none where none was approved.

    `minutes_before` is what the team measured for a reply without a draft.
    """
    # The release before this one counted no words.
    decided = [each for each in handled if each.decided and each.words]
    approved = [each for each in decided if each.decided and each.decided.state is DraftStatus.APPROVED]
    if not approved:
        return None
    written = sum(each.words for each in approved)
    read = sum(each.words for each in decided)
    changed = sum(edit.words for each in approved for edit in each.edits)
    return TimeSaved(
        replies=len(approved),
        minutes_before=written / WRITING / len(approved) if minutes_before is None else minutes_before,
        minutes_after=(read / READING + changed / WRITING) / len(approved),
        is_measured=minutes_before is not None,
    )
