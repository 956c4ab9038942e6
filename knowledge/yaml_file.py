"""YamlFile: a desk's YAML text as a checked model; whatever is wrong with it is said with file, line and remedy."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Generic, TypeVar, get_args

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ValidationError
from pydantic_core import ErrorDetails

from knowledge.errors import DeskFileError

M = TypeVar("M", bound=BaseModel)
_Place = tuple[int | str, ...]

_LONGEST = 200_000  # PyYAML needs a second or two for this much; no person writes more.
_DEEPEST = 20
_SHOWN = 60
_YEARS = range(1990, 2200)
UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that an escape in double quotes can make, and that databases and Slack refuse."""

# What PyYAML says, in part, and what a person needs to hear. The first that fits counts.
_ALIAS, _TAG, _DEEP = "alias", "tag", "deep"
_SYNTAX = {
    _ALIAS: "'*' and '&' begin aliases and anchors, which are not used here; put the text in quotes",
    _TAG: "'!' begins a tag, which is not used here; put the text in quotes",
    _DEEP: f"brackets or lists are nested more than {_DEEPEST} deep; remove some",
    r"'\t'": "a tab stands where YAML wants spaces; indent with spaces",
    "cannot start any token": "a text begins with a character that YAML keeps for itself; put the text in quotes",
    "mapping values": "a ':' stands where none may; put the text in quotes or check the indentation",
    "escape character": "a backslash in double quotes has a meaning of its own; use single quotes",
    "unexpected end of stream": "the quote that opens here is not closed; close it",
    "expected ':'": "this line is neither 'key: value' nor '- item'; complete it or check the indentation",
    "expected ','": "the bracket that opens here is not closed; close it or put the text in quotes",
    "another document": "a second document begins here; keep one and remove the '---'",
}
_OTHER_SYNTAX = "this is not valid YAML; check quotes, brackets and indentation here and on the line above"
_A_LIST = "{name} must be a list, not {value}; write each item on its own line behind '- '"
_KEYS = "{name} must hold keys, not {value}; write 'key: value' lines"
# By pydantic's type of error.
_SENTENCES = {
    "missing": "{name} is missing; add a line '{name}: ...'",
    "enum": "{name} {value} is not one of {expected}; write one of these",
    "string_type": "{name} must be a text, not {value}; write one text, in quotes if it holds any of : # {{ }} [ ]",
    "tuple_type": _A_LIST,
    "list_type": _A_LIST,
    "frozen_set_type": _A_LIST,
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "bool_parsing": "{name} {value} is neither true nor false; write one of these",
    "bool_type": "{name} must be true or false, not {value}; write one of these",
    "int_parsing": "{name} {value} is not a whole number; write digits only, such as 20000",
    "int_type": "{name} must be a whole number, not {value}; write digits only, such as 20000",
    "greater_than_equal": "{name} {value} is too small; write {ge} or more",
    "less_than_equal": "{name} {value} is too large; write {le} or less",
    "too_short": "{name} is empty; add an item",
    "string_too_long": "{name} is longer than {max_length} characters; shorten it",
}


class _Loader(yaml.SafeLoader):
    """Composes without aliases, which can grow without bounds, and without tags, which can name Python types."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if refused := (event.anchor and _ALIAS) or (event.tag and _TAG) or (self._depth > _DEEPEST and _DEEP):
            raise yaml.MarkedYAMLError(problem=refused, problem_mark=event.start_mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


class YamlFile(Generic[M]):
    """A YAML text in the shape of a model, and the lines it came from. Raises DeskFileError with all its problems.

    Every value reaches the model as the text that was written, so that the phrases `no`, `on` and `24` stay what they
    are. Nothing at all after a key is a problem: often a '#' made a comment of the value.
    """

    content: M

    def __init__(self, text: str, path: str, model: type[M], first_line: int = 1) -> None:
        self._path = path
        self._offset = first_line
        self._lines: dict[_Place, int] = {(): 1}
        self._problems: dict[_Place, str] = {}
        data = self._data(text)
        try:
            self.content = model.model_validate(data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                # A list of wrong items counts as too short as well; the items are the problem.
                if detail["type"] != "too_short" or not detail["input"]:
                    self._add(sentence_of(detail, model), detail["loc"])
        if self._problems:
            # What is wrong inside a thing that is wrong itself is a consequence.
            causes = (p for p in self._problems if not any(p[:n] in self._problems for n in range(len(p))))
            raise DeskFileError(*(self._problems[place] for place in sorted(causes, key=self._line)))

    def problem(self, sentence: str, *place: int | str) -> str:
        """A sentence about a place in the file, with the path and the line in front. A place is keys and indexes."""
        return f"{self.place(*place)}: {sentence}{'' if sentence.endswith('?') else '.'}"

    def place(self, *place: int | str) -> str:
        """A place in the file as a problem names it."""
        return f"{self._path} line {self._line(place)}"

    def _line(self, place: _Place) -> int:
        while place not in self._lines:
            place = place[:-1]
        return self._lines[place]

    def _add(self, sentence: str, place: _Place) -> None:
        # The first thing said of a place is its cause; what a model adds about the same place is a consequence.
        self._problems.setdefault(place, self.problem(sentence, *place))

    def _data(self, text: str) -> object:
        node = self._compose(text)
        if node is None or node.value == "":
            return {}
        value = self._value(node, ())
        if not isinstance(value, dict):
            self._add(f"the file must hold keys, not {shown(value)}; write 'key: value' lines", ())
        return value

    def _compose(self, text: str) -> yaml.Node | None:
        if len(text) > _LONGEST:
            raise self._unreadable(0, f"the YAML is longer than {_LONGEST:,} characters; shorten it")
        try:
            return _Loader(text).get_single_node()
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position)
            raise self._unreadable(line, "a control character stands here; remove it") from error
        except yaml.MarkedYAMLError as error:
            said = f"{error.context} {error.problem}"
            # What is not closed is found where it was opened.
            opened = any(word in said for word in ("quoted", "flow", "simple key"))
            mark = (error.context_mark if opened else None) or error.problem_mark
            sentence = next((sentence for part, sentence in _SYNTAX.items() if part in said), _OTHER_SYNTAX)
            raise self._unreadable(mark.line if mark else 0, sentence) from error
        except (ValueError, OverflowError) as error:  # PyYAML lets these out, and does not say where.
            raise self._unreadable(0, "a number in an escape is too large; remove it") from error

    def _unreadable(self, line: int, sentence: str) -> DeskFileError:
        return DeskFileError(f"{self._path} line {line + self._offset}: {sentence}.")

    def _value(self, node: yaml.Node, place: _Place) -> object:
        if place:
            self._lines.setdefault(place, node.start_mark.line + self._offset)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*place, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if not node.value and getattr(node, "style", None) is None:
            self._add(f"{_name(place)} is empty; write its value, in quotes if it begins with '#', or remove it", place)
        if unusable := UNUSABLE.search(node.value):
            self._add(f"{_name(place)} holds the control character {unusable[0]!a}; remove it", place)
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, place: _Place) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + self._offset
            own_place = (*place, -line)  # For a key that the model never sees.
            self._lines[own_place] = line
            if not isinstance(key_node, yaml.ScalarNode) or UNUSABLE.search(key_node.value):
                self._add("a key must be plain text; write it without brackets and control characters", own_place)
                continue
            key = key_node.value
            here = (*place, key)
            if key in values:
                self._add(f"key {shown(key)} stands already on line {self._line(here)}; keep one of them", own_place)
                continue
            self._lines[here] = line
            values[key] = self._value(value_node, here)
        return values


def parse(text: str, path: str, model: type[M], first_line: int = 1) -> M:
    """A YAML text as a model. Raises DeskFileError with all its problems."""
    return YamlFile(text, path, model, first_line).content


def shown(value: object) -> str:
    """A value as a sentence quotes it: short, on one line, without what cannot be seen."""
    if not isinstance(value, str):
        return "a list" if isinstance(value, list) else "keys and values"
    return f"'{_plain(value)}'"


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A question with the known word that is nearest to a wrong one, or `otherwise` where none is near."""
    near = get_close_matches(word.lower()[:80], known, n=1)
    return f"did you mean '{near[0]}'?" if near else otherwise


def _plain(text: str) -> str:
    line = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(line.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def sentence_of(detail: ErrorDetails, model: type[BaseModel]) -> str:
    """What is wrong and what to do, from an error of pydantic about a model of ours; without a full stop."""
    place, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    name, value = _name(place), shown(detail["input"])
    if kind == "value_error":  # Raised by a model of ours: the sentence without its subject.
        return f"{name} {context['error']}"
    if kind == "extra_forbidden":
        key, keys = str(place[-1]), _known_keys(model, place[:-1])
        return f"unknown key {shown(key)}; {did_you_mean(key, keys, 'write one of ' + ', '.join(keys))}"
    if "expected" in context:
        context["expected"] = context["expected"].replace("'", "").replace(" or ", ", ")
    template = _SENTENCES.get(kind, "{name} {value} cannot be used here; correct it")
    return template.format(name=name, value=value, **context)


def _known_keys(annotation: Any, place: _Place) -> list[str]:
    for step in place:
        fields = getattr(annotation, "model_fields", None)
        # dict[key, value] is entered by a text, tuple[item, ...] by a number.
        annotation = fields[step].annotation if fields else get_args(annotation)[isinstance(step, str)]
    return list(annotation.model_fields)


def _name(place: _Place) -> str:
    match place:
        case ():
            return "the file"
        case (*_, "[key]"):  # Where pydantic puts what is wrong with a key itself.
            return "key"
        case (*_, str(key)):
            return _plain(key)
        case _:
            return f"{_name(place[:-1])} item {int(place[-1]) + 1}"


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("is blank; write its text")
    return value


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise ValueError(f"{shown(value)} is not a date; write a day of the calendar as YYYY-MM-DD, such as 2025-03-31")
    if day.year not in _YEARS:
        raise ValueError(f"{shown(value)} is not between {_YEARS[0]} and {_YEARS[-1]}; correct the year")
    return day


Text = Annotated[str, AfterValidator(_text)]
"""A text that says something."""
Day = Annotated[date, BeforeValidator(_day)]
"""A day as YYYY-MM-DD."""
