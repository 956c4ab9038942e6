from tests.faults.history import History, Verdict


def test_one_answer_to_each_question_is_right() -> None:
    history = History()
    history.asked("a")
    history.answered("a")
    assert history.check() == Verdict((), (), ())


def test_what_is_lost_duplicated_or_unexpected_is_named() -> None:
    history = History()
    for trigger in ("lost", "twice", "told"):
        history.asked(trigger)
    history.answered("twice", 2)
    history.answered("nobody's")
    history.explained(["told"])
    assert history.check() == Verdict(lost=("lost",), duplicated=("twice",), unexpected=("nobody's",))


def test_being_told_excuses_no_second_answer() -> None:
    history = History()
    history.asked("a")
    history.answered("a", 2)
    history.explained(["a"])
    assert history.check().duplicated == ("a",)
