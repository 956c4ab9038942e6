"""The ledger of factual errors on the command line."""

import asyncio
import json
import shutil
from pathlib import Path

from bot.app import database, utc_now
from bot.settings import Settings
from knowledge.drafting.draft import Removed
from knowledge.drafting.factual_error import Resolution, errors_in
from knowledge.evals.cases import load_cases
from knowledge.evals.error_case import error_case
from storage.drafts import Drafts
from storage.factual_errors import FactualErrors
from storage.tickets import Tickets
from tests.conftest import Proofdesk

ASK = "When are yearly plans refunded in full?"
HOSTILE = "Mine \x1b[31m[bold]red[/bold]."


def report(folder: Path, *, resolve: Resolution | None = None) -> None:
    """A colleague calls the first sentence of the newest draft wrong, and one of an agent's own."""
    settings = Settings(desk=folder)

    async def run() -> None:
        async with database(settings) as opened, opened.transaction() as tx:
            (summary,) = await Drafts(tx, settings.workspace).waiting(1)
            stored = await Drafts(tx, settings.workspace).load(summary.id)
            assert stored
            own = stored.draft.model_copy(update={"unproven": (Removed(text=HOSTILE, reason=""),)})
            ticket = await Tickets(tx, settings.workspace).load(stored.ticket_id)
            assert ticket
            edited = await Drafts(tx, settings.workspace).save(own, ticket.id, utc_now())
            ledger = FactualErrors(tx, settings.workspace)
            for sentence in (0, len(own.statements)):
                errors = errors_in(edited.id, own, sentence, "U0BEN", utc_now())
                await ledger.report(errors)
                if resolve and sentence == 0:
                    await ledger.resolve(errors[0].id, resolve, "U0MARA", utc_now())
            case = error_case("error-1", ticket.ticket, [own.statements[0].text])
            (folder / "cases" / "error-1.yaml").write_text(case, encoding="utf-8")

    asyncio.run(run())


def test_what_is_reported_is_listed_with_its_document_and_sentence(proofdesk: Proofdesk, desk_folder: Path) -> None:
    errors = ("errors", "--desk", desk_folder)
    assert proofdesk(*errors).out == "Nothing is reported as wrong that waits for an answer.\n"
    proofdesk("draft", ASK, "--desk", desk_folder)
    report(desk_folder)
    listed = proofdesk(*errors).out
    assert "Refunds  refunds  open for 0.0 h, reported by U0BEN" in listed
    assert listed.count("refunded in full when you ask within 14 days") == 2
    assert listed.endswith("1 open.\n")
    whole = proofdesk("errors", "--all", "--desk", desk_folder).out
    assert "An agent's own words  no document, reported by U0BEN" in whole
    assert "\x1b" not in whole
    assert whole.endswith("1 of 2 open.\n")


def test_what_is_resolved_is_listed_on_demand(proofdesk: Proofdesk, desk_folder: Path) -> None:
    proofdesk("draft", ASK, "--desk", desk_folder)
    report(desk_folder, resolve=Resolution.NOT_AN_ERROR)
    assert "refunds" not in proofdesk("errors", "--desk", desk_folder).out
    assert "not an error after 0.0 h" in proofdesk("errors", "--all", "--desk", desk_folder).out
    rows = json.loads(proofdesk("errors", "--all", "--json", "--desk", desk_folder).out)
    assert [(row["state"], row["document"]) for row in rows] == [("not_an_error", "refunds"), ("no_document", "")]


def test_the_test_case_fails_until_the_document_is_mended(proofdesk: Proofdesk, desk_folder: Path) -> None:
    proofdesk("draft", ASK, "--desk", desk_folder)
    report(desk_folder)
    for case in (desk_folder / "cases").glob("*.yaml"):
        if not case.name.startswith("error-"):
            case.unlink()
    assert len(load_cases(desk_folder / "cases")) == 1
    assert proofdesk("eval", "--desk", desk_folder).code == 1
    document = desk_folder / "documents" / "refunds.md"
    document.write_text(document.read_text(encoding="utf-8").replace("14 days", "30 days"), encoding="utf-8")
    assert proofdesk("eval", "--desk", desk_folder).code == 0


def test_a_quarantined_passage_is_not_quoted(proofdesk: Proofdesk, desk_folder: Path) -> None:
    proofdesk("draft", ASK, "--desk", desk_folder)
    report(desk_folder)
    assert "14 days" in proofdesk("draft", ASK, "--desk", desk_folder).out
    with (desk_folder / "desk.yaml").open("a", encoding="utf-8") as file:
        file.write("\ndocuments: {quarantine: true}\n")
    drafted = proofdesk("draft", ASK, "--desk", desk_folder).out
    assert "I could not verify this" in drafted
    assert "Left out" in drafted
    assert "reported as wrong" in drafted


def test_a_replay_shows_what_a_quarantine_would_leave_unanswered(
    proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path
) -> None:
    proofdesk("draft", ASK, "--desk", desk_folder)
    report(desk_folder)
    stricter = tmp_path / "stricter"
    shutil.copytree(desk_folder, stricter, ignore=shutil.ignore_patterns(".proofdesk"))
    with (stricter / "desk.yaml").open("a", encoding="utf-8") as file:
        file.write("\ndocuments: {quarantine: true}\n")
    assert proofdesk("replay", "--cases", "--desk", desk_folder).code == 0
    replayed = proofdesk("replay", "--cases", "--with", stricter, "--desk", desk_folder)
    assert replayed.code == 1
    assert "unverified" in replayed.out
