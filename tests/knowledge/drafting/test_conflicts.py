import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.drafting.claims import claims
from knowledge.drafting.conflict import Conflict
from knowledge.drafting.conflicts import find_conflicts
from knowledge.drafting.headings import one_subject, told_apart
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.quantities import quantities
from knowledge.drafting.quantity import Bound, Kind, clash
from tests.builders import a_passage
from tests.knowledge.drafting.conflict_pairs import BOOK, Pair, pairs

PAIRS = pairs()
SENTENCES = [side.text for pair in PAIRS for side in (pair.one, pair.other)]


def found(one: str, other: str, playbook: Playbook = BOOK) -> tuple[Conflict, ...]:
    return find_conflicts([a_passage(one, document="a"), a_passage(other, document="b")], playbook)


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])
def test_a_contradiction_is_found_and_nothing_else(pair: Pair) -> None:
    conflicts = find_conflicts([pair.one, pair.other], BOOK)
    assert len(conflicts) == (pair.conflict and not pair.missed)


def test_the_pairs_are_many_and_half_of_them_agree() -> None:
    assert len(PAIRS) >= 150
    assert 0.4 <= sum(pair.conflict for pair in PAIRS) / len(PAIRS) <= 0.6
    assert sum(pair.missed for pair in PAIRS) <= 4


@pytest.mark.parametrize(
    ("one", "other", "kind", "thing", "values"),
    [
        (
            "Yearly plans are refunded within 14 days of purchase.",
            "We refund yearly plans within 30 days of purchase.",
            Kind.DURATION,
            "We refund yearly plans … of purchase",
            (("within 14 days",), ("within 30 days",)),
        ),
        (
            "Guests can export reports.",
            "Guests can't export reports.",
            Kind.ANSWER,
            "whether guests can export reports",
            (("yes",), ("no",)),
        ),
        (
            "Only the owner can invite members.",
            "Admins can invite members.",
            Kind.ANSWER,
            "who can invite members",
            (("only owner",), ("admin",)),
        ),
        (
            "| Plan | Members |\n|---|---|\n| Free | 3 |",
            "| Plan | Members |\n|---|---|\n| Free | Unlimited |",
            Kind.COUNT,
            "Free · Members",
            (("3",), ("Unlimited",)),
        ),
        (
            "Team costs $14, Starter $8.",
            "Team costs $15, Starter $8.",
            Kind.AMOUNT,
            "Team costs …, Starter $8",
            (("$14",), ("$15",)),
        ),
    ],
)
def test_people_read_what_the_two_disagree_about(
    one: str, other: str, kind: Kind, thing: str, values: tuple[tuple[str, ...], ...]
) -> None:
    [conflict] = found(one, other)
    assert (conflict.kind, conflict.thing) == (kind, thing)
    assert tuple(side.values for side in conflict.sides) == values


def test_each_side_says_where_it_stands_and_who_approved_it() -> None:
    one = a_passage("Hello. Reports are kept for 30 days.", document="a", title="Reports", headings=("Storage",))
    other = a_passage("Reports are kept for 90 days.", document="b", title="Privacy")
    [conflict] = find_conflicts([other, one], BOOK)
    left, right = conflict.sides
    assert (left.passage, left.document, left.version, left.title) == (one.id, "a", one.version, "Reports")
    assert (left.section, left.approved_by, left.in_force_until) == ("Reports › Storage", "Mara", None)
    assert (left.quote, left.start, left.end) == ("Reports are kept for 30 days.", 7, 36)
    assert right.quote == other.text


def test_one_document_does_not_contradict_itself_but_its_older_version_does() -> None:
    old, new = a_passage("Reports are kept for 30 days."), a_passage("Reports are kept for 90 days.")
    assert find_conflicts([old, new], BOOK) == ()
    assert len(find_conflicts([old, new.model_copy(update={"version": "1" * 64})], BOOK)) == 1


@pytest.mark.parametrize(
    "text", ["```\nGuests can add 5 files.\n```", "Can guests add 5 files?", "For example, guests can add 5 files."]
)
def test_code_questions_and_examples_state_nothing(text: str) -> None:
    assert claims(text) == ()
    assert found("Guests can add 3 files.", text) == ()


def test_the_desks_scopes_and_names_tell_things_apart() -> None:
    one, other = "Relay keeps deleted files for 5 days.", "Deleted files are kept for 9 days."
    assert len(found(one.replace("Relay keeps", "We keep"), other)) == 1
    assert found(one, other, Playbook(names=("Relay",))) == ()
    assert len(found(one, other, Playbook(names=("Relay",), company="Relay"))) == 1


def test_a_value_that_each_page_has_of_its_own_is_told_apart_by_the_titles() -> None:
    fees = {"Blue account": "$5", "Gold vault": "$9", "Student saver": "$0", "Gold vault guide": "$10"}
    passages = [
        a_passage(f"A monthly maintenance fee of {fee} applies.", document=title, title=title)
        for title, fee in fees.items()
    ]
    [conflict] = find_conflicts(passages, Playbook())
    assert {side.title for side in conflict.sides} == {"Gold vault", "Gold vault guide"}


def test_what_every_page_counts_for_itself_is_no_rule() -> None:
    passages = [a_passage(f"Guests have read reports {n} times.", document=f"d{n}") for n in range(1, 22)]
    assert len(find_conflicts(passages[:2], BOOK)) == 1
    assert find_conflicts(passages, BOOK) == ()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (["Refunds", "Yearly plans"], ["Refunds", "Monthly plans"], True),
        (["Cancel on Android"], ["Cancel on iPhone"], True),
        (["Light Blue Account: fees"], ["Blue Account: fees"], True),
        (["EcoCard: payments"], ["Gold Card: payments"], True),
        (["Free trial"], ["Trial"], False),
        (["Plan limits"], ["Pricing and plans"], False),
        (["Export data", "Export stats"], ["Export data", "Export stats"], False),
    ],
)
def test_headings_tell_things_apart(one: list[str], other: list[str], apart: bool) -> None:  # noqa: FBT001
    assert told_apart(one, other) == told_apart(other, one) == apart


def test_titles_name_one_subject_or_two() -> None:
    assert one_subject("Refund policy", "Billing FAQ", frozenset({"refund"}))
    assert not one_subject("WordPress", "Shopify", frozenset({"plugin"}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("within two weeks", [(Kind.DURATION, Bound.AT_MOST, 1_209_600)]),
        ("between 5 and 10 business days", [(Kind.DURATION, Bound.EXACT, 432_000)]),
        ("more than 20k rows", [(Kind.COUNT, Bound.AT_LEAST, 20_000)]),
        ("$1,500.50 a month", [(Kind.AMOUNT, Bound.EXACT, 1500.5)]),
        ("takes a month", [(Kind.DURATION, Bound.EXACT, 30.4375 * 86_400)]),
        ("12 am", [(Kind.TIME, Bound.EXACT, 0)]),
        ("12 pm, 17:30", [(Kind.TIME, Bound.EXACT, 720), (Kind.TIME, Bound.EXACT, 1050)]),
        ("by 31 March 2026", [(Kind.DATE, Bound.AT_MOST, 331)]),
        ("on 2026-03-31 or March 31st", [(Kind.DATE, Bound.EXACT, 331), (Kind.DATE, Bound.EXACT, 331)]),
        ("iOS 16 or later", [(Kind.COUNT, Bound.AT_LEAST, 16)]),
        ("step 3, error 404, Windows 11, two-factor, in 2024, v2, 1.2.3, no one", []),
    ],
)  # fmt: skip
def test_quantities_are_read(text: str, expected: list[tuple[Kind, Bound, float]]) -> None:
    assert [(each.kind, each.bound, each.low) for each in quantities(text)] == expected


PASSAGES = st.lists(
    st.builds(
        lambda texts, document, title: a_passage("\n\n".join(texts), document=document, title=title),
        st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3),
        st.sampled_from("abcd"),
        st.sampled_from(["Handbook", "Refunds", "Free trial", "Gift cards"]),
    ),
    max_size=6,
    unique_by=lambda passage: passage.document,
)


@settings(max_examples=60, deadline=None)
@given(PASSAGES)
def test_conflicts_are_symmetric_between_documents_and_quoted_verbatim(passages: list[Passage]) -> None:
    conflicts = find_conflicts(passages, BOOK)
    assert conflicts == find_conflicts(passages[::-1], BOOK)
    texts = {passage.document: passage.text for passage in passages}
    for conflict in conflicts:
        one, other = conflict.sides
        assert one.document != other.document
        assert one.quote != other.quote
        assert all(texts[side.document][side.start : side.end] == side.quote for side in conflict.sides)
        assert all(side.values for side in conflict.sides)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_read(one: str, other: str) -> None:
    for conflict in found(one, other):
        assert all(side.quote for side in conflict.sides)


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_clashing_is_mutual_and_nothing_clashes_with_itself(one: str, other: str) -> None:
    for x in quantities(one):
        assert not clash(x, x)
        assert all(clash(x, y) == clash(y, x) for y in quantities(other))
