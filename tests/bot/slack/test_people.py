import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.faults import AnyFault, Fault
from bot.sandbox.sandbox import Sandbox
from bot.slack.people import SlackPeople
from bot.slack.throttle import Throttle
from knowledge.drafting.review import ChannelKind, Kind, Role
from knowledge.team import Roles, Team

BY_GROUP = Team(roles=Roles(agents=("S0AGENTS",), seniors=("S0SENIORS",), document_owners=("S0OWNERS",)))
AGENT = frozenset({Role.AGENT})
BOTH = frozenset({Role.AGENT, Role.SENIOR})
NONE: frozenset[Role] = frozenset()


@pytest.fixture
def people(client: AsyncWebClient) -> SlackPeople:
    return asked_of(client, BY_GROUP)


def asked_of(client: AsyncWebClient, team: Team, within: float = 8.0) -> SlackPeople:
    return SlackPeople(client, "T0HARBOR", lambda: team, Throttle(), within)


@pytest.mark.parametrize(("person", "roles"), [("U0ANA", AGENT), ("U0SAM", BOTH), ("U0MARA", NONE)])
async def test_roles_are_those_of_the_groups_a_person_is_in(
    people: SlackPeople, person: str, roles: frozenset[Role]
) -> None:
    found = await people.reviewer(person)
    assert (found.id, found.kind, found.roles) == (person, Kind.MEMBER, roles)


@pytest.mark.parametrize(
    ("flags", "kind"),
    [
        ({}, Kind.MEMBER),
        ({"is_app_user": True}, Kind.MEMBER),
        ({"is_stranger": True}, Kind.MEMBER),
        ({"is_restricted": True}, Kind.GUEST),
        ({"is_restricted": True, "is_ultra_restricted": True}, Kind.SINGLE_CHANNEL_GUEST),
        ({"is_bot": True}, Kind.BOT),
        ({"is_bot": True, "is_workflow_bot": True}, Kind.WORKFLOW),
        ({"deleted": True}, Kind.DEACTIVATED),
        ({"team_id": "T0OTHER"}, Kind.OUTSIDER),
    ],
)
async def test_only_members_have_roles_whatever_group_they_are_in(
    sandbox: Sandbox, people: SlackPeople, flags: dict[str, object], kind: Kind
) -> None:
    sandbox.world.add_person("U0NEW", "new", "New Person", **flags)
    sandbox.world.groups["S0AGENTS"].users.append("U0NEW")
    found = await people.reviewer("U0NEW")
    assert (found.kind, found.roles) == (kind, AGENT if kind is Kind.MEMBER else NONE)


async def test_a_person_who_left_the_group_a_moment_ago_has_its_role_no_more(
    sandbox: Sandbox, people: SlackPeople
) -> None:
    assert (await people.reviewer("U0ANA")).roles == AGENT
    sandbox.world.groups["S0AGENTS"].users.remove("U0ANA")
    assert (await people.reviewer("U0ANA")).roles == NONE


async def test_a_person_named_directly_needs_no_group(sandbox: Sandbox, client: AsyncWebClient) -> None:
    team = Team(roles=Roles(agents=("U0ANA", "S0AGENTS")))
    assert (await asked_of(client, team).reviewer("U0ANA")).roles == AGENT
    assert sandbox.count("usergroups.users.list") == 0


async def test_nothing_configured_is_nobody(client: AsyncWebClient) -> None:
    assert (await asked_of(client, Team()).reviewer("U0SAM")).roles == NONE


@pytest.mark.parametrize("case", ["empty", "missing", "disabled"])
async def test_a_group_that_is_empty_missing_or_switched_off_is_nobody(
    sandbox: Sandbox, people: SlackPeople, case: str
) -> None:
    match case:
        case "empty":
            sandbox.world.groups["S0SENIORS"].users.clear()
        case "missing":
            del sandbox.world.groups["S0SENIORS"]
        case _:
            sandbox.world.groups["S0SENIORS"].disabled = True
    found = await people.reviewer("U0SAM")
    assert (found.kind, found.roles) == (Kind.MEMBER, AGENT)


@pytest.mark.parametrize("method", ["users.info", "usergroups.users.list"])
@pytest.mark.parametrize(
    "fault",
    [
        Fault.ERROR("internal_error"),
        Fault.ERROR("missing_scope"),
        Fault.HTTP(500),
        Fault.CUT,
        Fault.RATE_LIMITED(1),
    ],
)
async def test_a_person_who_cannot_be_read_is_unknown_and_has_no_role(
    sandbox: Sandbox, people: SlackPeople, method: str, fault: AnyFault
) -> None:
    sandbox.faults.add(method, fault, times=10)
    found = await people.reviewer("U0SAM")
    assert (found.kind, found.roles) == (Kind.UNKNOWN, NONE)


async def test_a_person_slack_does_not_know_is_unknown(people: SlackPeople) -> None:
    assert (await people.reviewer("U0NOBODY")).kind is Kind.UNKNOWN


async def test_slack_that_takes_too_long_leaves_a_person_and_a_channel_unknown(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    sandbox.faults.add("*", Fault.SLOW(0.5), times=10)
    people = asked_of(client, BY_GROUP, within=0.05)
    assert (await people.reviewer("U0SAM")).kind is Kind.UNKNOWN
    assert await people.channel("C0INTAKE") is ChannelKind.UNKNOWN


@pytest.mark.parametrize(
    ("channel", "kind"),
    [
        ("C0INTAKE", ChannelKind.PUBLIC),
        ("G0LEADS", ChannelKind.PRIVATE),
        ("D0ANA", ChannelKind.DIRECT),
        ("G0THREE", ChannelKind.GROUP_DIRECT),
        ("C0PARTNER", ChannelKind.SHARED),
        ("C0SOON", ChannelKind.SHARED),
        ("C0NOWHERE", ChannelKind.UNKNOWN),
    ],
)
async def test_a_channel_is_told_by_who_can_read_it(
    sandbox: Sandbox, people: SlackPeople, channel: str, kind: ChannelKind
) -> None:
    sandbox.world.add_channel("G0THREE", "", ["U0ANA", "U0BEN"], kind="mpim")
    sandbox.world.add_channel("C0SOON", "soon", ["U0ANA"], is_pending_ext_shared=True)
    assert await people.channel(channel) is kind


async def test_a_channel_shared_a_moment_ago_is_shared(sandbox: Sandbox, people: SlackPeople) -> None:
    assert await people.channel("C0INTAKE") is ChannelKind.PUBLIC
    sandbox.share("C0INTAKE")
    assert await people.channel("C0INTAKE") is ChannelKind.SHARED


async def test_a_channel_that_cannot_be_read_is_unknown(sandbox: Sandbox, people: SlackPeople) -> None:
    sandbox.faults.add("conversations.info", Fault.ERROR("missing_scope"))
    assert await people.channel("C0INTAKE") is ChannelKind.UNKNOWN
