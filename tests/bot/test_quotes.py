from bot.content import QuoteLost
from bot.quotes import effect

RULE, PRICE = "Refunds within 14 days.", "The plan costs\n$8."
TEXT = "## Refunds\n\nRefunds within 10 days.\n\nThe plan costs $8."


def test_replies_are_counted_once_and_quotes_by_their_replies() -> None:
    quotes = [("a", RULE), ("a", RULE), ("a", PRICE), ("b", RULE), ("c", PRICE), ("d", "Gone.")]
    found = effect(quotes, TEXT)
    assert (found.replies, found.changed) == (4, 3)
    assert found.lost == (QuoteLost(quote=RULE, replies=2), QuoteLost(quote="Gone.", replies=1))


def test_a_text_that_still_says_all_of_it_changes_nothing() -> None:
    assert effect([("a", PRICE)], TEXT) == (1, 0, ())
    assert effect([], TEXT) == (0, 0, ())
