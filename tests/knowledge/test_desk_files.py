from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.desk_files import Desk, load_desk
from knowledge.drafting.built_in import BUILT_IN_ESCALATIONS
from knowledge.drafting.playbook import (
    Banned,
    BrandGuide,
    EscalationRule,
    FactKind,
    Playbook,
    RequiredFact,
    Scope,
    Severity,
    Topic,
)
from knowledge.errors import DeskFileError

DESK = "name: Harborlight\n"
FACTS = """facts:
  invoice_number:
    question: What is the number of the invoice?
    kinds: [number]
    phrases: [the invoice is 24, no]
    patterns: [INV-\\d+]
topics:
  refund:
    triggers: [refund~, money ... back]
    facts: [invoice_number]
    acknowledgement: Thank you for asking about a refund.
    template: "{answer} {questions}"
"""


def write(folder: Path, **files: str) -> Path:
    """A desk folder; `required_facts` is required-facts.yaml and so on."""
    for name, text in ({"desk": DESK} | files).items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return folder


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(DeskFileError) as caught:
        load_desk(folder)
    return caught.value.problems


def test_a_desk_of_one_file_has_the_defaults(tmp_path: Path) -> None:
    assert load_desk(write(tmp_path)) == Desk(
        name="Harborlight",
        playbook=Playbook(company="Harborlight", escalations=tuple(BUILT_IN_ESCALATIONS.values())),
        documents=tmp_path / "documents",
        cases=tmp_path / "cases",
    )


def test_all_four_files_make_the_playbook(tmp_path: Path) -> None:
    write(
        tmp_path,
        desk=DESK
        + "company: Harbor\nlanguages: [en, no]\nnames: [Team plan]\n"
        + "scopes:\n  billing period:\n    yearly: [annual, 24]\n",
        brand="greeting: Dear {name},\nbanned: [{phrases: [no problem], reason: casual}]\nalways_ask: [invoice_number]",
        escalation="categories:\n  press:\n    severity: low\n    route: '#press'\n    triggers: [journalist~]\n",
        required_facts=FACTS,
    )
    assert load_desk(tmp_path).playbook == Playbook(
        company="Harbor",
        brand=BrandGuide(
            greeting="Dear {name},",
            banned=(Banned(phrases=("no problem",), reason="casual"),),
            always_ask=("invoice_number",),
        ),
        escalations=(
            *BUILT_IN_ESCALATIONS.values(),
            EscalationRule(category="press", severity=Severity.LOW, route="#press", triggers=("journalist~",)),
        ),
        facts={
            "invoice_number": RequiredFact(
                id="invoice_number",
                question="What is the number of the invoice?",
                kinds=(FactKind.NUMBER,),
                phrases=("the invoice is 24", "no"),
                patterns=(r"INV-\d+",),
            )
        },
        topics=(
            Topic(
                id="refund",
                triggers=("refund~", "money ... back"),
                facts=("invoice_number",),
                acknowledgement="Thank you for asking about a refund.",
                template="{answer} {questions}",
            ),
        ),
        scopes=(Scope(name="billing period", values={"yearly": ("annual", "24")}),),
        names=("Team plan",),
        languages=("en", "no"),
    )


def category(folder: Path, name: str) -> EscalationRule:
    return next(rule for rule in load_desk(folder).playbook.escalations if rule.category == name)


def test_a_category_changes_what_it_writes_and_adds_to_the_built_in_phrases(tmp_path: Path) -> None:
    built_in = BUILT_IN_ESCALATIONS["legal_threat"]
    write(
        tmp_path,
        escalation="categories:\n  legal_threat:\n    route: Legal\n    triggers: [summons]\n    ignore: [law firm]",
    )
    assert category(tmp_path, "legal_threat") == built_in.model_copy(
        update={
            "route": "Legal",
            "triggers": (*built_in.triggers, "summons"),
            "ignore": (*built_in.ignore, "law firm"),
        }
    )


def test_a_category_can_give_up_the_built_in_phrases_but_not_by_that_who_must_look(tmp_path: Path) -> None:
    built_in = BUILT_IN_ESCALATIONS["legal_threat"]
    write(tmp_path, escalation="categories:\n  legal_threat:\n    built_in: false\n    triggers: [summons]")
    assert category(tmp_path, "legal_threat") == built_in.model_copy(update={"triggers": ("summons",), "ignore": ()})


def test_a_category_can_lower_what_is_built_in(tmp_path: Path) -> None:
    write(tmp_path, escalation="categories:\n  legal_threat: {severity: low, second_approver: no}")
    rule = category(tmp_path, "legal_threat")
    assert (rule.severity, rule.second_approver) == (Severity.LOW, False)
    assert rule.triggers == BUILT_IN_ESCALATIONS["legal_threat"].triggers


def fact(line: str) -> dict[str, str]:
    return {"required_facts": f"facts:\n  plan:\n    question: Which plan?\n    {line}\n"}


def topic(line: str) -> dict[str, str]:
    return {"required_facts": f"topics:\n  refund:\n    triggers: [refund~]\n    {line}\n"}


BAD = {
    "no name": ({"desk": "names: [a]"}, "desk.yaml line 1: name is missing; add a line 'name: ...'."),
    "misspelt key": (
        {"desk": DESK + "languges: [en]"},
        "desk.yaml line 2: unknown key 'languges'; did you",
    ),
    "no language": ({"desk": DESK + "languages: []"}, "desk.yaml line 2: languages is empty; add an item."),
    "language name": (
        {"desk": DESK + "languages: [English]"},
        "line 2: languages item 1 'English' is not a language",
    ),
    "scope without phrases": (
        {"desk": DESK + "scopes:\n  plan:\n    pro: []"},
        "line 4: pro is empty; add an item",
    ),
    "empty trigger": (
        {"required_facts": "topics:\n  refund:\n    triggers:\n      - refund~\n      - ''"},
        "required-facts.yaml line 5: triggers item 2 cannot match: the phrase '' has no word in it; correct",
    ),
    "no trigger": (
        {"required_facts": "topics:\n  refund:\n    triggers: []"},
        "required-facts.yaml line 3: triggers is empty; add an item.",
    ),
    "missing triggers": (
        {"required_facts": "topics:\n  refund:\n    facts: []"},
        "required-facts.yaml line 2: triggers is missing; add a line 'triggers: ...'.",
    ),
    "open bracket in a phrase": (
        {"escalation": "categories:\n  press:\n    triggers: ['(journalist']"},
        "escalation.yaml line 3: triggers item 1 cannot match: the phrase '(journalist' has a bracket",
    ),
    "brackets without end": (
        {"escalation": f"categories:\n  press:\n    triggers: ['{'(' * 5000}a']"},
        "escalation.yaml line 3: triggers item 1 is longer than 200 characters; shorten it.",
    ),
    "misspelt severity": (
        {"escalation": "categories:\n  legal_threat:\n    severity: hgh"},
        "escalation.yaml line 3: severity 'hgh' is not one of low, medium, high; write one of these.",
    ),
    "misspelt category": (
        {"escalation": "categories:\n  legal_threats:\n    severity: high"},
        "escalation.yaml line 2: legal_threats is not built in and has no triggers; did you mean 'legal_threat'?",
    ),
    "silent category": (
        {"escalation": "categories:\n  press:\n    severity: high"},
        "escalation.yaml line 2: press is not built in and has no triggers; add triggers to it.",
    ),
    "category with capitals": (
        {"escalation": "categories:\n  Press Enquiry:\n    triggers: [press]"},
        "escalation.yaml line 2: key 'Press Enquiry' is not an id; write lowercase words",
    ),
    "channel as a comment": (
        {"escalation": "categories:\n  legal_threat:\n    route: #legal"},
        "escalation.yaml line 3: route is empty; write its value, in quotes if it begins with '#', or remove it.",
    ),
    "bad pattern": (
        fact("patterns: ['INV-[0-9']"),
        "required-facts.yaml line 4: patterns item 1 'INV-[0-9' is not a regular expression (unterminated",
    ),
    "pattern with a second meaning": (fact("patterns: ['[[a]x']"), "is not a regular expression (Poss"),
    "pattern for everything": (
        fact("patterns: ['(INV)*']"),
        "line 4: patterns item 1 '(INV)*' matches every text",
    ),
    "long pattern": (
        fact(f"patterns: [{'a' * 201}]"),
        "line 4: patterns item 1 is longer than 200 char",
    ),
    "pattern in double quotes": (
        fact('patterns: ["\\d+"]'),
        "line 4: a backslash in double quotes has a meaning",
    ),
    "unknown kind": (
        fact("kinds: [sum]"),
        "line 4: kinds item 1 'sum' is not one of amount, date, duration",
    ),
    "fact without question": (
        {"required_facts": "facts:\n  plan: {kinds: [date]}"},
        "line 2: question is missing; add a",
    ),
    "misspelt fact": (
        {"required_facts": FACTS.replace("[invoice_number]", "[invoice_numer]")},
        "required-facts.yaml line 10: 'invoice_numer' is not a fact of required-facts.yaml; did you mean 'invoice_",
    ),
    "unknown fact": (
        {"brand": "apology: Sorry.\nalways_ask:\n  - shoe_size"},
        "brand.yaml line 3: 'shoe_size' is not a fact of required-facts.yaml; add it under facts",
    ),
    "template without answer": (
        {"brand": "template: '{greeting}'"},
        "brand.yaml line 1: template does not hold {answer}; add it where the answer belongs.",
    ),
    "misspelt placeholder": (
        {"brand": "template: '{anwser} {answer}'"},
        "brand.yaml line 1: template holds '{anwser}', which is not a placeholder here; did you mean '{answer}'?",
    ),
    "unknown placeholder": (
        {"brand": "template: '{answer} {zzz}'"},
        "line 1: template holds '{zzz}', which is not a placeholder here; write {greeting}, {acknow",
    ),
    "open brace": (
        {"brand": "template: '{answer} {'"},
        "line 1: template holds '{', which is not a placeholder",
    ),
    "name outside the greeting": (
        {"brand": "anonymous_greeting: 'Hi {name}'"},
        "line 1: anonymous_greeting holds '{name}', which is not a placeholder here; write the text without braces.",
    ),
    "answer in the greeting": (
        {"brand": "greeting: 'Hi {answer}'"},
        "line 1: greeting holds '{answer}', which is not a pl",
    ),
    "template of a topic": (
        topic("template: hello"),
        "required-facts.yaml line 4: template does not hold {answer}; add",
    ),
    "acknowledgement of a topic": (
        topic("acknowledgement: 'Hi {name}'"),
        "line 4: acknowledgement holds '{name}', which is",
    ),
    "banned without reason": (
        {"brand": "banned:\n  - phrases: [a]"},
        "brand.yaml line 2: reason is missing; add a line",
    ),
    "banned phrase of dots": (
        {"brand": "banned:\n  - reason: b\n    phrases: ['...']"},
        "line 3: phrases item 1 cannot match",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_problem_names_file_line_and_remedy(name: str, tmp_path: Path) -> None:
    files, expected = BAD[name]
    (problem,) = problems(write(tmp_path, **files))
    assert expected in problem
    assert " line " in problem


def test_the_problems_of_all_files_are_reported_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        desk="nam: x",
        brand="always_ask: [plan]",
        escalation="categories: none",
        required_facts="facts: {}\na: b",
    )
    assert [problem.split(":")[0] for problem in problems(tmp_path)] == [
        "desk.yaml line 1",
        "desk.yaml line 1",
        "escalation.yaml line 1",
        "required-facts.yaml line 2",
    ]


@pytest.mark.parametrize("folder", [".", "nothing"])
def test_a_folder_without_a_desk_file_is_not_a_desk(folder: str, tmp_path: Path) -> None:
    path = tmp_path / folder
    assert problems(path) == (f"{path}: this is not a desk folder; run `proofdesk init {path}`.",)


def test_another_ending_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "brand.yml").write_text("greeting: Hi\n", encoding="utf-8")
    assert problems(tmp_path) == ("brand.yml: a file of this name is not read; rename it to brand.yaml.",)


def test_a_byte_order_mark_is_not_text(tmp_path: Path) -> None:
    write(tmp_path, desk="\ufeffname: Harborlight\r\n")
    assert load_desk(tmp_path).name == "Harborlight"


def test_a_file_that_is_not_utf_8_is_a_sentence(tmp_path: Path) -> None:
    (write(tmp_path) / "brand.yaml").write_bytes(b"apology: sorry\nsign_off: Gr\xfc\xdfe")
    assert problems(tmp_path) == ("brand.yaml line 2: this is not text in UTF-8; save it as UTF-8.",)


@pytest.mark.parametrize("name", ["desk.yaml", "brand.yaml", "escalation.yaml", "required-facts.yaml"])
def test_a_folder_in_place_of_a_file_is_a_sentence(name: str, tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).mkdir()
    assert problems(tmp_path) == (f"{name}: this is a folder, not a file; rename or remove it.",)


def test_a_file_that_cannot_be_read_is_a_sentence_and_not_a_default(tmp_path: Path) -> None:
    (write(tmp_path) / "brand.yaml").symlink_to("nothing")
    (problem,) = problems(tmp_path)
    assert problem.startswith("brand.yaml: the file cannot be read (")
    assert "check that it is there and may be read" in problem


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["desk", "brand", "escalation", "required-facts"]),
    content=st.one_of(
        st.binary(max_size=60),
        st.text(max_size=60).map(str.encode),
        st.text(max_size=30).map(lambda t: f"template: |\n  {{answer}} {t}\n".encode()),
        st.text(max_size=30).map(lambda t: f"categories:\n  press:\n    triggers:\n      - {t}\n".encode()),
        st.text("()[]{}|*+?\\.^$-a1", max_size=30).map(
            lambda t: f"facts:\n  a:\n    question: b\n    patterns: ['{t}']\n    phrases: ['{t}']\n".encode()
        ),
    ),
)
def test_whatever_a_file_holds_gives_a_desk_or_sentences(tmp_path: Path, name: str, content: bytes) -> None:
    for file in tmp_path.iterdir():
        file.unlink()
    (write(tmp_path) / f"{name}.yaml").write_bytes(content)
    try:
        load_desk(tmp_path)
        found: tuple[str, ...] = ()
    except DeskFileError as error:
        found = error.problems or ("nothing said",)
    assert all(problem.startswith(f"{name}.yaml ") and "\n" not in problem for problem in found)


def test_a_relative_path_of_a_source_counts_from_the_desks_folder(tmp_path: Path) -> None:
    desk = "name: x\nsources:\n  here: {kind: folder, path: ../drive}\n  there: {kind: folder, path: /srv/drive}\n"
    here, there = load_desk(write(tmp_path, desk=desk)).sources
    assert Path(here.path) == tmp_path / "../drive"
    assert there.path == "/srv/drive"
