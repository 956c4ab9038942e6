import pytest

from bot.sandbox.faults import Fault
from tests.office import INTAKE, Office
from tests.scenarios.slack.tickets import BROWSERS

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        ({"is_restricted": True}, "Guests do not decide on drafts"),
        ({"is_ultra_restricted": True}, "Single-channel guests do not decide"),
        ({"is_bot": True}, "Apps do not decide on drafts"),
        ({"is_bot": True, "is_workflow_bot": True}, "Workflows do not decide"),
        ({"deleted": True}, "A deactivated account does not decide"),
        ({"team_id": "T0PARTNER", "is_stranger": False}, "People from another company do not decide"),
    ],
)
async def test_who_is_no_member_decides_nothing_although_the_group_names_them(
    office: Office, flags: dict[str, object], sentence: str
) -> None:
    user = "U0" + "".join(sorted(flags)).replace("_", "").upper()
    world = office.sandbox.world
    world.add_person(user, user.lower(), "Noor Vale", **flags)
    world.channels[INTAKE].members.add(user)
    world.groups["S0AGENTS"].users.append(user)
    ts, card = await office.paste(BROWSERS)
    person = office.sandbox.person(user)
    await person.react(INTAKE, card["ts"], "white_check_mark")
    await office.told(person, sentence, thread=ts)
    assert await office.decisions(card) == []


async def test_a_member_without_a_role_decides_nothing(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.mara.press(INTAKE, card["ts"], "approve")
    await office.told(office.mara, "You have no role at this desk", thread=ts)
    assert await office.decisions(card) == []


async def test_who_left_the_group_a_moment_ago_decides_nothing_any_more(office: Office) -> None:
    office.sandbox.world.add_person("U0DAN", "dan", "Dan Fry")
    office.sandbox.world.channels[INTAKE].members.add("U0DAN")
    agents = office.sandbox.world.groups["S0AGENTS"].users
    agents.append("U0DAN")
    dan = office.sandbox.person("U0DAN")
    ts, card = await office.paste(BROWSERS)
    await dan.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0DAN>")
    agents.remove("U0DAN")
    await dan.press(INTAKE, card["ts"], "undo")
    await office.told(dan, "You have no role at this desk", thread=ts)
    assert len(await office.decisions(card)) == 1


@pytest.mark.parametrize("method", ["users.info", "usergroups.users.list"])
async def test_while_slack_does_not_say_who_somebody_is_nobody_decides(office: Office, method: str) -> None:
    ts, card = await office.paste(BROWSERS)
    office.sandbox.faults.add(method, Fault.ERROR("internal_error"), times=50)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.told(office.ben, "I could not check with Slack who you are; nothing changed", thread=ts)
    office.sandbox.faults.clear()
    assert await office.decisions(card) == []
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")


async def test_while_slack_does_not_say_who_reads_the_channel_nobody_decides_and_nothing_is_drafted(
    office: Office,
) -> None:
    ts, card = await office.paste(BROWSERS)
    office.sandbox.faults.add("conversations.info", Fault.HTTP(500), times=50)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.told(office.ben, "I could not check who can read this channel", thread=ts)
    other = await office.ana.say(INTAKE, BROWSERS)
    await office.told(office.ana, "I could not check who can read this channel", since=other)
    office.sandbox.faults.clear()
    assert await office.decisions(card) == []
    assert office.cards(other) == []


@pytest.mark.parametrize("empty", ["empty", "disabled", "missing"])
async def test_without_people_in_the_group_of_agents_nobody_decides(office: Office, empty: str) -> None:
    ts, card = await office.paste(BROWSERS)
    groups = office.sandbox.world.groups
    agents = groups["S0AGENTS"]
    users = list(agents.users)
    if empty == "empty":
        agents.users.clear()
    elif empty == "disabled":
        agents.disabled = True
    else:
        del groups["S0AGENTS"]
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.told(office.ben, "You have no role at this desk", thread=ts)
    agents.users[:], agents.disabled, groups["S0AGENTS"] = users, False, agents
    assert await office.decisions(card) == []
