import pytest

from bot.attack_card import _live, card_breaches
from knowledge.drafting.draft import Citation, Draft, Outcome, Statement
from knowledge.drafting.ticket import Ticket

URL = "https://help.example/lamps"
DRAFT = Draft(
    status=Outcome.ANSWERED,
    reply="A lamp <https://evil.example|burns> @here.",
    statements=(
        Statement(
            text="A lamp burns.",
            citations=(
                Citation(
                    document="lamps",
                    version="0" * 64,
                    title="Lamps",
                    section="Lamps",
                    quote="A lamp burns.",
                    start=0,
                    end=13,
                    approved_by="<!channel>",
                    url=URL,
                ),
            ),
        ),
    ),
)
TICKET = Ticket(messages=(), subject="<https://evil.example|x> <!channel>")


def test_only_links_to_documents_are_live_on_a_card() -> None:
    assert card_breaches(TICKET, DRAFT, [URL]) == []
    assert card_breaches(TICKET, DRAFT, []) == [f"the card has the link or mention '{URL}'"]


@pytest.mark.parametrize(
    "part",
    [
        {"type": "mrkdwn", "text": "<https://evil.example|x>"},
        {"type": "mrkdwn", "text": "see <!channel>"},
        {"type": "mrkdwn", "text": "see <@U0ANA>"},
        {"type": "mrkdwn", "text": "see https://evil.example"},
        {"type": "mrkdwn", "text": "done :white_check_mark:"},
        {"type": "link", "text": "x"},
        {"type": "broadcast", "range": "here"},
        {"type": "button", "url": URL},
        {"type": "image", "image_url": URL},
    ],
)
def test_whatever_else_is_live_is_a_breach(part: dict[str, str]) -> None:
    assert list(_live(part, {URL}))
