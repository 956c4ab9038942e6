import pytest

from knowledge.drafting.courtesy import is_courtesy

KNOWN = "From Dana O’Neil: I bought it on 3 May for $40, order A-771."


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
    assert is_courtesy(sentence, KNOWN)


@pytest.mark.parametrize(
    "sentence",
    [
        "Yearly plans are refunded in full.",
        "Hi refunds cost nothing.",
        "Hi Refund Granted Today!",
        "Hi Bob,",
        "Thank you for asking, we refund monthly plans too.",
        "Thank you for your patience, your refund left our bank today.",
        "Thanks, our engineers found the bug in your browser and fixed it.",
        "We appreciate your trust and refund every monthly plan in full.",
        "Thank you for your message, your data stays encrypted on servers in Germany.",
        "Which card shall the full refund of your monthly plan go to?",
        "Could you send us the invoice?",
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
    assert not is_courtesy(sentence, KNOWN)


def test_hostile_lengths_are_read_in_time() -> None:
    for text in ("hi " * 50_000, "thanks " * 50_000 + "?", "could " + "a" * 200_000 + "?", "and " * 50_000 + "could?"):
        assert not is_courtesy(text)
