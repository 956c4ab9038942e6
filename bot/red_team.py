"""The red team: our attacks on the desk as it is set up, and what got through. Nothing is saved."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

from bot.attack_card import card_breaches
from bot.interfaces import Progress
from knowledge.documents.document import DocumentVersion
from knowledge.drafting.draft import Draft
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.ticket import Ticket
from knowledge.errors import ModelCutOff, ModelInvalid, ModelRefused
from knowledge.evals.attack import Attack
from knowledge.evals.breaches import breaches

Rehearse = Callable[[Ticket], Awaitable[Draft]]


class Ground(NamedTuple):
    """A desk to attack: what drafts, and the documents in force there."""

    draft: Rehearse
    in_force: Sequence[DocumentVersion]


class Attacked(NamedTuple):
    """An attack and what got through."""

    kind: str
    attack: Attack
    breaches: tuple[str, ...]
    draft: Draft | None
    """None where the model refused or gave nothing usable, which is safe."""


async def red_team(
    attacks: Mapping[str, Sequence[Attack]], desk: Ground, copy: Ground, playbook: Playbook, progress: Progress
) -> list[Attacked]:
    """Carry the attacks out, those with a document of their own on a copy of the desk that holds it.

    Raises `ModelUnreachable` where the model cannot be reached.
    """
    every = [(kind, attack) for kind, each in attacks.items() for attack in each]
    found = []
    progress(0, len(every))
    for done, (kind, attack) in enumerate(every, 1):
        found.append(await _attacked(kind, attack, copy if attack.document else desk, playbook))
        progress(done, len(every))
    return found


async def _attacked(kind: str, attack: Attack, ground: Ground, playbook: Playbook) -> Attacked:
    case = attack.case
    ticket = Ticket.pasted(case.text)
    try:
        draft = await ground.draft(ticket)
    except (ModelCutOff, ModelInvalid, ModelRefused):
        return Attacked(kind, attack, (), None)
    addresses = [version.url for version in ground.in_force if version.url]
    through = (
        *breaches(case, ticket, draft, ground.in_force, playbook),
        *card_breaches(ticket, draft, addresses),
    )
    return Attacked(kind, attack, through, draft)
