"""Figures: what a period's drafts came to. Pure; nothing in them says who did what, only what the desk did."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median, quantiles

from pydantic import Field

from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.edits import SentenceEdit
from knowledge.drafting.frozen import Frozen
from storage.metrics import Handled
from storage.sent_replies import Satisfaction

SKIMMED = 600
"""Words a minute: twice what most adults read at most (175 to 300, Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""


class Spread(Frozen):
    """How long something took, in seconds."""

    median: float
    slowest_tenth: float
    """Nine of ten took no longer."""
    count: int


class Changes(Frozen):
    """What people changed in replies."""

    replies: int = 0
    """Those that were compared, unchanged ones included."""
    unchanged: int = 0
    words: int = 0
    characters: int = 0
    of_words: int = 0
    """Words of all the replies that were compared."""
    kinds: dict[str, int] = Field(default_factory=dict)
    """Sentences by what was done to them, an `EditKind`."""
    documents: dict[str, int] = Field(default_factory=dict)
    """Words changed in sentences that a document proves, by its id; most first."""

    @property
    def share(self) -> float | None:
        """Words changed of words written; none where nothing was compared."""
        return self.words / self.of_words if self.of_words else None


class OfTopic(Frozen):
    """The tickets of one topic."""

    tickets: int
    unverified: int
    """Those whose first draft could not be verified from the approved documents."""


class Figures(Frozen):
    """What a period's drafts came to. A decision that was taken back is none."""

    tickets: int = 0
    drafts: int = 0
    """All versions, an agent's own included."""
    approved: int = 0
    rejected: int = 0
    escalated: int = 0
    waiting: int = 0
    reasons: dict[str, int] = Field(default_factory=dict)
    """Why drafts were rejected, a `RejectReason`; most first."""
    faulty_documents: dict[str, int] = Field(default_factory=dict)
    """Factual errors by the document that the sentence was quoted from; most first."""
    topics: dict[str, OfTopic] = Field(default_factory=dict)
    """By topic; the empty one is for tickets about none. Most tickets first."""
    customer_waited: Spread | None = None
    """From when the customer wrote, where the helpdesk says it, to the first draft."""
    drafted_within: Spread | None = None
    """From when the ticket came to the desk to the first draft."""
    decided_within: Spread | None = None
    """From a draft to the last decision on it."""
    edited: Changes = Changes()
    """Between the desk's own version and the approved one."""
    sent: Changes = Changes()
    """Between the approved version and what the helpdesk shows was sent."""
    skimmed: int = 0
    """Approvals faster than `SKIMMED` words a minute."""
    satisfied: int = 0
    dissatisfied: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def first_drafted(self) -> int:
        """Tickets that had their first draft in the period; others were drafted again."""
        return sum(topic.tickets for topic in self.topics.values())

    @property
    def unverified(self) -> int:
        """Tickets whose first draft could not be verified from the approved documents."""
        return sum(topic.unverified for topic in self.topics.values())

    @property
    def unverified_share(self) -> float | None:
        """Of the tickets with their first draft in the period; none where there was none."""
        return self.unverified / self.first_drafted if self.first_drafted else None

    @property
    def factual_errors(self) -> int:
        """Drafts that were rejected for one."""
        return self.reasons.get("factual_error", 0)

    @property
    def errors_per_hundred(self) -> float | None:
        """Factual errors among a hundred drafts that were approved or rejected; none where none was."""
        decided = self.approved + self.rejected
        return 100 * self.factual_errors / decided if decided else None


def figures(handled: Sequence[Handled]) -> Figures:
    """The figures of some drafts."""
    first = [each for each in handled if each.number == 1]
    decided = [(each, each.decided) for each in handled if each.decided]
    approved = [each for each, decision in decided if decision.state is DraftStatus.APPROVED]
    rejections = [decision for _, decision in decided if decision.state is DraftStatus.REJECTED]
    sent = [each for each in approved if each.sent_at]
    said = {each.ticket: each.satisfaction for each in approved if each.satisfaction is not Satisfaction.UNKNOWN}
    return Figures(
        tickets=len({each.ticket for each in handled}),
        drafts=len(handled),
        approved=len(approved),
        rejected=len(rejections),
        escalated=sum(decision.state is DraftStatus.ESCALATED for _, decision in decided),
        waiting=sum(each.state in (DraftStatus.AWAITING, DraftStatus.AWAITING_SECOND) for each in handled),
        reasons=_counted(rejection.reason for rejection in rejections),
        faulty_documents=_counted(
            rejection.document for rejection in rejections if rejection.reason == "factual_error" and rejection.document
        ),
        topics=_topics(first),
        customer_waited=_spread([(e.created_at - e.opened_at).total_seconds() for e in first if e.opened_at]),
        drafted_within=_spread([(each.created_at - each.taken_at).total_seconds() for each in first]),
        decided_within=_spread([(decision.at - each.created_at).total_seconds() for each, decision in decided]),
        edited=_changes([(each.words, each.edits) for each in approved if each.edits or not each.is_edited]),
        sent=_changes([(each.words, each.sent_edits) for each in sent]),
        skimmed=sum(is_skimmed(each) for each in approved),
        satisfied=sum(each is Satisfaction.GOOD for each in said.values()),
        dissatisfied=sum(each is Satisfaction.BAD for each in said.values()),
        prompt_tokens=sum(each.prompt_tokens for each in handled),
        completion_tokens=sum(each.completion_tokens for each in handled),
    )


def is_skimmed(handled: Handled) -> bool:
    """Whether a draft of the desk's was decided on faster than anybody could have read it. Who wrote it knows it."""
    if handled.first_review_at is None or handled.is_edited:
        return False
    return (handled.first_review_at - handled.created_at).total_seconds() < handled.words * 60 / SKIMMED


def _topics(first: Iterable[Handled]) -> dict[str, OfTopic]:
    tickets: Counter[str] = Counter()
    unverified: Counter[str] = Counter()
    for each in first:
        tickets[each.topic] += 1
        unverified[each.topic] += each.outcome is Outcome.UNVERIFIED
    return {topic: OfTopic(tickets=count, unverified=unverified[topic]) for topic, count in tickets.most_common()}


def _changes(replies: Sequence[tuple[int, Sequence[SentenceEdit]]]) -> Changes:
    # The release before this one counted neither words nor edits.
    replies = [each for each in replies if each[0]]
    edits = [edit for _, made in replies for edit in made]
    documents: Counter[str] = Counter()
    for edit in edits:
        if edit.document:
            documents[edit.document] += edit.words
    return Changes(
        replies=len(replies),
        unchanged=sum(not made for _, made in replies),
        words=sum(edit.words for edit in edits),
        characters=sum(edit.characters for edit in edits),
        of_words=sum(words for words, _ in replies),
        kinds=_counted(edit.kind.value for edit in edits),
        documents=dict(documents.most_common()),
    )


def _spread(seconds: Sequence[float]) -> Spread | None:
    if not seconds:
        return None
    tenth = quantiles(seconds, n=10, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return Spread(median=median(seconds), slowest_tenth=tenth, count=len(seconds))


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())
