"""Questions that no document answers: listed with their tickets, and answered by documents that agents propose."""

from tests.office import INTAKE, button, said
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.test_documents import DOCS
from tests.scenarios.slack.tickets import CHARITY

ANSWER = "Charities get thirty percent off every yearly plan."


async def test_what_was_asked_in_vain_is_listed_for_the_owners_each_week_and_on_demand(opened: Opened) -> None:
    async with opened() as office:
        for _ in range(2):
            await office.paste(CHARITY)
        await office.ana.command("/docs", "gaps", "C0RANDOM")
        listed = await office.told(office.ana, "not in the approved documents", channel="C0RANDOM")
        assert "2 tickets" in said(listed)
        assert "charit" in said(listed).lower()
        office.clock.forward(minutes=7 * 24 * 60)
        await office.paste(CHARITY)
        await office.bot.worker.tell_owners()
        weekly = [each for each in office.posted(DOCS) if "To write next" in said(each)]
        assert len(weekly) == 1
        office.clock.forward(minutes=24 * 60)
        await office.bot.worker.tell_owners()


async def test_what_was_asked_where_not_everybody_reads_is_counted_and_shown_there_alone(opened: Opened) -> None:
    async with opened() as office:
        office.sandbox.world.channels[INTAKE].kind = "private"
        await office.paste(CHARITY)
        await office.ana.command("/docs", "gaps", "C0RANDOM")
        listed = await office.told(office.ana, "1 more question from channels that not everybody", channel="C0RANDOM")
        assert "charit" not in said(listed).lower()
        await office.ana.command("/docs", "gaps", INTAKE)
        there = await office.told(office.ana, "not in the approved documents")
        assert "charit" in said(there).lower()
        assert "more question" not in said(there)


async def test_an_approved_answer_of_an_agents_own_becomes_a_proposed_document_and_then_answers(
    opened: Opened,
) -> None:
    async with opened() as office:
        ts, card = await office.paste(CHARITY)
        assert "I could not verify this" in said(card)
        await office.ben.say(INTAKE, f"add: {ANSWER}\n\nBest regards, Ben", ts)
        edited = await office.shows(ts, "`v2`", ANSWER)
        await office.sam.press(INTAKE, edited["ts"], "approve")
        approved = await office.shows(ts, "*Approved* by <@U0SAM>")
        assert button(approved, "propose")
        await office.ben.press(INTAKE, approved["ts"], "propose")
        await office.told(office.ben, "are a proposed document now", thread=ts)
        await office.bot.rounds.documents()
        await office.bot.worker.tell_owners()

        def proposed() -> list[dict[str, object]]:
            return [each for each in office.posted(DOCS) if ANSWER in said(each)]

        await office.sandbox.until(proposed)
        assert "Best regards" not in said(proposed()[0])
        await office.mara.press(DOCS, str(proposed()[0]["ts"]), "approve_document")
        await office.sandbox.until(lambda: "*Approved* by <@U0MARA>" in said(proposed()[0]))
        _, again = await office.paste("Do charities get something off the yearly plan?")
        assert ANSWER in said(again)
