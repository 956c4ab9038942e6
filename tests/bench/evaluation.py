"""How long `proofdesk eval` takes for 200 test tickets."""

import time
from pathlib import Path

from bot.app import support_desk
from bot.evaluation import run_cases
from bot.settings import Settings
from bot.starter import copy_sample
from knowledge.desk_files import load_desk
from knowledge.evals.case import Case
from knowledge.evals.cases import load_cases

TICKETS, BOUND_S = 200, 60


async def evaluation_speed(folder: Path) -> None:
    """Print the seconds from first draft to last score, with the extractive model and the sample's cases, varied."""
    desk_folder = folder / "evaluated"
    copy_sample(desk_folder)
    files = load_desk(desk_folder)
    sample = load_cases(files.cases)
    cases = [_varied(sample[number % len(sample)], number) for number in range(TICKETS)]
    async with support_desk(Settings(desk=desk_folder)) as desk:
        await desk.library.sync()
        started = time.perf_counter()
        report = await run_cases(desk, cases, files.thresholds, lambda *_: None)
        seconds = time.perf_counter() - started
    print(  # noqa: T201
        f"Evaluation of {report.drafts} test tickets: {seconds:.0f} s, {seconds / report.drafts * 1000:.0f} ms each "
        f"(bound {BOUND_S} s)"
    )


def _varied(case: Case, number: int) -> Case:
    """The case with a few letters more, so that nothing remembers its text."""
    longer = case.pad_to or len(case.ticket) + 2 + number
    return Case.model_validate({**case.model_dump(), "id": f"{case.id}-{number}", "pad_to": longer})
