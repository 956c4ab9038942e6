from typing import Any

import pytest

from bot.cards.actions import Action
from bot.cards.card import render
from bot.cards.errors import CardWithheld
from bot.cards.gate import gate, gate_view
from bot.cards.rendering import Rendering
from tests.bot.cards.examples import a_card


def mrkdwn(text: str, **changes: Any) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True} | changes


def section(text: str, **changes: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text, **changes)}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def press(action: str = Action.UNDO.value, **changes: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), "action_id": action, "value": "1"} | changes


def row(*elements: dict[str, Any], block_id: str = "row") -> dict[str, Any]:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def rich(kind: str, *elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


OURS = frozenset({"https://help.example/x|Guide", "@U0ANA"})


def test_what_our_code_made_passes_as_it_is() -> None:
    quote = rich("rich_text_quote", {"type": "text", "text": "see hxxps://help[.]example"})
    blocks = [section("<https://help.example/x|Guide> for <@U0ANA>"), row(press()), {"type": "divider"}, quote]
    rendering = Rendering("A card", (blocks,), OURS)
    assert gate(rendering) is rendering


@pytest.mark.parametrize(
    ("block", "rule"),
    [
        (section("<https://evil.example|Guide>"), "our code did not make"),
        (section("<@U0SAM>"), "our code did not make"),
        (section("<!channel>"), "our code did not make"),
        (section("<#C0INTAKE>"), "our code did not make"),
        (section("< @U0ANA>"), "our code did not make"),
        (section("a < b"), "live"),
        (section("a > b"), "live"),
        (section("https://evil.example"), "live"),
        (section("slack://open"), "live"),
        (section("@here"), "live"),
        (section(":smile:"), "live"),
        (section("text", verbatim=False), "not verbatim"),
        ({"type": "section", "text": {"type": "mrkdwn", "text": "text"}}, "not verbatim"),
        (section(""), "no fit length"),
        (section("x" * 2_901), "no fit length"),
        ({"type": "section", "text": plain("x") | {"emoji": True}}, "live"),
        ({"type": "section", "text": plain("<!channel>")}, "live"),
        ({"type": "image", "image_url": "https://evil.example/x.png", "alt_text": "x"}, "not one of ours"),
        ({"type": "markdown", "text": "[x](https://evil.example)"}, "unknown kind"),
        ({"type": "video"}, "unknown kind"),
        ({"type": "input", "label": plain("x"), "element": {"type": "plain_text_input"}}, "unknown kind"),
        (
            section("x") | {"accessory": {"type": "image", "image_url": "https://e.example", "alt_text": "x"}},
            "not ours",
        ),
        (section("x") | {"accessory": {"type": "users_select", "action_id": "undo"}}, "unknown element"),
        (section("x") | {"color": "red"}, "not ours"),
        (section("x") | {"label": plain("x")}, "would not take"),
        (rich("rich_text_section", {"type": "link", "url": "https://evil.example"}), "not ours"),
        (rich("rich_text_section", {"type": "user", "user_id": "U0ANA"}), "not ours"),
        (rich("rich_text_section", {"type": "broadcast", "range": "here"}), "not ours"),
        (rich("rich_text_section", {"type": "emoji", "name": "x"}), "not ours"),
        (rich("rich_text_section", {"type": "text", "text": "x", "style": {"bold": True}}), "not ours"),
        (rich("rich_text_quote", {"type": "text", "text": "see https://evil.example"}), "live address"),
        (row(press(url="https://evil.example")), "not ours"),
        (row(press("unknown")), "nothing answers"),
        (row(press(style="golden")), "unknown kind"),
        (row(press(value="x" * 2_001)), "carries too much"),
        (row(press(text=plain("x" * 76))), "would not take"),
        (row(press(), press()), "one name"),
        (row(*(press(each.value) for each in list(Action)[:6])), "too many buttons"),
    ],
)
def test_what_our_code_never_makes_does_not_pass(block: dict[str, Any], rule: str) -> None:
    with pytest.raises(CardWithheld, match=rule):
        gate(Rendering("A card", ([block],), OURS))


@pytest.mark.parametrize(
    ("rendering", "rule"),
    [
        (Rendering("<!channel>", ([section("x")],)), "notification"),
        (Rendering("https://evil.example", ([section("x")],)), "notification"),
        (Rendering("", ([section("x")],)), "notification"),
        (Rendering("x" * 301, ([section("x")],)), "notification"),
        (Rendering("x", ()), "empty"),
        (Rendering("x", ([],)), "number of blocks"),
        (Rendering("x", ([section("x")] * 46,)), "number of blocks"),
        (Rendering("x", ([section("x" * 2_600)] * 4,)), "too much text"),
        (Rendering("x", ([row(press()), row(press())],)), "one name"),
        (Rendering("x", ([section("x")], [section("<@U0ANA>")])), "our code did not make"),
        (Rendering("x", ([section("<slack://x>")],), frozenset({"slack://x"})), "unknown kind"),
    ],
)
def test_a_message_that_slack_or_we_would_not_take_does_not_pass(rendering: Rendering, rule: str) -> None:
    with pytest.raises(CardWithheld, match=rule):
        gate(rendering)


def test_what_is_withheld_is_never_told() -> None:
    with pytest.raises(CardWithheld) as caught:
        gate(Rendering("A card", ([section("<!secret words of a customer>")],)))
    assert "secret" not in str(caught.value)
    assert str(caught.value).endswith("Please report this line; nothing was shown.")


@pytest.mark.parametrize(
    ("view", "rule"),
    [
        ({"type": "home", "blocks": [section("x")] * 101}, "too many blocks"),
        ({"type": "home", "blocks": [section("<!here>")]}, "our code did not make"),
        ({"type": "modal", "title": plain("x" * 25), "blocks": [section("x")]}, "would not take"),
        (
            {
                "type": "modal",
                "title": plain("x"),
                "blocks": [
                    {"type": "input", "block_id": "a", "label": plain("x"), "element": {"type": "plain_text_input"}}
                ],
            },
            "without an end",
        ),
    ],
)
def test_a_form_that_slack_or_we_would_not_take_does_not_pass(view: dict[str, Any], rule: str) -> None:
    with pytest.raises(CardWithheld, match=rule):
        gate_view(view)


def test_a_card_that_somebody_tampered_with_after_it_was_made_does_not_pass() -> None:
    rendering = render(a_card())
    assert gate(rendering._replace(live=rendering.live)) == rendering
    with pytest.raises(CardWithheld, match="our code did not make"):
        gate(rendering._replace(live=frozenset()))


def picture(**changes: Any) -> dict[str, Any]:
    return {"type": "image", "slack_file": {"id": "F0FILE0001"}, "alt_text": "Drafts by week"} | changes


def test_a_picture_of_the_workspace_passes_in_a_message() -> None:
    assert gate(Rendering("A report", ([picture()],)))


@pytest.mark.parametrize(
    "block",
    [
        picture(image_url="https://evil.example/x.png"),
        {"type": "image", "image_url": "https://evil.example/x.png", "alt_text": "x"},
        picture(slack_file={"url": "https://evil.example/x.png"}),
        picture(slack_file={"id": "F0FILE0001", "url": "https://evil.example/x.png"}),
        picture(slack_file={"id": "../x"}),
        picture(alt_text=""),
        picture(title=plain("Look")),
        section("x", slack_file={"id": "F0FILE0001"}),
        {"type": "context", "elements": [picture()]},
    ],
)
def test_no_other_picture_does(block: dict[str, Any]) -> None:
    with pytest.raises(CardWithheld):
        gate(Rendering("A report", ([block],)))


def test_a_picture_has_no_place_in_a_form() -> None:
    with pytest.raises(CardWithheld):
        gate_view({"type": "home", "blocks": [picture()]})
