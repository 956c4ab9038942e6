import pytest

from bot.wishes import Addition, read


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("shorter", "shorter"),
        ("Shorter please!", "shorter"),
        ("make it a bit shorter", "shorter"),
        ("could you make this friendlier?", "friendlier"),
        ("a friendlier version please", "friendlier"),
        ("two options", "two_options"),
        ("Give me two options.", "two_options"),
        ("redraft", "again"),
        ("please try again", "again"),
        ("add: Our office is closed on Friday.", Addition("Our office is closed on Friday.")),
    ],
)
def test_a_wish_is_understood_in_the_ways_people_say_it(said: str, wish: object) -> None:
    assert read(said) == wish


@pytest.mark.parametrize(
    "said",
    [
        "I think the shorter one was better, what do you say Ben?",
        "let's add a meeting tomorrow",
        "we have two options: call her or wait",
        "(aside) shorter",
        "(aside) add: something",
        "again this customer...",
        "thanks",
        "",
        "add:",
    ],
)
def test_talk_between_people_is_no_wish(said: str) -> None:
    assert read(said) is None
