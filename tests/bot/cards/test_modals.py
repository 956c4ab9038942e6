import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.metadata import unpack
from bot.cards.modals import draft_request, edit, edited_text, older, reject, rejection, requested_text
from bot.content import Version
from knowledge.drafting.draft import Statement
from knowledge.drafting.review import RejectReason
from tests.bot.cards.examples import BACK, PLACE, WINDOW, a_card, a_citation, a_draft, unverified
from tests.bot.cards.live import shown


def inputs(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in view["blocks"] if block["type"] == "input"]


def as_filled(view: dict[str, Any]) -> dict[str, Any]:
    """What Slack sends when somebody submits a form as it was opened."""
    return {
        block["block_id"]: {block["element"]["action_id"]: {"value": block["element"].get("initial_value")}}
        for block in reversed(inputs(view))
    }


def test_the_editor_holds_the_reply_and_knows_its_draft_and_place() -> None:
    view = edit(a_card(), PLACE)
    (field,) = inputs(view)
    assert field["element"]["initial_value"] == a_draft().reply
    assert view["callback_id"] == "edit_submitted"
    assert unpack(view["private_metadata"]) == ("draft-1", PLACE)
    assert json.loads(view["private_metadata"])["thread"] == "1700.1"
    assert edited_text(as_filled(view)) == a_draft().reply


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab .\n*<&", min_size=1, max_size=200).map(str.strip), min_size=1, max_size=60))
def test_a_long_reply_comes_back_as_it_was_when_nobody_edits_it(paragraphs: list[str]) -> None:
    reply = "\n\n".join(paragraphs).strip()[:9_000].strip()
    view = edit(a_card(draft=a_draft(reply=reply)), PLACE)
    assert edited_text(as_filled(view)) == reply
    assert all(len(block["element"].get("initial_value", "")) <= 3_000 for block in inputs(view))


def test_a_reply_over_3000_characters_is_cut_at_paragraph_ends_and_joined_again() -> None:
    reply = "\n\n".join(f"Paragraph {n}. {'word ' * 90}end." for n in range(20))
    view = edit(a_card(draft=a_draft(reply=reply)), PLACE)
    fields = inputs(view)
    assert [field["label"]["text"] for field in fields] == [f"Reply, part {n}" for n in range(1, len(fields) + 1)]
    assert all(field["element"]["initial_value"].endswith("end.") for field in fields)
    filled = as_filled(view)
    filled[fields[0]["block_id"]] = {"entered": {"value": "Shorter."}}
    filled[fields[1]["block_id"]] = {"entered": {"value": None}}
    rest = reply.index(fields[2]["element"]["initial_value"])
    assert edited_text(filled) == "Shorter.\n\n" + reply[rest:]


def test_a_reply_that_no_form_can_hold_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="ask for a shorter one"):
        edit(a_card(draft=a_draft(reply="word " * 4_000)), PLACE)


def test_who_answers_it_themselves_starts_with_the_questions_alone() -> None:
    view = edit(a_card(draft=unverified()), PLACE)
    assert inputs(view)[0]["element"]["initial_value"] == "Which plan is it?"
    empty = edit(a_card(draft=unverified(reply=unverified().reply.split("\n")[0])), PLACE)
    assert "initial_value" not in inputs(empty)[0]["element"]
    assert edited_text(as_filled(empty)) == ""


def test_a_rejection_asks_for_a_reason_and_the_sentence() -> None:
    view = reject(a_card(), PLACE)
    reason, sentence = inputs(view)
    assert [option["text"]["text"] for option in reason["element"]["options"]] == [
        "Factual error",
        "Wrong policy",
        "Tone",
        "Missing information",
        "Not needed",
    ]
    assert [option["value"] for option in sentence["element"]["options"]] == ["0", "1"]
    assert sentence["optional"]
    assert f"1. “{WINDOW}”\n2. “{BACK}”" in shown(view["blocks"])
    assert unpack(view["private_metadata"]).draft == "draft-1"


def test_very_many_sentences_fit_into_a_form() -> None:
    statements = tuple(Statement(text=f"{n} {'long ' * 60}", citations=(a_citation(),)) for n in range(130))
    view = reject(a_card(draft=a_draft(statements=statements)), PLACE)
    assert len(inputs(view)[1]["element"]["options"]) == 100
    assert "100 of 130 sentences" in shown(view["blocks"])


def chosen(reason: str | None, sentence: str | None = None, *, asked: bool = True) -> dict[str, Any]:
    def select(value: str | None) -> dict[str, Any]:
        return {"entered": {"type": "static_select", "selected_option": {"value": value} if value else None}}

    return {"reason": select(reason)} | ({"sentence": select(sentence)} if asked else {})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (chosen("tone"), (RejectReason.TONE, None)),
        (chosen("wrong_policy", "1"), (RejectReason.WRONG_POLICY, 1)),
        (chosen("factual_error", "0"), (RejectReason.FACTUAL_ERROR, 0)),
        (chosen("factual_error"), {"sentence": "Please say which sentence is wrong."}),
        (
            chosen("factual_error", asked=False),
            {"reason": "This draft has no factual sentence; please choose another reason."},
        ),
        (chosen(None), {"reason": "Please choose a reason."}),
        (chosen("nonsense"), {"reason": "Please choose a reason."}),
        ({}, {"reason": "Please choose a reason."}),
    ],
)
def test_a_rejection_is_whole_or_says_what_is_missing_and_where(values: dict[str, Any], expected: object) -> None:
    assert rejection(values) == expected


def test_a_customers_message_can_be_entered() -> None:
    view = draft_request(PLACE)
    assert view["callback_id"] == "draft_submitted"
    assert unpack(view["private_metadata"]) == ("", PLACE)
    assert requested_text({"request": {"entered": {"value": " I want\n\nmy money back "}}}) == "I want\n\nmy money back"
    assert requested_text({}) == ""


def test_all_versions_can_be_read_newest_first_and_not_changed() -> None:
    card = a_card(number=3, versions=(Version(number=1, reply="First"), Version(number=2, reply="Second")))
    view = older(card)
    said = json.dumps(view, ensure_ascii=False)
    assert said.index("Version 3") < said.index("Second") < said.index("Version 1") < said.index("First")
    assert "submit" not in view


def test_versions_beyond_what_a_modal_holds_are_named() -> None:
    versions = tuple(Version(number=number, reply="Again.") for number in range(1, 80))
    assert "Versions 35 to 1 are kept" in json.dumps(older(a_card(number=80, versions=versions)))
