from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.follow_up import FollowUp, satisfaction
from knowledge.drafting.draft import Citation, Draft, DraftStatus, Outcome, Statement
from knowledge.drafting.edits import EditKind
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.review import Verdict
from knowledge.drafting.ticket import Author, Message, Ticket, TicketRef
from storage.database import Database
from storage.drafts import Drafts
from storage.metrics import Handled, Metrics
from storage.reviews import Decision, Reviews
from storage.sent_replies import Satisfaction
from storage.tickets import Tickets
from tests.fakes import ShelfOfTickets

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
RULE = "Yearly plans are refunded in full within 14 days of purchase."
PROOF = Citation(
    document="refund-policy", version="v", title="", section="", quote=RULE, start=0, end=1, approved_by="M"
)
DRAFT = Draft(
    status=Outcome.ANSWERED,
    reply=f"Hi Dana,\n\n{RULE}\n\nKind regards",
    statements=(Statement(text=RULE, citations=(PROOF,)),),
)
ASKED = Message(text="Can I get a refund?", at=NOW - timedelta(hours=1))


class Desk:
    """One approved reply to a ticket of a helpdesk."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.at = NOW
        self.shelf = ShelfOfTickets(**{"1": Ticket(messages=(ASKED,))})
        self.follow_up = FollowUp(self.shelf, database, "w", Playbook, lambda: self.at)

    async def approve(self, state: DraftStatus = DraftStatus.APPROVED) -> None:
        ticket = Ticket(messages=(), ref=TicketRef(helpdesk="zendesk", id="1"))
        async with self.database.transaction() as tx:
            ticket_id = await Tickets(tx, "w").open(ticket, "key", NOW)
            await Tickets(tx, "w").refresh(ticket_id, Ticket(messages=(ASKED,)), "", NOW)
            draft = await Drafts(tx, "w").save(DRAFT, ticket_id, NOW)
            await Reviews(tx, "w").decide(
                draft.id,
                expected_state=DraftStatus.AWAITING,
                expected_number=1,
                new_state=state,
                review=Decision(person="U1", verdict=Verdict.APPROVE),
                now=NOW,
            )

    def says(self, *messages: Message, satisfaction: str = "") -> None:
        self.shelf.tickets["1"] = Ticket(messages=(ASKED, *messages), satisfaction=satisfaction)

    async def looked(self, *, after: timedelta = timedelta(hours=1)) -> Handled:
        self.at = NOW + after
        await self.follow_up.look_round()
        async with self.database.reading() as tx:
            (handled,) = await Metrics(tx, "w").handled(NOW)
        return handled


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database = Database(f"sqlite:///{tmp_path / 'proofdesk.db'}")
    await database.migrate()
    yield Desk(database)
    await database.close()


def answer(text: str, minutes: int = 20) -> Message:
    return Message(text=text, author=Author.AGENT, at=NOW + timedelta(minutes=minutes))


async def test_a_reply_that_went_out_as_approved_has_no_edits(desk: Desk) -> None:
    await desk.approve()
    desk.says(answer(DRAFT.reply.replace("\n\n", "\n")))
    handled = await desk.looked()
    assert (handled.sent_at, handled.sent_edits) == (NOW + timedelta(minutes=20), ())


async def test_what_was_changed_after_approval_is_counted(desk: Desk) -> None:
    await desk.approve()
    desk.says(answer(DRAFT.reply.replace("14 days", "30 days")), answer("And one more thing.", 30))
    (edit,) = (await desk.looked()).sent_edits
    assert (edit.kind, edit.words, edit.document) == (EditKind.FACTS, 1, "refund-policy")


async def test_what_an_agent_wrote_before_the_approval_is_not_the_reply(desk: Desk) -> None:
    await desk.approve()
    desk.says(answer("We are looking into it.", -5))
    assert (await desk.looked()).sent_at is None


async def test_satisfaction_is_joined_when_the_customer_gives_it_and_the_reply_stays(desk: Desk) -> None:
    await desk.approve()
    desk.says(answer(DRAFT.reply))
    first = await desk.looked()
    desk.says(answer("Something else entirely was written here.", 5), satisfaction="5 of 5")
    second = await desk.looked(after=timedelta(hours=8))
    assert (first.satisfaction, second.satisfaction) == (Satisfaction.UNKNOWN, Satisfaction.GOOD)
    assert (second.sent_at, second.sent_edits) == (first.sent_at, ())
    await desk.looked(after=timedelta(hours=16))
    assert desk.shelf.reads == ["1", "1"], "all is known, so nothing is read again"


@pytest.mark.parametrize("state", [DraftStatus.REJECTED, DraftStatus.ESCALATED])
async def test_only_approved_replies_are_looked_up(desk: Desk, state: DraftStatus) -> None:
    await desk.approve(state)
    await desk.looked()
    assert desk.shelf.reads == []


async def test_an_approval_that_a_later_draft_followed_is_left_alone(desk: Desk) -> None:
    await desk.approve()
    async with desk.database.transaction() as tx:
        ticket_id = await Tickets(tx, "w").find("key")
        await Drafts(tx, "w").save(DRAFT, ticket_id or "", NOW)
    desk.at = NOW + timedelta(hours=1)
    await desk.follow_up.look_round()
    assert desk.shelf.reads == []


async def test_a_fresh_approval_and_an_old_one_are_left_alone(desk: Desk) -> None:
    await desk.approve()
    await desk.looked(after=timedelta(minutes=10))
    await desk.looked(after=timedelta(days=15))
    assert desk.shelf.reads == []


async def test_a_ticket_that_cannot_be_read_is_looked_at_again_later_and_not_at_once(desk: Desk) -> None:
    await desk.approve()
    del desk.shelf.tickets["1"]
    await desk.looked()
    await desk.looked(after=timedelta(hours=2))
    desk.says(answer(DRAFT.reply))
    assert (await desk.looked(after=timedelta(hours=8))).sent_at is not None
    assert desk.shelf.reads == ["1", "1"]


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("", Satisfaction.UNKNOWN),
        ("good", Satisfaction.GOOD),
        ("bad", Satisfaction.BAD),
        ("4 of 5", Satisfaction.GOOD),
        ("3 of 5", Satisfaction.BAD),
        ("6 of 7", Satisfaction.GOOD),
        ("0 of 0", Satisfaction.UNKNOWN),
        ("4.5 of 5", Satisfaction.GOOD),
        ("2.5 of 5", Satisfaction.BAD),
        ("Extremely happy", Satisfaction.GOOD),
        ("neutral", Satisfaction.BAD),
    ],
)
def test_every_helpdesks_word_is_good_or_not(said: str, means: Satisfaction) -> None:
    assert satisfaction(said) is means
