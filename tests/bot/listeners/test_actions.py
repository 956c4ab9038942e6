from typing import Any

import pytest

from bot.intents import ErrorAnswered, MissedKind, Place, Pressed, Redraft, Retry, Share, WarningJudged
from bot.listeners.actions import place_of, read
from knowledge.drafting.scorecard import WarningVerdict

OPEN, CONFIRMED, DISMISSED = WarningVerdict.OPEN, WarningVerdict.CONFIRMED, WarningVerdict.DISMISSED
PLACE = Place(channel="C1", thread="1.0", message="1.5")


@pytest.mark.parametrize(
    ("name", "action", "wanted"),
    [
        ("approve", {"value": "d1"}, Pressed(place=PLACE, person="U1", action="approve", draft="d1")),
        ("undo", {"value": "d1"}, Pressed(place=PLACE, person="U1", action="undo", draft="d1")),
        ("make_case", {"value": "d1"}, Pressed(place=PLACE, person="U1", action="make_case", draft="d1")),
        (
            "withdraw_reported",
            {"value": "e1"},
            ErrorAnswered(place=PLACE, person="U1", error="e1", answer="withdraw"),
        ),
        ("not_an_error", {"value": "e1"}, ErrorAnswered(place=PLACE, person="U1", error="e1", answer="right")),
        ("ask_owner", {"value": "d1"}, Pressed(place=PLACE, person="U1", action="ask_owner", draft="d1")),
        (
            "redraft",
            {"selected_option": {"value": "two_options:d1"}},
            Redraft(place=PLACE, person="U1", draft="d1", wish="two_options"),
        ),
        ("use_option", {"value": "d1"}, Redraft(place=PLACE, person="U1", draft="d1", wish="shorter")),
        (
            "warning_right",
            {"value": "d1:0:open"},
            WarningJudged(place=PLACE, person="U1", draft="d1", warning=0, verdict=CONFIRMED, seen=OPEN),
        ),
        (
            "warning_not_needed",
            {"value": "d1:2:confirmed"},
            WarningJudged(place=PLACE, person="U1", draft="d1", warning=2, verdict=DISMISSED, seen=CONFIRMED),
        ),
        (
            "warning_take_back",
            {"value": "d1:0:dismissed"},
            WarningJudged(place=PLACE, person="U1", draft="d1", warning=0, verdict=OPEN, seen=DISMISSED),
        ),
        (
            "missed_kind",
            {"selected_option": {"value": "d1:press: enquiry"}},
            MissedKind(place=PLACE, person="U1", draft="d1", category="press: enquiry"),
        ),
        ("retry", {"value": "c1"}, Retry(place=PLACE, person="U1", card="c1")),
        ("post_again", {"value": "c1"}, Retry(place=PLACE, person="U1", card="c1")),
        ("share", {"value": "why?"}, Share(place=PLACE, person="U1", question="why?")),
        ("dismiss", {}, None),
        ("launch", {"value": "d1"}, None),
    ],
)
def test_a_button_says_what_is_wanted_of_which_version(name: str, action: dict[str, Any], wanted: object) -> None:
    assert read(name, action, "U1", PLACE) == wanted


def test_a_private_notice_has_its_place_in_the_container_alone() -> None:
    container = {"channel_id": "C1", "thread_ts": "1.0", "message_ts": "1.5", "is_ephemeral": True}
    assert place_of({"container": container}) == PLACE


def test_a_card_may_name_its_thread_in_the_message() -> None:
    container = {"channel_id": "C1", "message_ts": "1.5"}
    assert place_of({"container": container, "message": {"thread_ts": "1.0"}}) == PLACE


def test_what_is_pressed_in_a_window_is_nowhere() -> None:
    assert place_of({"container": {"type": "view", "view_id": "V1"}}) == Place(channel="")
