"""`proofdesk cases`: test tickets made from the documents and rules; `proofdesk redteam`: attacks on the desk."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_run import DeskOption, print_json, run_with_settings, synced_desk

if TYPE_CHECKING:
    from bot.settings import Settings

cases = typer.Typer(help="Make test tickets, or import old ones.", no_args_is_help=True)

_MOST = 2_000
_IMPORTED = """Imported by `proofdesk cases import`. What is expected is what the desk drafted on that day, right or
wrong: check it, correct it, then take these lines away. Read the ticket for names that were not found."""
_MADE = """Made by `proofdesk cases make`, by rule and from no customer's ticket. What is expected follows from the
documents and rules of that day; it was not drafted. A status of any is not scored."""


@cases.command("make")
def make(
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to; the desk's cases/synthetic/ without it.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, max=_MOST, help="How many at most.")] = 100,
    seed: Annotated[int, typer.Option(min=0, help="Another number makes other tickets.")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Write over files of the same name.")] = False,
    desk: DeskOption = None,
) -> None:
    """Make labelled test tickets from the documents in force and the desk's rules.

    Inside and outside each limit, how to do things, features that are nowhere,
    missing details, each kind of escalation, misspelt, in other languages, and
    with orders to a model in them. What a good draft must be is told by the
    documents and rules, not by drafting. Ends with what no ticket is about.

      proofdesk cases make --count 200

      proofdesk eval --tag synthetic
    """

    async def run(settings: "Settings") -> None:
        from bot.case_folder import CaseFolder, known_cases
        from bot.errors import UsageError
        from knowledge.desk_files import load_desk
        from knowledge.evals.synthetic import coverage, make_cases

        files = load_desk(settings.desk)
        target = out or files.cases / "synthetic"
        folder = CaseFolder(target, overwrite=force)
        known = [] if force else known_cases(*dict.fromkeys((files.cases, target)))
        async with synced_desk(settings) as opened:
            documents = await opened.library.catalogue.in_force()
        made = make_cases(documents, files.playbook, count=count, seed=seed, known=known)
        if not made.cases and not made.duplicates:
            raise UsageError("There is nothing to make tickets from; approve a document first (`proofdesk docs list`).")
        written, kept = folder.write(made.cases, _MADE)
        typer.echo(f"{written} test ticket{'' if written == 1 else 's'} written to {target}.")
        if made.duplicates or kept:
            typer.echo(f"{made.duplicates + kept} more were there already and stay as they are.")
        for each in coverage([*known, *made.cases], documents, files.playbook):
            total = len(each.covered) + len(each.missing)
            without = f"; none about {', '.join(each.missing)}" if each.missing else ""
            typer.echo(f"{len(each.covered)} of {total} {each.what} have at least one{without}.")

    run_with_settings(run, desk)


@cases.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A helpdesk's export: CSV, JSON, or a JSON object a line.")],
    *,
    columns: Annotated[
        str, typer.Option("--map", metavar="FIELD=COLUMN,...", help="subject, customer, name, reply: your columns.")
    ] = "",
    most: Annotated[int, typer.Option(min=1, max=_MOST, help="How many, spread over your topics.")] = 30,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to; the desk's cases/imported/ without it.")
    ] = None,
    desk: DeskOption = None,
) -> None:
    """Turn old tickets of your helpdesk into test tickets, without personal data, for you to complete.

    The reply that was sent becomes the reference. What is expected is what the
    desk drafts today: check each file before you rely on it. Names that no column
    tells are not found; read the files before you share them.
    """

    async def run(settings: "Settings") -> None:
        from bot.case_folder import CaseFolder, known_cases
        from bot.errors import BAD_INPUT, UsageError
        from bot.terminal import progress
        from knowledge.desk_files import load_desk
        from knowledge.errors import ModelCutOff, ModelInvalid, ModelRefused
        from knowledge.evals.export import COLUMNS, read_export
        from knowledge.evals.imported import case_of, spread, without_names

        told = dict(each.split("=", 1) for each in columns.split(",") if "=" in each)
        if (columns and not told) or not told.keys() <= COLUMNS.keys():
            raise UsageError(f"--map names {', '.join(COLUMNS)}, such as --map customer=Body,reply=Answer.")
        try:
            content = file.read_bytes()
        except OSError as error:
            raise UsageError(f"{file} cannot be read ({error.strerror}); check the path.") from error
        exported = read_export(content, file.name, told)
        files = load_desk(settings.desk)
        target = out or files.cases / "imported"
        folder = CaseFolder(target)
        known = {case.ticket for case in known_cases(*dict.fromkeys((files.cases, target)))}
        chosen = [without_names(each) for each in spread(exported.tickets, files.playbook, most)]
        made, problems = [], list(exported.problems)
        async with synced_desk(settings) as opened:
            with progress("Drafting old tickets") as tell:
                for number, each in enumerate(chosen, 1):
                    try:
                        made.append(case_of(each, await opened.rehearse(each.ticket)))
                    except (ModelCutOff, ModelInvalid, ModelRefused) as error:
                        problems.append(f"{file.name} row {each.row}: {error}")
                    tell(number, len(chosen))
        written, kept = folder.write([case for case in made if case.ticket not in known], _IMPORTED)
        again = kept + sum(case.ticket in known for case in made)
        typer.echo(f"{written} test ticket{'' if written == 1 else 's'} written to {target}; check what each expects.")
        if again:
            typer.echo(f"{again} were there already and stay as they are.")
        if len(exported.tickets) > len(chosen):
            typer.echo(f"{len(exported.tickets) - len(chosen)} more are in the file; --most takes more of them.")
        for problem in problems:
            typer.echo(f"proofdesk: {problem}", err=True)
        if problems:
            raise typer.Exit(BAD_INPUT)

    run_with_settings(run, desk)


def redteam(
    *,
    json_file: Annotated[
        str,
        typer.Option("--json", metavar="FILE|-", help="Write everything as JSON; - prints it in place of the list."),
    ] = "",
    desk: DeskOption = None,
) -> None:
    """Attack the desk and its model with hostile tickets and documents, and say what got through.

    Orders to the model, leaks, promises, made-up policies, links and mentions,
    hidden text, forged approvals and more; each is judged by code, in the reply
    and on the card. Hostile documents are put into a copy that goes. Nothing is
    sent or saved. Exit codes: 0 nothing got through, 1 something did.
    """

    async def run(settings: "Settings") -> None:
        from bot.app import rehearsal_with
        from bot.red_team import Ground, red_team
        from bot.reports.report_file import ReportFile
        from bot.terminal import console, progress
        from bot.terminal_red_team import as_dict, as_json, show_attacks
        from knowledge.evals.attack import attacks

        report = ReportFile(Path(json_file)) if json_file not in {"", "-"} else None
        known = attacks()
        async with synced_desk(settings) as opened:
            in_force = await opened.library.catalogue.in_force()
            hostile = [attack.hostile_document(opened.today) for each in known.values() for attack in each]
            poisoned = [*in_force, *filter(None, hostile)]
            async with rehearsal_with(settings, poisoned) as rehearse:
                copy = Ground(lambda ticket: rehearse(ticket, None), poisoned)
                with progress("Attacking") as told:
                    found = await red_team(known, Ground(opened.rehearse, in_force), copy, opened.playbook, told)
        if json_file == "-":
            print_json(as_dict(found))
        else:
            show_attacks(console(), found)
        if report:
            report.write(as_json(found))
        if any(each.breaches for each in found):
            raise typer.Exit(1)

    run_with_settings(run, desk)
