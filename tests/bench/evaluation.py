"""How long `proofdesk eval` takes for 200 synthetic test tickets, and how many are right."""

import time
from pathlib import Path

from bot.app import support_desk
from bot.evaluation import run_cases
from bot.settings import Settings
from bot.starter import copy_sample
from knowledge.desk_files import load_desk
from knowledge.evals.synthetic import make_cases

TICKETS, BOUND_S = 200, 60


async def evaluation_speed(folder: Path) -> None:
    """Print the seconds from first draft to last score, with the extractive model, and the right ones."""
    desk_folder = folder / "evaluated"
    copy_sample(desk_folder)
    files = load_desk(desk_folder)
    async with support_desk(Settings(desk=desk_folder)) as desk:
        await desk.library.sync()
        documents = await desk.library.catalogue.in_force()
        cases = make_cases(documents, files.playbook, count=TICKETS, seed=1).cases
        started = time.perf_counter()
        report = await run_cases(desk, cases, files.thresholds, lambda *_: None)
        seconds = time.perf_counter() - started
    print(  # noqa: T201
        f"Evaluation of {report.drafts} synthetic test tickets: {seconds:.0f} s, "
        f"{seconds / report.drafts * 1000:.0f} ms each (bound {BOUND_S} s); right: "
        + ", ".join(f"{line.name} {line.right}/{line.scored}" for line in report.lines if line.scored)
    )
