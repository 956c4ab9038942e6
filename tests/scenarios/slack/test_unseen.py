"""Nothing is approved that was not on the card, and nothing answers words that are not the customer's any more."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from bot.interfaces import Drafting, Told
from bot.sandbox.faults import Fault
from bot.slack.patience import Patience
from knowledge.drafting.draft import Draft
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.ticket import Ticket
from knowledge.interfaces import Audience
from tests.office import INTAKE, Office, said
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.tickets import BROWSERS, REFUND, TWO_QUESTIONS


class Slow:
    """A drafter that waits for a sign before it drafts tickets that hold a word."""

    def __init__(self, drafter: Drafting, word: str, go_on: asyncio.Event) -> None:
        self._drafter = drafter
        self._word = word
        self._go_on = go_on

    async def draft(self, ticket: Ticket, *, on: date, told: Told | None = None) -> Draft:
        if self._word in ticket.customer_text:
            await self._go_on.wait()
        return await self._drafter.draft(ticket, on=on, told=told)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._drafter, name)


@asynccontextmanager
async def slow_for(office: Office, word: str) -> AsyncIterator[asyncio.Event]:
    """Drafts of tickets with a word wait until the event is set."""
    desk, go_on = office.bot.services.parts.desk, asyncio.Event()
    usual: Callable[[Playbook, Audience], Drafting] = desk._drafter
    desk._drafter = lambda playbook, audience: Slow(usual(playbook, audience), word, go_on)
    try:
        yield go_on
    finally:
        go_on.set()
        desk._drafter = usual


async def test_a_draft_of_words_that_were_edited_meanwhile_is_made_anew(opened: Opened) -> None:
    async with opened() as office, slow_for(office, "yearly") as go_on:
        ts = await office.ana.say(INTAKE, REFUND)
        await office.shows(ts, "Drafting a reply")
        await office.ana.edit(INTAKE, ts, BROWSERS)
        card = await office.shows(ts, "Firefox")
        go_on.set()
        await office.idle()
        draft = await office.draft(card)
        assert "14 days" not in draft.draft.reply
        assert "Firefox" in said(office.cards(ts)[0])


async def test_a_reaction_to_a_card_that_shows_an_older_version_decides_nothing(opened: Opened) -> None:
    async with opened() as office:
        ts, card = await office.paste(TWO_QUESTIONS)
        office.sandbox.faults.add("chat.update", Fault.ERROR("internal_error"), times=3)
        await office.ana.say(INTAKE, "shorter", ts)
        await office.sandbox.until(
            lambda: sum(c.method == "chat.update" and c.answer != "ok" for c in office.sandbox.calls)
        )
        assert "`v1`" in said(office.cards(ts)[0])
        await office.ben.react(INTAKE, card["ts"], "white_check_mark")
        await office.told(office.ben, "The card changed while you reacted", thread=ts)
        assert await office.decisions(card) == []


async def test_an_editor_that_was_open_during_an_approval_takes_nothing_back(opened: Opened) -> None:
    async with opened() as office:
        ts, card = await office.paste(BROWSERS)
        await office.ana.press(INTAKE, card["ts"], "edit")
        await office.sandbox.until(lambda: office.ana.views)
        view = office.ana.views[-1]
        await office.ben.press(INTAKE, card["ts"], "approve")
        await office.shows(ts, "*Approved* by <@U0BEN>")
        block = next(each for each in view["blocks"] if each["type"] == "input")
        typed = {"type": "plain_text_input", "value": "Something else."}
        await office.ana.submit(view, {block["block_id"]: {block["element"]["action_id"]: typed}})
        await office.told(office.ana, "Something else.", thread=ts)
        assert "*Approved* by <@U0BEN>" in said(office.cards(ts)[0])


async def test_what_colleagues_say_to_each_other_is_never_the_customers(opened: Opened) -> None:
    async with opened() as office:
        ts, card = await office.paste("How do I get a refund for my plan?")
        await office.ana.say(INTAKE, "@Ben I was off last week, my lawyer is suing my landlord, can you take this?", ts)
        await office.ana.say(
            INTAKE, "It was bought last week, they said, and my own lawyer says hello by the way to all", ts
        )
        await office.paste(BROWSERS)
        await office.idle()
        assert (await office.draft(card)).number == 1
        assert "lawyer" not in said(office.cards(ts)[0])


async def test_an_addition_stands_before_the_sign_off(opened: Opened) -> None:
    async with opened() as office:
        ts, card = await office.paste(BROWSERS)
        await office.ana.say(INTAKE, "add: Our office in Lisbon says hello.", ts)
        await office.shows(ts, "`v2`")
        reply = (await office.draft(card)).draft.reply
        assert reply.index("Lisbon") < reply.index("Kind regards")


async def test_a_reaction_cannot_choose_between_two_options(opened: Opened) -> None:
    async with opened() as office:
        ts, card = await office.paste(TWO_QUESTIONS)
        await office.ana.say(INTAKE, "two options", ts)
        await office.shows(ts, "Approve option 1")
        await office.ben.react(INTAKE, card["ts"], "white_check_mark")
        await office.told(office.ben, "There are two options", thread=ts)


async def test_an_open_card_says_that_a_cited_document_was_withdrawn(opened: Opened) -> None:
    async with opened() as office:
        ts, _ = await office.paste(REFUND)
        (office.settings.desk / "documents" / "refund-policy.md").unlink()
        await office.bot.rounds.documents()
        await office.shows(ts, "Changed since this draft")


async def test_a_card_that_slack_did_not_take_says_what_is_so_once_slack_is_back(opened: Opened) -> None:
    async with opened() as office:
        messenger: Any = office.bot.services.parts.messenger
        messenger._editing._patience = Patience(editing=0.2)
        ts, card = await office.paste(BROWSERS)
        office.sandbox.faults.add("chat.update", Fault.ERROR("internal_error"), times=50)
        await office.ben.press(INTAKE, card["ts"], "approve")
        await office.idle()
        assert "*Approved*" not in said(office.cards(ts)[0])
        office.sandbox.faults.clear()
        await office.bot.worker.show_again()
        await office.shows(ts, "*Approved* by <@U0BEN>")
        assert office.ben.ephemerals(INTAKE, ts) == []
