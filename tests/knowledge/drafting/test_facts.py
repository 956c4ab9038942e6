import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.facts import Fact, facts, is_number
from knowledge.drafting.playbook import FactKind

K = FactKind


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("$1,500", K.AMOUNT, "usd 1500"),
        ("12.50 euros", K.AMOUNT, "eur 12.5"),
        ("USD 5k", K.AMOUNT, "usd 5"),
        ("$5k", K.AMOUNT, "usd 5000"),
        ("five hundred dollars", K.AMOUNT, "usd 500"),
        ("20 %", K.PERCENTAGE, "20"),
        ("twenty percent", K.PERCENTAGE, "20"),
        ("14-day", K.DURATION, "14 day"),
        ("fourteen days", K.DURATION, "14 day"),
        ("5 working days", K.DURATION, "5 business day"),
        ("two hundred and fifty hours", K.DURATION, "250 hour"),
        ("within a week.", K.DURATION, "1 week"),
        ("2026-11-01", K.DATE, "2026-11-01"),
        ("1 November 2026", K.DATE, "2026-11-01"),
        ("Nov 1st, 2026", K.DATE, "2026-11-01"),
        ("May 2026", K.DATE, "2026-05"),
        ("billing@x.example", K.EMAIL, "billing@x.example"),
        ("see https://x.example/a.", K.URL, "https://x.example/a"),
        ("at evil.com today", K.URL, "evil.com"),
        ("+1 555 123 4567", K.PHONE, "15551234567"),
        ("a dozen members", K.NUMBER, "12"),
        ("the 3rd seat", K.NUMBER, "3"),
        ("5gb files", K.NUMBER, "5"),
        (".99 a_99", K.NUMBER, "99"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_fact_is_read(text: str, kind: FactKind, value: str) -> None:
    assert Fact(kind, value) in facts(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14 days", "14 business days"),
        ("14 days", "14 weeks"),
        ("$5", "€5"),
        ("$5", "$50"),
        ("5 %", "5 users"),
        ("1 May 2026", "1 May 2027"),
        ("$1", "$1.01"),
        ("$5", "$5k"),
    ],
)
def test_different_facts_are_not_equal(one: str, other: str) -> None:
    assert facts(one).isdisjoint(facts(other))


def test_names_are_read_as_they_are_written() -> None:
    assert Fact(K.NAME, "team") in facts("The Team plan", ("Team",))
    assert facts("the team plan, Teams", ("Team",)) == frozenset()


@pytest.mark.parametrize("word", ["⑨", "²", "14²", "x", "٣"])
def test_what_no_fact_is_read_from_counts_as_no_number(word: str) -> None:
    assert not is_number(word)


@given(st.integers(0, 10**12))
def test_a_whole_number_is_one_fact_however_its_thousands_are_set(number: int) -> None:
    assert facts(f"{number:,} seats") == facts(f"{number} seats") == {Fact(K.NUMBER, str(number))}


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_read_again(text: str) -> None:
    assert facts(text) == facts(text)


@given(st.sampled_from("0123456789"), st.sampled_from([" ", "-", ".", ",", "a_", "#", "("]))
def test_every_ascii_digit_belongs_to_some_fact(digit: str, before: str) -> None:
    assert any(digit in fact.value for fact in facts(f"about{before}{digit} seats"))
