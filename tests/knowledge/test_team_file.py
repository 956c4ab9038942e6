"""The keys of desk.yaml for Slack: what they make of a team, and what is said of a wrong one."""

import re
from pathlib import Path

import pytest

from knowledge.desk_files import load_desk
from knowledge.errors import DeskFileError
from knowledge.team import Channels, Emoji, ReviewRules, Roles, Team

SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples"
ESCALATION = (
    "categories:\n  press:\n    route: Press office\n    triggers: [journalist~]\n  legal_threat: {route: legal}\n"
)


def team(folder: Path, text: str) -> Team:
    (folder / "desk.yaml").write_text(f"name: Harborlight\n{text}", encoding="utf-8")
    (folder / "escalation.yaml").write_text(ESCALATION, encoding="utf-8")
    return load_desk(folder).team


def test_without_the_keys_nobody_has_a_role(tmp_path: Path) -> None:
    assert team(tmp_path, "") == Team()


def test_all_keys_make_the_team(tmp_path: Path) -> None:
    assert team(
        tmp_path,
        "channels: {intake: [C0123ABC, G0123ABC], escalations: C0LEADS}\n"
        "routes: {Press office: C0PRESS}\n"
        "roles: {agents: [S0AGENTS, U0123ABC], seniors: [W0123ABC], document_owners: []}\n"
        "emoji: {approve: ['+1', party-parrot], claim: []}\n"
        "review: {requester_may_approve: false, undo_minutes: 5}\n"
        "audiences: {leads: [C0LEADS, S0SENIORS, U0123ABC]}\n",
    ) == Team(
        channels=Channels(intake=("C0123ABC", "G0123ABC"), escalations="C0LEADS"),
        routes={"Press office": "C0PRESS"},
        roles=Roles(agents=("S0AGENTS", "U0123ABC"), seniors=("W0123ABC",)),
        emoji=Emoji(approve=("+1", "party-parrot"), claim=()),
        audiences={"leads": frozenset({"C0LEADS", "S0SENIORS", "U0123ABC"})},
        review=ReviewRules(requester_may_approve=False, undo_minutes=5),
    )


COPY = "is not a channel id; copy the channel id from the channel's details in Slack, such as C0123ABC."
MEMBER = "is not the id of a person or user group; copy the member id"
BAD = {
    "channel name": ("channels:\n  intake: [support-intake]", f"line 3: intake item 1 'support-intake' {COPY}"),
    "channel with a hash": ("channels:\n  escalations: '#leads'", f"line 3: escalations '#leads' {COPY}"),
    "channel as a comment": ("channels:\n  escalations: #leads", "line 3: escalations is empty; write its value"),
    "direct message": ("channels:\n  intake: [D0123ABC]", COPY),
    "person as a channel": ("routes:\n  legal: U0123ABC", f"line 3: legal 'U0123ABC' {COPY}"),
    "misspelt route": ("routes:\n  legl: C0LEGAL", "'legl' is not a route of escalation.yaml; did you mean 'legal'?"),
    "unknown route": ("routes:\n  zzz: C0LEGAL", "line 3: 'zzz' is not a route of escalation.yaml; use the words of a"),
    "person by name": ("roles:\n  agents:\n    - U0123ABC\n    - '@ana'", f"line 5: agents item 2 '@ana' {MEMBER}"),
    "channel as a role": ("roles:\n  seniors: [C0123ABC]", f"line 3: seniors item 1 'C0123ABC' {MEMBER}"),
    "misspelt role": ("roles:\n  senior: [U0123ABC]", "line 3: unknown key 'senior'; did you mean 'seniors'?"),
    "one person alone": ("roles:\n  agents: U0123ABC", "line 3: agents must be a list"),
    "emoji with colons": (
        "emoji:\n  approve: [':+1:']",
        "line 3: approve item 1 ':+1:' is not the name of an emoji; write",
    ),
    "emoji with a tone": ("emoji:\n  approve: ['+1::skin-tone-2']", "without colons and skin tone"),
    "emoji as a character": ("emoji:\n  approve: ['✅']", "is not the name of an emoji"),
    "emoji for two things": (
        "emoji:\n  approve: [ok]\n  reject:\n    - x\n    - ok",
        "line 6: 'ok' stands for approve and for reject; keep one of them.",
    ),
    "emoji of another's": (
        "emoji:\n  approve:\n    - ok\n    - x",
        "line 5: 'x' stands for approve and for reject; keep one of them.",
    ),
    "meaning that is none": ("emoji:\n  aprove: [ok]", "line 3: unknown key 'aprove'; did you mean 'approve'?"),
    "neither true nor false": (
        "review:\n  requester_may_approve: maybe",
        "line 3: requester_may_approve 'maybe' is neither",
    ),
    "minutes in words": ("review:\n  undo_minutes: soon", "line 3: undo_minutes 'soon' is not a whole number"),
    "minutes below nothing": (
        "review:\n  undo_minutes: -1",
        "line 3: undo_minutes '-1' is too small; write 0 or more.",
    ),
    "minutes without end": (
        "review:\n  undo_minutes: 99999",
        "line 3: undo_minutes '99999' is too large; write 10080 or",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_problem_names_line_and_remedy(name: str, tmp_path: Path) -> None:
    text, expected = BAD[name]
    with pytest.raises(DeskFileError) as caught:
        team(tmp_path, text)
    (problem,) = caught.value.problems
    assert problem.startswith("desk.yaml line ")
    assert expected in problem


def test_the_sample_desk_is_at_home_in_the_local_workspace() -> None:
    desk = load_desk(SAMPLES / "desk")
    assert desk.team.channels == Channels(
        intake=("C0INTAKE",), escalations="C0BILLING", documents="C0DOCS", report="C0TEAM"
    )
    assert desk.team.roles == Roles(agents=("S0AGENTS",), seniors=("S0SENIORS",), document_owners=("S0OWNERS",))
    assert desk.team.emoji == Emoji()
    assert desk.team.review == ReviewRules()
    assert {rule.route for rule in desk.playbook.escalations} == set(desk.team.routes)


def test_the_starter_desk_waits_for_a_teams_own_ids_and_its_example_can_be_read(tmp_path: Path) -> None:
    starter = SAMPLES / "starter"
    assert load_desk(starter).team == Team()
    head, _, example = (starter / "desk.yaml").read_text(encoding="utf-8").partition("# For Slack")
    lines = [line[2:] for line in example.splitlines() if re.match(r"# (?:  |\w+:$)", line)]
    (tmp_path / "desk.yaml").write_text(head + "\n".join(lines), encoding="utf-8")
    (tmp_path / "escalation.yaml").write_bytes((starter / "escalation.yaml").read_bytes())
    team = load_desk(tmp_path).team
    assert team.channels.intake
    assert team.routes
    assert team.roles.seniors
    assert team.emoji == Emoji()
