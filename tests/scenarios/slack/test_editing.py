from typing import Any

import pytest

from bot.sandbox.person import Person
from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.tickets import BROWSERS, CHARITY, REFUND

pytestmark = pytest.mark.asyncio(loop_scope="module")
OURS = "We can also make an exception for you next week."


def field(view: dict[str, Any], kind: str) -> tuple[str, dict[str, Any]]:
    """The first field of a kind in a window: its block's name and the element."""
    return next((b["block_id"], b["element"]) for b in view["blocks"] if b.get("element", {}).get("type") == kind)


async def edit(office: Office, person: Person, card: dict[str, Any], added: str, *, action: str = "edit") -> None:
    """A person opens the editor of a card, adds a sentence and sends it off."""
    await person.press(INTAKE, card["ts"], action)
    await office.sandbox.until(lambda: person.views)
    view = person.views[-1]
    block, element = field(view, "plain_text_input")
    text = f"{element.get('initial_value', '')}\n\n{added}".strip()
    submitted = await person.submit(view, {block: {element["action_id"]: {"type": "plain_text_input", "value": text}}})
    assert submitted.closed


async def test_an_edit_becomes_the_next_version_and_its_unproven_sentence_is_marked_and_told(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    await edit(office, office.ben, card, OURS)
    edited = await office.shows(ts, "`v2`", "edited by <@U0BEN>", "not proven")
    assert f"⚠ written by <@U0BEN>, not proven: “{OURS}”" in said(edited)
    await office.told(office.ben, "not proven by an approved document", thread=ts)
    draft = await office.draft(card)
    assert [each.text for each in draft.draft.unproven] == [OURS]
    assert "14 days" in draft.draft.statements[0].text


async def test_unproven_sentences_are_approved_by_button_with_a_confirmation_and_not_by_reaction(
    office: Office,
) -> None:
    ts, card = await office.paste(REFUND)
    await edit(office, office.ben, card, OURS)
    edited = await office.shows(ts, "`v2`")
    approve = button(edited, "approve")
    assert approve
    assert "1 sentence without a proof" in str(approve["confirm"])
    await office.sam.react(INTAKE, card["ts"], "white_check_mark")
    await office.told(office.sam, "use the Approve button", thread=ts)
    assert await office.decisions(card) == []
    await office.sam.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0SAM>", OURS)


async def test_who_asked_for_a_draft_may_confirm_their_own_words(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await edit(office, office.ana, card, OURS)
    await office.shows(ts, "`v2`", "edited by <@U0ANA>")
    await office.ana.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0ANA>")


async def test_an_edit_of_proven_words_keeps_their_proofs(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "edit")
    await office.sandbox.until(lambda: office.ben.views)
    view = office.ben.views[-1]
    block, element = field(view, "plain_text_input")
    text = element["initial_value"].replace("Thank you for getting in touch with us.", "Thank you.")
    value = {"type": "plain_text_input", "value": text}
    await office.ben.submit(view, {block: {element["action_id"]: value}})
    edited = await office.shows(ts, "`v2`", "edited by <@U0BEN>")
    assert "not proven" not in said(edited)
    assert "approved by Jonas Weller" in said(edited)


async def test_the_reaction_for_editing_offers_the_editor_in_private(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "pencil2")
    offered = await office.told(office.ben, "Open the editor", thread=ts)
    await office.ben.press(INTAKE, offered["ts"], "edit")
    await office.sandbox.until(lambda: office.ben.views)
    assert office.ben.views[-1]["title"]["text"] == "Edit the reply"
    await office.ben.close(office.ben.views[-1])


async def test_an_edit_that_comes_too_late_is_given_back_with_its_text(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    await office.ben.press(INTAKE, card["ts"], "edit")
    await office.sandbox.until(lambda: office.ben.views)
    view = office.ben.views[-1]
    await office.ana.say(INTAKE, "shorter", ts)
    await office.shows(ts, "`v2`")
    block, element = field(view, "plain_text_input")
    value = {"type": "plain_text_input", "value": OURS}
    await office.ben.submit(view, {block: {element["action_id"]: value}})
    given_back = await office.told(office.ben, "while you were writing", thread=ts)
    assert OURS in said(given_back)
    assert (await office.draft(card)).number == 2


async def test_an_agent_answers_in_their_own_words_what_no_document_answers(office: Office) -> None:
    ts, card = await office.paste(CHARITY)
    await edit(office, office.ben, card, OURS, action="answer_myself")
    await office.shows(ts, "`v2`", "edited by <@U0BEN>", OURS, "not proven")


async def test_an_emptied_reply_is_told_and_changes_nothing(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "edit")
    await office.sandbox.until(lambda: office.ben.views)
    view = office.ben.views[-1]
    block, element = field(view, "plain_text_input")
    await office.ben.submit(view, {block: {element["action_id"]: {"type": "plain_text_input", "value": " "}}})
    await office.told(office.ben, "The reply is empty", thread=ts)
    assert (await office.draft(card)).number == 1
