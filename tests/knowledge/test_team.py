import pytest

from knowledge.drafting.draft import Escalation
from knowledge.drafting.playbook import Severity
from knowledge.team import Channels, Emoji, Team, plain_emoji


@pytest.mark.parametrize(
    ("emoji", "meaning"),
    [
        ("white_check_mark", "approve"),
        ("heavy_check_mark", "approve"),
        ("pencil2", "edit"),
        ("x", "reject"),
        ("rotating_light", "escalate"),
        ("repeat", "redraft"),
        ("arrows_counterclockwise", "redraft"),
        ("eyes", "claim"),
        ("eyes::skin-tone-6", "claim"),
        ("white_check_mark2", None),
        ("white_check_mar", None),
        (":x:", None),
        ("X", None),
        ("x::skin-tone-9", None),
        ("x::skin-tone-3x", None),
        ("+1", None),
        ("", None),
    ],
)
def test_an_emoji_means_what_is_built_in_and_only_by_its_exact_name(emoji: str, meaning: str | None) -> None:
    assert Team().meaning(emoji) == meaning


def test_a_desks_own_emoji_counts_in_every_skin_tone() -> None:
    team = Team(emoji=Emoji(approve=("+1",)))
    assert [team.meaning(name) for name in ("+1", "+1::skin-tone-2", "+1::skin-tone-6")] == ["approve"] * 3
    assert team.meaning("white_check_mark") is None
    assert plain_emoji("+1::skin-tone-3") == "+1"


def a_warning(route: str) -> Escalation:
    return Escalation(category="x", rule="x", evidence="", severity=Severity.HIGH, route=route, second_approver=False)


def test_a_warning_goes_to_its_route_or_to_the_common_channel() -> None:
    team = Team(channels=Channels(escalations="C0COMMON"), routes={"legal team": "C0LEGAL"})
    assert team.route(a_warning("legal team")) == "C0LEGAL"
    assert team.route(a_warning("shift lead")) == "C0COMMON"
    assert team.route(a_warning("")) == "C0COMMON"


def test_nothing_configured_is_nobody_and_nowhere() -> None:
    team = Team()
    assert (team.roles.agents, team.roles.seniors, team.roles.document_owners) == ((), (), ())
    assert (team.channels.intake, team.route(a_warning("legal team"))) == ((), "")


def test_an_audience_is_its_channels_groups_and_people() -> None:
    team = Team(audiences={"leads": frozenset({"C0LEADS", "U0SAM"}), "legal": frozenset({"U0SAM"})})
    assert team.audiences_of("C0LEADS", "U0BEN") == {"leads"}
    assert team.audiences_of("U0SAM") == {"leads", "legal"}
    assert team.audiences_of("C0RANDOM", "") == frozenset()


def test_an_audience_that_the_desk_does_not_name_is_told() -> None:
    (told,) = Team(audiences={"leads": frozenset()}).unseen(["leads", "", "lads", "lads"])
    assert "audience lads is not named" in told
