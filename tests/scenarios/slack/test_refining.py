import pytest

from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.tickets import BROWSERS, REFUND, TWO_QUESTIONS, WITHOUT_DETAILS

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("emoji", ["repeat", "arrows_counterclockwise"])
async def test_a_reaction_asks_for_a_new_version_in_the_same_card(office: Office, emoji: str) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], emoji)
    await office.shows(ts, "`v2`")
    assert len(office.cards(ts)) == 1


async def test_the_menu_makes_a_shorter_version_and_the_earlier_one_stays_readable(office: Office) -> None:
    ts, card = await office.paste(TWO_QUESTIONS)
    first = (await office.draft(card)).draft
    await office.ben.press(INTAKE, card["ts"], "redraft", option=f"shorter:{(await office.draft(card)).id}")
    await office.shows(ts, "`v2`", "shorter")
    second = (await office.draft(card)).draft
    assert len(second.reply) < len(first.reply)
    assert {each.text for each in second.statements} <= {each.text for each in first.statements}
    await office.ben.press(INTAKE, card["ts"], "show_versions")
    await office.sandbox.until(lambda: office.ben.views)
    assert "Two-factor authentication is available on every plan." in str(office.ben.views[-1])


@pytest.mark.parametrize("words", ["shorter", "Could you make it a bit shorter, please?"])
async def test_a_word_in_the_thread_makes_a_shorter_version(office: Office, words: str) -> None:
    ts, _ = await office.paste(TWO_QUESTIONS)
    await office.ben.say(INTAKE, words, ts)
    await office.shows(ts, "`v2`", "shorter")


async def test_shorter_and_then_friendlier_gives_the_warm_words_back(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    await office.ben.say(INTAKE, "shorter", ts)
    await office.shows(ts, "`v2`")
    await office.ben.say(INTAKE, "friendlier", ts)
    await office.shows(ts, "`v3`", "friendlier")
    assert "Thank you" in (await office.draft(card)).draft.reply


async def test_two_options_stand_on_one_card_and_the_second_can_be_used(office: Office) -> None:
    ts, card = await office.paste(TWO_QUESTIONS)
    await office.ben.say(INTAKE, "two options", ts)
    both = await office.shows(ts, "*Option 1*", "*Option 2*")
    assert button(both, "use_option")
    option = await office.bot.services.parts.desk.option(await office.draft(card))
    await office.ben.press(INTAKE, card["ts"], "use_option")
    await office.shows(ts, "`v3`")
    assert (await office.draft(card)).draft.reply == option


async def test_an_added_sentence_is_checked_like_any_other(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.say(INTAKE, "add: We will call you on Friday.", ts)
    await office.shows(ts, "`v2`", "edited by <@U0BEN>", "not proven", "We will call you on Friday.")
    assert (await office.draft(card)).draft.statements


async def test_a_wish_that_cannot_be_met_is_answered_in_private(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.say(INTAKE, "friendlier", ts)
    await office.shows(ts, "`v2`", "friendlier")
    await office.ben.say(INTAKE, "friendlier", ts)
    await office.told(office.ben, "This is as friendly as", thread=ts)
    assert (await office.draft(card)).number == 2


@pytest.mark.parametrize(
    "words",
    [
        "(aside) I think this customer wants it shorter",
        "Did you see this one, Sam? I am not sure about the browser part.",
        "shorter than the last one he sent, wow",
        "ok",
    ],
)
async def test_what_colleagues_say_to_each_other_changes_nothing_and_is_not_kept(office: Office, words: str) -> None:
    ts, card = await office.paste(BROWSERS)
    said_at = await office.ben.say(INTAKE, words, ts)
    await office.idle()
    assert (await office.draft(card)).number == 1
    assert office.ben.ephemerals(INTAKE, ts) == []
    assert said_at not in [row.message for row in await office.kept()]


async def test_what_colleagues_correct_in_the_thread_is_not_kept_either(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    said_at = await office.ben.say(INTAKE, "He is a good customer, I think.", ts)
    await office.ben.edit(INTAKE, said_at, "He is a good customer, I know.")
    await office.ben.delete(INTAKE, said_at)
    await office.idle()
    assert (await office.draft(card)).number == 1
    assert said_at not in [row.message for row in await office.kept()]


async def test_a_fact_that_a_colleague_supplies_is_not_asked_for_again(office: Office) -> None:
    ts, card = await office.paste(WITHOUT_DETAILS)
    assert "Could you tell us the date on which you bought" in said(card)
    await office.ben.say(INTAKE, "She bought it three days ago.", ts)
    second = await office.shows(ts, "`v2`")
    assert "Could you tell us the date on which you bought" not in said(second)
    assert "billed monthly or yearly" in said(second)


async def test_a_fact_supplied_by_somebody_without_a_role_is_not_taken(office: Office) -> None:
    ts, card = await office.paste(WITHOUT_DETAILS)
    await office.oli.say(INTAKE, "She bought it three days ago.", ts)
    await office.idle()
    assert (await office.draft(card)).number == 1


async def test_a_wish_of_somebody_without_a_role_is_refused_in_private(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    await office.mara.say(INTAKE, "shorter", ts)
    await office.told(office.mara, "You have no role at this desk", thread=ts)
    assert (await office.draft(card)).number == 1


async def test_a_question_to_the_bot_that_it_does_not_understand_is_answered_with_what_it_does(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.say(INTAKE, "@Proofdesk what do you think of him?", ts)
    await office.told(office.ben, "In a draft's thread I understand", thread=ts)
    assert (await office.draft(card)).number == 1


async def test_an_approved_draft_gets_a_new_version_only_when_asked(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Approved*")
    await office.ben.say(INTAKE, "shorter", ts)
    await office.shows(ts, "`v2`", "*Draft reply*")
    assert await office.decisions(card) == []
