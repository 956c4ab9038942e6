from datetime import UTC, datetime

import pytest

from bot.cards import mrkdwn
from bot.cards.mrkdwn import Mrkdwn, clip, date, inert, label, link, mention, one_line, people, plain, say, visible
from tests.bot.cards.hostile import HOSTILE, hostile_strings
from tests.bot.cards.live import auto, live_in_text


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_somebody_else_wrote_acts(words: str) -> None:
    assert list(live_in_text(inert(words))) == []


def test_of_many_thousand_hostile_strings_none_acts() -> None:
    live = {words: found for words in hostile_strings(20_000, seed=83) if (found := list(live_in_text(inert(words))))}
    assert live == {}


def test_where_there_is_no_markup_no_address_acts_either() -> None:
    found = {words: list(auto(label(words))) for words in hostile_strings(5_000, seed=84)}
    assert {words: live for words, live in found.items() if live} == {}


@pytest.mark.parametrize(
    "prose",
    [
        "Refunds take 3.5 days, e.g. for yearly plans.",
        "Open desk.yaml, report.pdf and Node.js at 12:30:45.",
        "The U.S. plan costs $1,500.00 (v1.2.3) - see #4821.",
        "snake_case stays, and so does 5 - 3.",
        "Отправьте номер счёта. Спасибо!",
        "你好。请问如何退款。",
        "Hi! What's up? I'm “fine” 👍",
    ],
)
def test_prose_stays_as_it_is(prose: str) -> None:
    assert inert(prose) == prose


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("see https://evil.example/x", "see hxxps://evil[.]example/x"),
        ("write to dana@acme.example", "write to dana@acme[.]example"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("*bold* `code` ~gone~ _it_", "∗bold∗ ‵code‵ ∼gone∼ ˍitˍ"),
        ("@here, @ana", "＠here, ＠ana"),
        (":smile:", "꞉smile:"),
        ("> quote", "› quote"),
        ("&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"),
    ],
)
def test_what_would_act_is_shown_so_that_it_can_still_be_read(words: str, shown: str) -> None:
    assert inert(words) == shown


def test_what_nobody_sees_is_removed_and_the_rest_stays() -> None:
    assert visible("a\u200bb\u202ec\r\nd\u2028e\tf\U000e0041 *x* <y>") == "abc\nd\ne\tf *x* <y>"
    assert plain("a\u200bb <y>") == "ab <y>"


def test_our_words_stay_markup_and_what_fills_them_does_not() -> None:
    said = say("*{}* by {}: {}", "a *b*\n<@U1>", mention("U0ANA"), "{0}")
    assert said == Mrkdwn("*a ∗b∗ &lt;＠U1&gt;* by <@U0ANA>: {0}", frozenset({"@U0ANA"}))


@pytest.mark.parametrize(
    "url",
    [
        "http://help.example/x",
        "https://",
        "https://user@help.example/",
        "https://user:pass@help.example/",
        "https://help.example|evil/",
        "https://help.example/<!channel>",
        "https://help.example/a b",
        "https://аpple.com/",
        "https://xn--pple-43d.com/",
        "https://localhost/",
        "https://help.example:0/",
        "https://help.example:99999/",
        "https://[::1]/",
        "https://help.example\n/",
        "https://help.example/" + "x" * 1_000,
        "javascript:alert(1)",
        "slack://open",
        "//help.example",
        "",
    ],
)
def test_an_address_that_may_not_be_shown_leaves_its_words(url: str) -> None:
    assert link(url, "Refund policy") == Mrkdwn("Refund policy")


def test_a_link_is_made_of_an_address_and_words_that_cannot_end_it() -> None:
    made = link("https://help.example/x?a=1&b=2#top", "A|B> <!here>")
    assert made.text == "<https://help.example/x?a=1&amp;b=2#top|AǀB&gt; &lt;!here&gt;>"
    assert made.live == {made.text[1:-1]}


def test_only_ids_become_names() -> None:
    assert mention("U0ANA").text == "<@U0ANA>"
    assert mention("U0ANA> <!channel").live == frozenset()
    assert people(("S0SENIORS", "W0SAM", "Sam <@U1>")).text == "<!subteam^S0SENIORS>, <@W0SAM>, Sam &lt;＠U1&gt;"
    assert mrkdwn.group("U0ANA").live == frozenset()


def test_a_moment_is_shown_in_the_readers_time_and_in_utc_where_that_fails() -> None:
    made = date(datetime(2026, 11, 23, 12, 30, tzinfo=UTC))
    assert made.text == "<!date^1795437000^{date_short_pretty} at {time}|23 Nov 2026, 12:30 UTC>"
    assert date(datetime(2026, 11, 23, 12, 30)) == made  # noqa: DTZ001 - a time without a zone is UTC here.


def test_a_long_line_is_cut_with_an_ellipsis_and_measured_as_it_is_shown() -> None:
    assert one_line(" a\n b  c ") == "a b c"
    assert clip("word " * 30, 20) == "word word word word…"
    assert len(inert(clip("&" * 100, 80))) <= 80
    assert clip("short", 80) == "short"
