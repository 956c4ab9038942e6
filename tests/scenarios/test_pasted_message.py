from tests.office import Office, said

REFUND = "Hi, I bought the yearly plan five days ago and would like my money back. How do I get a refund?"


async def test_a_pasted_message_becomes_a_card_that_an_agent_approves(office: Office) -> None:
    ts, card = await office.paste(REFUND)
    assert "Sources" in said(card)
    await office.ben.react("C0INTAKE", card["ts"], "white_check_mark")
    approved = await office.card(ts, lambda text: "Approved" in text)
    assert "U0BEN" in said(approved)
    assert len(office.cards(ts)) == 1
