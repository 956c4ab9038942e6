"""Which versions answer, after what people decided."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.decision import DocumentDecision, DocumentVerdict
from knowledge.documents.document import DocumentStatus, DocumentVersion
from knowledge.documents.lifecycle import DocumentRules, in_charge
from tests.knowledge.index.versions import version

TODAY = date(2026, 11, 1)
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
FILE, OWNER = DocumentRules(), DocumentRules(approval="owner")
KEEP = DocumentRules(changed="keep")
APPROVE, WITHDRAW = DocumentVerdict.APPROVED, DocumentVerdict.WITHDRAWN
OLD, NEW = version(body="14 days."), version(body="30 days.", status=DocumentStatus.PROPOSED, approved_by="")


def decision(of: DocumentVersion, verdict: DocumentVerdict, **more: date) -> DocumentDecision:
    return DocumentDecision(document=of.id, hash=of.hash, verdict=verdict, person="Mara", at=NOW, **more)


def quotable(
    seen: DocumentVersion,
    *decisions: DocumentDecision,
    earlier: tuple[DocumentVersion, ...] = (),
    rules: DocumentRules = FILE,
    on: date = TODAY,
) -> list[str]:
    """The bodies that may be quoted on a day."""
    found = in_charge([seen], earlier, decisions, rules)
    return [each.text for each in found if each.in_force(on)]


def test_a_files_own_word_is_an_approval_unless_the_desk_wants_an_owners() -> None:
    assert quotable(OLD) == ["14 days."]
    assert quotable(OLD, rules=OWNER) == []
    assert quotable(OLD, decision(OLD, APPROVE), rules=OWNER) == ["14 days."]


def test_an_approval_is_of_one_text_only() -> None:
    assert quotable(NEW, decision(NEW, APPROVE)) == ["30 days."]
    assert quotable(version(body="31 days.", status=DocumentStatus.PROPOSED), decision(NEW, APPROVE)) == []


def test_the_approver_and_the_dates_of_the_decision_count() -> None:
    until = date(2026, 12, 31)
    (now,) = in_charge([NEW], [], [decision(NEW, APPROVE, effective_until=until)], FILE)
    assert (now.approved_by, now.in_force_until) == ("Mara", until)
    assert quotable(NEW, decision(NEW, APPROVE, effective_from=date(2026, 11, 2))) == []


def test_what_is_withdrawn_does_not_answer_and_the_last_decision_counts() -> None:
    assert quotable(OLD, decision(OLD, WITHDRAW)) == []
    assert quotable(OLD, decision(OLD, WITHDRAW), decision(OLD, APPROVE)) == ["14 days."]


@pytest.mark.parametrize(("rules", "answers"), [(FILE, []), (KEEP, ["14 days."])])
def test_while_a_change_waits_the_desk_decides_what_answers(rules: DocumentRules, answers: list[str]) -> None:
    assert quotable(NEW, earlier=(OLD,), rules=rules) == answers
    assert quotable(NEW, decision(NEW, APPROVE), earlier=(OLD,), rules=rules) == ["30 days."]
    assert quotable(NEW, decision(OLD, WITHDRAW), earlier=(OLD,), rules=rules) == []


def test_of_two_approved_versions_the_one_before_ends_where_the_next_begins() -> None:
    begins = decision(NEW, APPROVE, effective_from=date(2026, 11, 5))
    assert quotable(NEW, begins, earlier=(OLD,), rules=KEEP, on=date(2026, 11, 4)) == ["14 days."]
    assert quotable(NEW, begins, earlier=(OLD,), rules=KEEP, on=date(2026, 11, 5)) == ["30 days."]


def test_grace_lets_a_version_answer_some_days_longer() -> None:
    ended = version(body="x", review_by=date(2026, 10, 30))
    assert quotable(ended) == []
    assert quotable(ended, rules=DocumentRules(grace_days=2)) == ["x"]
    assert quotable(ended, rules=DocumentRules(grace_days=1)) == []


def test_only_an_approved_document_supersedes_another() -> None:
    new = version("new", supersedes=("refunds",))
    ends = [each.superseded_from for each in in_charge([OLD, new], [], [], FILE)]
    assert ends == [new.effective_from, None]
    assert [each.superseded_from for each in in_charge([OLD, new], [], [], OWNER)] == [None, None]


def test_what_a_person_withdrew_does_not_come_back_by_an_edit_of_the_file() -> None:
    edited = version(body="14 days!")
    assert quotable(edited, decision(OLD, WITHDRAW), earlier=(OLD,)) == []
    assert quotable(edited, decision(OLD, WITHDRAW), decision(edited, APPROVE), earlier=(OLD,)) == ["14 days!"]


@pytest.mark.parametrize(("rules", "answers"), [(OWNER, []), (KEEP, ["30 days."])])
def test_a_text_that_came_back_is_not_approved_by_what_was_said_before_a_later_one(
    rules: DocumentRules, answers: list[str]
) -> None:
    back = version(body="14 days.", status=DocumentStatus.PROPOSED, approved_by="")
    decisions = decision(back, APPROVE), decision(NEW, APPROVE)
    assert quotable(back, *decisions, earlier=(NEW,), rules=rules) == answers
    assert quotable(back, *decisions, decision(back, APPROVE), earlier=(NEW,), rules=rules) == ["14 days."]


def test_of_several_versions_before_the_one_that_was_approved_last_is_kept() -> None:
    third = version(body="60 days.", status=DocumentStatus.PROPOSED, approved_by="")
    decisions = [decision(each, APPROVE) for each in (OLD, NEW, OLD)]
    assert quotable(third, *decisions, earlier=(OLD, NEW), rules=KEEP) == ["14 days."]


def test_what_superseded_another_document_still_does_while_its_change_waits() -> None:
    new = version("new", supersedes=("refunds",))
    edited = version("new", body="30 calendar days.", supersedes=("refunds",))
    approved = [decision(OLD, APPROVE), decision(new, APPROVE)]
    found = in_charge([OLD, edited], [new], approved, OWNER)
    assert [each.in_force(TODAY) for each in found] == [False, False]
    withdrawn = [*approved, decision(new, WITHDRAW), decision(edited, WITHDRAW)]
    assert in_charge([OLD, edited], [new], withdrawn, OWNER)[0].in_force(TODAY)


@pytest.mark.parametrize(
    ("before", "now", "seen_by"), [("", "a", ["a"]), ("a", "", ["a"]), ("a", "a", ["a"]), ("a", "b", [])]
)
def test_a_kept_version_is_shown_to_those_alone_who_may_see_both(before: str, now: str, seen_by: list[str]) -> None:
    kept = version(body="14 days.", audience=before)
    waiting = version(body="30 days.", status=DocumentStatus.PROPOSED, audience=now)
    found = in_charge([waiting], [kept], [], KEEP)
    assert [each.audience for each in found if each.in_force(TODAY)] == seen_by


BODIES = ("a", "b", "c")
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("change"), st.sampled_from(BODIES)),
        st.tuples(st.sampled_from(["approve", "withdraw"]), st.sampled_from(BODIES)),
    ),
    max_size=12,
)


@given(ACTS, st.sampled_from(["none", "keep"]))
def test_nothing_answers_that_no_owner_approved_last(acts: list[tuple[str, str]], changed: str) -> None:
    texts = {body: version(body=body) for body in BODIES}
    seen, earlier, decisions = texts["a"], list[DocumentVersion](), list[DocumentDecision]()
    for act, body in acts:
        if act == "change" and texts[body].hash != seen.hash:
            earlier = [each for each in (*earlier, seen) if each.hash != texts[body].hash]
            seen = texts[body]
        elif act != "change":
            decisions.append(decision(texts[body], APPROVE if act == "approve" else WITHDRAW))
    last = {each.hash: each.verdict for each in decisions}
    rules = DocumentRules.model_validate({"approval": "owner", "changed": changed})
    answers = [each for each in in_charge([seen], earlier, decisions, rules) if each.in_force(TODAY)]
    assert all(last.get(each.hash) is APPROVE for each in answers)
    assert len(answers) <= 1
    if changed == "none":
        assert all(each.hash == seen.hash for each in answers)
