"""A ticket whose draft was wrong becomes a case."""

from pathlib import Path

import pytest

from knowledge.drafting.draft import Outcome
from knowledge.drafting.ticket import Author, Message, Ticket
from knowledge.errors import DeskFileError
from knowledge.evals.case import Case
from knowledge.evals.cases import load_cases
from knowledge.evals.error_case import error_case
from knowledge.evals.scoring import Question
from tests.knowledge.evals.test_scoring import DRAFT, an_attempt, wrong

WRONG = "Plans are refunded:\n\n- within 14 days"
TICKET = Ticket(
    messages=(
        Message(text="Hello,\nI am Ada Byron: ada@x.example, card 4111 1111 1111 1111.\n# May I have\ta refund?  "),
        Message(text="Internal words of an agent", author=Author.AGENT),
        Message(text="- Please answer: 'yes' or \"no\""),
    ),
    subject="Refund: *now* & here",
    requester="Ada Byron",
)


def written(folder: Path, ticket: Ticket = TICKET) -> Case:
    (folder / "error-1.yaml").write_text(error_case("error-1", ticket, [WRONG]), encoding="utf-8")
    (case,) = load_cases(folder)
    return case


def test_the_case_can_be_read_and_holds_the_customers_words_without_personal_data(tmp_path: Path) -> None:
    case = written(tmp_path)
    drafted_from = Ticket.pasted(case.text)
    assert drafted_from.subject == TICKET.subject
    assert "May I have    a refund?" in drafted_from.customer_text
    assert "- Please answer: 'yes' or \"no\"" in drafted_from.customer_text
    for personal in ("Ada", "Byron", "ada@x.example", "4111"):
        assert personal not in (tmp_path / "error-1.yaml").read_text(encoding="utf-8")
    assert "Internal words" not in case.text


def test_only_the_wrong_sentence_makes_a_draft_of_it_wrong(tmp_path: Path) -> None:
    case = written(tmp_path)
    for status in Outcome:
        assert wrong(case, an_attempt(status=status)) == {}
    repeated = wrong(case, an_attempt(reply=f"{DRAFT.reply}\n\n{WRONG}"))
    assert f"says '{WRONG}'" in repeated[Question.FACTS]


def test_a_ticket_too_long_for_a_case_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(DeskFileError, match="longer than"):
        written(tmp_path, Ticket(messages=(Message(text="word " * 50_000),)))
