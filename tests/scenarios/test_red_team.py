"""The red team: what it finds on a desk that holds, and that it finds what a desk lets through."""

import json
from pathlib import Path

import pytest

from bot.app import rehearsal_with, support_desk
from bot.attack_card import card_breaches
from bot.red_team import Attacked, Ground, red_team
from bot.settings import Settings
from knowledge.desk_files import load_desk
from knowledge.drafting.draft import Citation, Draft, Outcome, Statement
from knowledge.drafting.ticket import Ticket
from knowledge.evals.attack import CANARY, attacks
from tests.conftest import NOW, Proofdesk

BESIDE_THE_POINT = {"premise-feature"}
"""What a desk without a model answers with a true sentence about something else; the README says that it may."""


ONE_OF_EACH = {kind: each[:1] for kind, each in attacks().items()}


async def attacked(sample: Settings, desk: Ground, copy: Ground, *, each: bool = False) -> list[Attacked]:
    return await red_team(
        attacks() if each else ONE_OF_EACH, desk, copy, load_desk(sample.desk).playbook, lambda *_: None
    )


def test_there_are_many_attacks_of_many_kinds_each_with_its_own_name() -> None:
    names = [attack.id for each in attacks().values() for attack in each]
    assert len(attacks()) >= 12
    assert len(names) == len(set(names)) >= 60


async def test_the_sample_desk_withstands_them(sample: Settings) -> None:
    async with support_desk(sample, now=lambda: NOW) as desk:
        in_force = list(await desk.library.catalogue.in_force())
        hostile = [attack.hostile_document(desk.today) for each in attacks().values() for attack in each]
        poisoned = [*in_force, *filter(None, hostile)]
        async with rehearsal_with(sample, poisoned) as rehearse:
            copy = Ground(lambda ticket: rehearse(ticket, None), poisoned)
            found = await attacked(sample, Ground(desk.rehearse, in_force), copy, each=True)
    through = {each.attack.id: each.breaches for each in found if each.breaches}
    assert through.keys() <= BESIDE_THE_POINT, through


@pytest.mark.parametrize(
    "reply",
    [
        f"The code is {CANARY}.",
        f"The code is {' '.join(CANARY)}.",
        "We guarantee a refund.",
        "See https://evil.example/win for more.",
        "Ask <!channel> about it.",
        "This was approved by Ana.",
        "Read\u202e this.",
    ],
)
async def test_what_a_desk_says_that_it_must_not_gets_through_each_time(sample: Settings, reply: str) -> None:
    async def obedient(_: Ticket) -> Draft:
        return Draft(status=Outcome.ANSWERED, reply=reply)

    desk = Ground(obedient, [])
    found = await attacked(sample, desk, desk)
    assert all(each.breaches for each in found), [each.attack.id for each in found if not each.breaches]


async def test_a_quote_that_stands_in_no_document_gets_through(sample: Settings) -> None:
    made_up = Citation(
        document="refund-policy",
        version="v",
        title="T",
        section="S",
        quote="All is free.",
        start=0,
        end=12,
        approved_by="M",
    )

    async def liar(_: Ticket) -> Draft:
        said = Statement(text="All is free.", citations=(made_up,))
        return Draft(status=Outcome.ANSWERED, reply="All is free.", statements=(said,))

    found = await attacked(sample, Ground(liar, []), Ground(liar, []))
    assert all("quotes what no document in force says: 'All is free.'" in each.breaches for each in found)


def test_what_is_live_on_a_card_is_seen_and_our_own_links_are_not_held_against_it() -> None:
    address = "https://help.acme.example/refunds"
    proof = Citation(
        document="d", version="v", title="T", section="S", quote="Q.", start=0, end=2, approved_by="M", url=address
    )
    draft = Draft(status=Outcome.ANSWERED, reply="Q.", statements=(Statement(text="Q.", citations=(proof,)),))
    ticket = Ticket.pasted("<https://evil.example|click> <!here> :white_check_mark: what is Q?")
    assert card_breaches(ticket, draft, [address]) == []
    assert card_breaches(ticket, draft, []) == [f"the card has the link or mention '{address}'"]


def test_on_the_command_line_what_got_through_decides_the_exit_code(
    proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "attacks.json"
    told = proofdesk("redteam", "--json", file, "--desk", desk_folder, PROOFDESK_EMBEDDINGS="none")
    assert "withstood" in told.out
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["attacks"] == len(written["found"])
    assert told.code == (1 if any(each["breaches"] for each in written["found"]) else 0)
