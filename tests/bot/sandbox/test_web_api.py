"""The Web API refuses what Slack refuses, in Slack's words."""

import itertools
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.methods import METHODS
from bot.sandbox.sandbox import Sandbox
from tests.bot.sandbox.refusals import answer_of, error_of

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}
HOME = {"type": "home", "blocks": [SECTION]}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "A form"}, "blocks": [SECTION]}

POST: dict[str, Any] = {"channel": "C0RANDOM", "text": "hello"}
UPDATE = POST | {"ts": "OWN"}
EPHEMERAL = POST | {"user": "U0ANA"}
REACT = {"channel": "C0RANDOM", "timestamp": "OWN", "name": "eyes"}

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", POST | {"channel": "C0NOWHERE"}, "channel_not_found"),
    ("chat.postMessage", POST | {"channel": "random"}, "channel_not_found"),
    ("chat.postMessage", POST | {"channel": "C0SECRET"}, "channel_not_found"),
    ("chat.postMessage", POST | {"channel": "C0AWAY"}, "not_in_channel"),
    ("chat.postMessage", POST | {"channel": "C0OLD"}, "is_archived"),
    ("chat.postMessage", POST | {"channel": "U0PROOFDESK"}, "cannot_dm_bot"),
    ("chat.postMessage", {"channel": "C0RANDOM"}, "no_text"),
    ("chat.postMessage", {"text": "hello"}, "invalid_arguments"),
    ("chat.postMessage", POST | {"colour": "red"}, "invalid_arguments"),
    ("chat.postMessage", POST | {"text": {"type": "mrkdwn"}}, "invalid_arguments"),
    ("chat.postMessage", POST | {"text": "a" * 40_001}, "msg_too_long"),
    ("chat.postMessage", POST | {"blocks": [SECTION] * 51}, "invalid_blocks"),
    ("chat.postMessage", POST | {"blocks": "no json"}, "invalid_blocks"),
    ("chat.postMessage", POST | {"blocks": [{"type": "section"}]}, "invalid_blocks"),
    ("chat.postMessage", POST | {"thread_ts": "1700000000.000001"}, "thread_not_found"),
    ("chat.postMessage", POST | {"metadata": {"event_payload": {}}}, "invalid_metadata_format"),
    ("chat.update", UPDATE | {"ts": "1700000000.000001"}, "message_not_found"),
    ("chat.update", UPDATE | {"ts": "THEIRS"}, "cant_update_message"),
    ("chat.update", {"channel": "C0RANDOM", "ts": "OWN"}, "no_text"),
    ("chat.update", UPDATE | {"channel": "C0AWAY"}, "not_in_channel"),
    ("chat.update", UPDATE | {"unfurl_links": False}, "invalid_arguments"),
    ("chat.delete", {"channel": "C0RANDOM", "ts": "THEIRS"}, "cant_delete_message"),
    ("chat.delete", {"channel": "C0RANDOM", "ts": "1.1"}, "message_not_found"),
    ("chat.postEphemeral", EPHEMERAL | {"user": "U0NOBODY"}, "user_not_found"),
    ("chat.postEphemeral", EPHEMERAL | {"channel": "C0BILLING", "user": "U0OLI"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": "C0RANDOM", "user": "U0ANA"}, "no_text"),
    ("chat.getPermalink", {"channel": "C0RANDOM", "message_ts": "1.1"}, "message_not_found"),
    ("conversations.info", {"channel": "C0SECRET"}, "channel_not_found"),
    ("conversations.history", {"channel": "C0AWAY"}, "not_in_channel"),
    ("conversations.history", {"channel": "C0RANDOM", "limit": 1000}, "invalid_limit"),
    ("conversations.history", {"channel": "C0RANDOM", "cursor": "here"}, "invalid_cursor"),
    ("conversations.history", {"channel": "C0RANDOM", "oldest": "yesterday"}, "invalid_arguments"),
    ("conversations.replies", {"channel": "C0RANDOM", "ts": "1.1"}, "thread_not_found"),
    ("conversations.list", {"types": "channels"}, "invalid_types"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
    ("conversations.join", {"channel": "C0OLD"}, "is_archived"),
    ("conversations.join", {"channel": "G0LEADS"}, "method_not_supported_for_channel_type"),
    ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
    ("users.conversations", {"user": "U0NOBODY"}, "user_not_found"),
    ("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam"),
    ("team.info", {"team": "T0OTHER"}, "team_not_found"),
    ("bots.info", {"bot": "B0OTHER"}, "bot_not_found"),
    ("reactions.add", REACT | {"name": "no such emoji"}, "invalid_name"),
    ("reactions.add", REACT | {"name": "heart"}, "already_reacted"),
    ("reactions.remove", REACT, "no_reaction"),
    ("reactions.get", {"channel": "C0RANDOM"}, "no_item_specified"),
    ("reactions.get", {"channel": "C0RANDOM", "timestamp": "1.1"}, "message_not_found"),
    ("views.open", {"view": MODAL, "trigger_id": "1.2.3"}, "invalid_trigger_id"),
    ("views.open", {"view": HOME, "trigger_id": "1.2.3"}, "invalid_arguments"),
    ("views.update", {"view": MODAL, "view_id": "V1"}, "not_found"),
    ("views.publish", {"view": HOME, "user_id": "U0NOBODY"}, "user_not_found"),
    ("views.publish", {"view": MODAL, "user_id": "U0ANA"}, "invalid_arguments"),
    ("api.test", {"error": "on_purpose"}, "on_purpose"),
    ("admin.users.list", {}, "unknown_method"),
    ("chat.postmessage", POST, "unknown_method"),
]


@pytest.mark.parametrize(("method", "arguments", "error"), REFUSED)
async def test_a_call_slack_refuses_is_refused(
    sandbox: Sandbox, client: AsyncWebClient, method: str, arguments: dict[str, Any], error: str
) -> None:
    world = sandbox.world
    world.add_channel("C0AWAY", "away", ["U0ANA"], with_app=False)
    world.add_channel("C0SECRET", "secret", ["U0ANA"], with_app=False, kind="private")
    world.add_channel("C0OLD", "old", ["U0ANA"], is_archived=True)
    own = (await client.chat_postMessage(**POST))["ts"]
    await client.reactions_add(channel="C0RANDOM", timestamp=own, name="heart")
    theirs = await sandbox.person("U0ANA").say("C0RANDOM", "hello")
    places = {"OWN": own, "THEIRS": theirs}
    given = {name: places.get(value, value) if isinstance(value, str) else value for name, value in arguments.items()}
    before = sandbox.person("U0ANA").messages("C0RANDOM")
    assert await error_of(client, method, **given) == error
    assert sandbox.calls[-1].answer == error
    assert sandbox.person("U0ANA").messages("C0RANDOM") == before


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_every_method_refuses_an_argument_it_does_not_know(sandbox: Sandbox, method: str) -> None:
    token = sandbox.app_token if METHODS[method].caller == "app" else sandbox.bot_token
    client = AsyncWebClient(token=token, base_url=sandbox.api_url, retry_handlers=[])
    answer = await answer_of(client, method, nonsense=1)
    assert answer["error"] == "invalid_arguments"
    assert "[ERROR] unknown argument: nonsense" in answer["response_metadata"]["messages"]


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"api.test"}))
async def test_every_method_wants_the_right_token(sandbox: Sandbox, method: str) -> None:
    wrong = sandbox.bot_token if METHODS[method].caller == "app" else sandbox.app_token
    tokens = {"": "not_authed", "xoxb-someone-else": "invalid_auth", wrong: "not_allowed_token_type"}
    for token, error in tokens.items():
        client = AsyncWebClient(token=token, base_url=sandbox.api_url, retry_handlers=[])
        assert await error_of(client, method) == error


SCOPES = [
    ("chat:write", "chat.postMessage", POST),
    ("chat:write", "chat.update", UPDATE),
    ("chat:write", "chat.postEphemeral", EPHEMERAL),
    ("channels:history", "conversations.history", {"channel": "C0RANDOM"}),
    ("groups:history", "conversations.replies", {"channel": "G0LEADS", "ts": "1.1"}),
    ("im:history", "conversations.history", {"channel": "D0ANA"}),
    ("channels:read", "conversations.info", {"channel": "C0RANDOM"}),
    ("groups:read", "conversations.list", {"types": "public_channel,private_channel"}),
    ("im:write", "conversations.open", {"users": "U0ANA"}),
    ("mpim:write", "conversations.open", {"users": "U0ANA,U0BEN"}),
    ("channels:join", "conversations.join", {"channel": "C0RANDOM"}),
    ("users:read", "users.info", {"user": "U0ANA"}),
    ("usergroups:read", "usergroups.users.list", {"usergroup": "S0AGENTS"}),
    ("reactions:read", "reactions.get", {"channel": "C0RANDOM", "timestamp": "1.1"}),
    ("reactions:write", "reactions.add", REACT),
    ("team:read", "team.info", {}),
]


@pytest.mark.parametrize(("scope", "method", "arguments"), SCOPES)
async def test_a_missing_scope_is_named(
    sandbox: Sandbox, client: AsyncWebClient, scope: str, method: str, arguments: dict[str, Any]
) -> None:
    sandbox.world.scopes.discard(scope)
    answer = await answer_of(client, method, **arguments)
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert answer["provided"] == ",".join(sorted(sandbox.world.scopes))


async def test_arguments_are_read_from_the_query_a_form_and_json(sandbox: Sandbox) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    url = f"{sandbox.api_url}users.info"
    async with aiohttp.ClientSession(headers=headers) as session:
        for place in ("params", "data", "json"):
            arguments: dict[str, Any] = {place: {"user": "U0ANA"}}
            async with session.post(url, **arguments) as answer:
                assert (await answer.json())["user"]["name"] == "ana"
        async with session.get(url, params={"user": "U0ANA"}) as answer:
            assert (await answer.json())["user"]["real_name"] == "Ana Lind"
            assert "users:read" in answer.headers["x-oauth-scopes"].split(",")
        for body, error in (("{", "invalid_json"), ("[]", "json_not_object")):
            async with session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
                assert (await answer.json())["error"] == error


async def test_calls_are_recorded_in_order_without_the_token(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await client.chat_postMessage(**POST)
    await error_of(client, "chat.delete", channel="C0RANDOM", ts="1.1")
    assert [(call.method, call.answer) for call in sandbox.calls] == [
        ("chat.postMessage", "ok"),
        ("chat.delete", "message_not_found"),
    ]
    assert sandbox.calls[0].arguments == POST
    assert sandbox.calls[0].at <= sandbox.calls[1].at
    assert sandbox.count("chat.delete") == 1
    assert sandbox.bot_token not in repr(sandbox.calls)


async def test_an_uninstalled_app_has_no_say_any_more(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.uninstall()
    assert await error_of(client, "auth.test") == "account_inactive"


async def test_the_tables_name_only_methods_that_exist() -> None:
    named = itertools.chain(
        (method for method, _, error in REFUSED if error != "unknown_method"), (s[1] for s in SCOPES)
    )
    assert set(named) <= set(METHODS)
