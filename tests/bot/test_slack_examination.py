"""What the doctor says about a workspace."""

import pytest

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from bot.slack.examination import _CLOCK, _skew, examine_slack
from bot.slack.scopes import SCOPES
from knowledge.team import Channels, Roles, Team

TEAM = Team(
    channels=Channels(intake=("C0INTAKE",), escalations="C0BILLING"),
    routes={"legal team": "C0LEGAL"},
    roles=Roles(agents=("S0AGENTS",), seniors=("U0SAM",)),
)


async def problems(world: World, team: Team = TEAM, **tokens: str) -> dict[str, str]:
    async with Sandbox(world) as sandbox:
        bot, app = tokens.get("bot", sandbox.bot_token), tokens.get("app", sandbox.app_token)
        checks = await examine_slack(bot, app, sandbox.api_url, team)
    return {check.name: check.detail for check in checks if not check.ok}


async def test_a_workspace_that_is_set_up_has_no_problems() -> None:
    assert await problems(World.sample(scopes=SCOPES)) == {}


async def test_without_a_token_the_demo_is_named_and_nothing_is_wrong() -> None:
    assert await problems(World.sample(), bot="") == {}


async def test_a_wrong_bot_token_is_the_only_thing_said() -> None:
    assert list(await problems(World.sample(), bot="xoxb-wrong")) == ["Slack"]


async def test_a_slack_that_cannot_be_reached_is_said_in_a_sentence() -> None:
    async with Sandbox(World.sample()) as gone:
        address = gone.api_url
    (check,) = await examine_slack("xoxb-some", "", address, TEAM)
    assert not check.ok
    assert "Slack" in check.detail


async def test_a_missing_scope_is_named() -> None:
    world = World.sample(scopes=SCOPES - {"reactions:read", "groups:read"})
    assert "groups:read, reactions:read" in (await problems(world))["Slack"]


@pytest.mark.parametrize(
    ("date", "wrong"), [("Mon, 23 Nov 2020 10:00:00 GMT", True), ("", False), ("soon", False), (None, False)]
)
def test_a_clock_that_is_wrong_is_told_from_an_answer_without_a_date(date: str | None, *, wrong: bool) -> None:
    assert (_skew(date) > _CLOCK) is wrong


async def test_a_wrong_app_token_is_named() -> None:
    assert "SLACK_APP_TOKEN" in (await problems(World.sample(), app="xapp-wrong"))["Socket"]


@pytest.mark.parametrize(
    ("channels", "part"),
    [
        (Channels(), "no intake channel"),
        (Channels(intake=("C0NOWHERE",)), "C0NOWHERE"),
        (Channels(intake=("C0PARTNER",)), "shared with another company"),
        (Channels(intake=("C0ALONE",)), "/invite"),
    ],
)
async def test_a_channel_that_cannot_be_used_is_named(channels: Channels, part: str) -> None:
    world = World.sample()
    world.add_channel("C0ALONE", "alone", members={"U0ANA"}, with_app=False)
    assert part in (await problems(world, TEAM.model_copy(update={"channels": channels})))["Channels"]


async def test_a_role_that_is_nobodys_is_named() -> None:
    world = World.sample()
    world.groups["S0AGENTS"].users.clear()
    found = await problems(world, TEAM.model_copy(update={"roles": Roles(agents=("S0AGENTS",))}))
    assert "agents: nobody; without them nothing is approved" in found["Roles"]
    assert "seniors: nobody" in found["Roles"]
