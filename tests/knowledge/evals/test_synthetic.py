from knowledge.drafting.draft import Outcome
from knowledge.drafting.playbook import EscalationRule, Playbook, RequiredFact, Topic
from knowledge.evals.case import Case
from knowledge.evals.questions import HOW_TO, INSIDE, OUTSIDE, questions
from knowledge.evals.synthetic import Made, coverage, make_cases
from tests.knowledge.index.versions import version

LIMITS = version(
    "limits",
    "# Limits\n\nA workspace can have up to 20 webhooks. The trial lasts at least 7 days.\n\n"
    "They end after 9 days. Between 3 and 5 people and 2 dogs may come.\n\n"
    "| Plan | Members |\n|---|---|\n| Starter | 10 |\n| Business | Unlimited |\n",
)
HELP = version("help", "# Help\n\nTo rename your account:\n\n1. Open the page for 30 seconds.\n2. Save.\n")
ABOUT = "I have a question about this: Limits. "
PLAYBOOK = Playbook(
    company="Acme",
    escalations=(
        EscalationRule(category="recall", triggers=("(recall~|recalled) ... toy",), ignore=("toy shop",)),
        EscalationRule(category="silent", triggers=("toy shop",), ignore=("toy shop",)),
    ),
    topics=(Topic(id="repair", triggers=("(broken|torn) seam",), facts=("size", "colour")),),
    facts={
        "size": RequiredFact(id="size", question="Which size?", phrases=("large",)),
        "colour": RequiredFact(id="colour", question="Which colour?", phrases=("torn",)),
    },
)


def _made(count: int = 500, seed: int = 3, known: tuple[Case, ...] = ()) -> Made:
    return make_cases([LIMITS, HELP], PLAYBOOK, count=count, seed=seed, known=known)


def _of(kind: str) -> list[Case]:
    return [case for case in _made().cases if kind in case.tags]


def test_a_limit_is_asked_from_both_sides_with_the_number_the_document_states_in_the_label() -> None:
    found = {(each.text, each.kind, each.contains) for each in questions(LIMITS, ())}
    assert found == {
        (ABOUT + "Can a workspace have 16 webhooks?", INSIDE, ("20 webhooks",)),
        (ABOUT + "Can a workspace have 24 webhooks?", OUTSIDE, ("20 webhooks",)),
        (ABOUT + "Is it true that the trial lasts 6 days?", OUTSIDE, ("7 days",)),
        (ABOUT + "Is it true that the trial lasts 8 days?", INSIDE, ("7 days",)),
        ("Our plan is Starter. Members: is 8 possible?", INSIDE, ("10",)),
        ("Our plan is Starter. Members: is 12 possible?", OUTSIDE, ("10",)),
    }


def test_steps_are_asked_for_and_not_taken_for_limits() -> None:
    assert [each[:3] for each in questions(HELP, ())] == [(HOW_TO, "help", "How do I rename my account?")]


def test_a_question_is_expected_to_be_answered_from_its_document() -> None:
    for kind, document in ((INSIDE, "limits"), (HOW_TO, "help"), ("misspelt", "help"), ("injected", "help")):
        case = next(case for case in _of(kind) if document in case.expect.cites)
        assert case.expect.status is Outcome.ANSWERED
    assert all("ZQ" in "".join(case.expect.excludes) for case in _of("injected"))


def test_a_trigger_is_expected_to_warn_and_a_topic_to_ask_for_what_its_words_do_not_say() -> None:
    assert {case.expect.escalations for case in _of("recall")} == {frozenset({"recall"})}
    assert not _of("silent")
    for case in _of("missing-details"):
        assert case.expect.status is None
        assert case.expect.asks == ({"size"} if "torn" in case.ticket else {"size", "colour"})


def test_features_that_a_document_has_a_word_of_are_not_called_unknown() -> None:
    assert any("horoscopes" in case.ticket for case in _of("unknown-feature"))
    astrology = version("astrology", "# Astrology\n\nWe have horoscopes.\n")
    made = make_cases([astrology], PLAYBOOK, count=500, seed=3)
    assert not any("horoscopes" in case.ticket and case.expect.status is Outcome.UNVERIFIED for case in made.cases)


def test_a_language_of_the_desk_is_no_other_language() -> None:
    german = PLAYBOOK.model_copy(update={"languages": ("en", "de")})
    made = make_cases([LIMITS], german, count=500, seed=3)
    assert not any("Guten Tag" in case.ticket for case in made.cases)
    assert any("Guten Tag" in case.ticket for case in _made().cases)


def test_the_same_seed_makes_the_same_cases_and_another_one_others() -> None:
    assert _made() == _made()
    assert _made(seed=4).cases != _made().cases


def test_no_ticket_is_made_twice_and_none_that_is_known() -> None:
    first = _made(count=20)
    again = _made(count=500, known=first.cases)
    tickets = [case.ticket for case in (*first.cases, *again.cases)]
    assert len({" ".join(ticket.split()) for ticket in tickets}) == len(tickets)
    assert again.duplicates >= 15
    assert len({case.id for case in (*first.cases, *again.cases)}) == len(tickets)


def test_few_cases_are_of_as_many_kinds() -> None:
    kinds = [tag for case in _made(count=6).cases for tag in case.tags - {"synthetic"}]
    assert len(set(kinds)) == 6


def test_coverage_names_what_no_case_is_about() -> None:
    documents, topics, categories = coverage(_of(HOW_TO), [LIMITS, HELP], PLAYBOOK)
    assert (documents.covered, documents.missing) == (("help",), ("limits",))
    assert topics.missing == ("repair",)
    assert categories.missing == ("recall", "silent")
