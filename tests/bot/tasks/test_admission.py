from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.intents import Place
from bot.parts import Parts
from bot.tasks.admission import Admission
from knowledge.drafting.review import ChannelKind, Kind, Reviewer, Role

PLACE = Place(channel="C1")


@dataclass
class Known:
    """People and a switch that are as a test says."""

    of_person: Kind = Kind.MEMBER
    of_channel: ChannelKind = ChannelKind.PUBLIC
    roles: frozenset[Role] = frozenset()
    on: bool = True

    async def kind(self, _: str) -> Kind:
        return self.of_person

    async def channel(self, _: str) -> ChannelKind:
        return self.of_channel

    async def reviewer(self, person: str) -> Reviewer:
        return Reviewer(id=person, kind=self.of_person, roles=self.roles)

    async def switch(self) -> Any:
        return SimpleNamespace(on=self.on, person="U0SAM")

    @property
    def admission(self) -> Admission:
        return Admission(cast("Parts", SimpleNamespace(people=self, records=self)))


@pytest.mark.parametrize("channel", sorted(set(ChannelKind) - {ChannelKind.SHARED, ChannelKind.UNKNOWN}))
@pytest.mark.parametrize("kind", [Kind.MEMBER, Kind.GUEST, Kind.SINGLE_CHANNEL_GUEST])
async def test_people_of_the_workspace_get_drafts_where_it_is_among_itself(kind: Kind, channel: ChannelKind) -> None:
    assert await Known(of_person=kind, of_channel=channel).admission.refusal(PLACE, "U1") is None


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.MEMBER, Kind.GUEST, Kind.SINGLE_CHANNEL_GUEST}))
async def test_nobody_else_does(kind: Kind) -> None:
    refused = await Known(of_person=kind).admission.refusal(PLACE, "U1")
    assert refused
    assert "this workspace" in refused.text or "could not check" in refused.text


@pytest.mark.parametrize("channel", [ChannelKind.SHARED, ChannelKind.UNKNOWN])
async def test_nothing_is_drafted_where_others_may_read(channel: ChannelKind) -> None:
    assert await Known(of_channel=channel).admission.refusal(PLACE, "U1")


async def test_a_desk_that_is_off_says_who_switched_it_off() -> None:
    refused = await Known(on=False).admission.refusal(PLACE, "U1")
    assert refused
    assert refused.people == ("U0SAM",)


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (Known(roles=frozenset({Role.AGENT})), ""),
        (Known(roles=frozenset({Role.SENIOR})), ""),
        (Known(), "You have no role"),
        (Known(of_person=Kind.OUTSIDER), "people of this workspace only"),
        (Known(of_person=Kind.UNKNOWN), "could not check"),
    ],
)
async def test_a_draft_is_changed_by_those_with_a_role(known: Known, sentence: str) -> None:
    refused = await known.admission.no_role("U1")
    assert sentence in refused.text if refused else not sentence
