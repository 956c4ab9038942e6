"""Request Tracker itself, read over its REST 2.0."""

import pytest

from bot.errors import HelpdeskError
from bot.helpdesks.helpdesks import Helpdesks
from knowledge.drafting.ticket import Author, TicketRef
from tests.bot.helpdesks.sample import ATTACHED, CUSTOMER, REFUND, Said
from tests.helpdesks.conftest import Reading
from tests.helpdesks.request_tracker import RequestTracker


@pytest.fixture
def helpdesks(reading: Reading, request_tracker: RequestTracker) -> Helpdesks:
    return reading(request_tracker.token, kind="request_tracker", address=request_tracker.url, facts={"Plan": "plan"})


@pytest.fixture
def ref(request_tracker: RequestTracker) -> TicketRef:
    return TicketRef(helpdesk="desk", id=request_tracker.ticket)


async def test_a_link_leads_to_the_whole_ticket(helpdesks: Helpdesks, request_tracker: RequestTracker) -> None:
    await helpdesks.check("desk")
    [ref] = helpdesks.find(f"<{request_tracker.link}#txn-7|Refund>").tickets
    ticket = await helpdesks.read(ref)
    said = [each for each in REFUND.said if not each.internal]
    assert [(message.text, message.name) for message in ticket.messages] == [(each.text, each.name) for each in said]
    assert [message.author is Author.AGENT for message in ticket.messages] == [each.by_agent for each in said]
    assert [note.text for note in ticket.notes] == ["A friend of the CEO, be quick."]
    assert (ticket.subject, ticket.requester, ticket.status) == (REFUND.subject, CUSTOMER, "open")
    assert (ticket.fields, ticket.attachments, ticket.tags) == ({"plan": REFUND.plan}, (ATTACHED,), ())
    assert ticket.opened_at
    assert ticket.opened_at == ticket.messages[0].at
    assert ticket.ref
    assert ticket.ref.url == request_tracker.link


async def test_what_is_said_later_is_read_too(
    helpdesks: Helpdesks, request_tracker: RequestTracker, ref: TicketRef
) -> None:
    before = await helpdesks.read(ref)
    request_tracker.say(Said("Never mind, I found it.", files=("steps.txt",)))
    after = await helpdesks.read(ref)
    assert after.messages[:-1] == before.messages
    assert after.attachments == (*before.attachments, "steps.txt")
    assert (after.messages[-1].text, after.messages[-1].author) == ("Never mind, I found it.", Author.CUSTOMER)


async def test_whoever_does_not_work_there_is_a_customer(
    helpdesks: Helpdesks, request_tracker: RequestTracker, ref: TicketRef
) -> None:
    request_tracker.say(Said("I work with Dana and ask the same."), "Cleo Park <cleo@customer.example>")
    ticket = await helpdesks.read(ref)
    assert (ticket.messages[-1].name, ticket.messages[-1].author) == ("Cleo Park", Author.CUSTOMER)
    assert ticket.requester == CUSTOMER


async def test_more_than_one_page_is_read_though_nobody_tells_how_many_there_are(
    helpdesks: Helpdesks, request_tracker: RequestTracker, ref: TicketRef
) -> None:
    said = [f"This is message {number} of many." for number in range(30)]
    request_tracker.say_all(said)
    ticket = await helpdesks.read(ref)
    assert [message.text for message in ticket.messages[3:]] == said


async def test_a_customer_whose_ticket_an_agent_opened_has_a_name(
    helpdesks: Helpdesks, request_tracker: RequestTracker
) -> None:
    called = request_tracker.noted("Dana called: she wants her money back.")
    ticket = await helpdesks.read(TicketRef(helpdesk="desk", id=called.ticket))
    assert [message.author for message in ticket.messages] == [Author.AGENT]
    assert ticket.requester == CUSTOMER


async def test_a_merged_ticket_is_read_with_the_one_it_is_in(
    helpdesks: Helpdesks, request_tracker: RequestTracker, ref: TicketRef
) -> None:
    called = request_tracker.noted("Dana called: she wants her money back.")
    called.agent.done("PUT", f"/REST/2.0/ticket/{called.ticket}", {"MergeInto": int(ref.id)})
    merged = await helpdesks.read(TicketRef(helpdesk="desk", id=called.ticket))
    assert merged.subject == REFUND.subject
    assert [message.text for message in merged.messages][-2:] == [
        REFUND.said[-1].text,
        "Dana called: she wants her money back.",
    ]


async def test_a_name_and_password_do_in_place_of_a_token(
    reading: Reading, request_tracker: RequestTracker, ref: TicketRef
) -> None:
    settings = {"kind": "request_tracker", "address": request_tracker.url, "user": request_tracker.user}
    assert (await reading(request_tracker.password, **settings).read(ref)).subject == REFUND.subject


async def test_what_cannot_be_read_is_told(
    reading: Reading, helpdesks: Helpdesks, request_tracker: RequestTracker, ref: TicketRef
) -> None:
    settings = {"kind": "request_tracker", "address": request_tracker.url}
    with pytest.raises(HelpdeskError, match=r"does not take the token \(401\)"):
        await reading("1-2-wrong", **settings).read(ref)
    with pytest.raises(HelpdeskError, match=r"does not take the token \(401\)"):
        await reading("1-2-wrong", **settings).check("desk")
    with pytest.raises(HelpdeskError, match=r"does not let this token read the ticket \(403\)"):
        await reading(request_tracker.password, user="newcomer", **settings).read(ref)
    with pytest.raises(HelpdeskError, match=r"does not exist, or the token may not read it \(404\)"):
        await helpdesks.read(TicketRef(helpdesk="desk", id="987654"))
