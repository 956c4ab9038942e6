import pytest

from bot.sandbox.faults import AnyFault, Fault
from tests.office import INTAKE, Office
from tests.scenarios.slack.tickets import BROWSERS, REFUND

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("chat.postMessage", Fault.RATE_LIMITED(1)),
        ("chat.postMessage", Fault.LOST_ANSWER),
        ("chat.postMessage", Fault.ERROR("internal_error")),
        ("chat.postMessage", Fault.HTTP(500)),
        ("chat.update", Fault.RATE_LIMITED(1)),
        ("chat.update", Fault.LOST_ANSWER),
        ("chat.update", Fault.CUT),
        ("chat.update", Fault.HTTP(502)),
    ],
)
async def test_a_passing_trouble_with_slack_ends_with_one_filled_card(
    office: Office, method: str, fault: AnyFault
) -> None:
    planned = office.sandbox.faults.add(method, fault)
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")
    await office.idle()
    assert planned.times == 0
    assert len(office.cards(ts)) == 1


async def test_a_decision_stands_although_the_card_could_not_say_so_at_once(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    office.sandbox.faults.add("chat.update", Fault.HTTP(500), times=2)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Approved* by <@U0BEN>")
    assert len(await office.decisions(card)) == 1


async def test_a_private_word_that_slack_does_not_take_in_the_channel_comes_as_a_direct_message(office: Office) -> None:
    _, card = await office.paste(BROWSERS)
    office.sandbox.faults.add("chat.postEphemeral", Fault.ERROR("user_not_in_channel"))
    await office.mara.press(INTAKE, card["ts"], "approve")
    await office.sandbox.until(lambda: "You have no role" in str(office.posted("D0MARA")))


async def test_while_slack_does_not_say_which_reactions_stand_nothing_is_decided_and_the_person_is_told(
    office: Office,
) -> None:
    ts, card = await office.paste(BROWSERS)
    office.sandbox.faults.add("reactions.get", Fault.ERROR("fatal_error"), times=4)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.sandbox.until(lambda: office.ben.ephemerals(INTAKE), timeout=30)
    await office.idle()
    office.sandbox.faults.clear()
    assert await office.decisions(card) == []
    assert "*Approved*" not in str(office.cards(ts)[0])
