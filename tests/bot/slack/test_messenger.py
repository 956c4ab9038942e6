import asyncio
import re

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.content import AskedOwners, Choice, Notice, Working
from bot.errors import Unconfirmed, Undelivered
from bot.intents import Place
from bot.sandbox.faults import AnyFault, Fault
from bot.sandbox.limits import RealLimits
from bot.sandbox.sandbox import Sandbox
from bot.slack.messenger import SlackMessenger
from bot.slack.patience import Patience
from bot.slack.throttle import Rate, Throttle
from storage.database import Database
from storage.posts import Posts, PostState
from tests.bot.slack.cards import FIRST, SECOND, THIRD, Crash, a_draft, crash_at, said, words
from tests.bot.slack.conftest import INTAKE, SHORT, WORKSPACE, NewMessenger


async def state_of(database: Database, post: str) -> PostState:
    async with database.reading() as tx:
        stored = await Posts(tx, WORKSPACE).load(post)
    assert stored is not None
    return stored.state


async def test_a_card_is_posted_in_its_thread_without_previews_and_found_the_second_time(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    ts = await messenger.place("card", thread, FIRST)
    assert await messenger.place("card", thread, SECOND) == ts
    (message,) = said(sandbox, thread)
    assert (message["ts"], "First words." in words(message)) == (ts, True)
    sent = next(call.arguments for call in sandbox.calls if call.method == "chat.postMessage")
    assert (sent["unfurl_links"], sent["unfurl_media"], sent["parse"], sent["link_names"]) == (
        False,
        False,
        "none",
        False,
    )
    assert sent["metadata"] == {"event_type": "proofdesk_post", "event_payload": {"post": "card"}}


async def test_a_card_without_a_thread_is_posted_in_the_channel(sandbox: Sandbox, messenger: SlackMessenger) -> None:
    ts = await messenger.place("card", Place(channel=INTAKE), FIRST)
    assert [m["ts"] for m in sandbox.person("U0ANA").messages(INTAKE) if m.get("bot_id")] == [ts]


@pytest.mark.parametrize("where", ["thread", "channel"])
async def test_a_post_whose_answer_is_lost_is_one_message(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, where: str
) -> None:
    place = thread if where == "thread" else Place(channel=INTAKE)
    sandbox.faults.add("chat.postMessage", Fault.LOST_ANSWER)
    ts = await messenger.place("card", place, FIRST)
    assert sandbox.count("chat.postMessage") == 1
    seen = sandbox.person("U0ANA")
    there = seen.thread(INTAKE, thread.thread) if where == "thread" else seen.messages(INTAKE)
    assert [m["ts"] for m in there if m.get("bot_id")] == [ts]


async def test_a_post_that_becomes_visible_within_the_grace_is_found(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    sandbox.hide_from_replies(0.3)
    sandbox.faults.add("chat.postMessage", Fault.LOST_ANSWER)
    ts = await messenger.place("card", thread, FIRST)
    assert [m["ts"] for m in said(sandbox, thread)] == [ts]


async def test_a_post_that_stays_invisible_is_uncertain_and_never_posted_again(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, database: Database
) -> None:
    sandbox.hide_from_replies(60)
    sandbox.faults.add("chat.postMessage", Fault.LOST_ANSWER)
    for _ in range(2):
        with pytest.raises(Unconfirmed, match="ask me to post it again"):
            await messenger.place("card", thread, FIRST)
    assert await state_of(database, "card") is PostState.UNCERTAIN
    assert sandbox.count("chat.postMessage") == len(said(sandbox, thread)) == 1


async def test_an_uncertain_post_that_became_visible_since_is_found(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    sandbox.hide_from_replies(60)
    sandbox.faults.add("chat.postMessage", Fault.LOST_ANSWER)
    with pytest.raises(Unconfirmed):
        await messenger.place("card", thread, FIRST)
    for message in sandbox.workspace.messages.replies(INTAKE, thread.thread):
        message.hidden_until = 0
    ts = await messenger.place("card", thread, FIRST)
    assert [m["ts"] for m in said(sandbox, thread)] == [ts]


async def test_a_connection_cut_without_an_answer_asks_a_person_who_may_post_again(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, database: Database
) -> None:
    sandbox.faults.add("chat.postMessage", Fault.CUT)
    with pytest.raises(Unconfirmed):
        await messenger.place("card", thread, FIRST)
    assert said(sandbox, thread) == []
    async with database.transaction() as tx:
        assert await Posts(tx, WORKSPACE).again("card")
    await messenger.place("card", thread, FIRST)
    assert len(said(sandbox, thread)) == 1


@pytest.mark.parametrize("post", [Fault.LOST_ANSWER, Fault.ERROR("internal_error")])
@pytest.mark.parametrize("look", [Fault.ERROR("missing_scope"), Fault.CUT, Fault.HTTP(500)])
async def test_where_slack_does_not_let_us_look_nothing_is_posted_again(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, post: AnyFault, look: AnyFault
) -> None:
    sandbox.faults.add("chat.postMessage", post)
    sandbox.faults.add("conversations.replies", look, times=100)
    with pytest.raises(Unconfirmed):
        await messenger.place("card", thread, FIRST)
    assert sandbox.count("chat.postMessage") == 1


@pytest.mark.parametrize(
    "fault", [Fault.ERROR("internal_error"), Fault.ERROR("fatal_error"), Fault.HTTP(500), Fault.HTTP(503)]
)
async def test_a_post_that_slack_failed_on_is_looked_up_and_sent_once_more(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, fault: AnyFault
) -> None:
    sandbox.faults.add("chat.postMessage", fault)
    ts = await messenger.place("card", thread, FIRST)
    assert [m["ts"] for m in said(sandbox, thread)] == [ts]
    assert sandbox.count("conversations.replies") > 0


async def test_a_thread_too_long_to_read_through_is_not_taken_for_one_without_our_post(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.lookup._PAGE", 2)
    monkeypatch.setattr("bot.slack.lookup._PAGES", 2)
    for number in range(6):
        await sandbox.person("U0ANA").say(INTAKE, str(number), thread.thread)
    sandbox.faults.add("chat.postMessage", Fault.ERROR("internal_error"))
    with pytest.raises(Unconfirmed):
        await messenger.place("card", thread, FIRST)
    assert sandbox.count("chat.postMessage") == 1


async def test_a_post_that_slack_fails_on_twice_is_given_up_and_may_be_tried_later(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    sandbox.faults.add("chat.postMessage", Fault.ERROR("internal_error"), times=2)
    with pytest.raises(Undelivered, match="trouble of its own"):
        await messenger.place("card", thread, FIRST)
    assert sandbox.count("chat.postMessage") == 2
    await messenger.place("card", thread, FIRST)
    assert len(said(sandbox, thread)) == 1


async def test_a_channel_at_its_limit_waits_as_long_as_slack_says_and_others_go_on(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    sandbox.faults.add("chat.postMessage", Fault.RATE_LIMITED(1), match=lambda given: given["channel"] == INTAKE)
    limited = asyncio.create_task(messenger.place("card", thread, FIRST))
    await sandbox.until(lambda: sandbox.count("chat.postMessage") == 1)
    await messenger.place("other", Place(channel="C0RANDOM"), FIRST)
    assert not limited.done()
    await limited
    refused, elsewhere, taken = [call for call in sandbox.calls if call.method == "chat.postMessage"]
    assert (refused.answer, elsewhere.arguments["channel"], taken.answer) == ("ratelimited", "C0RANDOM", "ok")
    assert taken.at - refused.at >= 1
    assert len(said(sandbox, thread)) == 1


async def test_a_limit_that_lasts_longer_than_our_patience_is_told(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, database: Database
) -> None:
    sandbox.faults.add("chat.postMessage", Fault.RATE_LIMITED(30))
    with pytest.raises(Undelivered, match="slow down"):
        await messenger.place("card", thread, FIRST)
    assert await state_of(database, "card") is PostState.NEW


async def test_a_burst_against_slacks_real_limits_is_posted_once_each(
    sandbox: Sandbox, new_messenger: NewMessenger, thread: Place
) -> None:
    sandbox.limits = RealLimits()
    messenger = new_messenger(patience=Patience())
    await asyncio.gather(*(messenger.place(f"card{number}", thread, FIRST) for number in range(6)))
    assert len(said(sandbox, thread)) == 6


REFUSALS = {
    "channel_not_found": "/invite @Proofdesk",
    "not_in_channel": "/invite @Proofdesk",
    "is_archived": "archived",
    "restricted_action": "ask an admin",
    "thread_not_found": "thread is not there",
    "thread_locked": "locked",
    "msg_too_long": "too long",
    "msg_blocks_too_long": "too long",
    "invalid_auth": "SLACK_BOT_TOKEN",
    "something_new": "something_new",
}


@pytest.mark.parametrize("code", REFUSALS)
async def test_a_refusal_is_told_in_a_sentence_and_not_repeated(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, code: str
) -> None:
    sandbox.faults.add("chat.postMessage", Fault.ERROR(code))
    with pytest.raises(Undelivered, match=REFUSALS[code]) as caught:
        await messenger.place("card", thread, FIRST)
    assert not isinstance(caught.value, Unconfirmed)
    assert sandbox.count("chat.postMessage") == 1
    await messenger.place("card", thread, FIRST)
    assert len(said(sandbox, thread)) == 1


async def test_a_missing_scope_is_named(sandbox: Sandbox, messenger: SlackMessenger, thread: Place) -> None:
    sandbox.world.scopes.discard("chat:write")
    with pytest.raises(Undelivered, match=re.escape("permission chat:write")):
        await messenger.place("card", thread, FIRST)


async def test_slack_that_cannot_be_reached_is_tried_until_our_patience_ends(
    client: AsyncWebClient, messenger: SlackMessenger, thread: Place, database: Database
) -> None:
    there, client.base_url = client.base_url, "http://127.0.0.1:9/api/"
    with pytest.raises(Undelivered, match="cannot be reached"):
        await messenger.place("card", thread, FIRST)
    assert await state_of(database, "card") is PostState.NEW
    client.base_url = there
    await messenger.place("card", thread, FIRST)


async def test_two_processes_that_post_one_card_at_once_make_one_message(
    sandbox: Sandbox, new_messenger: NewMessenger, thread: Place, other: Database
) -> None:
    sandbox.faults.add("chat.postMessage", Fault.SLOW(0.2))
    first, second = new_messenger(), new_messenger(through=other)
    ours, theirs = await asyncio.gather(first.place("card", thread, FIRST), second.place("card", thread, FIRST))
    assert ours == theirs
    assert sandbox.count("chat.postMessage") == len(said(sandbox, thread)) == 1


async def test_of_two_processes_that_both_found_a_card_new_one_posts_it(
    sandbox: Sandbox, new_messenger: NewMessenger, thread: Place, other: Database
) -> None:
    throttle = Throttle()
    throttle.hold("chat.postMessage", INTAKE, 0.4)
    first, second = new_messenger(throttle=throttle), new_messenger(through=other, throttle=throttle)
    await asyncio.gather(first.place("card", thread, FIRST), second.place("card", thread, FIRST))
    assert sandbox.count("chat.postMessage") == 1


async def test_twenty_calls_in_one_process_make_one_message(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    found = await asyncio.gather(*(messenger.place("card", thread, FIRST) for _ in range(20)))
    assert len(set(found)) == sandbox.count("chat.postMessage") == 1


async def test_a_process_that_dies_after_slack_took_the_post_leaves_one_message(
    sandbox: Sandbox, new_messenger: NewMessenger, thread: Place
) -> None:
    with pytest.raises(Crash):
        await new_messenger(checkpoint=crash_at("after_post")).place("card", thread, FIRST)
    ts = await new_messenger().place("card", thread, FIRST)
    assert [m["ts"] for m in said(sandbox, thread)] == [ts]
    assert sandbox.count("chat.postMessage") == 1


async def test_a_process_that_dies_before_it_posts_leaves_a_question_and_no_message(
    sandbox: Sandbox, new_messenger: NewMessenger, thread: Place
) -> None:
    with pytest.raises(Crash):
        await new_messenger(checkpoint=crash_at("before_post")).place("card", thread, FIRST)
    with pytest.raises(Unconfirmed):
        await new_messenger().place("card", thread, FIRST)
    assert said(sandbox, thread) == []


async def test_another_apps_message_with_the_same_mark_is_not_ours(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    ana = sandbox.person("U0ANA")
    forged = await ana.say(INTAKE, "I look like a card", thread.thread)
    message = sandbox.workspace.find(INTAKE, forged, "U0ANA")
    assert message is not None
    message.metadata = {"event_type": "proofdesk_post", "event_payload": {"post": "card"}}
    sandbox.faults.add("chat.postMessage", Fault.ERROR("internal_error"))
    assert await messenger.place("card", thread, FIRST) != forged


async def test_a_card_is_edited_in_place(sandbox: Sandbox, messenger: SlackMessenger, thread: Place) -> None:
    await messenger.place("card", thread, FIRST)
    await messenger.show("card", SECOND, 1)
    (message,) = said(sandbox, thread)
    assert "Second words." in words(message)


async def test_an_older_revision_never_replaces_a_newer_one(
    sandbox: Sandbox, new_messenger: NewMessenger, thread: Place, other: Database
) -> None:
    messenger = new_messenger()
    await messenger.place("card", thread, FIRST)
    await messenger.show("card", THIRD, 3)
    await messenger.show("card", SECOND, 2)
    await new_messenger(through=other).show("card", SECOND, 2)
    (message,) = said(sandbox, thread)
    assert "Third words." in words(message)


async def test_an_edit_that_waits_gives_way_to_a_newer_one_of_another_process(
    sandbox: Sandbox, new_messenger: NewMessenger, thread: Place, other: Database
) -> None:
    slow, fast = new_messenger(), new_messenger(through=other)
    await slow.place("card", thread, FIRST)
    sandbox.faults.add("chat.update", Fault.RATE_LIMITED(1))
    late = asyncio.create_task(slow.show("card", SECOND, 2))
    await sandbox.until(lambda: sandbox.count("chat.update") == 1)
    await fast.show("card", THIRD, 3)
    await late
    (message,) = said(sandbox, thread)
    assert "Third words." in words(message)


@pytest.mark.parametrize(
    "fault",
    [Fault.LOST_ANSWER, Fault.CUT, Fault.HTTP(500), Fault.ERROR("internal_error"), Fault.RATE_LIMITED(1)],
)
async def test_an_edit_that_goes_wrong_is_repeated(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, fault: AnyFault
) -> None:
    await messenger.place("card", thread, FIRST)
    sandbox.faults.add("chat.update", fault)
    await messenger.show("card", SECOND, 1)
    (message,) = said(sandbox, thread)
    assert "Second words." in words(message)


async def test_an_edit_that_was_refused_can_be_repeated_with_its_revision(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    await messenger.place("card", thread, FIRST)
    sandbox.faults.add("chat.update", Fault.ERROR("is_archived"))
    with pytest.raises(Undelivered, match="archived"):
        await messenger.show("card", SECOND, 1)
    await messenger.show("card", SECOND, 1)
    (message,) = said(sandbox, thread)
    assert "Second words." in words(message)


async def test_an_edit_that_changes_nothing_is_not_sent(
    sandbox: Sandbox, new_messenger: NewMessenger, thread: Place, other: Database
) -> None:
    messenger = new_messenger()
    await messenger.place("card", thread, FIRST)
    await messenger.show("card", SECOND, 1)
    await messenger.show("card", SECOND, 2)
    assert sandbox.count("chat.update") == 1
    await new_messenger(through=other).show("card", THIRD, 3)
    await messenger.show("card", SECOND, 4)
    (message,) = said(sandbox, thread)
    assert "Second words." in words(message)


async def test_a_card_that_a_person_deleted_stays_deleted(
    sandbox: Sandbox, messenger: SlackMessenger, client: AsyncWebClient, thread: Place, database: Database
) -> None:
    ts = await messenger.place("card", thread, FIRST)
    await client.chat_delete(channel=INTAKE, ts=ts)
    await messenger.show("card", SECOND, 1)
    await messenger.show("card", THIRD, 2)
    await messenger.place("card", thread, FIRST)
    assert await state_of(database, "card") is PostState.GONE
    assert said(sandbox, thread) == []
    assert sandbox.count("chat.postMessage") == sandbox.count("chat.update") == 1


async def test_progress_is_left_out_where_slack_is_short_of_edits_and_the_draft_is_not(
    sandbox: Sandbox, client: AsyncWebClient, thread: Place, database: Database
) -> None:
    throttle = Throttle({"chat.update": Rate(600, 1)})
    messenger = SlackMessenger(client=client, database=database, workspace=WORKSPACE, throttle=throttle, patience=SHORT)
    await messenger.place("card", thread, FIRST)
    throttle.hold("chat.update", "", 0.3)
    await messenger.show("card", Working(title="Refund"), 1)
    assert sandbox.count("chat.update") == 0
    await messenger.show("card", SECOND, 2)
    (message,) = said(sandbox, thread)
    assert "Second words." in words(message)


async def test_a_long_draft_continues_in_its_thread_and_nothing_of_it_is_lost(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    card = a_draft(12_000)
    await messenger.place("card", thread, FIRST)
    await messenger.show("card", card, 1)
    messages = said(sandbox, thread)
    assert len(messages) > 1
    shown = "".join(words(message) for message in messages)
    assert shown.count("Yearly plans") >= card.draft.reply.count("Yearly plans")
    await messenger.show("card", card, 2)
    assert len(said(sandbox, thread)) == len(messages)


async def test_a_part_that_is_not_needed_any_more_says_so_and_is_used_again(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    ts = await messenger.place("card", thread, a_draft(12_000))
    before = said(sandbox, thread)
    await messenger.show("card", SECOND, 1)
    first, *others = said(sandbox, thread)
    assert first["ts"] == ts
    assert others
    assert all("no longer needed" in words(message) for message in others)
    await messenger.show("card", a_draft(12_000), 2)
    assert [words(message) for message in said(sandbox, thread)] == [words(message) for message in before]


async def test_a_long_card_in_a_channel_continues_under_itself(sandbox: Sandbox, messenger: SlackMessenger) -> None:
    ts = await messenger.place("card", Place(channel=INTAKE), a_draft(12_000))
    assert len(sandbox.person("U0ANA").thread(INTAKE, ts)) > 1


async def test_a_part_that_a_person_deleted_is_not_posted_again(
    sandbox: Sandbox, messenger: SlackMessenger, client: AsyncWebClient, thread: Place
) -> None:
    await messenger.place("card", thread, a_draft(12_000))
    *kept, last = said(sandbox, thread)
    await client.chat_delete(channel=INTAKE, ts=last["ts"])
    await messenger.show("card", a_draft(12_100), 1)
    assert [m["ts"] for m in said(sandbox, thread)] == [m["ts"] for m in kept]


async def test_an_announcement_is_posted_once(sandbox: Sandbox, messenger: SlackMessenger) -> None:
    asked = AskedOwners(person="U0ANA", owners=("U0MARA",), questions=("Is there a discount?",))
    for _ in range(2):
        await messenger.announce("question", Place(channel=INTAKE), asked)
    assert sandbox.count("chat.postMessage") == 1


NOTICE = Notice(
    text="You approved this already; a second person must.", choices=(Choice(label="Why", action="say_why"),)
)


async def test_a_whisper_is_seen_by_one_person_in_a_thread_that_has_answers(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    reply = await sandbox.person("U0BEN").say(INTAKE, "I look into it.", thread.thread)
    await messenger.whisper(thread.model_copy(update={"message": reply}), "U0ANA", NOTICE)
    await messenger.place("card", thread, Working(title="Refund"))
    await messenger.whisper(thread, "U0ANA", NOTICE)
    assert len(sandbox.person("U0ANA").ephemerals(INTAKE, thread.thread)) == 2
    assert sandbox.person("U0BEN").ephemerals(INTAKE) == []


async def test_a_whisper_about_a_message_without_answers_is_in_the_channel_where_it_can_be_seen(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place
) -> None:
    await messenger.whisper(thread.model_copy(update={"message": thread.thread}), "U0ANA", NOTICE)
    (seen,) = sandbox.person("U0ANA").ephemerals(INTAKE)
    assert "thread_ts" not in seen


@pytest.mark.parametrize("code", ["user_not_in_channel", "channel_not_found", "not_in_channel", "is_archived"])
async def test_a_whisper_that_slack_refuses_goes_to_the_person_directly(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, code: str
) -> None:
    sandbox.faults.add("chat.postEphemeral", Fault.ERROR(code))
    await messenger.whisper(thread, "U0ANA", NOTICE)
    (message,) = sandbox.person("U0ANA").messages("D0ANA")
    assert "a second person must" in words(message)


async def test_a_whisper_in_a_direct_conversation_is_a_message_that_stays(
    sandbox: Sandbox, messenger: SlackMessenger
) -> None:
    ts = await sandbox.person("U0ANA").say("D0ANA", "hello")
    await messenger.whisper(Place(channel="D0ANA", thread=ts), "U0ANA", NOTICE)
    assert len(sandbox.person("U0ANA").thread("D0ANA", ts)) == 2
    assert sandbox.count("chat.postEphemeral") == 0


async def test_a_whisper_that_cannot_be_told_is_logged_without_its_words(
    sandbox: Sandbox, messenger: SlackMessenger, thread: Place, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.add("*", Fault.ERROR("channel_not_found"), times=2)
    await messenger.whisper(thread, "U0ANA", NOTICE)
    assert [record.message for record in caplog.records if record.name.startswith("bot.")] == ["whisper_failed"]
    assert "second person" not in caplog.text


async def test_a_whisper_waits_for_slack_once(sandbox: Sandbox, messenger: SlackMessenger, thread: Place) -> None:
    sandbox.faults.add("chat.postEphemeral", Fault.RATE_LIMITED(1))
    await messenger.whisper(thread, "U0ANA", NOTICE)
    assert len(sandbox.person("U0ANA").ephemerals(INTAKE)) == 1


async def test_reactions_are_read_as_they_are_without_skin_tones_and_without_our_own(
    sandbox: Sandbox, messenger: SlackMessenger, client: AsyncWebClient, thread: Place
) -> None:
    ts = await messenger.place("card", thread, FIRST)
    await client.reactions_add(channel=INTAKE, timestamp=ts, name="white_check_mark")
    await sandbox.person("U0ANA").react(INTAKE, ts, "+1::skin-tone-3")
    await sandbox.person("U0BEN").react(INTAKE, ts, "+1")
    await sandbox.person("U0BEN").react(INTAKE, ts, "eyes")
    found = await messenger.reactions(thread.model_copy(update={"message": ts}))
    assert found.edited_at == float(ts)
    assert found.people == {"+1": frozenset({"U0ANA", "U0BEN"}), "eyes": frozenset({"U0BEN"})}


async def test_a_deleted_message_has_no_reactions_and_a_refusal_is_not_taken_for_none(
    sandbox: Sandbox, messenger: SlackMessenger
) -> None:
    place = Place(channel=INTAKE, message="1700000000.000100")
    assert (await messenger.reactions(place)).people == {}
    sandbox.faults.add("reactions.get", Fault.ERROR("missing_scope"))
    with pytest.raises(Undelivered):
        await messenger.reactions(place)


async def test_a_message_has_an_address_and_a_missing_one_has_none(messenger: SlackMessenger, thread: Place) -> None:
    ts = await messenger.place("card", thread, FIRST)
    assert ts.replace(".", "") in await messenger.link(thread.model_copy(update={"message": ts}))
    assert await messenger.link(Place(channel=INTAKE, message="1700000000.000100")) == ""


async def test_an_edit_gives_up_in_the_end(sandbox: Sandbox, new_messenger: NewMessenger, thread: Place) -> None:
    messenger = new_messenger(patience=Patience(grace=0.2, unreachable=0.2, limited=0.2, editing=0.2))
    await messenger.place("card", thread, FIRST)
    sandbox.faults.add("chat.update", Fault.HTTP(500), times=50)
    with pytest.raises(Undelivered, match="trouble"):
        await messenger.show("card", SECOND, 1)
