import pytest

from knowledge.drafting.phrases import first, pattern


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("charge back", "a CHARGE-BACK now"),
        ("refund~", "refunding"),
        ("cancel ... plan", "cancel my old yearly plan"),
        ("cancel ... plan", "cancel plan"),
        ("(sue|court)", "see you in court"),
        ("don't pay", "I don’t pay"),
        ("(a|b c) d", "b c d"),
    ],
)
def test_a_phrase_matches(phrase: str, text: str) -> None:
    assert pattern(phrase).search(text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("refund", "refunds"),
        ("sue", "issue"),
        ("cancel ... plan", "cancel one two three four five six plan"),
        ("cancel ... plan", "I cancel. My plan"),
        ("charge back", "back charge"),
        ("a.c", "abc"),
    ],
)
def test_a_phrase_does_not_match(phrase: str, text: str) -> None:
    assert not pattern(phrase).search(text)


@pytest.mark.parametrize("phrase", ["", "...", "... a", "a ...", "(a", "~ |"])
def test_a_phrase_that_cannot_match_is_refused_in_a_sentence(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"the phrase '"):
        pattern(phrase)


def test_an_ignored_phrase_wins_only_where_it_overlaps() -> None:
    triggers, ignore = ("hack~",), ("hack~ day",)
    assert first(triggers, "our hack day", ignore) is None
    found = first(triggers, "our hack day was hacked", ignore)
    assert found is not None
    assert found[1].start() == 17


def test_the_first_phrase_of_the_desk_is_reported_not_the_first_in_the_text() -> None:
    found = first(("second", "first"), "first second")
    assert found is not None
    assert found[0] == "second"
