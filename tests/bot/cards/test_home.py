from bot.cards.home import HomeLine, home
from knowledge.drafting.draft import DraftStatus
from tests.bot.cards.examples import NOW
from tests.bot.cards.live import live_in, shown


def a_line(title: str = "Refund for annual plan") -> HomeLine:
    link = "https://harborlight.slack.com/archives/C0INTAKE/p1700"
    return HomeLine(
        title=title, status=DraftStatus.AWAITING_SECOND, number=2, requested_by="U0ANA", link=link, created_at=NOW
    )


def test_the_home_page_lists_what_waits_and_how_things_work() -> None:
    view = home([], [a_line()], on=True, documents=34)
    words = shown(view["blocks"])
    assert "🟢 *The desk is on.* 34 approved documents are in force." in words
    assert (
        "*Waiting for a decision*\n• “<https://harborlight.slack.com/archives/C0INTAKE/p1700|Refund for annual" in words
    )
    assert "`v2` awaiting second, <!date^1795437000^" in words
    assert "*Asked for by you*\nYou have no open draft." in words
    assert "`/kb how long is the refund window`" in words
    assert set(live_in(view["blocks"])) == {"date", "user U0ANA", f"link {a_line().link}"}


def test_a_desk_that_is_off_says_how_to_switch_it_on() -> None:
    assert "⏸ *The desk is off*" in shown(home([], [], on=False)["blocks"])
    assert "`/desk on`" in shown(home([], [], on=False)["blocks"])


def test_of_a_very_long_list_the_first_are_shown_and_the_others_counted() -> None:
    lines = [a_line(f"Ticket {number} {'&' * 300}") for number in range(50)]
    words = shown(home(lines, lines, on=True)["blocks"])
    assert words.count("Ticket ") == 40
    assert words.count("…and 30 more") == 2
