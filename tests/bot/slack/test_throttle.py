import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.throttle import SLACKS_RATES, Rate, Throttle


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def throttle(clock: Clock, rate: Rate | None = None) -> Throttle:
    return Throttle({"chat.postMessage": rate} if rate else SLACKS_RATES, clock=clock, sleep=clock.sleep)


async def passed(clock: Clock, limiter: Throttle, times: int, channel: str = "C1") -> float:
    before = clock.now
    for _ in range(times):
        await limiter.turn("chat.postMessage", channel)
    return clock.now - before


async def test_a_burst_of_three_posts_goes_at_once_and_then_one_a_second() -> None:
    clock = Clock()
    limiter = throttle(clock)
    assert await passed(clock, limiter, 3) == 0
    assert round(await passed(clock, limiter, 5), 3) == 5


async def test_channels_do_not_wait_for_each_other_when_posting() -> None:
    clock = Clock()
    limiter = throttle(clock)
    await passed(clock, limiter, 3)
    assert await passed(clock, limiter, 3, "C2") == 0


async def test_edits_share_one_limit_in_all_channels() -> None:
    clock = Clock()
    limiter = throttle(clock)
    for number in range(SLACKS_RATES["chat.update"].at_once):
        await limiter.turn("chat.update", f"C{number}")
    await limiter.turn("chat.update", "C99")
    assert clock.now > 100


async def test_what_slack_holds_waits_for_as_long_as_it_says_and_others_do_not() -> None:
    clock = Clock()
    limiter = throttle(clock)
    limiter.hold("chat.postMessage", "C1", 30)
    assert await passed(clock, limiter, 1, "C2") == 0
    assert 30 <= await passed(clock, limiter, 1) < 31


async def test_a_shorter_hold_does_not_shorten_a_longer_one() -> None:
    clock = Clock()
    limiter = throttle(clock)
    limiter.hold("chat.postMessage", "C1", 30)
    limiter.hold("chat.postMessage", "C1", 1)
    assert await passed(clock, limiter, 1) >= 30


async def test_a_method_is_busy_when_few_calls_are_left_and_free_again_later() -> None:
    clock = Clock()
    limiter = throttle(clock)
    assert not limiter.busy("chat.update")
    for _ in range(8):
        await limiter.turn("chat.update")
    assert limiter.busy("chat.update")
    clock.now += 60
    assert not limiter.busy("chat.update")
    limiter.hold("chat.update", "", 5)
    assert limiter.busy("chat.update")


async def test_who_comes_later_does_not_overtake_who_waits() -> None:
    clock, awake = Clock(), asyncio.Event()

    async def sleep(seconds: float) -> None:
        await awake.wait()
        clock.now += seconds

    limiter = Throttle({"chat.postMessage": Rate(60, 1)}, clock=clock, sleep=sleep)
    order: list[str] = []

    async def call(name: str) -> None:
        await limiter.turn("chat.postMessage", "C1")
        order.append(name)

    await call("first")
    waiting = asyncio.create_task(call("second"))
    await asyncio.sleep(0)
    clock.now += 10
    late = asyncio.create_task(call("third"))
    await asyncio.sleep(0)
    assert order == ["first"]
    awake.set()
    await asyncio.gather(waiting, late)
    assert order == ["first", "second", "third"]


async def test_a_call_that_is_cancelled_while_it_waits_holds_up_nobody() -> None:
    limiter = Throttle({"chat.postMessage": Rate(600, 1)})
    await limiter.turn("chat.postMessage", "C1")
    limiter.hold("chat.postMessage", "C1", 0.1)
    waiting = asyncio.create_task(limiter.turn("chat.postMessage", "C1"))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    await asyncio.wait_for(limiter.turn("chat.postMessage", "C1"), 5)
    assert waiting.cancelled()


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(6, 600), st.lists(st.floats(0, 3), max_size=40))
def test_no_minute_ever_holds_more_calls_than_its_rate_and_its_burst(
    at_once: int, a_minute: int, pauses: list[float]
) -> None:
    clock = Clock()
    limiter = throttle(clock, Rate(a_minute, at_once))
    calls: list[float] = []

    async def run() -> None:
        for pause in pauses:
            clock.now += pause
            await limiter.turn("chat.postMessage", "C1")
            calls.append(clock.now)

    asyncio.run(run())
    for start in calls:
        within = [at for at in calls if start <= at < start + 60]
        assert len(within) <= a_minute + at_once + 1
