"""Links to tickets: each becomes a draft in its thread, from the whole conversation in the helpdesk."""

import pytest

from bot.sandbox.helpdesk import ADDRESS, Comment, SampleTicket
from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.tickets import BROWSERS, PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="module")
RANDOM = "C0RANDOM"
REFUND = "When are yearly plans refunded?"


def ticket(office: Office, number: int, *comments: str | Comment, subject: str = "A question") -> str:
    """Puts a ticket into the sample helpdesk; gives back its link."""
    said_ = [each if isinstance(each, Comment) else Comment(each) for each in comments]
    office.sandbox.helpdesk.tickets[number] = SampleTicket(number, subject, "Dana Reyes", said_)
    return link(number)


def link(number: int) -> str:
    return f"{ADDRESS}/agent/tickets/{number}"


async def test_a_link_becomes_a_card_that_names_the_ticket_and_links_to_it(office: Office) -> None:
    ts, card = await office.paste(link(4821))
    shown = said(card)
    assert f"<{link(4821)}|Zendesk #4821: Refund for annual plan>" in shown
    assert "14 days" in shown
    assert "Hi Dana" in shown
    assert "1.6 h after the customer wrote" in shown
    assert "Pictures and files were not read: receipt.png." in shown
    assert card["text"].startswith('Draft for "Zendesk #4821: Refund for annual plan"')
    assert len(office.cards(ts)) == 1


async def test_what_colleagues_noted_for_themselves_is_nowhere(office: Office) -> None:
    where = ticket(office, 5001, BROWSERS, Comment("His aunt runs the SECRETNOTE bank.", by_agent=True, public=False))
    _, card = await office.paste(where)
    assert "SECRETNOTE" not in said(card)
    stored = await office.bot.services.parts.records.ticket((await office.draft(card)).ticket_id)
    assert stored
    assert "SECRETNOTE" not in stored.model_dump_json()


async def test_the_customers_latest_question_is_answered_and_not_the_one_that_was(office: Office) -> None:
    _, card = await office.paste(link(4822))
    assert "Firefox" in said(card)
    assert "Forgot password" not in (await office.draft(card)).draft.reply


async def test_what_the_helpdesk_knows_is_not_asked_again(office: Office) -> None:
    asked = "I want a refund. What are the rules for that?"
    _, unknown = await office.paste(ticket(office, 5010, asked))
    assert "billing period" in said(unknown)
    where = ticket(office, 5011, asked)
    office.sandbox.helpdesk.tickets[5011].plan = "yearly"
    _, known = await office.paste(where)
    assert "billing period" not in said(known)


async def test_several_links_get_a_card_each_and_what_is_too_much_is_named(office: Office) -> None:
    links = [ticket(office, 5100 + number, BROWSERS, subject=f"Number {number}") for number in range(7)]
    ts = await office.ana.say(INTAKE, f"Please have a look: {' and '.join(links)} `{links[0]}`")
    await office.sandbox.until(lambda: sum('"redraft"' in said(card) for card in office.cards(ts)) == 5)
    told = await office.told(office.ana, "I drafted the first tickets of this message", thread=ts)
    assert "Zendesk #5105, Zendesk #5106" in said(told)
    assert len(office.cards(ts)) == 5


async def test_a_ticket_that_waits_for_a_decision_gets_no_second_draft(office: Office) -> None:
    where = ticket(office, 5200, BROWSERS)
    first, _ = await office.paste(where)
    second = await office.ben.say(INTAKE, where)
    told = await office.told(office.ben, "There is an open draft for this ticket already", since=second)
    assert "Open the draft" in said(told)
    assert office.cards(second) == []
    assert len(office.cards(first)) == 1


async def test_a_decided_ticket_may_be_drafted_anew(office: Office) -> None:
    where = ticket(office, 5201, BROWSERS)
    ts, card = await office.paste(where)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Approved*")
    again, _ = await office.paste(where)
    assert len(office.cards(again)) == 1


async def test_when_the_customer_wrote_again_the_draft_is_not_approved_and_a_redraft_answers_that_too(
    office: Office,
) -> None:
    where = ticket(office, 5300, BROWSERS)
    ts, card = await office.paste(where)
    office.sandbox.helpdesk.tickets[5300].comments.append(Comment(REFUND))
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.told(office.ben, "The customer wrote again. This draft is out of date; redraft", thread=ts)
    stale = await office.shows(ts, "*Out of date.* The customer wrote again. Redraft to answer that as well.")
    assert button(stale, "approve") is None
    await office.ben.say(INTAKE, "redraft", ts)
    fresh = await office.shows(ts, "`v2`", "14 days", "Firefox")
    await office.ben.press(INTAKE, fresh["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")


async def test_an_answer_by_a_colleague_makes_a_draft_out_of_date(office: Office) -> None:
    where = ticket(office, 5301, BROWSERS)
    ts, card = await office.paste(where)
    office.sandbox.helpdesk.tickets[5301].comments.append(Comment("We support Firefox.", by_agent=True))
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Out of date.* A colleague answered the customer.")
    assert await office.decisions(card) == []


async def test_a_redraft_reads_the_ticket_again_without_being_told(office: Office) -> None:
    where = ticket(office, 5302, BROWSERS)
    ts, _ = await office.paste(where)
    office.sandbox.helpdesk.tickets[5302].comments.append(Comment(REFUND))
    await office.ben.say(INTAKE, "redraft", ts)
    await office.shows(ts, "`v2`", "14 days", "Firefox")


async def test_a_card_says_by_itself_that_the_customer_wrote_again(office: Office) -> None:
    where = ticket(office, 5303, BROWSERS)
    ts, card = await office.paste(where)
    office.sandbox.helpdesk.tickets[5303].comments.append(Comment(REFUND))
    parts = office.bot.services.parts
    assert (await office.draft(card)).ticket_id not in await parts.reader.look_round()
    office.clock.forward(minutes=6)
    await office.bot.worker.look_at_tickets()
    await office.shows(ts, "*Out of date.* The customer wrote again.")


async def test_while_the_helpdesk_cannot_be_asked_nothing_is_approved(office: Office) -> None:
    where = ticket(office, 5304, BROWSERS)
    ts, card = await office.paste(where)
    kept = office.sandbox.helpdesk.tickets.pop(5304)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.told(office.ben, "I could not check whether the ticket changed since this draft", thread=ts)
    office.sandbox.helpdesk.tickets[5304] = kept
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")


async def test_an_approved_reply_stays_approved_when_it_was_sent(office: Office) -> None:
    where = ticket(office, 5305, BROWSERS)
    ts, card = await office.paste(where)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")
    reply = (await office.draft(card)).draft.reply
    office.sandbox.helpdesk.tickets[5305].comments.append(Comment(reply, by_agent=True))
    office.clock.forward(minutes=6)
    assert await office.bot.services.parts.reader.look_round() == []


async def test_a_ticket_that_cannot_be_read_says_why_and_takes_the_pasted_words_instead(office: Office) -> None:
    ts = await office.ana.say(INTAKE, link(9999))
    card = await office.shows(ts, "*No draft*", "Zendesk #9999", "does not exist, or the token may not read it (404)")
    assert "Paste the customer's message here and I will draft from that." in said(card)
    await office.ben.say(INTAKE, "Is that not the one that was merged last week, Ana?", ts)
    await office.idle()
    assert '"redraft"' not in said(office.cards(ts)[0])
    await office.ana.say(INTAKE, PASSWORD, ts)
    filled = await office.shows(ts, '"redraft"', "Forgot password", "Zendesk #9999")
    await office.ben.press(INTAKE, filled["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")


async def test_trying_again_reads_a_ticket_that_can_be_read_now(office: Office) -> None:
    ts = await office.ana.say(INTAKE, link(5400))
    card = await office.shows(ts, "*No draft*", '"retry"')
    ticket(office, 5400, BROWSERS)
    await office.ana.press(INTAKE, card["ts"], "retry")
    await office.shows(ts, '"redraft"', "Firefox")


async def test_a_helpdesk_that_is_not_set_up_gets_one_line_and_takes_the_pasted_words(office: Office) -> None:
    ts = await office.ana.say(INTAKE, "https://acme.freshdesk.com/a/tickets/17")
    card = await office.shows(
        ts, "Freshdesk ticket", "This desk has no Freshdesk at that address", "desk.yaml", "Paste"
    )
    await office.ana.say(INTAKE, PASSWORD, ts)
    await office.shows(ts, '"redraft"', "Forgot password")
    assert [each["ts"] for each in office.cards(ts)] == [card["ts"]]


async def test_a_link_in_a_thread_is_drafted_there_if_it_stands_alone_or_the_bot_is_named(office: Office) -> None:
    ticket(office, 5500, BROWSERS)
    ticket(office, 5501, PASSWORD)
    parent = await office.ana.say(INTAKE, "@ben look what came in today")
    await office.ben.say(INTAKE, f"I think it is the same as {link(5501)} was in the spring", parent)
    await office.ben.say(INTAKE, link(5500), parent)
    await office.shows(parent, '"redraft"', "Firefox")
    await office.idle()
    assert len(office.cards(parent)) == 1
    await office.ben.say(INTAKE, f"@Proofdesk and {link(5501)}", parent)
    await office.sandbox.until(lambda: "Forgot password" in said(office.cards(parent)[-1]))


async def test_pasted_words_win_over_a_link_in_them_and_the_link_is_named(office: Office) -> None:
    where = ticket(office, 5600, BROWSERS)
    text = f"Subject: Password\nFrom: Dana Reyes\n\n{PASSWORD}\nI wrote about it in {where} before."
    ts, card = await office.paste(text)
    assert "Forgot password" in said(card)
    await office.told(office.ana, "did not read Zendesk #5600; post the link alone for that", thread=ts)


async def test_another_link_put_in_its_place_is_drafted_and_the_first_card_is_out_of_date(office: Office) -> None:
    ts, _ = await office.paste(ticket(office, 5700, BROWSERS))
    await office.ana.edit(INTAKE, ts, ticket(office, 5701, PASSWORD))
    await office.sandbox.until(lambda: "Forgot password" in said(office.cards(ts)[-1]))
    assert "*Out of date.*" in said(office.cards(ts)[0])


async def test_a_comment_beside_a_link_changes_nothing(office: Office) -> None:
    ts, _ = await office.paste(ticket(office, 5702, BROWSERS))
    before = office.cards(ts)
    await office.ana.edit(INTAKE, ts, f"{link(5702)} this one is urgent")
    await office.idle()
    assert office.cards(ts) == before


async def test_other_addresses_are_no_tickets(office: Office) -> None:
    lone = await office.ana.say(INTAKE, "https://example.com/agent/tickets/4821")
    await office.idle()
    assert office.cards(lone) == []
    asked = await office.ana.say(RANDOM, "@Proofdesk https://example.com/agent/tickets/4821")
    await office.told(office.ana, "I know no ticket at this link. Paste", channel=RANDOM, since=asked)


async def test_the_helpdesk_was_only_ever_read(office: Office) -> None:
    assert {verb for verb, _ in office.sandbox.helpdesk.asked} == {"GET"}
