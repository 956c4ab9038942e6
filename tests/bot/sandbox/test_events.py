"""The app hears of what happens where it is, in Slack's words, and of nothing else."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from tests.bot.sandbox.apps import Endpoint, endpoint

Json = dict[str, Any]


@pytest.fixture
async def app(sandbox: Sandbox) -> AsyncIterator[Endpoint]:
    async with endpoint(sandbox) as app:
        yield app


async def _heard(sandbox: Sandbox, app: Endpoint, kind: str = "") -> list[Json]:
    await sandbox.settled()
    return [event for event in app.events if not kind or event["type"] == kind]


async def test_a_mention_is_told_twice_under_two_event_ids(sandbox: Sandbox, app: Endpoint) -> None:
    ts = await sandbox.person("U0ANA").say("C0INTAKE", "@Proofdesk hello")
    events = await _heard(sandbox, app)
    assert [event["type"] for event in events] == ["message", "app_mention"]
    assert {event["ts"] for event in events} == {ts}
    assert {event["text"] for event in events} == {"<@U0PROOFDESK> hello"}
    assert len(sandbox.dispatcher.sent) == 2
    message = events[0]
    assert (message["channel"], message["channel_type"], message["user"]) == ("C0INTAKE", "channel", "U0ANA")
    assert message["client_msg_id"]
    assert message["blocks"][0]["type"] == "rich_text"


async def test_an_event_says_whose_app_it_is_for(sandbox: Sandbox, app: Endpoint) -> None:
    await sandbox.person("U0ANA").say("C0PARTNER", "hello")
    await _heard(sandbox, app)
    [outer] = sandbox.dispatcher.sent.values()
    assert (outer["type"], outer["team_id"], outer["api_app_id"]) == ("event_callback", "T0HARBOR", "A0PROOFDESK")
    [authorization] = outer["authorizations"]
    assert (authorization["user_id"], authorization["is_bot"]) == ("U0PROOFDESK", True)
    assert outer["is_ext_shared_channel"] is True
    assert outer["event_id"].startswith("Ev")


@pytest.mark.parametrize(("channel", "kind"), [("D0ANA", "im"), ("G0LEADS", "group"), ("C0RANDOM", "channel")])
async def test_each_kind_of_conversation_is_named(sandbox: Sandbox, app: Endpoint, channel: str, kind: str) -> None:
    person = "U0SAM" if channel == "G0LEADS" else "U0ANA"
    await sandbox.person(person).say(channel, "hello")
    [event] = await _heard(sandbox, app)
    assert event["channel_type"] == kind


async def test_a_mention_in_a_direct_message_is_just_a_message(sandbox: Sandbox, app: Endpoint) -> None:
    await sandbox.person("U0ANA").say("D0ANA", "@Proofdesk hello")
    assert [event["type"] for event in await _heard(sandbox, app)] == ["message"]


async def test_a_reply_names_its_thread(sandbox: Sandbox, app: Endpoint) -> None:
    ana = sandbox.person("U0ANA")
    ts = await ana.say("C0RANDOM", "one")
    first = await ana.say("C0RANDOM", "two", ts)
    await ana.say("C0RANDOM", "three", first, broadcast=True)
    _, reply, broadcast = await _heard(sandbox, app)
    assert (reply["thread_ts"], reply["parent_user_id"]) == (ts, "U0ANA")
    assert (broadcast["thread_ts"], broadcast["subtype"]) == (ts, "thread_broadcast")


async def test_what_the_app_posts_and_updates_is_told_to_it_too(
    sandbox: Sandbox, app: Endpoint, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel="C0RANDOM", text="<@U0PROOFDESK> one")
    await client.chat_update(channel="C0RANDOM", ts=posted["ts"], text="two")
    said, changed = await _heard(sandbox, app)
    assert (said["bot_id"], said["app_id"], said["user"]) == ("B0PROOFDESK", "A0PROOFDESK", "U0PROOFDESK")
    assert "client_msg_id" not in said
    assert (changed["subtype"], changed["hidden"]) == ("message_changed", True)
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("two", "<@U0PROOFDESK> one")
    assert changed["message"]["edited"]["user"] == "U0PROOFDESK"
    assert changed["ts"] != posted["ts"] == changed["message"]["ts"]


async def test_an_edit_that_adds_a_mention_is_a_mention(sandbox: Sandbox, app: Endpoint) -> None:
    ana = sandbox.person("U0ANA")
    ts = await ana.say("C0RANDOM", "hello")
    await ana.edit("C0RANDOM", ts, "@Proofdesk hello")
    await ana.edit("C0RANDOM", ts, "@Proofdesk hello again")
    [mention] = await _heard(sandbox, app, "app_mention")
    assert mention["edited"]["user"] == "U0ANA"


async def test_a_preview_is_a_change_without_an_edit(sandbox: Sandbox, app: Endpoint) -> None:
    ts = await sandbox.person("U0ANA").say("C0RANDOM", "https://example.com")
    sandbox.unfurl("C0RANDOM", ts)
    changed = (await _heard(sandbox, app))[1]
    assert changed["subtype"] == "message_changed"
    assert "edited" not in changed["message"]
    assert changed["message"]["text"] == changed["previous_message"]["text"] == "<https://example.com>"


async def test_a_deleted_message_leaves_a_tombstone_only_over_replies(sandbox: Sandbox, app: Endpoint) -> None:
    ana = sandbox.person("U0ANA")
    alone, parent = await ana.say("C0RANDOM", "one"), await ana.say("C0RANDOM", "two")
    reply = await ana.say("C0RANDOM", "reply", parent)
    await ana.delete("C0RANDOM", alone)
    await ana.delete("C0RANDOM", parent)
    deleted, buried = (await _heard(sandbox, app))[3:]
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", alone)
    assert deleted["previous_message"]["text"] == "one"
    assert (buried["subtype"], buried["message"]["subtype"]) == ("message_changed", "tombstone")
    assert "two" not in str(buried["message"])
    assert [message["ts"] for message in ana.messages("C0RANDOM")] == [parent]
    await ana.delete("C0RANDOM", reply)
    assert ana.messages("C0RANDOM") == []


async def test_reactions_name_the_message_and_its_author(sandbox: Sandbox, app: Endpoint) -> None:
    ts = await sandbox.person("U0ANA").say("C0RANDOM", "hello")
    ben = sandbox.person("U0BEN")
    await ben.react("C0RANDOM", ts, "white_check_mark")
    await ben.unreact("C0RANDOM", ts, "white_check_mark")
    added, removed = (await _heard(sandbox, app))[1:]
    assert (added["type"], removed["type"]) == ("reaction_added", "reaction_removed")
    assert added["item"] == {"type": "message", "channel": "C0RANDOM", "ts": ts}
    assert (added["user"], added["item_user"], added["reaction"]) == ("U0BEN", "U0ANA", "white_check_mark")


async def test_where_the_app_is_not_it_hears_nothing_until_it_joins(
    sandbox: Sandbox, app: Endpoint, client: AsyncWebClient
) -> None:
    sandbox.world.add_channel("C0AWAY", "away", ["U0ANA"], with_app=False)
    await sandbox.person("U0ANA").say("C0AWAY", "@Proofdesk hello")
    assert await _heard(sandbox, app) == []
    await client.conversations_join(channel="C0AWAY")
    joined, said = await _heard(sandbox, app)
    assert (joined["type"], joined["user"]) == ("member_joined_channel", "U0PROOFDESK")
    assert said["subtype"] == "channel_join"


async def test_what_the_app_has_not_subscribed_to_is_not_told(sandbox: Sandbox, app: Endpoint) -> None:
    sandbox.world.events -= {"message.channels", "reaction_added"}
    ana = sandbox.person("U0ANA")
    ts = await ana.say("C0RANDOM", "@Proofdesk hello")
    await ana.react("C0RANDOM", ts, "eyes")
    await ana.say("D0ANA", "hello")
    assert [event["type"] for event in await _heard(sandbox, app)] == ["app_mention", "message"]


async def test_a_person_of_another_company_is_marked(sandbox: Sandbox, app: Endpoint) -> None:
    sandbox.world.add_person("U0EVE", "eve", "Eve Away", team_id="T0PARTNER")
    sandbox.world.channels["C0PARTNER"].members.add("U0EVE")
    await sandbox.person("U0EVE").say("C0PARTNER", "hello")
    [event] = await _heard(sandbox, app)
    assert (event["user_team"], event["source_team"], event["team"]) == ("T0PARTNER", "T0PARTNER", "T0PARTNER")


async def test_another_bot_says_that_it_is_one(sandbox: Sandbox, app: Endpoint) -> None:
    sandbox.world.add_person("U0ECHO", "echo", "Echo", is_bot=True)
    sandbox.world.channels["C0RANDOM"].members.add("U0ECHO")
    await sandbox.person("U0ECHO").say("C0RANDOM", "hello")
    [event] = await _heard(sandbox, app)
    assert (event["bot_id"], event["app_id"]) == ("B0ECHO", "A0ECHO")
    assert "client_msg_id" not in event


async def test_sharing_a_channel_opening_home_and_removing_the_app_are_told(sandbox: Sandbox, app: Endpoint) -> None:
    sandbox.share("C0RANDOM")
    await sandbox.person("U0ANA").open_home()
    sandbox.uninstall()
    await sandbox.person("U0ANA").say("C0RANDOM", "hello")
    events = {event["type"]: event for event in await _heard(sandbox, app)}
    assert sorted(events) == ["app_home_opened", "app_uninstalled", "channel_shared", "tokens_revoked"]
    assert events["channel_shared"]["channel"] == "C0RANDOM"
    assert (events["app_home_opened"]["channel"], events["app_home_opened"]["tab"]) == ("D0ANA", "home")


async def test_any_event_can_be_injected(sandbox: Sandbox, app: Endpoint) -> None:
    first = await sandbox.inject({"type": "never_seen_before"})
    assert await sandbox.inject({"type": "reaction_added", "item": {}}, "Ev0MINE") == "Ev0MINE"
    assert first != "Ev0MINE"
    assert [event["type"] for event in await _heard(sandbox, app)] == ["never_seen_before", "reaction_added"]
