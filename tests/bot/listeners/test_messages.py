from typing import Any

import pytest

from bot.intents import OpenTicket, Place, SourceChanged, Talk
from bot.listeners.messages import read
from tests.fakes import ShelfOfTickets

BOT = "U0BOT"
INTAKE = ("C1",)
POSTED: dict[str, Any] = {"channel": "C1", "ts": "1.5", "user": "U1", "text": "Which browsers do you support?"}


def understood(**event: Any) -> Any:
    found = read({**POSTED, **event}, "Ev1", BOT, INTAKE, ShelfOfTickets().find)
    return found.intent if found else None


def test_a_customers_message_opens_a_ticket_in_its_thread() -> None:
    place = Place(channel="C1", thread="1.5", message="1.5")
    assert understood() == OpenTicket(place=place, person="U1", text="Which browsers do you support?")


def test_the_key_is_the_messages_place_whatever_event_brings_it() -> None:
    kinds = ("message", "app_mention")
    found = [read({**POSTED, "type": kind}, kind, BOT, INTAKE, ShelfOfTickets().find) for kind in kinds]
    assert {delivery.key for delivery in found if delivery} == {"message:C1:1.5"}


@pytest.mark.parametrize(
    "event",
    [
        {"channel": "C2"},
        {"text": "thank you all"},
        {"text": "<@U2> can you look at this one please"},
        {"text": "(Aside) this customer writes each day"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"user": ""},
        {"bot_id": "B1"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"subtype": "message_replied"},
        {"text": None},
    ],
)
def test_what_is_no_customers_message_opens_nothing(event: dict[str, Any]) -> None:
    assert understood(**event) is None


@pytest.mark.parametrize("event", [{"channel": "C2", "text": f"<@{BOT}> hi"}, {"channel": "D1", "channel_type": "im"}])
def test_who_addresses_the_bot_is_heard_everywhere(event: dict[str, Any]) -> None:
    assert isinstance(understood(**event), OpenTicket)


def test_a_reply_is_talk_and_names_its_thread() -> None:
    place = Place(channel="C1", thread="1.0", message="1.5")
    assert understood(thread_ts="1.0", text="shorter") == Talk(place=place, person="U1", text="shorter")
    assert understood(thread_ts="1.0", text=f"<@{BOT}> shorter").mentioned


def test_files_are_named() -> None:
    heard = understood(subtype="file_share", text="", files=[{"name": "a.png"}, {}])
    assert heard.files == ("a.png", "a file")


def changed(before: dict[str, Any], after: dict[str, Any], **event: Any) -> Any:
    return understood(subtype="message_changed", previous_message=before, message=after, event_ts="9.9", **event)


def test_an_edit_is_a_change_of_its_message() -> None:
    heard = changed(POSTED, {**POSTED, "text": "Which phones?"})
    assert heard == SourceChanged(place=Place(channel="C1", message="1.5"), person="U1", text="Which phones?")


def test_an_edit_of_a_reply_names_its_thread() -> None:
    reply = {**POSTED, "thread_ts": "1.0"}
    assert changed(reply, {**reply, "text": "Which phones?"}).place == Place(channel="C1", thread="1.0", message="1.5")


def test_an_edit_of_a_message_that_has_replies_names_none() -> None:
    parent = {**POSTED, "thread_ts": "1.5"}
    assert changed(parent, {**parent, "text": "Which phones?"}).place.thread == ""


@pytest.mark.parametrize(
    "after",
    [
        {**POSTED, "attachments": [{"title": "A preview"}]},
        {**POSTED, "bot_id": "B1", "text": "new"},
        {**POSTED, "text": "(aside) never mind"},
    ],
)
def test_a_preview_our_own_edit_and_an_aside_are_no_change(after: dict[str, Any]) -> None:
    assert changed(POSTED, after) is None


def test_a_deleted_message_is_a_change_to_nothing() -> None:
    heard = understood(subtype="message_deleted", previous_message=POSTED, deleted_ts="1.5")
    assert heard == SourceChanged(place=Place(channel="C1", message="1.5"), person="U1", text=None)


def test_a_tombstone_is_a_deletion() -> None:
    tombstone = {"ts": "1.5", "subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}
    assert changed(POSTED, tombstone) == SourceChanged(place=Place(channel="C1", message="1.5"), person="U1", text=None)


def test_a_deletion_of_our_own_message_is_none() -> None:
    assert understood(subtype="message_deleted", previous_message={**POSTED, "bot_id": "B1"}, deleted_ts="1.5") is None
