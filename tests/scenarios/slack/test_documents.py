"""Document owners in Slack: what waits for them, what they decide, and what follows from it at once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot.library import Dates
from knowledge.documents.decision import DocumentVerdict
from tests.office import INTAKE, Message, Office, button, said
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.tickets import BROWSERS

DOCS, TITLE = "C0DOCS", "Supported browsers"
BETA, BROWSER = "beta-gantt-view", "browser-support"
ASK_BETA = "What does the Gantt view show?"


def owner_of(office: Office, document: str) -> Path:
    return office.settings.desk / "documents" / f"{document}.md"


def keeping(folder: Path) -> None:
    """A desk whose approved text goes on answering while a change waits."""
    file = folder / "desk.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("changed: none", "changed: keep"), encoding="utf-8")


def owned(folder: Path) -> None:
    """A desk whose documents answer only once an owner approved them."""
    file = folder / "desk.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("approval: file", "approval: owner"), encoding="utf-8")


async def change(office: Office, document: str, old: str, new: str) -> None:
    """Somebody edits a document, and the bot's next round takes it over and tells the owners."""
    file = owner_of(office, document)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    await office.bot.rounds.documents()
    await office.bot.worker.tell_owners()


async def card_of(office: Office, document: str, when: Callable[[str], bool] = bool) -> Message:
    """The newest card of a document, once what it says is so."""

    def found() -> list[Message]:
        return [each for each in office.posted(DOCS) if f"`{document}`" in said(each)]

    await office.sandbox.until(lambda: found() and when(said(found()[-1])))
    return found()[-1]


async def test_a_proposed_document_is_shown_once_and_answers_once_an_owner_approved_it(opened: Opened) -> None:
    async with opened() as office:
        card = await card_of(office, BETA)
        assert "New document" in said(card)
        assert "The critical path of a project is shown in orange." in said(card)
        _, before = await office.paste(ASK_BETA)
        assert "shows the tasks of a project as bars" not in said(before)

        await office.sam.press(DOCS, card["ts"], "approve_document")
        await office.told(office.sam, "Only a document owner decides about documents", channel=DOCS)
        await office.mara.press(DOCS, card["ts"], "approve_document")
        approved = await card_of(office, BETA, lambda text: "*Approved* by <@U0MARA>" in text)
        assert button(approved, "approve_document") is None
        _, after = await office.paste(ASK_BETA)
        assert "shows the tasks of a project as bars" in said(after)
        assert "approved by Mara Lindt" in said(after)
        await office.bot.worker.tell_owners()
        assert len([each for each in office.posted(DOCS) if f"`{BETA}`" in said(each)]) == 1


async def test_a_change_shows_what_changed_and_until_it_is_approved_the_text_before_answers(opened: Opened) -> None:
    async with opened(prepare=keeping) as office:
        file = owner_of(office, BROWSER)
        file.write_text(
            file.read_text(encoding="utf-8")
            .replace("status: approved", "status: proposed")
            .replace("latest two versions", "latest three versions"),
            encoding="utf-8",
        )
        await office.bot.rounds.documents()
        await office.bot.worker.tell_owners()
        card = await card_of(office, BROWSER)
        assert "-Harborlight supports the latest two versions" in said(card)
        assert "+Harborlight supports the latest three versions" in said(card)
        assert "Until then the text approved before answers." in said(card)
        ts, draft = await office.paste(BROWSERS)
        assert "latest two versions" in said(draft)

        await office.mara.press(DOCS, card["ts"], "approve_document")
        await card_of(office, BROWSER, lambda text: "*Approved*" in text)
        await office.shows(ts, "Changed since this draft")
        await office.ben.press(INTAKE, draft["ts"], "approve")
        await office.told(office.ben, "changed or is not in force any more", thread=ts)
        await office.ben.say(INTAKE, "redraft", ts)
        await office.shows(ts, "`v2`", "latest three versions")


async def test_a_change_that_an_owner_refuses_waits_no_more_and_the_text_before_goes_on_answering(
    opened: Opened,
) -> None:
    async with opened(prepare=keeping) as office:
        file = owner_of(office, BROWSER)
        proposed = file.read_text(encoding="utf-8").replace("latest two versions", "latest three versions")
        file.write_text(proposed.replace("status: approved", "status: proposed"), encoding="utf-8")
        await office.bot.rounds.documents()
        await office.bot.worker.tell_owners()
        card = await card_of(office, BROWSER)
        await office.sam.press(DOCS, card["ts"], "refuse_document")
        await office.told(office.sam, "Only a document owner decides about documents", channel=DOCS)
        await office.mara.press(DOCS, card["ts"], "refuse_document")
        refused = await card_of(office, BROWSER, lambda text: "*Refused* by <@U0MARA>" in text)
        assert "The text approved before goes on answering." in said(refused)
        assert button(refused, "approve_document")
        _, draft = await office.paste(BROWSERS)
        assert "latest two versions" in said(draft)
        await office.ana.command("/docs", "waiting", "C0RANDOM")
        assert TITLE not in said(await office.told(office.ana, "Wait for approval", channel="C0RANDOM"))


async def test_what_is_ended_by_a_decision_is_told_at_once(opened: Opened) -> None:
    async with opened() as office:
        await office.paste(BROWSERS)
        await office.bot.worker.tell_owners()
        ended = Dates(effective_until=office.clock().date() - timedelta(days=1))
        await office.bot.services.parts.desk.library.decide(BROWSER, DocumentVerdict.APPROVED, "Mara", ended)
        await office.bot.worker.tell_owners()
        await office.sandbox.until(
            lambda: any("Ended, and a draft cites it" in said(each) for each in office.posted(DOCS))
        )


async def test_an_owner_sees_which_approved_replies_a_change_touches_before_approving_it(opened: Opened) -> None:
    async with opened(prepare=keeping) as office:
        ts, draft = await office.paste(BROWSERS)
        await office.ben.press(INTAKE, draft["ts"], "approve")
        await office.shows(ts, "*Approved*")
        file = owner_of(office, BROWSER)
        proposed = file.read_text(encoding="utf-8").replace("latest two versions", "latest three versions")
        file.write_text(proposed.replace("status: approved", "status: proposed"), encoding="utf-8")
        await office.bot.rounds.documents()
        await office.bot.worker.tell_owners()
        card = await card_of(office, BROWSER)
        assert "1 of 1 approved reply of the last 90 days quote words that it does not say any more" in said(card)
        assert "Harborlight supports the latest two versions of Chrome, Firefox, Edge and Safari.” in 1 reply" in said(
            card
        )
        asked = button(card, "approve_document")
        assert asked
        assert "1 of 1 approved reply" in str(asked["confirm"])
        await office.mara.press(DOCS, card["ts"], "approve_document")
        approved = await card_of(office, BROWSER, lambda text: "*Approved*" in text)
        assert "does not say any more" not in said(approved)


async def test_what_an_owner_withdraws_is_out_of_the_next_answer(opened: Opened) -> None:
    async with opened() as office:
        await change(office, BROWSER, "status: approved", "status: proposed")
        card = await card_of(office, BROWSER)
        await office.mara.press(DOCS, card["ts"], "approve_document")
        await card_of(office, BROWSER, lambda text: "*Approved*" in text)
        ts, draft = await office.paste(BROWSERS)
        assert "Firefox" in said(draft)
        await office.mara.press(DOCS, card["ts"], "withdraw_document")
        await card_of(office, BROWSER, lambda text: "*Withdrawn*" in text)
        await office.shows(ts, "Changed since this draft")
        await office.ana.command("/kb", "which browsers do you support", "C0RANDOM")
        await office.told(office.ana, "I could not verify this", channel="C0RANDOM")


async def test_a_text_that_changed_again_is_not_approved_unread(opened: Opened) -> None:
    async with opened() as office:
        first = await card_of(office, BETA)
        await change(office, BETA, "in orange", "in red")
        second = await card_of(office, BETA, lambda text: "in red" in text)
        await office.mara.press(DOCS, first["ts"], "approve_document")
        await office.told(office.mara, "changed since; look at its present text, then decide", channel=DOCS)
        await office.sandbox.until(lambda: any("*Replaced.*" in said(each) for each in office.posted(DOCS)))
        _, asked = await office.paste(ASK_BETA)
        assert "shows the tasks of a project as bars" not in said(asked)
        await office.mara.press(DOCS, second["ts"], "approve_document")
        await card_of(office, BETA, lambda text: "*Approved*" in text)


async def test_owners_hear_what_ends_and_at_once_what_ended_while_a_draft_cites_it(opened: Opened) -> None:
    def ending(folder: Path) -> None:
        file = folder / "documents" / f"{BROWSER}.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("review_by: 2035-09-30", "review_by: 2027-01-31"), encoding="utf-8")

    async with opened(prepare=ending) as office:
        await office.paste(BROWSERS)
        days = (office.clock().date().replace(year=2027, month=2, day=1) - office.clock().date()).days
        office.clock.forward(minutes=days * 24 * 60)
        await office.bot.worker.tell_owners()
        await office.sandbox.until(
            lambda: any("Ended, and a draft cites it" in said(each) for each in office.posted(DOCS))
        )
        digests = [each for each in office.posted(DOCS) if "Ends soon, or has ended" in said(each)]
        assert "Supported browsers" in said(digests[-1])
        before = len(office.posted(DOCS))
        await office.bot.worker.tell_owners()
        assert len(office.posted(DOCS)) == before


async def test_the_command_lists_searches_and_names_what_ends(opened: Opened) -> None:
    async with opened() as office:
        await office.ana.command("/docs", "", "C0RANDOM")
        await office.told(office.ana, "…and 20 more", channel="C0RANDOM")
        await office.ana.command("/docs", "browsers", "C0RANDOM")
        found = await office.told(office.ana, "Documents with “browsers”", channel="C0RANDOM")
        assert "in force until 30 Sep 2035" in said(found)
        assert "owner: Jonas Weller" in said(found)
        await office.ana.command("/docs", "stale", "C0RANDOM")
        ended = await office.told(office.ana, "Ended, or ending within 30 days", channel="C0RANDOM")
        assert "expired, last day 31 Aug 2025" in said(ended)
        await office.ana.command("/docs", "zebra <!channel>", "C0RANDOM")
        nothing = await office.told(office.ana, "There is none. Try “/docs list”", channel="C0RANDOM")
        assert "<!channel>" not in said(nothing)


async def test_very_many_that_wait_are_listed_and_not_shown_one_by_one(opened: Opened) -> None:
    async with opened(prepare=owned) as office:
        await office.sandbox.until(lambda: office.posted(DOCS))
        await office.bot.worker.tell_owners()
        (listed,) = office.posted(DOCS)
        assert "Wait for approval" in said(listed)
        assert "more" in said(listed)
        _, asked = await office.paste(BROWSERS)
        assert "I could not verify this" in said(asked)


async def test_of_many_that_wait_an_owner_looks_at_one_and_decides_about_it_alone(opened: Opened) -> None:
    async with opened(prepare=owned) as office:
        await office.sandbox.until(lambda: office.posted(DOCS))
        await office.mara.command("/docs", "waiting", "C0RANDOM")
        listed = await office.told(office.mara, "Wait for approval", channel="C0RANDOM")
        for _ in range(2):
            await office.mara.press("C0RANDOM", listed["ts"], "show_document", option=BROWSER)
            await office.told(office.mara, "is on a card in the documents channel", channel="C0RANDOM")
            await office.idle()
        card = await card_of(office, BROWSER)
        assert len([each for each in office.posted(DOCS) if f"`{BROWSER}`" in said(each)]) == 1
        await office.mara.press(DOCS, card["ts"], "approve_document")
        await card_of(office, BROWSER, lambda text: "*Approved* by <@U0MARA>" in text)
        _, answered = await office.paste(BROWSERS)
        assert "latest two versions" in said(answered)
        await office.sam.command("/docs", "waiting", "C0RANDOM")
        listed = await office.told(office.sam, "Wait for approval", channel="C0RANDOM")
        assert TITLE not in said(listed)
        await office.sam.press("C0RANDOM", listed["ts"], "show_document", option=BETA)
        await office.told(office.sam, "Only a document owner decides", channel="C0RANDOM")


async def test_an_owner_approves_all_that_waits_at_once_and_nobody_else_does(opened: Opened) -> None:
    async with opened(prepare=owned) as office:
        await office.sandbox.until(lambda: office.posted(DOCS))
        (listed,) = office.posted(DOCS)
        await office.sam.press(DOCS, listed["ts"], "approve_waiting")
        await office.told(office.sam, "Only a document owner decides", channel=DOCS)
        await office.mara.press(DOCS, listed["ts"], "approve_waiting")
        await office.sandbox.until(lambda: "*Approved* by <@U0MARA>" in said(office.posted(DOCS)[-1]))
        assert "in force until 30 Sep 2035, approved by Mara Lindt" in said(office.posted(DOCS)[-1])
        _, answered = await office.paste(BROWSERS)
        assert "latest two versions" in said(answered)
        await office.mara.press(DOCS, listed["ts"], "approve_waiting")
        await office.told(office.mara, "Other documents wait now than on that list", channel=DOCS)


async def test_a_list_that_is_out_of_date_approves_nothing(opened: Opened) -> None:
    async with opened(prepare=owned) as office:
        await office.sandbox.until(lambda: office.posted(DOCS))
        (listed,) = office.posted(DOCS)
        await change(office, BROWSER, "latest two versions", "latest nine versions")
        await office.mara.press(DOCS, listed["ts"], "approve_waiting")
        await office.told(office.mara, "Other documents wait now than on that list", channel=DOCS)
        _, asked = await office.paste(BROWSERS)
        assert "I could not verify this" in said(asked)
        await office.mara.command("/docs", "waiting", DOCS)
        fresh = await office.told(office.mara, "Wait for approval", channel=DOCS)
        await office.mara.press(DOCS, fresh["ts"], "approve_waiting")
        await office.sandbox.until(lambda: "*Approved* by <@U0MARA>" in said(office.posted(DOCS)[-1]))
        _, answered = await office.paste(BROWSERS)
        assert "latest nine versions" in said(answered)
