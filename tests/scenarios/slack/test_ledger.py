"""What is called wrong: its document's owner, colleagues who quote it and the desk's tests hear of it, each once."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from bot.interfaces import People
from bot.review_lane import Request, ReviewLane
from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.review import RejectReason, Reviewer, Verdict
from knowledge.evals.cases import load_cases
from tests.office import INTAKE, Message, Office, button, said
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.test_documents import BROWSER, DOCS, change
from tests.scenarios.slack.test_rejecting import say_why
from tests.scenarios.slack.tickets import BROWSERS, REFUND

ALSO_BROWSERS = "Hi! Which browsers do you support? My mail is ada@x.example."
WARNED = "A colleague reported this passage of “Supported browsers” as wrong on"


def quarantined(folder: Path) -> None:
    """A desk that quotes nothing that is reported as wrong."""
    file = folder / "desk.yaml"
    text = file.read_text(encoding="utf-8")
    assert "quarantine: false" in text
    file.write_text(text.replace("quarantine: false", "quarantine: true"), encoding="utf-8")


async def call_wrong(office: Office, card: Message, sentence: int = 0) -> None:
    """Ben rejects a draft for a factual error."""
    await office.ben.press(INTAKE, card["ts"], "reject")
    assert (await say_why(office, office.ben, "factual_error", str(sentence))).closed


def tasks(office: Office) -> list[Message]:
    """The cards that owners see of what is reported as wrong."""
    return [each for each in office.posted(DOCS) if "*Reported as wrong*" in said(each)]


async def task(office: Office, when: Callable[[str], bool] = bool) -> Message:
    """The one such card, once what it says is so."""
    await office.sandbox.until(lambda: bool(tasks(office)) and when(said(tasks(office)[-1])))
    (found,) = tasks(office)
    return found


async def ledger(office: Office) -> list[FactualError]:
    return [error for error, _ in await office.bot.services.parts.records.errors(every=True)]


async def test_an_error_reaches_owner_colleagues_and_tests_once_and_ends_with_the_document(opened: Opened) -> None:
    async with opened() as office:
        other, _ = await office.paste(ALSO_BROWSERS)
        ts, card = await office.paste(BROWSERS)
        words = (await office.draft(card)).draft.statements[0].citations[0].quote
        await call_wrong(office, card)
        shown = await task(office)
        for part in (words.split("\n")[0][:40], f"`{BROWSER}`", "<@U0BEN>", "<!subteam^S0OWNERS>", "Open the draft"):
            assert part in said(shown), part
        warned = await office.shows(other, WARNED, "check before you approve")

        await office.ana.react(INTAKE, warned["ts"], "white_check_mark")
        await office.told(office.ana, "somebody else must approve it", thread=other)
        await office.sam.react(INTAKE, warned["ts"], "white_check_mark")
        await office.told(office.sam, "needs more than a reaction", thread=other)

        await office.ben.press(INTAKE, card["ts"], "make_case")
        await office.told(office.ben, "Written: cases/error-", thread=ts)
        await office.mara.press(DOCS, shown["ts"], "make_case")
        await office.told(office.mara, "It is there already", channel=DOCS)
        folder = office.settings.desk / "cases"
        (case,) = [each for each in load_cases(folder) if each.id.startswith("error-")]
        assert case.expect.excludes == ((await office.draft(card)).draft.statements[0].text.strip(),)

        await office.sam.press(DOCS, shown["ts"], "withdraw_reported")
        await office.told(office.sam, "Only a document owner decides about documents", channel=DOCS)
        await office.mara.press(DOCS, shown["ts"], "withdraw_reported")
        resolved = await task(office, lambda text: "*Resolved* by <@U0MARA>" in text)
        assert "the document is withdrawn" in said(resolved)
        assert button(resolved, "withdraw_reported") is None
        changed = await office.shows(other, "Changed since this draft")
        assert WARNED not in said(changed)
        (error,) = await ledger(office)
        assert (error.document, error.resolution, error.resolved_by) == (BROWSER, "document_withdrawn", "U0MARA")

        posted = len(office.posted(DOCS)), len(office.cards(other)), len(office.cards(ts))
        await office.bot.worker.tell_owners()
        await office.bot.rounds.documents()
        await office.idle()
        assert (len(office.posted(DOCS)), len(office.cards(other)), len(office.cards(ts))) == posted


async def test_redeliveries_and_rounds_at_the_same_time_post_one_card(opened: Opened) -> None:
    async with opened() as office:
        _, card = await office.paste(BROWSERS)
        for person in (office.ben, office.ana):
            await person.press(INTAKE, card["ts"], "reject")
            await office.sandbox.until(lambda person=person: person.views)  # type: ignore[misc]
        await asyncio.gather(
            say_why(office, office.ben, "factual_error", "0"),
            say_why(office, office.ana, "factual_error", "0"),
            *(office.bot.worker.tell_owners() for _ in range(3)),
        )
        again = office.sandbox.last_interaction
        await asyncio.gather(*(office.ben.replay(again) for _ in range(3)))
        await asyncio.gather(*(office.bot.worker.tell_owners() for _ in range(3)))
        await office.idle()
        assert len(tasks(office)) == 1
        (error,) = await ledger(office)
        assert [review.person for review in await office.decisions(card)] == [error.reported_by]


async def test_an_owner_says_that_it_was_right_and_of_two_at_once_one_answers(opened: Opened) -> None:
    async with opened() as office:
        other, _ = await office.paste(ALSO_BROWSERS)
        _, card = await office.paste(BROWSERS)
        await call_wrong(office, card)
        await office.shows(other, WARNED)
        shown = await task(office)
        await asyncio.gather(*(office.mara.press(DOCS, shown["ts"], "not_an_error") for _ in range(3)))
        right = await task(office, lambda text: "the document is right" in text)
        assert button(right, "make_case") is None
        calm = await office.card(other, lambda text: WARNED not in text)
        await office.ben.press(INTAKE, calm["ts"], "approve")
        await office.shows(other, "*Approved* by <@U0BEN>")
        (error,) = await ledger(office)
        assert error.resolution == "not_an_error"


async def test_a_rejection_that_is_undone_takes_its_entry_back_and_a_new_one_opens_it_again(opened: Opened) -> None:
    async with opened() as office:
        other, _ = await office.paste(ALSO_BROWSERS)
        ts, card = await office.paste(BROWSERS)
        await call_wrong(office, card)
        await office.shows(other, WARNED)
        await task(office)
        await office.ben.press(INTAKE, card["ts"], "undo")
        await task(office, lambda text: "the rejection was taken back" in text)
        await office.card(other, lambda text: WARNED not in text)
        assert await ledger(office) == []
        await office.card(ts, lambda text: "*Rejected*" not in text)
        await call_wrong(office, card)
        await task(office, lambda text: "*Resolved*" not in text)
        await office.shows(other, WARNED)
        assert len(await ledger(office)) == 1


async def test_a_changed_text_resolves_it_and_one_that_still_says_so_does_not(opened: Opened) -> None:
    async with opened() as office:
        _, card = await office.paste(BROWSERS)
        await call_wrong(office, card)
        await task(office)
        (before,) = await ledger(office)
        await change(office, BROWSER, "title: Supported browsers", "title: Supported browsers today")
        (moved,) = await ledger(office)
        assert moved.resolution is None
        assert moved.version != before.version
        await change(office, BROWSER, "latest two versions", "latest three versions")
        await task(office, lambda text: "do not stand in the document's approved text any more" in text)
        (error,) = await ledger(office)
        assert error.resolution == "document_changed"


async def test_a_click_on_a_card_that_did_not_ask_yet_does_not_approve(opened: Opened) -> None:
    async with opened() as office:
        other, unwarned = await office.paste(ALSO_BROWSERS)
        assert "confirm" not in (button(unwarned, "approve") or {})
        await office.sam.press(INTAKE, unwarned["ts"], "approve")
        click = office.sandbox.last_interaction
        await office.shows(other, "*Approved* by <@U0SAM>")
        await office.sam.press(INTAKE, unwarned["ts"], "undo")
        await office.card(other, lambda text: "*Approved*" not in text)
        _, card = await office.paste(BROWSERS)
        await call_wrong(office, card)
        warned = await office.shows(other, WARNED)
        asking = button(warned, "approve")
        assert asking
        assert "a colleague reported a passage it quotes as wrong" in str(asking["confirm"])
        await office.sam.replay(click)
        await office.told(office.sam, "needs more than a reaction", thread=other)
        await office.sam.press(INTAKE, warned["ts"], "approve")
        await office.shows(other, "*Approved* by <@U0SAM>")


async def test_an_agents_own_sentence_is_kept_and_no_owner_is_asked(opened: Opened) -> None:
    async with opened() as office:
        ts, _ = await office.paste(REFUND)
        await office.ana.say(INTAKE, "add: We give you ninety days.", ts)
        edited = await office.shows(ts, "`v2`", "We give you ninety days.")
        await call_wrong(office, edited, len((await office.draft(edited)).draft.statements))
        await office.shows(ts, "No document is behind it, so no document owner is told.")
        await office.idle()
        assert tasks(office) == []
        (error,) = await ledger(office)
        assert (error.document, error.sentence) == ("", len((await office.draft(edited)).draft.statements))
        assert await office.bot.services.parts.records.errors() == []


async def test_what_is_quarantined_is_not_quoted_and_the_draft_says_so_until_it_is_answered(opened: Opened) -> None:
    async with opened(prepare=quarantined) as office:
        other, _ = await office.paste(ALSO_BROWSERS)
        ts, card = await office.paste(BROWSERS)
        await call_wrong(office, card)
        warned = await office.shows(other, WARNED, "it cannot be approved until a document owner has answered")
        await office.sam.press(INTAKE, warned["ts"], "approve")
        await office.told(office.sam, "is reported as wrong. It cannot be approved", thread=other)
        await office.ben.say(INTAKE, "redraft", ts)
        without = await office.shows(ts, "`v2`")
        assert "stands in a passage of “Supported browsers” that is reported as wrong" in said(without)
        assert (await office.draft(without)).draft.status == "partial"
        await office.ben.command("/kb", "which browsers do you support", "C0RANDOM")
        answer = await office.told(office.ben, "that is reported as wrong, so it is not quoted", channel="C0RANDOM")
        assert said(answer).count("latest two versions") == 1

        shown = await task(office, lambda text: "Until then nothing of this passage is quoted." in text)
        await office.mara.press(DOCS, shown["ts"], "not_an_error")
        await office.card(other, lambda text: WARNED not in text)
        await office.sam.press(INTAKE, warned["ts"], "approve")
        await office.shows(other, "*Approved* by <@U0SAM>")


async def test_owners_list_what_is_reported_and_others_do_not(opened: Opened) -> None:
    async with opened() as office:
        await office.mara.command("/docs", "errors", DOCS)
        await office.told(office.mara, "Nothing is reported as wrong", channel=DOCS)
        _, card = await office.paste(BROWSERS)
        await call_wrong(office, card)
        await task(office)
        await office.ben.command("/docs", "errors", "C0RANDOM")
        await office.told(office.ben, "Only document owners see what is reported as wrong", channel="C0RANDOM")
        await office.mara.command("/docs", "errors", DOCS)
        await office.told(office.mara, "open for", channel=DOCS)


async def test_a_folder_that_cannot_be_written_to_is_said_to_be(opened: Opened) -> None:
    def blocked(folder: Path) -> None:
        for case in (folder / "cases").iterdir():
            case.unlink()
        (folder / "cases").rmdir()
        (folder / "cases").write_text("a file where a folder belongs", encoding="utf-8")

    async with opened(prepare=blocked) as office:
        ts, card = await office.paste(BROWSERS)
        await call_wrong(office, card)
        await office.shows(ts, "*Rejected*")
        await office.ben.press(INTAKE, card["ts"], "make_case")
        await office.told(office.ben, "cannot be written to", thread=ts)


async def test_without_a_channel_for_owners_the_one_who_reports_is_told(opened: Opened) -> None:
    def nowhere(folder: Path) -> None:
        file = folder / "desk.yaml"
        text = file.read_text(encoding="utf-8")
        assert f"  documents: {DOCS}\n" in text
        file.write_text(text.replace(f"  documents: {DOCS}\n", ""), encoding="utf-8")

    async with opened(prepare=nowhere) as office:
        ts, card = await office.paste(BROWSERS)
        await call_wrong(office, card)
        await office.told(office.ben, "no document owner was told", thread=ts)


async def test_a_report_that_comes_while_somebody_approves_stops_the_approval(opened: Opened) -> None:
    async with opened() as office:
        _, other = await office.paste(ALSO_BROWSERS)
        _, card = await office.paste(BROWSERS)
        parts = office.bot.services.parts
        approving, wrong = await office.draft(other), await office.draft(card)

        class Slowly:
            """Slack, asked who somebody is, while a colleague calls the passage wrong."""

            async def reviewer(self, person: str) -> Reviewer:
                lane = ReviewLane(parts)
                reason = RejectReason.FACTUAL_ERROR
                await lane.decide(
                    Request(wrong.id, "U0BEN", Verdict.REJECT, INTAKE, confirmed=True, reason=reason, sentence=0)
                )
                return await parts.people.reviewer(person)

            def __getattr__(self, name: str) -> Any:
                return getattr(parts.people, name)

        lane = ReviewLane(replace(parts, people=cast("People", Slowly())))
        refused = await lane.decide(Request(approving.id, "U0SAM", Verdict.APPROVE, INTAKE, confirmed=True))
        assert refused
        assert "has just reported a passage that this draft quotes as wrong" in refused.text
        assert await office.decisions(other) == []
