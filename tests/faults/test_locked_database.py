"""Another program holds the database while Slack delivers, over signed HTTP."""

import asyncio
import sqlite3
from pathlib import Path

from bot.sandbox.delivery import Delivery
from bot.sandbox.sandbox import Sandbox
from bot.settings import Settings
from tests.faults.desks import QUESTION, small_office
from tests.office import INTAKE, Office

ACK_MS = 3_000


class Intruder:
    """Another program at the database's file."""

    def __init__(self, settings: Settings) -> None:
        file = settings.database.removeprefix("sqlite:///").partition("?")[0]
        self._connection = sqlite3.connect(file, isolation_level=None)

    def hold(self) -> None:
        """Let nobody else write."""
        self._connection.execute("BEGIN IMMEDIATE")

    def let_go(self) -> None:
        self._connection.execute("ROLLBACK")

    def received(self) -> int:
        """How many messages the inbox has."""
        (count,) = self._connection.execute("SELECT count(*) FROM inbox WHERE kind = 'open_ticket'").fetchone()
        return int(count)

    def close(self) -> None:
        self._connection.close()


def attempts(office: Office) -> list[Delivery]:
    return [each for each in office.sandbox.deliveries if each.what == "message"]


async def test_a_database_held_for_two_seconds_costs_no_message(sandbox: Sandbox, desk: Path) -> None:
    async with small_office(sandbox, desk, http=True) as office:
        intruder = Intruder(office.settings)
        intruder.hold()
        asyncio.get_running_loop().call_later(2, intruder.let_go)
        ts = await office.ana.say(INTAKE, QUESTION)
        await sandbox.until(lambda: any(each.status == "ok" for each in attempts(office)))
        assert intruder.received() == 1, "what is acknowledged is in the inbox"
        assert all(each.status == "ok" for each in attempts(office))
        assert all((each.answered_after_ms or 0) < ACK_MS for each in attempts(office))
        await office.card(ts, lambda text: '"redraft"' in text)
        assert len(office.cards(ts)) == 1
        intruder.close()


async def test_nothing_is_acknowledged_while_it_cannot_be_kept_and_slack_delivers_it_again(
    sandbox: Sandbox, desk: Path
) -> None:
    # The door waits a second for the database in place of five, to keep the test short.
    database = f"sqlite:///{desk / '.proofdesk' / 'proofdesk.db'}?timeout=1"
    sandbox.retry_delays = (0.05, 0.2, 0.5, 1.0)
    async with small_office(sandbox, desk, http=True, database_url=database) as office:
        intruder = Intruder(office.settings)
        intruder.hold()
        ts = await office.ana.say(INTAKE, QUESTION)
        await sandbox.until(lambda: [each.status for each in attempts(office)].count("http_error") == 2)
        assert {each.status for each in attempts(office)} <= {"http_error", "waiting"}
        assert intruder.received() == 0
        intruder.let_go()
        await sandbox.settled()
        assert attempts(office)[-1].status == "ok"
        assert intruder.received() == 1
        await office.card(ts, lambda text: '"redraft"' in text)
        assert len(office.cards(ts)) == 1
        intruder.close()
