import pytest

from knowledge.drafting.courtesy import asks_customer, is_courtesy

KNOWN = "I bought it on 3 May for $40, order A-771."


@pytest.mark.parametrize(
    "sentence",
    [
        "Hi Dana,",
        "Dear Ms. O’Neil,",
        "Hello there!",
        "Good morning, thank you for writing to us.",
        "Thanks for your patience.",
        "Hi Dana, thanks for the screenshots.",
        "We really appreciate your help with this.",
        "I'm sorry for the delay.",
        "We apologise for the inconvenience.",
        "Kind regards,",
        "Best wishes",
        "Have a nice day!",
        "Please let us know if you have any other questions.",
        "Let me know if anything else is unclear.",
        "Feel free to reply here.",
    ],
)
def test_a_courtesy_needs_no_proof(sentence: str) -> None:
    assert is_courtesy(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Yearly plans are refunded in full.",
        "Hi refunds cost nothing.",
        "Hi Dana, your refund is on its way.",
        "Thank you for writing, your refund is approved.",
        "Thank you for your order of $500.",
        "Thanks for noticing that refunds never end.",
        "Thanks for choosing our always free exports.",
        "We are sorry for breaking your contract.",
        "I am sorry that our service deleted your data.",
        "Let us know if you want your full refund.",
        "Please let us know within 90 days.",
        "Have a free month!",
        "Thank you " + "so very " * 20 + "much",
    ],
)
def test_a_claim_in_the_dress_of_a_courtesy_does(sentence: str) -> None:
    assert not is_courtesy(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Could you send us the invoice?",
        "Which browser do you use?",
        "And when did it stop?",
        "Did you pay $40 on 3 May?",
        "Please, can you try again?",
    ],
)
def test_a_question_to_the_customer_needs_no_proof(sentence: str) -> None:
    assert asks_customer(sentence, KNOWN)


@pytest.mark.parametrize(
    "sentence",
    [
        "Could you send us the invoice.",
        "Refunds are free, right?",
        "Did you know refunds never end?",
        "Are you aware of our free exports?",
        "Could you wait, because refunds take long?",
        "Is it fine that we keep the money?",
        "Could you pay $500?",
        "Could you sign in at evil.example?",
        "Can you wait 30 days?",
        "Would you like to cancel and you get everything back?",
    ],
)
def test_a_claim_in_the_dress_of_a_question_does(sentence: str) -> None:
    assert not asks_customer(sentence, KNOWN)


def test_hostile_lengths_are_read_in_time() -> None:
    for text in ("hi " * 50_000, "thanks " * 50_000 + "?", "could " + "a" * 200_000 + "?", "and " * 50_000 + "could?"):
        assert not is_courtesy(text)
        asks_customer(text, KNOWN)
