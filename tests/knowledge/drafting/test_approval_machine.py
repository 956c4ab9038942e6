"""Any history of decisions, edits and changes among people: an approved draft was approved by the rules, whatever came
before. The rules are written here a second time, from the product's promise and not from the policy's code.
"""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from knowledge.drafting.draft import DraftStatus as S
from knowledge.drafting.draft import Risk
from knowledge.drafting.review import (
    Accepted,
    ChannelKind,
    Kind,
    RejectReason,
    Review,
    Reviewer,
    ReviewPolicy,
    Role,
    UnderReview,
    Verdict,
)

NAMES = ("ana", "ben", "sam", "lee", "oli")
OURS = (ChannelKind.PUBLIC, ChannelKind.PRIVATE, ChannelKind.GROUP_DIRECT)
POLICY = ReviewPolicy(undo_minutes=30)


@dataclass
class Approval:
    """One approval that counted, with all that was true at that instant."""

    reviewer: Reviewer
    seen: int
    present: int
    risk: Risk
    channel: ChannelKind
    confirmed: bool
    verified: bool
    asked_by: str
    escalated: bool


@dataclass
class Desk:
    """One draft and the people around it, as the storage would keep them."""

    status: S = S.AWAITING
    version: int = 1
    risk: Risk = Risk.ROUTINE
    verified: bool = True
    channel: ChannelKind = ChannelKind.PUBLIC
    asked_by: str = "ana"
    minutes: float = 0.0
    decided_at: float | None = None
    deciders: tuple[str, ...] = ()
    approvals: list[Approval] = field(default_factory=list)
    """Those that stand for the present version since it was last open."""
    people: dict[str, Reviewer] = field(
        default_factory=lambda: {
            "ana": Reviewer(id="ana", roles=frozenset({Role.AGENT})),
            "ben": Reviewer(id="ben", roles=frozenset({Role.AGENT})),
            "sam": Reviewer(id="sam", roles=frozenset({Role.AGENT, Role.SENIOR})),
            "lee": Reviewer(id="lee", roles=frozenset({Role.SENIOR})),
            "oli": Reviewer(id="oli", kind=Kind.GUEST),
        }
    )


class ApprovalMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()

    @initialize(
        risk=st.sampled_from(Risk), channel=st.sampled_from(ChannelKind), asked_by=st.sampled_from(["ana", "sam"])
    )
    def begin(self, risk: Risk, channel: ChannelKind, asked_by: str) -> None:
        self.desk.risk, self.desk.channel, self.desk.asked_by = risk, channel, asked_by

    def decide(self, person: str, verdict: Verdict, seen: int = 0, *, confirmed: bool = False) -> None:
        desk = self.desk
        waiting = desk.status is S.AWAITING_SECOND
        draft = UnderReview(
            status=desk.status,
            version=desk.version,
            risk=desk.risk,
            statements=1,
            verified=desk.verified,
            requested_by=desk.asked_by,
            first_approver=desk.approvals[-1].reviewer.id if waiting else "",
            deciders=desk.deciders,
        )
        review = Review(
            reviewer=desk.people[person],
            verdict=verdict,
            version=desk.version - seen,
            channel=desk.channel,
            confirmed=confirmed,
            reason=RejectReason.TONE,
            minutes_since_decision=None if desk.decided_at is None else desk.minutes - desk.decided_at,
        )
        outcome = POLICY.decide(draft, review)
        if not isinstance(outcome, Accepted):
            return
        if verdict is Verdict.UNDO:
            self.reopen()
        elif verdict is Verdict.APPROVE:
            approval = Approval(
                reviewer=review.reviewer,
                seen=review.version,
                present=desk.version,
                risk=desk.risk,
                channel=desk.channel,
                confirmed=confirmed,
                verified=desk.verified,
                asked_by=desk.asked_by,
                escalated=desk.status is S.ESCALATED,
            )
            desk.approvals = [*(desk.approvals if waiting else []), approval]
        if verdict is not Verdict.UNDO:
            desk.decided_at = desk.minutes
            desk.deciders = (*desk.deciders, person)
        desk.status = outcome.status

    def reopen(self) -> None:
        self.desk.status, self.desk.decided_at, self.desk.deciders = S.AWAITING, None, ()
        self.desk.approvals = []

    @rule(person=st.sampled_from(NAMES), confirmed=st.booleans(), seen=st.sampled_from([0, 0, 0, 1]))
    def approve(self, person: str, confirmed: bool, seen: int) -> None:  # noqa: FBT001
        self.decide(person, Verdict.APPROVE, seen, confirmed=confirmed)

    @rule(first=st.sampled_from(NAMES), second=st.sampled_from(NAMES))
    def approve_twice(self, first: str, second: str) -> None:
        self.decide(first, Verdict.APPROVE, confirmed=True)
        self.decide(second, Verdict.APPROVE, confirmed=True)

    @rule(person=st.sampled_from(NAMES), verdict=st.sampled_from([Verdict.REJECT, Verdict.ESCALATE, Verdict.UNDO]))
    def decide_otherwise(self, person: str, verdict: Verdict) -> None:
        self.decide(person, verdict)

    @rule(
        risk=st.sampled_from(Risk),
        verified=st.sampled_from([True, True, False]),
        asked_by=st.sampled_from(["ana", "sam"]),
    )
    def edit(self, risk: Risk, verified: bool, asked_by: str) -> None:  # noqa: FBT001
        self.desk.version += 1
        self.desk.risk, self.desk.verified, self.desk.asked_by = risk, verified, asked_by
        self.reopen()

    @rule(person=st.sampled_from(NAMES), roles=st.frozensets(st.sampled_from(Role)))
    def change_roles(self, person: str, roles: frozenset[Role]) -> None:
        self.desk.people[person] = self.desk.people[person].model_copy(update={"roles": roles})

    @rule(person=st.sampled_from(NAMES), kind=st.sampled_from([Kind.MEMBER, *Kind]))
    def become(self, person: str, kind: Kind) -> None:
        self.desk.people[person] = self.desk.people[person].model_copy(update={"kind": kind})

    @rule(channel=st.sampled_from([*OURS, *ChannelKind]))
    def share_channel(self, channel: ChannelKind) -> None:
        self.desk.channel = channel

    @rule(minutes=st.floats(0, 45))
    def time_passes(self, minutes: float) -> None:
        self.desk.minutes += minutes

    @invariant()
    def what_is_approved_was_approved_by_the_rules(self) -> None:
        if self.desk.status is S.APPROVED:
            assert self.desk.approvals
            second = self.desk.approvals[0].risk is Risk.SECOND
            assert len(self.desk.approvals) == (2 if second else 1)
            for approval in self.desk.approvals:
                assert_by_the_rules(approval, self.desk.version)
        if len(self.desk.approvals) == 2:
            first, last = self.desk.approvals
            assert last.reviewer.id != first.reviewer.id
            assert Role.SENIOR in last.reviewer.roles

    @invariant()
    def what_waits_for_a_second_person_has_one_approval(self) -> None:
        if self.desk.status is S.AWAITING_SECOND:
            (first,) = self.desk.approvals
            assert first.risk is Risk.SECOND
            assert_by_the_rules(first, self.desk.version)


def assert_by_the_rules(approval: Approval, version: int) -> None:
    person = approval.reviewer
    assert approval.seen == approval.present == version
    assert person.kind is Kind.MEMBER
    assert person.roles
    assert approval.verified
    if approval.escalated:
        assert Role.SENIOR in person.roles
    if approval.risk is Risk.ROUTINE:
        assert approval.channel in (*OURS, ChannelKind.DIRECT)
    else:
        assert approval.channel in OURS
        assert approval.confirmed
        assert person.id != approval.asked_by


TestApprovalMachine = ApprovalMachine.TestCase
TestApprovalMachine.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
