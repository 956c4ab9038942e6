import pytest

from bot.cards.card import help_text, notice
from bot.content import Choice, Notice
from tests.bot.cards.live import live_in, pressable, quoted_text, shown


def test_a_notice_names_the_people_it_is_about() -> None:
    rendering = notice(Notice(text="{0} approved it before you; ask {1}.", people=("U0ANA", "U0SAM")))
    assert shown(rendering.parts[0]) == "<@U0ANA> approved it before you; ask <@U0SAM>."
    assert rendering.text == "a colleague approved it before you; ask a colleague."


def test_a_name_that_nobody_gave_and_other_braces_stay_text() -> None:
    rendering = notice(Notice(text="{0} and {1} and {name} <!here>", people=("U0ANA",)))
    assert shown(rendering.parts[0]) == "<@U0ANA> and {1} and {name} &lt;!here&gt;"
    assert list(live_in(rendering.parts[0])) == ["user U0ANA"]


def test_an_edit_that_came_too_late_is_given_back_to_the_letter() -> None:
    text = "\n\n".join(f"Paragraph {n}: see https://harborlight.example *now*. {'word ' * 100}" for n in range(40))
    rendering = notice(Notice(text="This version was replaced; here is your text.", quoted=text))
    assert len(rendering.parts) > 1
    assert "".join(quoted_text(blocks, "preformatted") for blocks in rendering.parts) == text


def test_what_to_do_next_can_be_pressed() -> None:
    choices = (Choice(label="Say why", action="say_why", value="draft-1"), Choice(label="Dismiss", action="dismiss"))
    buttons = pressable(notice(Notice(text="Please say why.", choices=choices)).parts[0])
    assert {action: button["value"] for action, button in buttons.items()} == {"say_why": "draft-1", "dismiss": "-"}
    with pytest.raises(ValueError, match="nonsense"):
        notice(Notice(text="x", choices=(Choice(label="x", action="nonsense"),)))


def test_several_kinds_of_one_thing_are_a_menu() -> None:
    choices = tuple(Choice(label=each, action="missed_kind", value=f"draft-1:{each}") for each in ("Legal", "Another"))
    (menu,) = pressable(notice(Notice(text="Which?", choices=choices, menu="Which kind")).parts[0]).values()
    assert (menu["type"], menu["placeholder"]["text"]) == ("static_select", "Which kind")
    assert [option["value"] for option in menu["options"]] == ["draft-1:Legal", "draft-1:Another"]


def test_the_help_says_how_to_ask_decide_and_look_up() -> None:
    words = shown(help_text().parts[0])
    assert all(each in words for each in ("`/draft`", "`/kb ", "`/desk off`", "✅ approve", "👀 I am on it"))
