"""Documents for some alone: they reach no channel, no look-up and no list of anybody else."""

from pathlib import Path

from tests.office import INTAKE, button, said
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.tickets import BROWSERS, CHARITY

LEADS, RANDOM = "C0BILLING", "C0RANDOM"
ANSWER = "the latest two versions"
ASK = f"@Proofdesk {BROWSERS}"


def restricted(folder: Path) -> None:
    """A desk whose browser rules are for the leads' channel and the seniors alone."""
    document = folder / "documents" / "browser-support.md"
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("topic:", "audience: leads\ntopic:", 1), encoding="utf-8")
    with (folder / "desk.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\naudiences:\n  leads: [{LEADS}, S0SENIORS]\n")


async def test_a_draft_quotes_a_restricted_document_in_its_own_channel_only(opened: Opened) -> None:
    async with opened(prepare=restricted) as office:
        _, elsewhere = await office.paste(BROWSERS)
        assert ANSWER not in said(elsewhere)
        assert "Supported browsers" not in said(elsewhere)
        _, there = await office.paste(ASK, channel=LEADS)
        assert ANSWER in said(there)


async def test_a_look_up_counts_who_asks_and_sharing_counts_who_reads(opened: Opened) -> None:
    async with opened(prepare=restricted) as office:
        await office.ben.command("/kb", BROWSERS, RANDOM)
        await office.told(office.ben, "I could not verify this", channel=RANDOM)
        await office.sam.command("/kb", BROWSERS, RANDOM)
        answer = await office.told(office.sam, ANSWER, channel=RANDOM)
        assert button(answer, "share")
        await office.sam.press(RANDOM, answer["ts"], "share")
        await office.told(office.sam, "I did not share this", channel=RANDOM)
        assert office.posted(RANDOM) == []


async def test_an_edit_cannot_be_proven_by_what_its_channel_may_not_see(opened: Opened) -> None:
    async with opened(prepare=restricted) as office:
        ts, card = await office.paste(BROWSERS)
        desk, draft = office.bot.services.parts.desk, await office.draft(card)
        edited = await desk.edit(draft, "Harborlight supports the latest two versions of Firefox.", "edited", "U0BEN")
        assert edited
        await office.bot.worker.documents_changed(["browser-support"])
        shown = await office.draft(card)
        assert shown.draft.statements == ()
        assert ts


async def test_a_draft_cannot_be_approved_once_its_channel_may_not_see_its_document(opened: Opened) -> None:
    async with opened(prepare=restricted) as office:
        ts, card = await office.paste(ASK, channel=LEADS)
        file = office.settings.desk / "desk.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(f"[{LEADS}, S0", "[S0"), encoding="utf-8")
        await office.sam.react(LEADS, card["ts"], "white_check_mark")
        await office.told(office.sam, "is not in force any more", channel=LEADS)
        assert ts


async def test_the_list_of_documents_names_to_each_what_they_may_see(opened: Opened) -> None:
    async with opened(prepare=restricted) as office:
        await office.ben.command("/docs", "browser", RANDOM)
        await office.told(office.ben, "There is none.", channel=RANDOM)
        await office.sam.command("/docs", "browser", RANDOM)
        await office.told(office.sam, "Supported browsers", channel=RANDOM)
        await office.mara.command("/docs", "browser", INTAKE)  # A document owner sees all.
        await office.told(office.mara, "Supported browsers")


async def test_what_is_proposed_from_a_restricted_channel_is_for_its_audience(opened: Opened) -> None:
    async with opened(prepare=restricted) as office:
        ts, _ = await office.paste(f"@Proofdesk {CHARITY}", channel=LEADS)
        await office.ben.say(LEADS, "add: Charities get thirty percent off every yearly plan.", ts)
        edited = await office.shows(ts, "`v2`", "thirty percent", channel=LEADS)
        await office.sam.press(LEADS, edited["ts"], "approve")
        approved = await office.shows(ts, "*Approved* by <@U0SAM>", channel=LEADS)
        await office.ben.press(LEADS, approved["ts"], "propose")
        await office.told(office.ben, "are a proposed document now", thread=ts, channel=LEADS)
        [written] = (office.settings.desk / "documents" / "proposed").glob("*.md")
        assert "\naudience: leads\n" in written.read_text(encoding="utf-8")
