"""Examination: what Slack lets the bot do, and whether the desk's channels and groups are there."""

from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.check import Check
from bot.errors import Undelivered
from bot.slack.client import call, open_client
from bot.slack.scopes import SCOPES
from knowledge.team import Team

_CLOCK = 60.0
"""Seconds by which clocks may differ. Slack's signatures bear five minutes; people's reactions are compared sooner."""


async def examine_slack(bot_token: str, app_token: str, api_url: str, team: Team) -> list[Check]:
    """Look at the tokens, scopes, channels and groups. Nothing is posted."""
    if not bot_token:
        return [Check("Slack", ok=True, detail="not set up; `proofdesk demo` needs none, the README says how")]
    async with open_client(bot_token, api_url) as client:
        try:
            connected = await _connected(client)
        except Undelivered as error:
            return [Check("Slack", ok=False, detail=str(error))]
        checks = [connected, await _app_token(app_token, api_url)]
        checks += [await _channels(client, team), await _roles(client, team)]
    return checks


async def _connected(client: AsyncWebClient) -> Check:
    try:
        answer = await client.auth_test()
    except (SlackApiError, aiohttp.ClientError, OSError):
        await call(client, "auth.test")  # Says it in our words.
        raise
    granted = {scope.strip() for scope in (answer.headers.get("x-oauth-scopes") or "").split(",")}
    skew = _skew(answer.headers.get("date"))
    if skew > _CLOCK:
        detail = f"this machine's clock and Slack's are {skew:.0f} s apart; set the clock, or deliveries are refused"
        return Check("Slack", ok=False, detail=detail)
    missing = sorted(SCOPES - granted)
    if missing:
        detail = f"the app lacks {', '.join(missing)}; take over manifest.json on its page and install it again"
        return Check("Slack", ok=False, detail=detail)
    return Check("Slack", ok=True, detail=f"{answer['user']} in {answer['team']}, with all {len(SCOPES)} scopes")


def _skew(date: str | None) -> float:
    """Seconds between this machine's clock and Slack's, as its answer says it; 0 where it does not say."""
    try:
        theirs = parsedate_to_datetime(date or "")
    except ValueError:
        return 0.0
    return abs((datetime.now(UTC) - theirs).total_seconds())


async def _app_token(token: str, api_url: str) -> Check:
    if not token:
        detail = "no SLACK_APP_TOKEN: only `proofdesk serve --http` works, which needs SLACK_SIGNING_SECRET"
        return Check("Socket", ok=True, detail=detail)
    try:
        async with open_client(token, api_url) as client:
            await call(client, "apps.connections.open")
    except Undelivered as error:
        return Check("Socket", ok=False, detail=f"SLACK_APP_TOKEN: {error}")
    return Check("Socket", ok=True, detail="Socket Mode can connect")


async def _channels(client: AsyncWebClient, team: Team) -> Check:
    places = team.channels
    wanted = dict.fromkeys(filter(None, (*places.intake, places.escalations, *team.routes.values())))
    if not places.intake:
        detail = "no intake channel: add the channel's id under channels in desk.yaml; mentions and /draft work without"
        return Check("Channels", ok=False, detail=detail)
    problems = [problem async for problem in _unusable(client, wanted)]
    return Check("Channels", ok=not problems, detail="; ".join(problems) or f"the bot is in all {len(wanted)}")


async def _unusable(client: AsyncWebClient, channels: Iterable[str]) -> AsyncIterator[str]:
    for channel in channels:
        try:
            found = (await call(client, "conversations.info", channel=channel))["channel"]
        except Undelivered as error:
            yield f"{channel}: {error}"
            continue
        if not found.get("is_member"):
            yield f"{channel}: the bot is not in #{found.get('name', channel)}; /invite it there"
        elif found.get("is_ext_shared"):
            yield f"{channel}: #{found.get('name', channel)} is shared with another company; nothing is drafted there"


async def _roles(client: AsyncWebClient, team: Team) -> Check:
    empty = []
    for name, ids in (("agents", team.roles.agents), ("seniors", team.roles.seniors)):
        groups = [id_ for id_ in ids if id_.startswith("S")]
        people = len(ids) - len(groups)
        for group in groups:
            try:
                people += len((await call(client, "usergroups.users.list", usergroup=group))["users"])
            except Undelivered as error:
                empty.append(f"{name} {group}: {error}")
        if not people:
            without = "nothing" if name == "agents" else "no risky draft"
            empty.append(f"{name}: nobody; without them {without} is approved")
    return Check("Roles", ok=not empty, detail="; ".join(empty) or "agents and seniors are there")
