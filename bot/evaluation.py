"""Runs a desk's test tickets through the desk itself."""

from pathlib import Path

from bot.desk import SupportDesk
from bot.interfaces import Progress
from knowledge.drafting.ticket import Ticket
from knowledge.evals.cases import load_cases
from knowledge.evals.scoring import Score, score


async def run_cases(desk: SupportDesk, folder: Path, progress: Progress) -> list[Score]:
    """Draft each case and score it. Nothing is saved: a test ticket is nobody's work."""
    cases = load_cases(folder)
    scores = []
    for number, case in enumerate(cases, 1):
        scores.append(score(case, await desk.rehearse(Ticket.pasted(case.text), on=case.on)))
        progress(number, len(cases))
    return scores
