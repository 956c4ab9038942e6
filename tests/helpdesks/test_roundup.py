"""Roundup itself, read over its REST API."""

import pytest

from bot.errors import HelpdeskError
from bot.helpdesks.helpdesks import Helpdesks
from knowledge.drafting.ticket import Author, TicketRef
from tests.bot.helpdesks.sample import ATTACHED, CUSTOMER, REFUND
from tests.helpdesks.conftest import Reading
from tests.helpdesks.roundup import Roundup


@pytest.fixture
def helpdesks(reading: Reading, roundup: Roundup) -> Helpdesks:
    facts = {"plan": "plan", "priority": "priority"}
    return reading(roundup.password, kind="roundup", address=roundup.url, user=roundup.user, facts=facts)


@pytest.fixture
def ref(roundup: Roundup) -> TicketRef:
    return TicketRef(helpdesk="desk", id=roundup.issue)


async def test_a_link_leads_to_the_whole_issue(helpdesks: Helpdesks, roundup: Roundup) -> None:
    await helpdesks.check("desk")
    [ref] = helpdesks.find(f"<{roundup.link}#msg2|Refund>").tickets
    ticket = await helpdesks.read(ref)
    said = [each for each in REFUND.said if not each.internal]
    assert [(message.text, message.name) for message in ticket.messages] == [(each.text, each.name) for each in said]
    assert [message.author is Author.AGENT for message in ticket.messages] == [each.by_agent for each in said]
    assert (ticket.subject, ticket.requester, ticket.status) == (REFUND.subject, CUSTOMER, "chatting")
    assert ticket.fields == {"plan": REFUND.plan, "priority": "urgent"}
    assert (ticket.attachments, ticket.tags, ticket.notes) == ((ATTACHED,), REFUND.tags, ())
    assert ticket.opened_at
    assert all(message.at and message.at >= ticket.opened_at for message in ticket.messages)
    assert ticket.ref
    assert ticket.ref.url == roundup.link


async def test_many_messages_are_read_in_their_order(helpdesks: Helpdesks, roundup: Roundup, ref: TicketRef) -> None:
    said = [f"This is message {number} of many." for number in range(60)]
    roundup.say_all(said)
    ticket = await helpdesks.read(ref)
    assert [message.text for message in ticket.messages[3:]] == said


async def test_a_file_that_came_without_a_message_is_named_too(
    helpdesks: Helpdesks, roundup: Roundup, ref: TicketRef
) -> None:
    roundup.attach("contract.pdf")
    assert set((await helpdesks.read(ref)).attachments) == {ATTACHED, "contract.pdf"}


async def test_what_cannot_be_read_is_told(
    reading: Reading, helpdesks: Helpdesks, roundup: Roundup, ref: TicketRef
) -> None:
    wrong = reading("wrong", kind="roundup", address=roundup.url, user=roundup.user)
    with pytest.raises(HelpdeskError, match=r"does not take the token \(401\)"):
        await wrong.read(ref)
    with pytest.raises(HelpdeskError, match=r"does not take the token \(401\)"):
        await wrong.check("desk")
    with pytest.raises(HelpdeskError, match=r"does not exist, or the token may not read it \(404\)"):
        await helpdesks.read(TicketRef(helpdesk="desk", id="987654"))
