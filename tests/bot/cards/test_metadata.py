import pytest

from bot.cards.metadata import Metadata, pack, unpack
from bot.intents import Place
from tests.bot.cards.examples import PLACE


def test_a_form_brings_back_its_draft_and_its_place() -> None:
    assert unpack(pack(Metadata("draft-1", PLACE))) == Metadata("draft-1", PLACE)


@pytest.mark.parametrize("packed", ["", "{}", "[]", '{"draft": 1, "channel": "C", "thread": "", "message": ""}'])
def test_what_is_not_ours_is_refused(packed: str) -> None:
    with pytest.raises(ValueError, match=r"metadata|Expecting"):
        unpack(packed)


def test_more_than_a_form_can_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than a form can carry"):
        pack(Metadata("draft-1", Place(channel="C" * 3_000)))
