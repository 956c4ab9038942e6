import pytest

from tests.office import INTAKE, Office, button, said

pytestmark = pytest.mark.asyncio(loop_scope="module")
QUESTION = "how long do I have to ask for a refund of a yearly plan"
RANDOM = "C0RANDOM"


async def test_an_answer_is_private_and_carries_its_proofs(office: Office) -> None:
    await office.ben.command("/kb", QUESTION, RANDOM)
    answer = await office.told(office.ben, "approved by Priya Raman", channel=RANDOM)
    assert "14 days" in said(answer)
    assert office.posted(RANDOM) == []
    assert await office.kept() == []


async def test_an_answer_is_shared_once_however_often_the_button_is_clicked(office: Office) -> None:
    await office.ana.command("/kb", QUESTION, RANDOM)
    answer = await office.told(office.ana, "approved by Priya Raman", channel=RANDOM)
    assert button(answer, "share")
    before = len(office.posted(RANDOM))
    await office.ana.press(RANDOM, answer["ts"], "share")
    await office.ana.replay(office.sandbox.last_interaction)
    await office.sandbox.until(lambda: len(office.posted(RANDOM)) > before)
    await office.idle()
    (shared,) = office.posted(RANDOM)[before:]
    assert "Shared by <@U0ANA>" in said(shared)
    assert "14 days" in said(shared)
    assert button(shared, "share") is None


async def test_what_no_document_answers_is_said_to_be_unverified(office: Office) -> None:
    await office.ben.command("/kb", "do you offer a discount for charities", INTAKE)
    await office.told(office.ben, "I could not verify this from the approved support materials.")


@pytest.mark.parametrize(("question", "answer"), [("", "Ask a question"), ("why " * 400, "at most 1,500 characters")])
async def test_a_question_that_is_none_gets_a_hint(office: Office, question: str, answer: str) -> None:
    await office.ben.command("/kb", question, RANDOM)
    await office.told(office.ben, answer, channel=RANDOM)


async def test_the_question_is_not_shown_as_anything_live(office: Office) -> None:
    await office.sam.command("/kb", "which browsers do you support <!channel> https://evil.example :tada:", RANDOM)
    answer = await office.told(office.sam, "approved by Jonas Weller", channel=RANDOM)
    shown = said({**answer, "blocks": [block for block in answer["blocks"] if block["type"] != "actions"]})
    assert "<!channel>" not in shown
    assert "https://evil" not in shown
    assert ":tada:" not in shown


async def test_a_look_up_in_a_channel_shared_with_another_company_is_not_shared_there(office: Office) -> None:
    await office.ana.command("/kb", QUESTION, "C0PARTNER")
    answer = await office.told(office.ana, "approved by Priya Raman", channel="C0PARTNER")
    await office.ana.press("C0PARTNER", answer["ts"], "share")
    await office.told(office.ana, "shared with another company", channel="C0PARTNER")
    assert office.posted("C0PARTNER") == []
