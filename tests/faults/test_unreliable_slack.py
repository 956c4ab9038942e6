"""Slack loses answers, fails and says not now, at random: nobody gets two cards, and nobody gets nothing."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sandbox.faults import AnyFault, Fault
from bot.sandbox.sandbox import Sandbox
from bot.slack.throttle import Rate, Throttle
from tests.faults.desks import QUESTION, small_office
from tests.faults.history import History, Verdict
from tests.office import INTAKE, Office, said

MESSAGES = 40
CHANNELS = (INTAKE, "C0RANDOM")
_KINDS: tuple[AnyFault, ...] = (
    Fault.LOST_ANSWER,
    Fault.RATE_LIMITED(1),
    Fault.HTTP(500),
    Fault.HTTP(500, done=True),
    Fault.CUT,
    Fault.ERROR("internal_error", done=True),
)
_METHODS = {"chat.postMessage": 0.3, "chat.update": 0.2, "conversations.replies": 0.1}
"""How likely a call of each goes wrong."""


async def test_forty_messages_get_one_card_each_or_their_person_is_asked(
    sandbox: Sandbox, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = random.randrange(1_000_000)  # noqa: S311 - Not a secret.
    chance = random.Random(seed)  # noqa: S311 - As above.
    history = History()
    async with small_office(sandbox, desk) as office:
        _let_through_at_once(office.bot.throttle)
        _go_wrong(sandbox, chance)
        places = []
        for number in range(MESSAGES):
            channel = CHANNELS[number % 2]
            ts = await office.ana.say(channel, f"{QUESTION} Order {number}.")
            history.asked(ts)
            places.append((channel, ts))
        await sandbox.until(lambda: len(_waiting(office, places)) <= _told(office), timeout=50)
    # Looked at when the bot has ended, so nothing of its comes later.
    waiting = _waiting(office, places)
    # A message without replies has no thread to be told in, so its person is told in the channel.
    history.explained([ts for _, ts in waiting[: _told(office)]])
    for channel, ts in places:
        history.answered(ts, len(office.cards(ts, channel)))
        history.explained([ts] if _was_asked(office, channel, ts) else [])
    strays = [each.ts for channel in CHANNELS for each in sandbox.workspace.messages.in_channel(channel) if each.by_app]
    with capsys.disabled():
        told = len(history.told)
        print(f"\nunreliable Slack, seed {seed}: {MESSAGES} messages, {told} asked back")  # noqa: T201
    assert history.check() == Verdict((), (), ()), f"seed {seed}"
    assert strays == []


def _let_through_at_once(throttle: Throttle) -> None:
    """Slack's pace is not what this is about, and would take a minute."""
    throttle._rates = dict.fromkeys((*throttle._rates, "usergroups.users.list"), Rate(60_000, 1_000))
    throttle._buckets.clear()
    throttle._of_method.clear()


def _go_wrong(sandbox: Sandbox, chance: random.Random) -> None:
    for method, share in _METHODS.items():
        for kind in _KINDS:
            sandbox.faults.add(method, kind, MESSAGES, _at_times(chance, share / len(_KINDS)))


def _at_times(chance: random.Random, share: float) -> Callable[[object], bool]:
    return lambda _: chance.random() < share


def _waiting(office: Office, places: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The messages that have neither a card nor a word in their thread."""
    return [place for place in places if not _is_settled(office, *place)]


def _told(office: Office) -> int:
    return sum(len(office.ana.ephemerals(channel)) for channel in CHANNELS)


def _is_settled(office: Office, channel: str, ts: str) -> bool:
    cards = office.cards(ts, channel)
    return any('"redraft"' in said(card) for card in cards) or _was_asked(office, channel, ts)


def _was_asked(office: Office, channel: str, ts: str) -> bool:
    return bool(office.ana.ephemerals(channel, ts))
