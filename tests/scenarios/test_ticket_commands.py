"""The commands that read tickets from a helpdesk: real processes, the sample helpdesk over HTTP."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.sandbox.helpdesk import ADDRESS
from bot.sandbox.sandbox import Sandbox
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
LINK = f"{ADDRESS}/agent/tickets/4821"


class Printed(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def desk(sample: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample desk, for commands that keep what they draft."""
    return shutil.copytree(sample.desk, tmp_path_factory.mktemp("tickets") / "desk")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as opened:
        yield opened


async def run(sandbox: Sandbox, desk: Path, *arguments: str, token: str | None = None) -> Printed:
    helpdesk = {"PROOFDESK_API_ZENDESK": sandbox.helpdesk_url}
    if (token or sandbox.helpdesk_token) != "none":
        helpdesk["PROOFDESK_TOKEN_ZENDESK"] = token or sandbox.helpdesk_token
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        "--desk",
        str(desk),
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", **helpdesk},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return Printed(process.returncode or 0, out.decode(), err.decode())


async def test_a_ticket_is_shown_whole_with_its_notes_apart(sandbox: Sandbox, desk: Path) -> None:
    shown = await run(sandbox, desk, "ticket", "show", LINK)
    assert shown.code == 0
    said, noted = shown.out.split("Internal notes (never read for a reply)")
    for part in ("Zendesk #4821", "Refund for annual plan", "Dana Reyes", "billing_period: yearly", "whole amount?"):
        assert part in said
    assert "be generous" not in said
    assert "be generous" in noted
    assert "Pictures and files were not read: receipt.png." in noted


async def test_a_ticket_is_shown_as_json(sandbox: Sandbox, desk: Path) -> None:
    shown = json.loads((await run(sandbox, desk, "ticket", "show", LINK, "--json")).out)
    assert shown["ref"] == {"helpdesk": "zendesk", "id": "4821", "url": LINK}
    assert [message["author"] for message in shown["messages"]] == ["customer"]


async def test_a_ticket_is_drafted_from_its_link_and_again_when_the_customer_wrote(
    sandbox: Sandbox, desk: Path
) -> None:
    first = await run(sandbox, desk, "draft", "--ticket", LINK, "--json")
    assert "14 days" in json.loads(first.out)["reply"]
    ticket = sandbox.helpdesk.tickets[4821]
    ticket.subject, ticket.comments[0].text = "Browsers", "Which browsers do you support?"
    second = await run(sandbox, desk, "draft", "--ticket", LINK)
    assert "Draft reply · Zendesk #4821" in second.out
    assert "Firefox" in second.out
    assert "14 days" not in second.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ticket", "show", f"{ADDRESS}/agent/tickets/77"), "Zendesk says this ticket does not exist"),
        (("ticket", "show", "https://acme.freshdesk.com/a/tickets/1"), "This desk has no Freshdesk at that address"),
        (("ticket", "show", "https://example.com/1"), "is no link to a ticket of a helpdesk that desk.yaml names"),
        (("draft", "--ticket", LINK, "Hello?"), "Give a ticket's link or the customer's message, not both."),
    ],
)
async def test_what_cannot_be_read_is_one_sentence_and_exit_code_2(
    sandbox: Sandbox, desk: Path, arguments: tuple[str, ...], said: str
) -> None:
    printed = await run(sandbox, desk, *arguments)
    assert (printed.code, printed.out) == (2, "")
    assert said in printed.err
    assert "Traceback" not in printed.err


@pytest.mark.parametrize(
    ("token", "code", "said"),
    [
        (None, 0, "✓ Helpdesk  zendesk: Zendesk at https://harborlight.zendesk.example answers; it is only read"),
        ("none", 0, "✓ Helpdesk  zendesk: no token yet; set PROOFDESK_TOKEN_ZENDESK"),
        ("wrong", 2, "✗ Helpdesk  zendesk: Zendesk does not take the token (401)"),
        ("@/no/such/file", 2, "✗ Helpdesk  zendesk: The file that PROOFDESK_TOKEN_ZENDESK names cannot be read"),
    ],
)
async def test_the_doctor_checks_each_helpdesk(
    sandbox: Sandbox, desk: Path, token: str | None, code: int, said: str
) -> None:
    printed = await run(sandbox, desk, "doctor", token=token)
    assert said in " ".join(printed.out.split()).replace("Helpdesk zendesk", "Helpdesk  zendesk")
    assert printed.code == code


async def test_a_token_in_a_file_is_read_each_time(sandbox: Sandbox, desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{sandbox.helpdesk_token}\n", encoding="utf-8")
    shown = await run(sandbox, desk, "ticket", "show", LINK, token=f"@{file}")
    assert "Refund for annual plan" in shown.out
