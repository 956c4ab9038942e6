"""Reading conversations: order, pages, moments, threads and metadata."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from tests.bot.sandbox.refusals import error_of


def _texts(answer: Any) -> list[str]:
    return [message["text"] for message in answer["messages"]]


async def test_history_is_newest_first_and_comes_in_pages(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ana = sandbox.person("U0ANA")
    for number in range(5):
        await ana.say("C0RANDOM", str(number))
    first = await client.conversations_history(channel="C0RANDOM", limit=2)
    assert (_texts(first), first["has_more"]) == (["4", "3"], True)
    pages = [_texts(page) async for page in first]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]


async def test_history_can_start_and_end_at_a_moment(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ana = sandbox.person("U0ANA")
    stamps = [await ana.say("C0RANDOM", str(number)) for number in range(4)]
    between: dict[str, Any] = {"channel": "C0RANDOM", "oldest": stamps[1], "latest": stamps[3]}
    assert _texts(await client.conversations_history(**between)) == ["2"]
    assert _texts(await client.conversations_history(**between, inclusive=True)) == ["3", "2", "1"]
    assert _texts(await client.conversations_history(channel="C0RANDOM", oldest="0")) == ["3", "2", "1", "0"]


async def test_history_leaves_replies_to_their_thread(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ana, ben = sandbox.person("U0ANA"), sandbox.person("U0BEN")
    ts = await ana.say("C0RANDOM", "a ticket")
    await ben.say("C0RANDOM", "first", ts)
    last = await ben.say("C0RANDOM", "second", ts)
    await ana.say("C0RANDOM", "for all", ts, broadcast=True)
    history = await client.conversations_history(channel="C0RANDOM")
    assert _texts(history) == ["for all", "a ticket"]
    parent = history["messages"][1]
    assert (parent["thread_ts"], parent["reply_count"], parent["reply_users"]) == (ts, 3, ["U0BEN", "U0ANA"])
    replies = await client.conversations_replies(channel="C0RANDOM", ts=ts)
    assert _texts(replies) == ["a ticket", "first", "second", "for all"]
    page = await client.conversations_replies(channel="C0RANDOM", ts=ts, limit=1, oldest=last)
    assert _texts(page) == ["a ticket", "for all"]
    assert _texts(await client.conversations_replies(channel="C0RANDOM", ts=last)) == ["second"]


async def test_a_post_to_a_reply_lands_in_its_thread(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ana = sandbox.person("U0ANA")
    ts = await ana.say("C0RANDOM", "a ticket")
    reply = await ana.say("C0RANDOM", "more", ts)
    await client.chat_postMessage(channel="C0RANDOM", thread_ts=reply, text="hello")
    assert [message["text"] for message in ana.thread("C0RANDOM", ts)] == ["a ticket", "more", "hello"]


async def test_metadata_is_given_back_to_who_asks_for_it(client: AsyncWebClient) -> None:
    metadata = {"event_type": "card", "event_payload": {"id": "7"}}
    ts = (await client.chat_postMessage(channel="C0RANDOM", text="hello", metadata=metadata))["ts"]

    async def kept(**asked: Any) -> Any:
        [message] = (await client.conversations_replies(channel="C0RANDOM", ts=ts, **asked))["messages"]
        return message.get("metadata")

    assert await kept() is None
    assert await kept(include_all_metadata=True) == metadata
    await client.chat_update(channel="C0RANDOM", ts=ts, text="other")
    assert await kept(include_all_metadata=True) == metadata
    await client.chat_update(channel="C0RANDOM", ts=ts, text="other", metadata={})
    assert await kept(include_all_metadata=True) is None


async def test_an_update_keeps_the_blocks_it_is_not_given(client: AsyncWebClient) -> None:
    block = {"type": "section", "block_id": "a", "text": {"type": "mrkdwn", "text": "hello"}}
    ts = (await client.chat_postMessage(channel="C0RANDOM", text="hello", blocks=[block]))["ts"]
    kept = await client.chat_update(channel="C0RANDOM", ts=ts, text="other")
    assert kept["message"]["blocks"][0]["block_id"] == "a"
    emptied = await client.chat_update(channel="C0RANDOM", ts=ts, text="other", blocks=[])
    assert "blocks" not in emptied["message"]


async def test_the_app_sees_its_own_and_public_conversations(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.world.add_channel("C0SECRET", "secret", ["U0ANA"], with_app=False, kind="private")
    sandbox.world.add_channel("C0OLD", "old", ["U0ANA"], is_archived=True)
    types = ["public_channel", "private_channel", "im"]
    listed = await client.conversations_list(types=types, exclude_archived=True)
    found = {channel["id"] for channel in listed["channels"]}
    assert {"C0INTAKE", "G0LEADS", "D0ANA"} <= found
    assert not found & {"C0SECRET", "C0OLD"}
    mine = await client.users_conversations(user="U0MARA", types=types)
    assert {channel["id"] for channel in mine["channels"]} == {
        "C0INTAKE",
        "C0DOCS",
        "C0TEAM",
        "C0RANDOM",
        "G0LEADS",
        "D0MARA",
    }


_KINDS = "is_channel is_group is_private is_im is_ext_shared is_shared is_archived".split()


@pytest.mark.parametrize(
    ("channel", "true"),
    [
        ("C0RANDOM", {"is_channel"}),
        ("C0PARTNER", {"is_channel", "is_ext_shared", "is_shared"}),
        ("G0LEADS", {"is_group", "is_private"}),
        ("D0ANA", {"is_im"}),
        ("C0OLD", {"is_channel", "is_archived"}),
    ],
)
async def test_what_a_conversation_is_can_be_told_from_its_flags(
    sandbox: Sandbox, client: AsyncWebClient, channel: str, true: set[str]
) -> None:
    sandbox.world.add_channel("C0OLD", "old", ["U0ANA"], is_archived=True)
    found = (await client.conversations_info(channel=channel))["channel"]
    assert {flag for flag in _KINDS if found.get(flag)} == true


async def test_a_channel_is_shared_from_one_moment_to_the_next(sandbox: Sandbox, client: AsyncWebClient) -> None:
    assert (await client.conversations_info(channel="C0RANDOM"))["channel"]["is_ext_shared"] is False
    sandbox.share("C0RANDOM")
    assert (await client.conversations_info(channel="C0RANDOM"))["channel"]["is_ext_shared"] is True
    assert (await client.conversations_info(channel="D0ANA"))["channel"]["user"] == "U0ANA"


async def test_a_direct_conversation_is_opened_once(sandbox: Sandbox, client: AsyncWebClient) -> None:
    known = await client.conversations_open(users="U0ANA")
    assert known["channel"]["id"] == "D0ANA"
    assert (await client.chat_postMessage(channel="U0ANA", text="hello"))["channel"] == "D0ANA"
    several = await client.conversations_open(users=["U0ANA", "U0BEN"], return_im=True)
    assert several["channel"]["is_mpim"] is True
    again = await client.conversations_open(users="U0BEN,U0ANA")
    assert again["channel"]["id"] == several["channel"]["id"]
    assert several["channel"]["id"] in [channel.id for channel in sandbox.person("U0BEN").channels()]


async def test_who_is_who(sandbox: Sandbox, client: AsyncWebClient) -> None:
    oli = (await client.users_info(user="U0OLI"))["user"]
    assert (oli["is_restricted"], oli["is_ultra_restricted"], oli["deleted"]) == (True, False, False)
    sandbox.world.people["U0OLI"].deleted = True
    assert (await client.users_info(user="U0OLI"))["user"]["deleted"] is True
    assert (await client.usergroups_users_list(usergroup="S0SENIORS"))["users"] == ["U0SAM"]
    groups = (await client.usergroups_list(include_users=True))["usergroups"]
    assert {group["handle"]: group["users"] for group in groups}["document-owners"] == ["U0MARA"]
    sandbox.world.groups["S0SENIORS"].disabled = True
    assert await error_of(client, "usergroups.users.list", usergroup="S0SENIORS") == "no_such_subteam"
    members = (await client.conversations_members(channel="C0BILLING"))["members"]
    assert set(members) == {"U0ANA", "U0BEN", "U0SAM", "U0PROOFDESK"}
    assert {person["id"] for person in (await client.users_list())["members"]} == set(sandbox.world.people)
    assert (await client.bots_info(bot="B0PROOFDESK"))["bot"]["user_id"] == "U0PROOFDESK"
    assert (await client.team_info())["team"]["id"] == (await client.auth_test())["team_id"] == "T0HARBOR"


async def test_reactions_are_the_truth_of_the_moment(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ts = await sandbox.person("U0ANA").say("C0RANDOM", "hello")
    await sandbox.person("U0BEN").react("C0RANDOM", ts, "eyes")
    await client.reactions_add(channel="C0RANDOM", timestamp=ts, name="eyes")
    got = await client.reactions_get(channel="C0RANDOM", timestamp=ts, full=True)
    assert got["message"]["reactions"] == [{"name": "eyes", "users": ["U0BEN", "U0PROOFDESK"], "count": 2}]
    await client.reactions_remove(channel="C0RANDOM", timestamp=ts, name="eyes")
    await sandbox.person("U0BEN").unreact("C0RANDOM", ts, "eyes")
    got = await client.reactions_get(channel="C0RANDOM", timestamp=ts, full=True)
    assert "reactions" not in got["message"]


async def test_a_permalink_leads_to_the_message_and_its_thread(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ts = await sandbox.person("U0ANA").say("C0RANDOM", "hello")
    reply = await sandbox.person("U0ANA").say("C0RANDOM", "more", ts)
    link = (await client.chat_getPermalink(channel="C0RANDOM", message_ts=reply))["permalink"]
    assert link.endswith(f"/archives/C0RANDOM/p{reply.replace('.', '')}?thread_ts={ts}&cid=C0RANDOM")
