from datetime import timedelta
from pathlib import Path

from bot.app import support_desk
from bot.cards.mrkdwn import inert
from tests.office import INTAKE, Office, said
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.tickets import BROWSERS

TITLE = "Supported browsers"
CHANGED = "Changed since this draft"


def document(office: Office) -> Path:
    return office.settings.desk / "documents" / "browser-support.md"


async def change(office: Office, old: str, new: str) -> None:
    """Somebody edits the approved document, and the bot's next round takes it over."""
    text = document(office).read_text()
    assert old in text
    document(office).write_text(text.replace(old, new))
    await office.bot.rounds.documents()


async def test_a_document_that_changed_after_the_draft_refuses_the_approval_until_a_redraft(opened: Opened) -> None:
    async with opened() as office:
        ts, card = await office.paste(BROWSERS)
        await change(office, "latest two versions", "latest three versions")
        await office.ben.react(INTAKE, card["ts"], "white_check_mark")
        refused = await office.told(office.ben, "changed or is not in force any more", thread=ts)
        assert TITLE in said(refused)
        assert await office.decisions(card) == []
        await office.ben.react(INTAKE, card["ts"], "repeat")
        second = await office.shows(ts, "`v2`")
        assert "latest three versions" in said(second)
        assert "latest two versions" not in said(second)
        await office.ben.press(INTAKE, card["ts"], "approve")
        await office.shows(ts, "*Approved* by <@U0BEN>")


async def test_what_somebody_takes_over_and_decides_in_a_terminal_reaches_cards_and_owners(opened: Opened) -> None:
    async with opened() as office:
        ts, _ = await office.paste(BROWSERS)
        text = document(office).read_text()
        changed = text.replace("status: approved", "status: proposed").replace("latest two", "latest three")
        document(office).write_text(changed)
        async with support_desk(office.settings) as terminal:
            await terminal.library.sync()
            await office.bot.rounds.documents()
            await office.bot.worker.tell_owners()
            await office.shows(ts, CHANGED)
            assert any("`browser-support`" in said(each) for each in office.posted("C0DOCS"))

            document(office).write_text(text)
            await terminal.library.sync()
        await office.bot.rounds.documents()
        await office.card(ts, lambda card: CHANGED not in card)


async def test_a_document_that_comes_back_as_it_was_approved_is_told_once(opened: Opened) -> None:
    async with opened() as office:

        async def told() -> list[str]:
            await office.bot.rounds.documents()
            await office.bot.worker.tell_owners()
            return [said(each) for each in office.posted("C0DOCS") if "Came back" in said(each)]

        text = document(office).read_text()
        document(office).unlink()
        assert await told() == []
        document(office).write_text(text)
        (notice,) = await told()
        assert TITLE in notice
        assert "word for word as they were approved" in notice
        await change(office, "latest two", "latest three")
        assert await told() == [notice]


async def test_a_document_that_ends_overnight_marks_the_cards_that_cite_it(opened: Opened) -> None:
    async with opened() as office:
        until = office.clock().date() + timedelta(days=1)
        await change(office, "effective_from", f"effective_until: {until}\neffective_from")
        ts, card = await office.paste(BROWSERS)
        assert CHANGED not in said(card)
        office.clock.forward(minutes=2 * 24 * 60)
        await office.bot.rounds.documents()
        await office.shows(ts, CHANGED)


async def test_a_document_that_is_not_approved_any_more_answers_nothing(opened: Opened) -> None:
    async with opened() as office:
        await office.ana.command("/kb", "which browsers do you support", "C0RANDOM")
        answer = await office.told(office.ana, "Firefox", channel="C0RANDOM")
        await change(office, "status: approved", "status: withdrawn")
        await office.ana.press("C0RANDOM", answer["ts"], "share")
        await office.told(office.ana, "I did not share this", channel="C0RANDOM")
        assert office.posted("C0RANDOM") == []
        ts, card = await office.paste(BROWSERS)
        assert "Firefox" not in said(card)
        assert len(office.cards(ts)) == 1


async def test_a_broken_document_leaves_the_last_good_ones_in_force_and_the_status_names_it(opened: Opened) -> None:
    async with opened() as office:
        document(office).write_text("---\ntitle: [broken\n---\nWe support every browser there is.\n")
        await office.bot.rounds.documents()
        _, card = await office.paste(BROWSERS)
        assert "latest two versions" in said(card)
        await office.ben.command("/desk", "status", INTAKE)
        await office.told(office.ben, inert("browser-support.md"))
