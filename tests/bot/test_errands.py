import asyncio
import logging

import pytest

from bot.errands import Errands


async def test_errands_are_finished_before_the_process_ends() -> None:
    done: list[str] = []
    go_on = asyncio.Event()

    async def errand() -> None:
        await go_on.wait()
        done.append("errand")

    async with Errands() as errands:
        errands.run(errand())
        asyncio.get_running_loop().call_soon(go_on.set)
    assert done == ["errand"]


async def test_an_errand_that_fails_is_told_to_the_log_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        raise ValueError("what the customer wrote")

    with caplog.at_level(logging.WARNING):
        async with Errands() as errands:
            errands.run(fails())
    assert [record.message for record in caplog.records] == ["errand failed"]
    assert "customer" not in caplog.text
