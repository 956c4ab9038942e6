"""Who may approve: every kind of person, in every kind of channel, at every risk, in every state. 1,260 cells by button
with confirmation and as many by reaction, each decided on purpose; what is not in the tables below is refused.
"""

from itertools import product
from typing import NamedTuple

import pytest

from knowledge.drafting.draft import DraftStatus as S
from knowledge.drafting.draft import Risk
from knowledge.drafting.review import (
    Accepted,
    ChannelKind,
    Kind,
    Refused,
    Review,
    Reviewer,
    ReviewPolicy,
    Role,
    UnderReview,
    Verdict,
)

AGENT, SENIOR, NOBODY = frozenset({Role.AGENT}), frozenset({Role.AGENT, Role.SENIOR}), frozenset[Role]()
ASKED, FIRST = "asked", "first"
# Guests, apps and outsiders are given the senior's role here, so that nothing but what they are can refuse them.
PEOPLE = {
    "agent": Reviewer(id="other", roles=AGENT),
    "senior": Reviewer(id="other", roles=SENIOR),
    "agent who asked": Reviewer(id=ASKED, roles=AGENT),
    "senior who asked": Reviewer(id=ASKED, roles=SENIOR),
    "first approver (agent)": Reviewer(id=FIRST, roles=AGENT),
    "first approver (senior)": Reviewer(id=FIRST, roles=SENIOR),
    "member without a role": Reviewer(id="other", roles=NOBODY),
    "guest": Reviewer(id="other", roles=SENIOR, kind=Kind.GUEST),
    "single-channel guest": Reviewer(id="other", roles=SENIOR, kind=Kind.SINGLE_CHANNEL_GUEST),
    "bot": Reviewer(id="other", roles=SENIOR, kind=Kind.BOT),
    "workflow": Reviewer(id="other", roles=SENIOR, kind=Kind.WORKFLOW),
    "deactivated": Reviewer(id="other", roles=SENIOR, kind=Kind.DEACTIVATED),
    "outsider": Reviewer(id="other", roles=SENIOR, kind=Kind.OUTSIDER),
    "unverifiable": Reviewer(id="other", roles=SENIOR, kind=Kind.UNKNOWN),
}
CHANNELS = (
    ChannelKind.PUBLIC,
    ChannelKind.PRIVATE,
    ChannelKind.DIRECT,
    ChannelKind.GROUP_DIRECT,
    ChannelKind.SHARED,
)
STATES = (S.AWAITING, S.AWAITING_SECOND, S.APPROVED, S.REJECTED, S.ESCALATED, S.REPLACED)

ANY_AGENT = {"agent", "senior", "first approver (agent)", "first approver (senior)"}
WHO_ASKED = {"agent who asked", "senior who asked"}
A_SENIOR = {"senior", "first approver (senior)"}
ANOTHER_SENIOR = {"senior"}

# Where a team is among itself: who may approve by button with confirmation, and what the draft becomes.
AMONG_OURSELVES = {
    (Risk.ROUTINE, S.AWAITING): (ANY_AGENT | WHO_ASKED, S.APPROVED),
    (Risk.ROUTINE, S.AWAITING_SECOND): (ANOTHER_SENIOR, S.APPROVED),
    (Risk.ROUTINE, S.ESCALATED): (A_SENIOR | {"senior who asked"}, S.APPROVED),
    (Risk.CONFIRM, S.AWAITING): (ANY_AGENT, S.APPROVED),
    (Risk.CONFIRM, S.AWAITING_SECOND): (ANOTHER_SENIOR, S.APPROVED),
    (Risk.CONFIRM, S.ESCALATED): (A_SENIOR, S.APPROVED),
    (Risk.SECOND, S.AWAITING): (ANY_AGENT, S.AWAITING_SECOND),
    (Risk.SECOND, S.AWAITING_SECOND): (ANOTHER_SENIOR, S.APPROVED),
    (Risk.SECOND, S.ESCALATED): (A_SENIOR, S.AWAITING_SECOND),
}
# In a direct message there is no second pair of eyes.
IN_A_DIRECT_MESSAGE = {
    (Risk.ROUTINE, S.AWAITING): (ANY_AGENT | WHO_ASKED, S.APPROVED),
    (Risk.ROUTINE, S.ESCALATED): (A_SENIOR | {"senior who asked"}, S.APPROVED),
}
BY_BUTTON = {
    ChannelKind.PUBLIC: AMONG_OURSELVES,
    ChannelKind.PRIVATE: AMONG_OURSELVES,
    ChannelKind.GROUP_DIRECT: AMONG_OURSELVES,
    ChannelKind.DIRECT: IN_A_DIRECT_MESSAGE,
    ChannelKind.SHARED: {},
}
# A reaction is given too easily for anything but the routine.
BY_REACTION = {
    ChannelKind.PUBLIC: IN_A_DIRECT_MESSAGE,
    ChannelKind.PRIVATE: IN_A_DIRECT_MESSAGE,
    ChannelKind.GROUP_DIRECT: IN_A_DIRECT_MESSAGE,
    ChannelKind.DIRECT: IN_A_DIRECT_MESSAGE,
    ChannelKind.SHARED: {},
}


class Cell(NamedTuple):
    person: str
    channel: ChannelKind
    risk: Risk
    state: S
    confirmed: bool

    @property
    def promised(self) -> S | None:
        """What the draft becomes; none for a refusal."""
        table = (BY_BUTTON if self.confirmed else BY_REACTION)[self.channel]
        people, becomes = table.get((self.risk, self.state), (set[str](), None))
        return becomes if self.person in people else None

    def decide(self) -> Accepted | Refused:
        decided = self.state is not S.AWAITING
        draft = UnderReview(
            status=self.state,
            version=3,
            risk=self.risk,
            statements=2,
            verified=True,
            requested_by=ASKED,
            first_approver=FIRST if decided else "",
            deciders=(FIRST,) if decided else (),
        )
        review = Review(
            reviewer=PEOPLE[self.person],
            verdict=Verdict.APPROVE,
            version=3,
            channel=self.channel,
            confirmed=self.confirmed,
        )
        return ReviewPolicy().decide(draft, review)


CELLS = [Cell(*row) for row in product(PEOPLE, CHANNELS, Risk, STATES, (True, False))]


def test_the_matrix_is_whole() -> None:
    assert len([cell for cell in CELLS if cell.confirmed]) == 14 * 5 * 3 * 6 == 1260
    assert {cell.person for cell in CELLS if cell.promised} == ANY_AGENT | WHO_ASKED


@pytest.mark.parametrize("confirmed", [True, False], ids=["button", "reaction"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("risk", Risk)
@pytest.mark.parametrize("channel", CHANNELS)
def test_each_cell_is_decided_as_the_table_says(
    channel: ChannelKind,
    risk: Risk,
    state: S,
    confirmed: bool,  # noqa: FBT001
) -> None:
    for person in PEOPLE:
        cell = Cell(person, channel, risk, state, confirmed)
        outcome = cell.decide()
        if cell.promised:
            assert outcome == Accepted(cell.promised), cell
        else:
            assert isinstance(outcome, Refused), cell


@pytest.mark.parametrize("cell", [c for c in CELLS if not c.promised and c.channel is ChannelKind.PUBLIC], ids=str)
def test_each_refusal_is_one_calm_sentence(cell: Cell) -> None:
    outcome = cell.decide()
    assert isinstance(outcome, Refused)
    assert one_calm_sentence(outcome.reason)


def one_calm_sentence(text: str) -> bool:
    return text[0].isupper() and text.endswith(".") and text.count(". ") == 0 and "!" not in text and len(text) < 140


def test_each_kind_of_person_is_refused_in_words_of_its_own() -> None:
    refused = [name for name in PEOPLE if name not in ANY_AGENT | WHO_ASKED]
    outcomes = [Cell(name, ChannelKind.PUBLIC, Risk.ROUTINE, S.AWAITING, confirmed=True).decide() for name in refused]
    assert len({outcome.reason for outcome in outcomes if isinstance(outcome, Refused)}) == len(refused) == 8


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("channel", [ChannelKind.SHARED, ChannelKind.UNKNOWN])
def test_nothing_at_all_is_decided_in_a_shared_or_an_unknown_channel(
    channel: ChannelKind, verdict: Verdict, person: str
) -> None:
    for state in STATES:
        draft = UnderReview(
            status=state, version=1, risk=Risk.ROUTINE, statements=1, verified=True, deciders=("other", ASKED, FIRST)
        )
        review = Review(
            reviewer=PEOPLE[person],
            verdict=verdict,
            version=1,
            channel=channel,
            confirmed=True,
            minutes_since_decision=1,
        )
        outcome = ReviewPolicy().decide(draft, review)
        assert isinstance(outcome, Refused)
        assert one_calm_sentence(outcome.reason)
