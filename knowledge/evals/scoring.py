"""Scoring: whether a draft is what its test ticket expects, by the five questions a reviewer asks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from knowledge.drafting.draft import Draft
from knowledge.drafting.guard import objection
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.revision import Revision, own_words
from knowledge.drafting.ticket import Ticket
from knowledge.evals.case import Case


class Question(StrEnum):
    """What a reviewer asks of a draft."""

    FACTS = "facts"
    PROMISES = "promises"
    MISSING = "missing"
    ESCALATIONS = "escalations"
    SENDABLE = "sendable"

    @property
    def text(self) -> str:
        """The question in words."""
        return _TEXTS[self]


_TEXTS = {
    Question.FACTS: "Only approved facts?",
    Question.PROMISES: "No promises?",
    Question.MISSING: "Missing information asked?",
    Question.ESCALATIONS: "Right escalations?",
    Question.SENDABLE: "Sendable after light editing?",
}


class Answer(NamedTuple):
    """Whether it is so, none where that is not known, and why not."""

    right: bool | None
    reasons: tuple[str, ...] = ()


Score = Mapping[Question, Answer]
"""An answer to each question."""


class Attempt(NamedTuple):
    """A draft for a case's ticket, or for other words of it."""

    wording: int
    """0 for the ticket itself, else which paraphrase."""
    ticket: Ticket
    draft: Draft
    out_of_force: tuple[str, ...] = ()
    """Titles of cited documents that are not in force on the case's day."""
    failure: str = ""
    """Why the model gave no draft, in a sentence; then `draft` is empty."""


def score(case: Case, attempt: Attempt, playbook: Playbook, light_edit: int) -> Score:
    """The five answers. `light_edit`: of a hundred words of the reference, how many may be changed."""
    if attempt.failure:
        unknown = dict.fromkeys(Question, Answer(None))
        return {**unknown, Question.FACTS: Answer(right=False, reasons=(f"has no draft: {attempt.failure}",))}
    draft, expect = attempt.draft, case.expect
    asked = {missing.fact for missing in draft.missing_facts}
    raised = {escalation.category for escalation in draft.escalations}
    unasked = (each.fact for each in draft.missing_facts if each.question not in draft.reply)
    found = {
        Question.FACTS: list(_facts(case, attempt, playbook)),
        Question.PROMISES: list(_promises(attempt, playbook)),
        Question.MISSING: [
            *_differences("asks for", asked, set(expect.asks)),
            *(f"has no question for {fact} in the reply" for fact in unasked),
        ],
        Question.ESCALATIONS: _differences("raises", raised, set(expect.escalations)),
    }
    answers = {question: Answer(not reasons, tuple(reasons)) for question, reasons in found.items()}
    if expect.status is None and not (expect.asks or expect.escalations):
        answers |= {question: Answer(None) for question in (Question.MISSING, Question.ESCALATIONS)}
    return {**answers, Question.SENDABLE: _sendable(case.reference, draft.reply, light_edit)}


def together(scores: Sequence[Score]) -> Score:
    """The score of all drafts of a case: right is what is right in each of them. There is at least one."""
    return {question: _all([score[question] for score in scores]) for question in Question}


def is_right(score: Score) -> bool:
    """Whether nothing is wrong."""
    return all(answer.right is not False for answer in score.values())


def changed_share(reply: str, reference: str) -> float:
    """Words changed, added or taken away on the way from a reply to what was sent, by words of what was sent."""
    before, after = reply.split(), reference.split()
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changed = sum(max(i2 - i1, j2 - j1) for step, i1, i2, j1, j2 in steps if step != "equal")
    return changed / max(1, len(after))


def _facts(case: Case, attempt: Attempt, playbook: Playbook) -> Iterator[str]:
    draft, expect = attempt.draft, case.expect
    if expect.status is not None and draft.status is not expect.status:
        yield f"is {draft.status}, not {expect.status}"
    proven = [statement for statement in draft.statements if statement.citations]
    unproven = Revision(draft.reply, attempt.ticket, playbook).to_look_up(draft, proven)
    yield from (f"says without proof: '{sentence}'" for sentence in unproven)
    yield from (f"cites '{title}', which is not in force" for title in attempt.out_of_force)
    cited = {citation.document for statement in proven for citation in statement.citations}
    yield from (f"does not cite {document}" for document in sorted(set(expect.cites) - cited))
    reply = draft.reply.casefold()
    yield from (f"does not say '{words}'" for words in expect.contains if words.casefold() not in reply)
    yield from (f"says '{words}'" for words in expect.excludes if words.casefold() in reply)


def _promises(attempt: Attempt, playbook: Playbook) -> Iterator[str]:
    """What the last gate objects to in the reply as it stands, whoever wrote it."""
    draft = attempt.draft
    quotes = (citation.quote for statement in draft.statements for citation in statement.citations)
    proof = "\n".join((*quotes, *own_words(draft, attempt.ticket, playbook)))
    # A promise may run over the lines of one statement, but not from one line of the letter into the next.
    for piece in dict.fromkeys((*(statement.text for statement in draft.statements), *draft.reply.splitlines())):
        if reason := objection(piece, playbook.brand, proof):
            yield f"{reason}: '{piece}'"


def _sendable(reference: str, reply: str, light_edit: int) -> Answer:
    if not reference.strip():
        return Answer(None)
    percent = round(100 * changed_share(reply, reference))
    reason = f"{percent} % of the words of the reply that was sent are different; light is at most {light_edit} %"
    light = percent <= light_edit
    return Answer(light, () if light else (reason,))


def _differences(verb: str, found: set[str], expected: set[str]) -> list[str]:
    return [
        *[f"{verb} {name} needlessly" for name in sorted(found - expected)],
        *[f"{verb} no {name}" for name in sorted(expected - found)],
    ]


def _all(answers: Sequence[Answer]) -> Answer:
    counted = Counter(reason for answer in answers for reason in dict.fromkeys(answer.reasons))
    reasons = tuple(
        reason if times == len(answers) else f"{reason} (in {times} of {len(answers)} drafts)"
        for reason, times in counted.items()
    )
    known = [answer.right for answer in answers if answer.right is not None]
    return Answer(all(known) if known else None, reasons)
