"""Blocks that Slack would refuse are refused, and what it takes is taken."""

import copy
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.blocks import MOST_TEXT, named, problems_of, too_long, view_problems
from tests.bot.sandbox.refusals import answer_of

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def button(**fields: Any) -> Json:
    return {"type": "button", "action_id": "go", "text": plain("Go"), **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(value: str, text: str = "One") -> Json:
    return {"text": plain(text), "value": value}


def select(count: int) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": [option(str(n)) for n in range(count)]}


def text_input(**fields: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "text", **fields}
    return {"type": "input", "block_id": "field", "label": plain("Reply"), "element": element}


def confirm(**fields: Any) -> Json:
    return {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No"), **fields}


def overflow(count: int) -> Json:
    return {"type": "overflow", "action_id": "more", "options": [option(str(n)) for n in range(count)]}


CARD: list[Json] = [
    {"type": "header", "text": plain("Draft")},
    {"type": "section", "text": mrkdwn("*A* sentence"), "accessory": button()},
    {"type": "section", "fields": [mrkdwn("one"), plain("two")]},
    {"type": "section", "text": {**mrkdwn("said as is"), "verbatim": True}},
    {
        "type": "context",
        "elements": [mrkdwn("small"), {"type": "image", "image_url": "https://a.b/c", "alt_text": "c"}],
    },
    {"type": "divider"},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "bold", "style": {"bold": True}},
                    {"type": "link", "url": "https://a.b"},
                    {"type": "user", "user_id": "U0ANA"},
                    {"type": "emoji", "name": "eyes"},
                ],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
        ],
    },
    {"type": "image", "image_url": "https://a.b/c.png", "alt_text": "A picture"},
    actions(button(style="primary", value="7", confirm=confirm()), select(3), overflow(2)),
]

REFUSED: dict[str, list[Json]] = {
    "an unknown type": [{"type": "sektion", "text": mrkdwn("hello")}],
    "no type": [{"text": mrkdwn("hello")}],
    "a block that is no object": ["hello"],  # type: ignore[list-item]
    "an unknown key": [{"type": "section", "text": mrkdwn("hello"), "colour": "red"}],
    "an unknown key in an element": [actions(button(colour="red"))],
    "an unknown element": [actions({"type": "lever", "action_id": "pull"})],
    "51 blocks": [{"type": "divider"}] * 51,
    "a section without text": [{"type": "section"}],
    "an empty text": [{"type": "section", "text": mrkdwn("")}],
    "a long section": [{"type": "section", "text": mrkdwn("a" * 3001)}],
    "11 fields": [{"type": "section", "fields": [mrkdwn("a")] * 11}],
    "a long field": [{"type": "section", "fields": [mrkdwn("a" * 2001)]}],
    "a header in mrkdwn": [{"type": "header", "text": mrkdwn("hello")}],
    "a long header": [{"type": "header", "text": plain("a" * 151)}],
    "no elements": [actions()],
    "26 buttons": [actions(*(button(action_id=f"go{n}") for n in range(26)))],
    "11 things in a context": [{"type": "context", "elements": [mrkdwn("a")] * 11}],
    "a button in mrkdwn": [actions(button(text=mrkdwn("Go")))],
    "a long button": [actions(button(text=plain("a" * 76)))],
    "a long value": [actions(button(value="a" * 2001))],
    "an unknown style": [actions(button(style="loud"))],
    "a long action id": [actions(button(action_id="a" * 256))],
    "a long block id": [{"type": "divider", "block_id": "a" * 256}],
    "a block id twice": [{"type": "divider", "block_id": "a"}] * 2,
    "an action id twice in a block": [actions(button(), button())],
    "an overflow of 1": [actions(overflow(1))],
    "an overflow of 6": [actions(overflow(6))],
    "a menu of 101": [actions(select(101))],
    "a menu of nothing": [actions(select(0))],
    "a long option": [actions({**select(1), "options": [option("1", "a" * 76)]})],
    "a confirmation without a text": [actions(button(confirm=confirm(text=None)))],
    "a long confirmation": [actions(button(confirm=confirm(text=plain("a" * 301))))],
    "a long confirm title": [actions(button(confirm=confirm(title=plain("a" * 101))))],
    "a long confirm button": [actions(button(confirm=confirm(confirm=plain("a" * 31))))],
    "a long initial value": [text_input(initial_value="a" * 3001)],
    "a text field outside an input": [actions(text_input()["element"])],
    "an input without an element": [{"type": "input", "label": plain("Reply")}],
    "an image without alt text": [{"type": "image", "image_url": "https://a.b/c.png"}],
    "a context image without alt text": [
        {"type": "context", "elements": [{"type": "image", "image_url": "https://a.b"}]}
    ],
    "a number for a text": [{"type": "section", "text": 7}],
    "nothing for the elements": [{"type": "actions", "elements": None}],
}


def test_a_card_with_everything_is_taken() -> None:
    assert problems_of(CARD) == []


@pytest.mark.parametrize("blocks", REFUSED.values(), ids=REFUSED)
def test_blocks_slack_refuses_are_refused_where_they_are_wrong(blocks: list[Json]) -> None:
    before = copy.deepcopy(blocks)
    problems = problems_of(blocks)
    assert problems
    assert all(problem.pointer.startswith("/blocks") for problem in problems)
    assert blocks == before


async def test_the_answer_points_at_the_block(client: AsyncWebClient) -> None:
    blocks = [{"type": "divider"}, {"type": "section", "text": mrkdwn("a" * 3001)}]
    answer = await answer_of(client, "chat.postMessage", channel="C0RANDOM", text="hello", blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == ["must be less than 3001 characters [json-pointer:/blocks/1/text/text]"]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {answer['errors'][0]}"]


async def test_too_much_text_in_all_is_refused(client: AsyncWebClient) -> None:
    sections: list[Json] = [{"type": "section", "text": mrkdwn("a" * 2600)} for _ in range(5)]
    assert not too_long(sections)
    assert sum(len(section["text"]["text"]) for section in sections) == MOST_TEXT
    sections.append({"type": "section", "text": plain("a")})
    answer = await answer_of(client, "chat.postMessage", channel="C0RANDOM", text="hello", blocks=sections)
    assert answer["error"] == "msg_blocks_too_long"


def test_kept_blocks_have_ids_and_defaults_and_the_given_ones_are_left_alone() -> None:
    given = [{"type": "section", "text": mrkdwn("a"), "accessory": {"type": "button", "text": plain("Go")}}]
    before = copy.deepcopy(given)
    [kept] = named(given)
    assert kept["block_id"]
    assert kept["accessory"]["action_id"]
    assert kept["text"]["verbatim"] is False
    assert kept["accessory"]["text"]["emoji"] is True
    assert given == before


def modal(**fields: Any) -> Json:
    return {"type": "modal", "title": plain("A form"), "submit": plain("Save"), "blocks": [text_input()], **fields}


VIEWS: dict[str, Json] = {
    "no title": modal(title=None),
    "a long title": modal(title=plain("a" * 25)),
    "a title in mrkdwn": modal(title=mrkdwn("A form")),
    "a long submit": modal(submit=plain("a" * 25)),
    "a long close": modal(close=plain("a" * 25)),
    "inputs and nothing to submit": modal(submit=None),
    "no blocks": modal(blocks=[]),
    "101 blocks": modal(blocks=[{"type": "divider"}] * 101),
    "a long private_metadata": modal(private_metadata="a" * 3001),
    "a long callback_id": modal(callback_id="a" * 256),
    "an unknown key": modal(colour="red"),
    "a home tab": modal(type="home"),
    "a bad block": modal(blocks=[{"type": "sektion"}]),
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_views_slack_refuses_are_refused(view: Json) -> None:
    assert view_problems(view, "modal")


def test_views_that_slack_takes_are_taken() -> None:
    assert view_problems(modal(private_metadata="a" * 3000, callback_id="form", notify_on_close=True), "modal") == []
    assert view_problems({"type": "home", "blocks": CARD}, "home") == []
    assert view_problems("no view", "modal")
