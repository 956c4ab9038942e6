"""Results of an evaluation, as tests need them."""

from collections.abc import Sequence

from knowledge.drafting.draft import Draft, Outcome
from knowledge.drafting.evidence import Evidence
from knowledge.drafting.sentences import sentences
from knowledge.drafting.ticket import Ticket
from knowledge.evals.case import Case, Expectation
from knowledge.evals.report import Result
from knowledge.evals.scoring import Answer, Attempt, Question, Score
from tests.builders import a_passage

TEXT = "Refunds take 14 days. They cost nothing."
FIRST, SECOND = (Evidence(a_passage(TEXT), each).statement() for each in sentences(TEXT))
DRAFT = Draft(status=Outcome.ANSWERED, reply=f"Hello,\n\n{FIRST.text}", statements=(FIRST,))


def an_attempt(wording: int = 0, /, **changes: object) -> Attempt:
    """A draft that is right but for the changes."""
    return Attempt(wording, Ticket.pasted("Refund?"), DRAFT.model_copy(update=changes))


def a_result(
    id_: str = "c",
    ticket: str = "Refund?",
    *,
    score: Score | None = None,
    reply: str = DRAFT.reply,
    statuses: Sequence[Outcome] = (Outcome.ANSWERED,),
    paraphrases: tuple[str, ...] = (),
) -> Result:
    """A case with a draft of each status and one for each paraphrase; right but for what `score` says."""
    expect = Expectation(status=Outcome.ANSWERED, cites=frozenset({"refunds"}))
    answers = {question: Answer(right=True) for question in Question} | {Question.SENDABLE: Answer(None)}
    attempts = [an_attempt(status=status, reply=reply) for status in statuses]
    attempts += [an_attempt(wording, reply=reply) for wording, _ in enumerate(paraphrases, 1)]
    case = Case(id=id_, ticket=ticket, expect=expect, paraphrases=paraphrases)
    return Result(case, tuple(attempts), answers | dict(score or {}))
