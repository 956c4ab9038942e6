"""Runs test tickets through the desk itself."""

from collections.abc import Sequence

from bot.desk import SupportDesk
from bot.errors import UsageError
from bot.interfaces import Progress
from knowledge.drafting.draft import Draft, Outcome
from knowledge.drafting.ticket import Ticket
from knowledge.errors import ModelCutOff, ModelInvalid, ModelRefused
from knowledge.evals.case import Case
from knowledge.evals.report import Report, Result
from knowledge.evals.scoring import Attempt, score, together
from knowledge.evals.thresholds import Thresholds
from knowledge.yaml_file import did_you_mean, shown


async def run_cases(
    desk: SupportDesk, cases: Sequence[Case], thresholds: Thresholds, progress: Progress, *, repeat: int = 1
) -> Report:
    """Draft each case and its paraphrases `repeat` times, and score them. Nothing is saved: it is nobody's work.

    Raises `ModelUnreachable` where the model cannot be reached; a ticket that it fails at is a case gone wrong.
    """
    drafts = sum(len(_wordings(case)) * repeat for case in cases)
    done = 0
    results = []
    progress(0, drafts)
    for case in cases:
        attempts = []
        for _ in range(repeat):
            for wording, text in enumerate(_wordings(case)):
                attempts.append(await _attempt(desk, case, wording, text))
                done += 1
                progress(done, drafts)
        scores = [score(case, attempt, desk.playbook, thresholds.light_edit) for attempt in attempts]
        results.append(Result(case, tuple(attempts), together(scores)))
    return Report(tuple(results), thresholds)


def chosen(cases: Sequence[Case], only: Sequence[str], tags: Sequence[str]) -> list[Case]:
    """The cases of these ids and of one of these tags; all without. Raises `UsageError` where none is left."""
    ids = [case.id for case in cases]
    for id_ in only:
        if id_ not in ids:
            raise UsageError(
                f"There is no test case {shown(id_)}; {did_you_mean(id_, ids, 'look at the ids in the files.')}"
            )
    known = sorted({tag for case in cases for tag in case.tags})
    for tag in tags:
        if tag not in known:
            others = f"there are {', '.join(known)}." if known else "add tags to cases first."
            raise UsageError(f"No test case has the tag {shown(tag)}; {did_you_mean(tag, known, others)}")
    found = [case for case in cases if (not only or case.id in only) and (not tags or not case.tags.isdisjoint(tags))]
    if not found:
        raise UsageError("None of these test cases has one of these tags; leave --only or --tag out.")
    return found


async def _attempt(desk: SupportDesk, case: Case, wording: int, text: str) -> Attempt:
    ticket = Ticket.pasted(text)
    try:
        draft = await desk.rehearse(ticket, on=case.on)
    except (ModelCutOff, ModelInvalid, ModelRefused) as error:  # The next ticket may fare better.
        return Attempt(wording, ticket, Draft(status=Outcome.UNVERIFIED, reply=""), failure=str(error))
    return Attempt(wording, ticket, draft, await desk.out_of_force(draft, on=case.on))


def _wordings(case: Case) -> tuple[str, ...]:
    return (case.text, *case.paraphrases)
