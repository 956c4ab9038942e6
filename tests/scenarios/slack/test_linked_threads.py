"""Threads with linked tickets: facts, wishes, pastes and edits reach the right draft, and nothing outdated lives on."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.intents import Place, Talk
from bot.jobs import Step
from bot.sandbox.faults import Fault
from bot.sandbox.helpdesk import Comment
from tests.office import INTAKE, Office, said
from tests.scenarios.slack.test_ticket_links import link, ticket
from tests.scenarios.slack.tickets import BROWSERS, PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="module")
ASKS = "I want a refund. What are the rules for that?"
FRESHDESK = "https://acme.freshdesk.com/a/tickets/17"


@pytest.mark.parametrize("wish", ["shorter", "friendlier", "two options"])
async def test_what_is_out_of_date_is_not_put_in_another_way(office: Office, wish: str) -> None:
    number = 6000 + len(wish)
    ts, card = await office.paste(ticket(office, number, BROWSERS))
    office.sandbox.helpdesk.tickets[number].comments.append(Comment(ASKS))
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Out of date.*")
    await office.ben.say(INTAKE, wish, ts)
    await office.told(office.ben, "This draft is out of date; say “redraft”", thread=ts)
    assert (await office.draft(card)).number == 1


async def test_a_fact_that_a_colleague_supplies_stays_whatever_the_helpdesk_says_later(office: Office) -> None:
    ts, card = await office.paste(ticket(office, 6010, ASKS))
    assert "billing period" in said(card)
    await office.ben.say(INTAKE, "It is the yearly plan", ts)
    second = await office.shows(ts, "`v2`")
    assert "billing_period" not in [each.fact for each in (await office.draft(second)).draft.missing_facts]
    office.sandbox.helpdesk.tickets[6010].comments.append(Comment("Any news?"))
    await office.ben.say(INTAKE, "redraft", ts)
    third = await office.shows(ts, "`v3`")
    assert "billing_period" not in [each.fact for each in (await office.draft(third)).draft.missing_facts]
    await office.ben.press(INTAKE, third["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")


async def test_a_field_filled_in_the_helpdesk_is_known_to_the_next_draft(office: Office) -> None:
    ts, card = await office.paste(ticket(office, 6011, ASKS))
    assert "billing period" in said(card)
    office.sandbox.helpdesk.tickets[6011].plan = "yearly"
    await office.ben.say(INTAKE, "redraft", ts)
    second = await office.shows(ts, "`v2`")
    assert "billing_period" not in [each.fact for each in (await office.draft(second)).draft.missing_facts]


async def test_a_fact_is_for_the_draft_that_asks_and_no_customers_words_for_another(office: Office) -> None:
    ts = await office.ana.say(INTAKE, f"{link(9998)} {ticket(office, 6020, ASKS)}")
    await office.sandbox.until(lambda: any("*No draft*" in said(card) for card in office.cards(ts)))
    await office.sandbox.until(lambda: any("billing period" in said(card) for card in office.cards(ts)))
    await office.ben.say(INTAKE, "It is the yearly plan", ts)
    await office.sandbox.until(lambda: any("`v2`" in said(card) for card in office.cards(ts)))
    assert any("*No draft*" in said(card) for card in office.cards(ts))


async def test_among_several_drafts_a_wish_is_asked_for_by_button(office: Office) -> None:
    ts = await office.ana.say(INTAKE, f"{ticket(office, 6030, BROWSERS)} {ticket(office, 6031, PASSWORD)}")
    await office.sandbox.until(lambda: sum('"redraft"' in said(card) for card in office.cards(ts)) == 2)
    await office.ben.say(INTAKE, "redraft", ts)
    await office.told(office.ben, "There are several drafts in this thread; use the buttons", thread=ts)
    assert not any("`v2`" in said(card) for card in office.cards(ts))


async def test_beside_a_card_without_a_draft_a_wish_reaches_the_one_draft(office: Office) -> None:
    ts = await office.ana.say(INTAKE, f"{ticket(office, 6032, BROWSERS)} {link(9997)}")
    await office.sandbox.until(lambda: any("*No draft*" in said(card) for card in office.cards(ts)))
    await office.sandbox.until(lambda: any('"redraft"' in said(card) for card in office.cards(ts)))
    await office.ben.say(INTAKE, "redraft", ts)
    await office.sandbox.until(lambda: any("`v2`" in said(card) for card in office.cards(ts)))


async def test_the_same_link_posted_twice_at_once_gets_one_draft(office: Office) -> None:
    where = ticket(office, 6040, BROWSERS)
    first, second = await asyncio.gather(office.ana.say(INTAKE, where), office.ben.say(INTAKE, where))
    await office.idle()
    drafted = [card for ts in (first, second) for card in office.cards(ts)]
    assert len(drafted) == 1
    assert '"redraft"' in said(drafted[0])


async def test_an_edit_of_pasted_words_is_followed(office: Office) -> None:
    ts = await office.ana.say(INTAKE, link(9996))
    await office.shows(ts, "*No draft*")
    pasted = await office.ana.say(INTAKE, PASSWORD, ts)
    await office.shows(ts, '"redraft"', "Forgot password")
    await office.ana.edit(INTAKE, pasted, BROWSERS)
    await office.shows(ts, "`v2`", "Firefox")


async def test_a_word_changed_beside_an_unknown_link_harms_no_approved_draft(office: Office) -> None:
    ts = await office.ana.say(INTAKE, f"{FRESHDESK} pls")
    card = await office.shows(ts, "This desk has no Freshdesk")
    await office.ana.say(INTAKE, PASSWORD, ts)
    await office.shows(ts, '"redraft"')
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Approved*")
    await office.ana.edit(INTAKE, ts, f"{FRESHDESK} please")
    await office.idle()
    assert "*Approved*" in said(office.cards(ts)[0])
    assert len(office.cards(ts)) == 1


async def test_an_unknown_link_put_in_a_links_place_is_told(office: Office) -> None:
    ts, _ = await office.paste(ticket(office, 6050, BROWSERS))
    await office.ana.edit(INTAKE, ts, FRESHDESK)
    await office.sandbox.until(lambda: "This desk has no Freshdesk" in said(office.cards(ts)[-1]))
    assert "*Out of date.*" in said(office.cards(ts)[0])


async def test_a_wrong_link_that_is_corrected_is_drafted(office: Office) -> None:
    ts = await office.ana.say("C0RANDOM", "@Proofdesk https://example.com/agent/tickets/1")
    await office.told(office.ana, "I know no ticket at this link", channel="C0RANDOM", since=ts)
    await office.ana.edit("C0RANDOM", ts, f"@Proofdesk {ticket(office, 6051, BROWSERS)}")
    await office.shows(ts, '"redraft"', "Firefox", channel="C0RANDOM")


async def test_while_the_desk_is_off_an_edit_opens_nothing(office: Office) -> None:
    ts, _ = await office.paste(ticket(office, 6052, BROWSERS))
    await office.sam.command("/desk", "off", INTAKE)
    await office.told(office.sam, "Proofdesk is off")
    try:
        await office.ana.edit(INTAKE, ts, ticket(office, 6053, PASSWORD))
        await office.told(office.ana, "switched Proofdesk off, so I drafted nothing", thread=ts)
        assert len(office.cards(ts)) == 1
    finally:
        await office.sam.command("/desk", "on", INTAKE)
        await office.told(office.sam, "Proofdesk is on")


async def test_an_unknown_link_alone_in_a_thread_is_told(office: Office) -> None:
    parent = await office.ana.say(INTAKE, "@ben look at this one too")
    await office.ben.say(INTAKE, FRESHDESK, parent)
    await office.shows(parent, "This desk has no Freshdesk")


async def test_a_link_under_words_is_a_link_alone(office: Office) -> None:
    parent = await office.ana.say(INTAKE, "@ben look at this one too")
    await office.ben.say(INTAKE, f"<{ticket(office, 6060, BROWSERS)}|Refund for annual plan>", parent)
    await office.shows(parent, '"redraft"', "Firefox")


async def test_a_card_that_slack_did_not_take_says_so_later_and_keeps_no_other_one_waiting(office: Office) -> None:
    first, _ = await office.paste(ticket(office, 6070, BROWSERS))
    second, _ = await office.paste(ticket(office, 6071, BROWSERS))
    for number in (6070, 6071):
        office.sandbox.helpdesk.tickets[number].comments.append(Comment(ASKS))
    office.sandbox.faults.add("chat.update", Fault.ERROR("fatal_error"), times=8)
    office.clock.forward(minutes=6)
    await office.bot.worker.look_at_tickets()
    office.sandbox.faults.clear()
    await office.bot.worker.show_again()
    for ts in (first, second):
        await office.shows(ts, "*Out of date.* The customer wrote again.")


class Remembering:
    """Steps of a job that begins again: what was finished is not done twice; one of them is cut off the first time."""

    def __init__(self, cut: str) -> None:
        self.cut = cut
        self.finished: list[str] = []

    def again(self) -> Step:
        """The steps of one run."""
        before = iter(tuple(self.finished))

        async def step(name: str, work: Callable[[], Awaitable[str]]) -> str:
            if (known := next(before, None)) is not None:
                return known
            if name == self.cut:
                self.cut = ""
                raise asyncio.CancelledError
            self.finished.append(await work())
            return self.finished[-1]

        return step


async def test_a_paste_that_is_cut_off_goes_on_when_its_job_begins_again(office: Office) -> None:
    ts = await office.ana.say(INTAKE, link(9995))
    await office.shows(ts, "*No draft*")
    steps = Remembering("draft")
    talk = Talk(place=Place(channel=INTAKE, thread=ts, message=f"{ts}1"), person="U0ANA", text=PASSWORD)
    with pytest.raises(asyncio.CancelledError):
        await office.bot.worker._refining.talk(talk, "cut", steps.again())
    await office.bot.worker._refining.talk(talk, "cut", steps.again())
    await office.shows(ts, '"redraft"', "Forgot password")
