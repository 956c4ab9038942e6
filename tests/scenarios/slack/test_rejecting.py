from typing import Any

import pytest

from bot.sandbox.interactions import Submitted
from bot.sandbox.person import Person
from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.tickets import BROWSERS, REFUND

pytestmark = pytest.mark.asyncio(loop_scope="module")


def chosen(value: str) -> dict[str, Any]:
    return {"entered": {"type": "static_select", "selected_option": {"value": value}}}


async def say_why(office: Office, person: Person, reason: str, sentence: str = "") -> Submitted:
    """Answer the question why a draft is rejected."""
    await office.sandbox.until(lambda: person.views)
    given = {"reason": chosen(reason), **({"sentence": chosen(sentence)} if sentence else {})}
    return await person.submit(person.views[-1], given)


async def test_the_reaction_asks_for_the_reason_in_private_and_the_card_then_shows_it(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    await office.ben.react(INTAKE, card["ts"], "x")
    asked = await office.told(office.ben, "Why do you reject this draft?", thread=ts)
    assert await office.decisions(card) == []
    await office.ben.press(INTAKE, asked["ts"], "say_why")
    assert (await say_why(office, office.ben, "tone")).closed
    await office.shows(ts, "*Rejected* by <@U0BEN>", "tone")
    await office.sandbox.until(lambda: asked["ts"] not in [each["ts"] for each in office.ben.ephemerals(INTAKE, ts)])


async def test_a_factual_error_asks_which_sentence_and_the_card_shows_it(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    await office.ben.press(INTAKE, card["ts"], "reject")
    without = await say_why(office, office.ben, "factual_error")
    assert without.errors == {"sentence": "Please say which sentence is wrong."}
    assert (await say_why(office, office.ben, "factual_error", "1")).closed
    rejected = await office.shows(ts, "*Rejected* by <@U0BEN>", "factual error")
    wrong = (await office.draft(card)).draft.statements[1].text
    assert f"Sentence 2: “{wrong.splitlines()[0]}" in said(rejected)
    (decision,) = await office.decisions(card)
    assert (decision.reason, decision.sentence) == ("factual_error", 1)


async def test_a_rejected_draft_cannot_be_approved_and_offers_a_new_one(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "reject")
    await say_why(office, office.ben, "not_needed")
    rejected = await office.shows(ts, "*Rejected*")
    assert button(rejected, "approve") is None
    assert button(rejected, "redraft")
    await office.ana.react(INTAKE, card["ts"], "white_check_mark")
    await office.told(office.ana, "This draft is rejected already", thread=ts)


async def test_who_has_no_role_is_not_even_asked_why(office: Office) -> None:
    _, card = await office.paste(BROWSERS)
    await office.mara.press(INTAKE, card["ts"], "reject")
    await office.told(office.mara, "You have no role at this desk")
    assert office.mara.views == []


async def test_a_sentence_of_an_agents_own_can_be_called_wrong_as_well(office: Office) -> None:
    ts, _ = await office.paste(REFUND)
    await office.ana.say(INTAKE, "add: We give you ninety days.", ts)
    edited = await office.shows(ts, "`v2`", "We give you ninety days.")
    proven = len((await office.draft(edited)).draft.statements)
    await office.ben.press(INTAKE, edited["ts"], "reject")
    assert (await say_why(office, office.ben, "factual_error", str(proven))).closed
    rejected = await office.shows(ts, "*Rejected* by <@U0BEN>", "factual error")
    assert f"Sentence {proven + 1}: “We give you ninety days.”" in said(rejected)
