from bot.tasks.opening import card_id


def test_a_delivery_makes_the_same_card_each_time_and_another_makes_another() -> None:
    first = card_id("message:C1:1.5")
    assert card_id("message:C1:1.5") == first
    assert card_id("message:C1:1.6") != first
    assert len(first) == 32
