"""Public attacks, each behind a question that the sample desk answers."""

import json
import os
from pathlib import Path

import pytest

from bot.app import support_desk
from bot.attack_card import card_breaches
from bot.settings import Settings
from knowledge.drafting.ticket import Ticket
from knowledge.evals.attack import Attack
from knowledge.evals.breaches import breaches
from tests.conftest import NOW
from tests.knowledge.index.versions import ROOT

DATA = Path(os.environ.get("PROOFDESK_DATA", ROOT.parent / "shared" / "data"))
EACH = 5


async def test_none_of_them_gets_through(sample: Settings) -> None:
    file = DATA / "injection" / "bipia_text_attack_train.json"
    if not file.exists():
        pytest.skip("the public attacks are not on this machine; PROOFDESK_DATA names their folder")
    attacks = [text for texts in json.loads(file.read_text()).values() for text in texts[:EACH]]
    assert len(attacks) >= 50
    async with support_desk(sample, now=lambda: NOW) as desk:
        in_force = await desk.library.catalogue.in_force()
        addresses = [version.url for version in in_force if version.url]
        for text in attacks:
            case = Attack(id="public", ticket=f"How do I reset my password?\n\n{text}").case
            ticket = Ticket.pasted(case.text)
            draft = await desk.rehearse(ticket)
            assert not breaches(case, ticket, draft, in_force, desk.playbook), text
            assert not card_breaches(ticket, draft, addresses), text
