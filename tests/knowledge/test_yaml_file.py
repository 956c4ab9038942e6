from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from knowledge.drafting.frozen import Frozen
from knowledge.drafting.playbook import Severity
from knowledge.errors import DeskFileError
from knowledge.yaml_file import Day, Text, YamlFile, parse


class Rule(Frozen):
    severity: Severity = Severity.LOW
    triggers: tuple[str, ...] = ()
    second: bool = False


class Sheet(Frozen):
    name: Text = "desk"
    rules: dict[str, Rule] = Field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    size: int | None = Field(default=None, ge=10, le=20)
    on: Day | None = None


class Strict(Frozen):
    name: str
    items: tuple[Rule, ...] = Field(min_length=1)


def problems(text: str, model: type[Frozen] = Sheet, first_line: int = 1) -> tuple[str, ...]:
    with pytest.raises(DeskFileError) as caught:
        parse(text, "sheet.yaml", model, first_line)
    return caught.value.problems


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "{}"])
def test_an_empty_file_is_an_empty_mapping(text: str) -> None:
    assert parse(text, "sheet.yaml", Sheet) == Sheet()


def test_every_scalar_reaches_the_model_as_it_was_written() -> None:
    text = "rules:\n  on:\n    triggers: [no, 24, 1.10, 0o7, 12:30, null, ~, 2025-01-01, 'it''s', Yes]\n"
    triggers = parse(text, "sheet.yaml", Sheet).rules["on"].triggers
    assert triggers == ("no", "24", "1.10", "0o7", "12:30", "null", "~", "2025-01-01", "it's", "Yes")


@pytest.mark.parametrize(("written", "meant"), [("true", True), ("no", False), ("Yes", True), ("off", False)])
def test_a_field_that_is_true_or_false_takes_the_usual_words(written: str, meant: bool) -> None:  # noqa: FBT001
    assert parse(f"rules: {{a: {{second: {written}}}}}", "sheet.yaml", Sheet).rules["a"].second is meant


@pytest.mark.parametrize("written", ["2025-03-01", "'2025-03-01'", '"2025-03-01"'])
def test_a_day_may_be_quoted(written: str) -> None:
    assert parse(f"on: {written}", "sheet.yaml", Sheet).on == date(2025, 3, 1)


BAD = {
    "misspelt value": (
        "rules:\n  a:\n    severity: hgh",
        3,
        "severity 'hgh' is not one of low, medium, high; write one",
    ),
    "misspelt key": ("rules:\n  a:\n    severty: high", 3, "unknown key 'severty'; did you mean 'severity'?"),
    "unknown key": ("colour: red", 1, "unknown key 'colour'; write one of name, rules, tags, size, on."),
    "duplicate key": ("name: a\nsize: 12\nname: b", 3, "'name' stands already on line 1; keep one"),
    "nested duplicate key": ("rules:\n  a: {}\n  b: {}\n  a: {}", 4, "'a' stands already on line 2; keep one"),
    "text for a list": ("rules:\n  a:\n    triggers: lawyer", 3, "triggers must be a list, not 'lawyer'; write each"),
    "text for a set": ("tags: urgent", 1, "tags must be a list, not 'urgent'; write each item"),
    "list for a text": ("name:\n  - a\n  - b", 1, "name must be a text, not a list; write one text"),
    "braces without quotes": ("name: {greeting}", 1, "name must be a text, not keys and values; write one text"),
    "list in a list": ("rules:\n  a:\n    triggers:\n      - x\n      - [y]", 5, "triggers item 2 must be a text"),
    "text for keys": ("rules: none", 1, "rules must hold keys, not 'none'; write 'key: value' lines"),
    "text for nested keys": ("rules:\n  a: high", 2, "a must hold keys, not 'high'; write"),
    "neither true nor false": ("rules:\n  a:\n    second: maybe", 3, "second 'maybe' is neither true nor false; write"),
    "list for true": ("rules:\n  a:\n    second: []", 3, "second must be true or false, not a list; write"),
    "no number": ("size: lots", 1, "size 'lots' is not a whole number; write digits"),
    "list for a number": ("size: [1]", 1, "size must be a whole number, not a list; write digits"),
    "too small": ("size: 3", 1, "size '3' is too small; write 10 or more"),
    "too large": ("size: 30", 1, "size '30' is too large; write 20 or less"),
    "blank text": ("name: '  '", 1, "name is blank; write its text"),
    "impossible day": ("on: 2025-02-30", 1, "on '2025-02-30' is not a date; write a day of the calendar as YYYY-MM-DD"),
    "other day form": ("on: 1.3.2025", 1, "is not a date; write"),
    "compact day": ("on: 20250301", 1, "is not a date; write"),
    "day with time": ("on: 2025-03-01T10:00:00", 1, "is not a date; write"),
    "seconds for a day": ("on: 1740787200", 1, "is not a date; write"),
    "list for a day": ("on: [2025-03-01]", 1, "on a list is not a date; write"),
    "mistyped year": ("on: 0225-03-01", 1, "is not between 1990 and 2199; correct the year"),
    "value lost in a comment": (
        "size: 12\nname: #billing",
        2,
        "name is empty; write its value, in quotes if it begins",
    ),
    "item lost in a comment": (
        "rules:\n a:\n  triggers:\n  - x\n  - #y",
        5,
        "triggers item 2 is empty; write its value",
    ),
    "tab": ("rules:\n\ta: {}", 2, "a tab stands where YAML wants spaces; indent with spaces"),
    "kept character": ("name: @desk", 1, "a character that YAML keeps for itself; put the text in quotes"),
    "colon in a text": ("name: Desk: billing", 1, "a ':' stands where none may; put the text in quotes"),
    "backslash": ('name: "INV-\\d+"', 1, "a backslash in double quotes has a meaning of its own; use single quotes"),
    "open quote": ("size: 12\nname: 'desk\non: x\n", 2, "the quote that opens here is not closed; close it"),
    "open bracket": ("size: 12\ntags: [a, b", 2, "the bracket that opens here is not closed; close it"),
    "line without a colon": ("size: 12\nname\ntags: [a]\n", 2, "a ':' stands where none|neither 'key: value' nor"),
    "last line without a colon": ("size: 12\nname\n", 2, "neither 'key: value' nor '- item'; complete it"),
    "bad indentation": ("tags:\n  - x\n - y", 3, "this is not valid YAML; check quotes, brackets and indentation"),
    "alias": ("name: *desk", 1, "aliases and anchors, which are not used here; put the text in quotes"),
    "bold": ("name: **desk**", 1, "aliases and anchors, which are not used here; put the text in quotes"),
    "anchor": ("name: &desk x", 1, "aliases and anchors, which are not used here; put the text in quotes"),
    "tag": ("name: !!python/name:os.system x", 1, "'!' begins a tag, which is not used here; put the text in quotes"),
    "second document": ("name: a\n---\nname: b", 2, "a second document begins here; keep one and remove the '---'"),
    "list at the top": ("- a\n- b", 1, "the file must hold keys, not a list; write 'key: value' lines"),
    "text at the top": ("hello", 1, "the file must hold keys, not 'hello'; write 'key: value' lines"),
    "bracket as a key": ("size: 12\n[a]: b", 2, "a key must be plain text; write it without brackets"),
    "control character": ("size: 12\nname: \x07", 2, "a control character stands here; remove it"),
    "escaped control character": ('size: 12\nname: "a\\0b"', 2, "name holds the control character '\\x00'; remove it"),
    "escaped half character": ('name: "\\ud800"', 1, "name holds the control character '\\ud800'; remove it"),
    "escape too large": ('name: "\\UFFFFFFFF"', 1, "a number in an escape is too large; remove it"),
    "directive too large": (f"%YAML {'9' * 5000}.1\n---\n", 1, "a number in an escape is too large; remove it"),
    "deep nesting": ("name: " + "[" * 5000, 1, "nested more than 20 deep; remove some"),
    "deep blocks": ("- " * 5000, 1, "nested more than 20 deep; remove some"),
    "too long": ("name: a\n" + "#" * 200_000, 1, "longer than 200,000 characters; shorten it"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_problem_names_file_line_and_remedy(name: str) -> None:
    text, line, words = BAD[name]
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(f"sheet.yaml line {line}: ")
    assert any(part in found[0] for part in words.split("|"))
    assert found[0].endswith((".", "?"))


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert problems(bomb) == (
        "sheet.yaml line 1: '*' and '&' begin aliases and anchors, which are not used here; put the text in quotes.",
    )


def test_missing_keys_are_named_where_they_belong() -> None:
    assert problems("items: []", Strict) == (
        "sheet.yaml line 1: name is missing; add a line 'name: ...'.",
        "sheet.yaml line 1: items is empty; add an item.",
    )


def test_all_problems_are_reported_together_in_the_order_of_their_lines() -> None:
    text = "on: soon\nrules:\n  a: {severity: x}\n  a: {}\n  b: {trigers: []}\nsize:\n"
    assert [problem.split(":")[0] for problem in problems(text)] == [f"sheet.yaml line {n}" for n in (1, 3, 4, 5, 6)]


def test_lines_count_from_where_the_text_begins() -> None:
    assert problems("size: 1", first_line=7)[0].startswith("sheet.yaml line 7: ")
    assert problems("a: b: c", first_line=7)[0].startswith("sheet.yaml line 7: ")


def test_long_and_many_lined_values_are_quoted_short_and_on_one_line() -> None:
    (problem,) = problems("size: |\n  a\n  b\n  " + "c" * 300)
    assert "\n" not in problem
    assert "'a b ccc" in problem
    assert len(problem) < 200


def test_a_file_can_say_more_about_its_own_places() -> None:
    file = YamlFile("rules:\n  a:\n    triggers:\n      - x\n      - y\n", "sheet.yaml", Sheet)
    assert file.problem("is odd", "rules", "a", "triggers", 1) == "sheet.yaml line 5: is odd."
    assert file.problem("did you mean it?", "rules", "b") == "sheet.yaml line 1: did you mean it?"


yaml_like = st.text(st.sampled_from("ab:-? \n\t'\"[]{}#&*!|>%@`,\\x0U9né\r\x00"), max_size=60)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), yaml_like, yaml_like.map(lambda t: f"rules:\n a: {t}")))
def test_whatever_is_written_gives_a_model_or_sentences(text: str) -> None:
    found: tuple[str, ...] = ()
    try:
        parse(text, "sheet.yaml", Sheet)
    except DeskFileError as error:
        found = error.problems or ("nothing said",)
    assert all(problem.startswith("sheet.yaml line ") and "\n" not in problem for problem in found)
