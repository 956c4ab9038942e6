"""Tickets made to exhaust a reader. Quadratic reading of these takes minutes; the bound below is far from both."""

import time
from collections.abc import Callable

import pytest

from knowledge.drafting.asks import find_asks
from knowledge.drafting.escalation import find_escalations
from knowledge.drafting.facts import facts
from knowledge.drafting.guard import inert
from knowledge.drafting.language import language_of
from knowledge.drafting.missing_facts import open_facts
from knowledge.drafting.sentences import units
from knowledge.drafting.ticket import Ticket
from knowledge.drafting.wording import plain
from knowledge.redaction import redaction_for
from tests.builders import PLAYBOOK

LENGTH = 200_000
SECONDS = 15
BOMBS = (
    "1",
    " ",
    "!",
    "?",
    "[",
    "![",
    "[a](",
    "one ",
    "one-",
    "one and ",
    "hundred thousand ",
    "AA ",
    "A'",
    " \t",
    "-",
    "_",
    "*",
    "a@",
    "a.",
    "1-",
    "1,111",
    "|-",
    "still charged ",
    "eyJaaaaaaaaaaaa.",
    "DE89 ",
    "4111 1111 1111 1111 ",
    "\u200b",
    "👨‍👩‍👧",
    "ﷺ",
    "İ",
    "> a\n",
    "a:\n- b\n",
    "Subject: a\n",
    "? ",
    "u\u2028",
)
READERS: tuple[Callable[[str], object], ...] = (
    plain,
    facts,
    units,
    inert,
    language_of,
    lambda text: redaction_for(ticket := Ticket.pasted(text)).ticket(ticket),
    lambda text: find_asks(Ticket.pasted(text)),
    lambda text: find_escalations(Ticket.pasted(text), PLAYBOOK),
    lambda text: open_facts(Ticket.pasted(text), PLAYBOOK),
)


@pytest.mark.parametrize("bomb", BOMBS, ids=repr)
def test_a_huge_ticket_is_read_in_linear_time(bomb: str) -> None:
    text = bomb * (LENGTH // len(bomb))
    for reader in READERS:
        started = time.perf_counter()
        reader(text)
        assert time.perf_counter() - started < SECONDS


def test_a_thousand_addresses_are_hidden_and_come_back() -> None:
    text = " ".join(f"u{number}@x.example" for number in range(10_000))
    redaction = redaction_for(Ticket.pasted(text))
    hidden = redaction.redact(text)
    assert "@" not in hidden
    assert redaction.restore(hidden) == text
