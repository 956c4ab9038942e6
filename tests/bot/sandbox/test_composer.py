"""What people type becomes what Slack sends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.composer import rich_text, typed
from bot.sandbox.world import World

WORLD = World.sample()


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("hello", "hello"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<@U0ANA> <!channel>", "&lt;<@U0ANA>&gt; &lt;!channel&gt;"),
        ("@Proofdesk where is it?", "<@U0PROOFDESK> where is it?"),
        ("@proofdesk, now", "<@U0PROOFDESK>, now"),
        ("@Ana Lind and @ben.", "<@U0ANA> and <@U0BEN>."),
        ("@U0SAM", "<@U0SAM>"),
        ("@nobody here", "@nobody here"),
        ("@support-agents and @here", "<!subteam^S0AGENTS> and <!here>"),
        ("#random not #nowhere", "<#C0RANDOM|random> not #nowhere"),
        ("see https://a.example/x?y=1&z=2.", "see <https://a.example/x?y=1&amp;z=2>."),
        ("(https://a.example)", "(<https://a.example>)"),
        ("write to ana@example.com", "write to <mailto:ana@example.com|ana@example.com>"),
        ("https://a.example/@ana#random", "<https://a.example/@ana#random>"),
        ("run `@ana <b>` and ```\nhttps://a.example\n```", "run `@ana &lt;b&gt;` and ```\nhttps://a.example\n```"),
    ],
)
def test_typed_text_is_sent_as_slack_sends_it(text: str, sent: str) -> None:
    assert typed(text, WORLD) == sent


def test_the_rich_text_says_the_same() -> None:
    [block] = rich_text(typed("@ana & #random: https://a.example/?a&b, x@y.example @here @support-agents", WORLD))
    assert block["elements"][0]["elements"] == [
        {"type": "user", "user_id": "U0ANA"},
        {"type": "text", "text": " & "},
        {"type": "channel", "channel_id": "C0RANDOM"},
        {"type": "text", "text": ": "},
        {"type": "link", "url": "https://a.example/?a&b"},
        {"type": "text", "text": ", "},
        {"type": "link", "url": "mailto:x@y.example", "text": "x@y.example"},
        {"type": "text", "text": " "},
        {"type": "broadcast", "range": "here"},
        {"type": "text", "text": " "},
        {"type": "usergroup", "usergroup_id": "S0AGENTS"},
    ]


@given(st.text(alphabet="ab<>&@#!|^` .:/\n-", max_size=60))
def test_no_typed_text_makes_a_mention_of_its_own(text: str) -> None:
    assert "<" not in typed(text.replace("/", "").replace("@", "").replace("#", ""), WORLD)
