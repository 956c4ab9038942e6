import asyncio

import pytest

from bot.slack.reading import Merged, Remembered
from bot.slack.throttle import Rate, Throttle


async def test_all_who_ask_before_a_call_begins_are_answered_by_it() -> None:
    merged, calls = Merged[int](Throttle({"users.info": Rate(60, 1)})), 0

    async def ask() -> int:
        nonlocal calls
        calls += 1
        return calls

    first = [asyncio.create_task(merged.get("users.info", "U1", ask)) for _ in range(50)]
    assert await asyncio.gather(*first) == [1] * 50


async def test_who_asks_after_a_call_began_gets_a_fresh_one() -> None:
    merged, began, go_on, answers = Merged[str](Throttle()), asyncio.Event(), asyncio.Event(), iter(("old", "new"))

    async def ask() -> str:
        answer = next(answers)
        began.set()
        await go_on.wait()
        return answer

    first = asyncio.create_task(merged.get("users.info", "U1", ask))
    await began.wait()
    second = asyncio.create_task(merged.get("users.info", "U1", ask))
    go_on.set()
    assert (await first, await second) == ("old", "new")


async def test_a_failure_reaches_everybody_and_one_who_gives_up_takes_nothing_from_the_others() -> None:
    merged, go_on = Merged[int](Throttle()), asyncio.Event()

    async def ask() -> int:
        await go_on.wait()
        raise ValueError("no")

    waiting = [asyncio.create_task(merged.get("users.info", "U1", ask)) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    go_on.set()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(result) for result in results] == [asyncio.CancelledError, ValueError, ValueError]


async def test_an_answer_is_remembered_for_its_time_and_a_failure_is_not() -> None:
    now, calls = 0.0, 0
    remembered = Remembered[int](60, clock=lambda: now)

    async def ask() -> int:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise ValueError("no")
        return calls

    with pytest.raises(ValueError, match="no"):
        await remembered.get("U1", ask)
    assert await remembered.get("U1", ask) == 2
    now = 59.0
    assert await remembered.get("U1", ask) == 2
    now = 61.0
    assert await remembered.get("U1", ask) == 3
