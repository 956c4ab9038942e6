import pytest

from knowledge.drafting.draft import Draft, Escalation, MissingFact, Outcome
from knowledge.drafting.evidence import Evidence
from knowledge.drafting.playbook import Severity
from knowledge.drafting.sentences import sentences
from knowledge.drafting.ticket import Ticket
from knowledge.evals.case import Case, Expectation
from knowledge.evals.scoring import Answer, Attempt, Question, changed_share, is_right, score, together
from tests.builders import PLAYBOOK, a_passage

TEXT = "Refunds take 14 days."
REPLY = f"Hello,\n\nThank you for writing to us.\n\n{TEXT}\n\nWhen did you buy the plan?\n\nKind regards"
DRAFT = Draft(
    status=Outcome.ANSWERED,
    reply=REPLY,
    statements=(Evidence(a_passage(TEXT), sentences(TEXT)[0]).statement(),),
    missing_facts=(MissingFact(fact="purchase_date", question="When did you buy the plan?"),),
    escalations=(
        Escalation(category="legal", rule="x", evidence="", severity=Severity.LOW, route="", second_approver=False),
    ),
)
EXPECTED = {
    "status": "answered",
    "asks": ("purchase_date",),
    "escalations": ("legal",),
    "cites": ("refunds",),
    "contains": ("14 DAYS",),
    "excludes": ("30 days",),
}
LIGHT = 20


def a_case(**changes: object) -> Case:
    return Case(id="c1", ticket="Refund?", expect=Expectation.model_validate({**EXPECTED, **changes}))


def an_attempt(*out_of_force: str, **changes: object) -> Attempt:
    return Attempt(0, Ticket.pasted("Refund?"), DRAFT.model_copy(update=changes), out_of_force)


def wrong(case: Case, attempt: Attempt) -> dict[Question, tuple[str, ...]]:
    answers = score(case, attempt, PLAYBOOK, LIGHT)
    return {question: answer.reasons for question, answer in answers.items() if answer.right is False}


def test_a_draft_as_expected_is_right_and_without_a_reference_its_editing_is_not_known() -> None:
    answers = dict(score(a_case(), an_attempt(), PLAYBOOK, LIGHT))
    assert is_right(answers)
    assert answers.pop(Question.SENDABLE) == Answer(None)
    assert set(answers.values()) == {Answer(right=True)}


@pytest.mark.parametrize(
    ("changes", "question", "reason"),
    [
        ({"status": "unverified"}, Question.FACTS, "is answered, not unverified"),
        ({"cites": ("other",)}, Question.FACTS, "does not cite other"),
        ({"contains": ("15 days",)}, Question.FACTS, "does not say '15 days'"),
        ({"excludes": ("refunds TAKE",)}, Question.FACTS, "says 'refunds TAKE'"),
        ({"asks": ()}, Question.MISSING, "asks for purchase_date needlessly"),
        ({"asks": ("purchase_date", "plan")}, Question.MISSING, "asks for no plan"),
        ({"escalations": ()}, Question.ESCALATIONS, "raises legal needlessly"),
        ({"escalations": ("legal", "angry")}, Question.ESCALATIONS, "raises no angry"),
    ],
)
def test_each_difference_from_what_is_expected_is_told_and_counts_at_its_own_question(
    changes: dict[str, object], question: Question, reason: str
) -> None:
    assert wrong(a_case(**changes), an_attempt()) == {question: (reason,)}


def test_a_sentence_that_is_neither_proven_nor_the_desks_own_is_no_approved_fact() -> None:
    found = wrong(a_case(), an_attempt(reply=f"{REPLY}\n\nExports are free."))
    assert found == {Question.FACTS: ("says without proof: 'Exports are free.'",)}


def test_a_statement_without_a_citation_proves_nothing() -> None:
    bare = DRAFT.statements[0].model_copy(update={"citations": ()})
    assert wrong(a_case(cites=()), an_attempt(statements=(bare,))) == {
        Question.FACTS: (f"says without proof: '{TEXT}'",)
    }


def test_a_citation_of_what_is_not_in_force_is_no_approved_fact() -> None:
    found = wrong(a_case(), an_attempt("Refund policy"))
    assert found == {Question.FACTS: ("cites 'Refund policy', which is not in force",)}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("We will refund you.", "promises a refund"),
        ("To be honest, no.", "says 'To be honest': it sounds careless"),
        ("See https://evil.example.", "has a link or address that no approved document has"),
    ],
)
def test_a_promise_a_banned_phrase_and_a_strange_link_are_found_in_the_reply_as_it_stands(
    line: str, reason: str
) -> None:
    found = wrong(a_case(), an_attempt(reply=f"{REPLY}\n\n{line}"))
    assert found[Question.PROMISES] == (f"{reason}: '{line}'",)


def test_the_approved_documents_own_words_are_no_promise() -> None:
    text = "We will refund the payment within 14 days."
    statement = Evidence(a_passage(text), sentences(text)[0]).statement()
    assert wrong(a_case(), an_attempt(statements=(statement,), reply=REPLY.replace(TEXT, text))) == {}


def test_the_desks_own_address_in_its_sign_off_is_no_strange_one() -> None:
    sign_off = "Write to help@harborlight.example"
    playbook = PLAYBOOK.model_copy(update={"brand": PLAYBOOK.brand.model_copy(update={"sign_off": sign_off})})
    reply = REPLY.replace("Kind regards", sign_off)
    assert is_right(score(a_case(), an_attempt(reply=reply), playbook, LIGHT))


def test_a_question_that_the_reply_does_not_put_is_not_asked() -> None:
    reply = REPLY.replace("When did you buy the plan?", "")
    assert wrong(a_case(), an_attempt(reply=reply)) == {
        Question.MISSING: ("has no question for purchase_date in the reply",)
    }


@pytest.mark.parametrize(
    ("reply", "reference", "share"),
    [
        ("a b c d", "a b c d", 0),
        ("a b c d", "a b x d", 0.25),
        ("a b c d", "a b", 1.0),
        ("a b", "a b c d", 0.5),
        ("a  b\nc d", "a b c d", 0),
        ("", "a b", 1.0),
        ("x y z", "a", 3.0),
    ],
)
def test_the_edit_is_counted_in_words_of_what_was_sent(reply: str, reference: str, share: float) -> None:
    assert changed_share(reply, reference) == pytest.approx(share)


def test_light_editing_ends_at_the_limit() -> None:
    case, words = a_case(), REPLY.split()
    assert len(words) == 19
    three, four = " ".join(["x"] * 3 + words[3:]), " ".join(["x"] * 4 + words[4:])
    assert wrong(case.model_copy(update={"reference": three}), an_attempt()) == {}
    assert wrong(case.model_copy(update={"reference": four}), an_attempt()) == {
        Question.SENDABLE: ("21 % of the words of the reply that was sent are different; light is at most 20 %",)
    }


def test_drafts_of_one_case_are_right_together_or_not_at_all() -> None:
    good, bad = (score(a_case(), each, PLAYBOOK, LIGHT) for each in (an_attempt(), an_attempt(escalations=())))
    assert is_right(together([good, good]))
    assert together([bad, bad])[Question.ESCALATIONS] == Answer(right=False, reasons=("raises no legal",))
    both = together([good, bad, good])
    assert not is_right(both)
    assert both[Question.ESCALATIONS] == Answer(right=False, reasons=("raises no legal (in 1 of 3 drafts)",))
    assert both[Question.SENDABLE] == Answer(None)


def test_a_ticket_that_the_model_fails_at_is_a_case_gone_wrong_and_no_more_is_known_of_it() -> None:
    failed = dict(score(a_case(), an_attempt()._replace(failure="It declined."), PLAYBOOK, LIGHT))
    assert failed.pop(Question.FACTS) == Answer(right=False, reasons=("has no draft: It declined.",))
    assert set(failed.values()) == {Answer(None)}


@pytest.mark.parametrize("named", [{"asks": ("purchase_date", "other")}, {"escalations": ("legal", "other")}])
def test_where_the_status_cannot_be_known_a_named_question_or_warning_is_scored_all_the_same(
    named: dict[str, tuple[str, ...]],
) -> None:
    unknown = {"status": "any", "asks": (), "escalations": (), **named}
    found = wrong(a_case(**unknown), an_attempt())
    assert set(found) == {Question.MISSING, Question.ESCALATIONS}
    assert any("no other" in reason for reasons in found.values() for reason in reasons)


def test_where_the_status_cannot_be_known_and_nothing_is_named_questions_and_warnings_are_not_scored() -> None:
    answers = score(a_case(status="any", asks=(), escalations=()), an_attempt(), PLAYBOOK, LIGHT)
    assert answers[Question.MISSING] == answers[Question.ESCALATIONS] == Answer(None)
