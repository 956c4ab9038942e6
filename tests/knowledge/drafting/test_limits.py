import pytest

from knowledge.drafting.limits import Limit, clauses, difference, limits

L = Limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refunds are not possible.", {L.NEGATION}),
        ("You can't export.", {L.NEGATION, L.PERMISSION}),
        ("Only owners export.", {L.EXCEPTION}),
        ("No more than five seats.", {L.AT_MOST}),
        ("Pay within a week.", {L.AT_MOST}),
        ("At least five seats.", {L.AT_LEAST}),
        ("Ask before renewal.", {L.BEFORE}),
        ("Ask after renewal.", {L.AFTER}),
        ("It is free if you ask.", {L.CONDITION, L.ALL}),
        ("It usually works.", {L.HEDGE}),
        ("You must ask.", {L.DUTY}),
        ("We will pay.", {L.FUTURE}),
        ("Notable plans.", set()),
        ("Maybe-max", set()),
    ],
)
def test_the_limits_of_a_text(text: str, expected: set[Limit]) -> None:
    assert limits(text) == expected


@pytest.mark.parametrize(
    ("statement", "quote", "limit", "added"),
    [
        ("You get it.", "You get it within a week.", L.AT_MOST, False),
        ("You get it.", "You get it unless you cancel.", L.EXCEPTION, False),
        ("You get it always.", "You get it.", L.ALL, True),
        ("You will get it.", "You get it.", L.FUTURE, True),
        ("You can not get it.", "You can get it.", L.NEGATION, True),
        ("It is paid.", "It is usually paid.", L.HEDGE, False),
        ("Admins cannot remove it, but members do.", "Admins remove it, but members cannot.", L.NEGATION, True),
    ],
)
def test_a_difference_is_told(statement: str, quote: str, limit: Limit, added: bool) -> None:  # noqa: FBT001
    found = difference(statement, quote)
    assert found == (limit, added)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Refunds take 14 days.", "Refunds take 14 days."),
        ("You can export it.", "You export it."),
        ("Ask us.", "Ask us always."),
        ("It works, but not offline.", "It works, but not offline."),
    ],
)
def test_a_statement_may_promise_the_same_or_less(statement: str, quote: str) -> None:
    assert difference(statement, quote) is None


def test_clauses_have_a_polarity_of_their_own() -> None:
    assert clauses("Admins can, but members cannot") == ["Admins can", " members cannot"]
    assert clauses("") == [""]
