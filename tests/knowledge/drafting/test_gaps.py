from knowledge.drafting.gaps import Unanswered, find_gaps


def asked(*questions: str) -> list[Unanswered]:
    return [Unanswered(question=question, ticket=str(number)) for number, question in enumerate(questions)]


def test_the_same_question_in_other_words_is_one_gap_and_the_most_wanted_comes_first() -> None:
    gaps = find_gaps(
        asked(
            "Do you have a desktop program for Linux?",
            "Is there a discount for charities?",
            "We are a charity. Would there be any discount for charities like ours, please?",
            "Can charities get a discount?",
        )
    )
    assert [gap.tickets for gap in gaps] == [("1", "2", "3"), ("0",)]
    assert gaps[0].question == "Can charities get a discount?"


def test_different_questions_about_one_thing_stay_apart() -> None:
    gaps = find_gaps(asked("How do I export invoices to Excel?", "Can invoices show our purchase order number?"))
    assert len(gaps) == 2


def test_a_ticket_that_asks_twice_counts_once() -> None:
    twice = [Unanswered(question="Discount for charities?", ticket="7")] * 2
    (gap,) = find_gaps(twice)
    assert gap.tickets == ("7",)


def test_without_questions_there_is_no_gap() -> None:
    assert find_gaps([]) == ()
