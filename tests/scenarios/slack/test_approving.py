import pytest

from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.tickets import BROWSERS, CHARITY, REFUND

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_pasted_message_becomes_one_card_with_the_reply_and_its_proofs(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    assert "14 days of purchase" in said(card)
    assert "approved by Priya Raman" in said(card)
    assert "sources" in card["text"]
    assert len(office.cards(ts)) == 1


async def test_an_agent_approves_with_a_reaction_and_the_card_says_who_when_and_what_to_copy(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    approved = await office.shows(ts, "*Approved* by <@U0BEN>, <!date^", "ready to copy", "rich_text_preformatted")
    assert len(office.cards(ts)) == 1
    copied = next(b for b in approved["blocks"] if "rich_text_preformatted" in str(b))
    text = "".join(run["text"] for run in copied["elements"][0]["elements"])
    assert text == (await office.draft(card)).draft.reply
    assert "[1]" not in text


async def test_the_approve_button_does_the_same_as_the_reaction(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.sam.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0SAM>")


async def test_who_asked_for_a_draft_without_a_risk_may_approve_it(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ana.react(INTAKE, card["ts"], "heavy_check_mark")
    await office.shows(ts, "*Approved* by <@U0ANA>")


async def test_the_same_reaction_in_another_skin_tone_counts(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark::skin-tone-4")
    await office.shows(ts, "*Approved* by <@U0BEN>")


async def test_an_emoji_that_only_resembles_the_one_for_approval_decides_nothing(office: Office) -> None:
    _, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark2")
    await office.idle()
    assert await office.decisions(card) == []


async def test_a_reaction_on_the_customers_message_decides_nothing_and_is_not_kept(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, ts, "white_check_mark")
    await office.idle()
    assert await office.decisions(card) == []
    assert not [row for row in await office.kept() if row.kind == "reacted" and row.message == ts]


async def test_a_draft_without_any_proof_cannot_be_approved(office: Office) -> None:
    ts, card = await office.paste(CHARITY)
    assert "I could not verify this from the approved support materials." in said(card)
    assert button(card, "approve") is None
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.told(office.ben, "Nothing in this draft is verified", thread=ts)
    assert await office.decisions(card) == []


async def test_the_document_owners_are_asked_once_what_no_document_answers(office: Office) -> None:
    ts, card = await office.paste(CHARITY)
    await office.ben.press(INTAKE, card["ts"], "ask_owner")
    await office.sandbox.until(lambda: len(office.cards(ts)) == 2)
    await office.ana.press(INTAKE, card["ts"], "ask_owner")
    await office.idle()
    _, asked = office.cards(ts)
    assert "<!subteam^S0OWNERS>" in said(asked)
    assert "discount for charities" in said(asked)


async def test_nothing_is_ever_sent_to_anyone_but_the_workspace(office: Office) -> None:
    methods = {call.method for call in office.sandbox.calls}
    assert not methods & {"chat.scheduleMessage", "conversations.invite", "files.upload"}
    assert {call.method for call in office.sandbox.calls if call.method.startswith("chat.")} <= {
        "chat.postMessage", "chat.update", "chat.postEphemeral", "chat.getPermalink",
    }  # fmt: skip
