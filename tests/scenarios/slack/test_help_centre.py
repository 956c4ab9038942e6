"""A team's help centre as the source of its documents, from the first reading to a rule that changes there."""

from collections.abc import Callable
from pathlib import Path

from tests.bot.sources.help_centre import HelpCentre, help_centre, page
from tests.office import INTAKE, Office, said
from tests.scenarios.slack.conftest import Opened

DOCS, RANDOM = "C0DOCS", "C0RANDOM"
ASK = "Hello, for how long is a gift card valid?"
OLD, NEW = "A gift card is valid for 30 days.", "A gift card is valid for 7 days."


def sourced(site: HelpCentre) -> Callable[[Path], None]:
    """A desk whose documents are those of the help centre."""

    def prepare(folder: Path) -> None:
        with (folder / "desk.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\nsources:\n  help: {{kind: website, address: '{site.url}', private: true, owner: Mara}}\n")

    return prepare


async def read_again(office: Office) -> None:
    """A day passes, and what is due is done."""
    office.clock.forward(minutes=25 * 60)
    await office.bot.sources.collect()
    await office.bot.rounds.documents()
    await office.bot.worker.tell_owners()


async def approve(office: Office, part: str) -> None:
    """Mara approves the document whose card says something."""

    def waiting() -> list[str]:
        cards = [each for each in office.posted(DOCS) if part in said(each) and "approve_document" in said(each)]
        return [each["ts"] for each in cards]

    await office.sandbox.until(waiting)
    await office.mara.press(DOCS, waiting()[-1], "approve_document")
    await office.sandbox.until(lambda: not waiting())


async def test_a_rule_that_changed_in_the_help_centre_reaches_no_draft_no_approval_and_no_look_up(
    opened: Opened,
) -> None:
    pages = {"/gift-cards": page("Gift cards", OLD), "/seats": page("Seats", "A seat may be moved at any time.")}
    async with help_centre({**pages}) as site:
        site.map(*pages)
        async with opened(prepare=sourced(site)) as office:
            await read_again(office)
            _, before = await office.paste(ASK)
            assert "30 days" not in said(before)
            await approve(office, "Gift cards")
            ts, draft = await office.paste(f"{ASK} Thanks, Li")
            assert "valid for 30 days" in said(draft)

            site.pages["/gift-cards"] = page("Gift cards", NEW)
            await read_again(office)
            await office.ben.react(INTAKE, draft["ts"], "white_check_mark")
            await office.told(office.ben, "is not in force any more", thread=ts)
            await office.shows(ts, "Changed since this draft")
            await office.ben.command("/kb", ASK, RANDOM)
            await office.told(office.ben, "I could not verify this", channel=RANDOM)
            _, meanwhile = await office.paste(f"{ASK} Best, Bo")
            assert "30 days" not in said(meanwhile)

            await approve(office, "7 days")
            _, after = await office.paste(f"{ASK} Cheers, Al")
            assert "valid for 7 days" in said(after)
            assert "30 days" not in said(after)
