import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.listeners.plain_text import begins_with_mention, mentions, plain_text


@pytest.mark.parametrize(
    ("delivered", "typed"),
    [
        ("How do I pay?", "How do I pay?"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;script&amp;gt;", "&lt;script&gt;"),
        ("<https://example.com/a?b=1&amp;c=2>", "https://example.com/a?b=1&c=2"),
        ("see <https://example.com|example.com>", "see https://example.com"),
        ("see <https://example.com|our page>", "see our page (https://example.com)"),
        ("write to <mailto:dana@example.com|dana@example.com>", "write to dana@example.com"),
        ("call <tel:+3512345|+351 2345>", "call +351 2345 (+3512345)"),
        ("<@U0BOT> which browsers?", "which browsers?"),
        ("<@U0BOT|proofdesk>: which browsers?", "which browsers?"),
        ("ask <@U0SAM>", "ask @U0SAM"),
        ("ask <@U0SAM|sam>", "ask @sam"),
        ("in <#C0INTAKE|support-intake>", "in #support-intake"),
        ("<!channel> <!subteam^S0AGENTS>", "@channel @subteam"),
        ("", ""),
    ],
)
def test_what_slack_delivers_becomes_what_was_typed(delivered: str, typed: str) -> None:
    assert plain_text(delivered, bot="U0BOT") == typed


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert plain_text(escaped) == text.strip()


@pytest.mark.parametrize(
    ("text", "named"), [("<@U0BOT> hi", True), ("hi <@U0BOT|bot>", True), ("<@U0BOTTLE> hi", False), ("U0BOT", False)]
)
def test_only_the_very_person_is_mentioned(text: str, *, named: bool) -> None:
    assert mentions(text, "U0BOT") is named


@pytest.mark.parametrize(
    ("text", "so"),
    [(" <@U1> look", True), ("<!here> look", True), ("look <@U1>", False), ("<#C1|general> is down", False)],
)
def test_a_message_to_somebody_begins_with_their_name(text: str, *, so: bool) -> None:
    assert begins_with_mention(text) is so
