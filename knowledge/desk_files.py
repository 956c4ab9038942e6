"""The desk's own files: four YAML files in one folder, read together into a Playbook."""

import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from knowledge.documents.folder import read_text
from knowledge.documents.lifecycle import DocumentRules
from knowledge.drafting import playbook as rules
from knowledge.drafting.built_in import BUILT_IN_ESCALATIONS
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.phrases import pattern
from knowledge.errors import DeskFileError
from knowledge.evals.thresholds import Thresholds
from knowledge.helpdesk_file import wrong_helpdesks
from knowledge.source_file import SourceFile, wrong_sources
from knowledge.sources import SourceSettings
from knowledge.team import Team
from knowledge.team_file import TeamFile, double_emoji, unknown_routes
from knowledge.yaml_file import M, Text, YamlFile, did_you_mean, shown

_PLACEHOLDERS = ("{greeting}", "{acknowledgement}", "{answer}", "{questions}", "{sign_off}")
_Short = Annotated[str, Field(max_length=200)]


def _id(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", value):
        example = re.sub(r"[^a-z0-9]+", "_", value.lower()).strip("_0123456789") or "invoice_number"
        raise ValueError(f"{shown(value)} is not an id; write lowercase words joined by underscores, such as {example}")
    return value


def _phrase(value: str) -> str:
    try:
        pattern(value)
    except ValueError as error:
        raise ValueError(f"cannot match: {error}; correct the phrase") from error
    return value


def _regex(value: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # What Python only warns of here is a pattern that means something else.
            matches_nothing = re.compile(value).search("")
    except (re.error, OverflowError, RecursionError, Warning) as error:
        raise ValueError(f"{shown(value)} is not a regular expression ({error}); correct it") from error
    if matches_nothing:
        raise ValueError(f"{shown(value)} matches every text; write at least one character that must be there")
    return value


def _language(value: str) -> str:
    if not re.fullmatch("[a-z]{2}", value):
        raise ValueError(f"{shown(value)} is not a language code; write two lowercase letters, such as en")
    return value


def _layout(*placeholders: str, needed: str = "") -> Callable[[str], str]:
    """A check of a text that goes into replies: no placeholder but these, and the needed one in any case."""
    allowed = f"write {', '.join(placeholders)} or no braces" if placeholders else "write the text without braces"

    def check(value: str) -> str:
        for found in re.findall(r"\{[^{}]*\}?|\}", value):
            if found not in placeholders:
                remedy = did_you_mean(found, placeholders, allowed)
                raise ValueError(f"holds {shown(found)}, which is not a placeholder here; {remedy}")
        if needed not in value:
            raise ValueError(f"does not hold {needed}; add it where the answer belongs")
        return value

    return check


_Id = Annotated[str, AfterValidator(_id)]
_Phrase = Annotated[_Short, AfterValidator(_phrase)]
_Pattern = Annotated[_Short, AfterValidator(_regex)]
_Language = Annotated[str, AfterValidator(_language)]
_Phrases = Annotated[tuple[_Phrase, ...], Field(min_length=1)]
_Plain = Annotated[str, AfterValidator(_layout())]
_Template = Annotated[str, AfterValidator(_layout(*_PLACEHOLDERS, needed="{answer}"))]


class DeskFile(TeamFile, SourceFile):
    """`desk.yaml`: who the desk is, where it works and who has which role."""

    name: Text
    company: str = ""
    languages: tuple[_Language, ...] = Field(default=("en",), min_length=1)
    names: tuple[Text, ...] = ()
    scopes: dict[Text, dict[Text, _Phrases]] = Field(default_factory=dict)
    documents: DocumentRules = DocumentRules()
    eval: Thresholds = Thresholds()


class BannedEntry(rules.Banned):
    """Words a reply may not contain, as `brand.yaml` writes them."""

    phrases: _Phrases
    reason: Text


class BrandFile(rules.BrandGuide):
    """`brand.yaml`: how the desk talks."""

    banned: tuple[BannedEntry, ...] = ()

    _greeting = field_validator("greeting")(_layout("{name}"))
    _template = field_validator("template")(_layout(*_PLACEHOLDERS, needed="{answer}"))
    _texts = field_validator("anonymous_greeting", "acknowledgement", "apology", "closing", "sign_off")(_layout())


class EscalationEntry(Frozen):
    """A category of `escalation.yaml`. What is not written stays as it is built in."""

    severity: rules.Severity = rules.Severity.MEDIUM
    route: str = ""
    second_approver: bool = False
    triggers: tuple[_Phrase, ...] = ()
    ignore: tuple[_Phrase, ...] = ()
    built_in: bool = True
    """Whether the built-in triggers and exceptions of this category count as well."""


class EscalationFile(Frozen):
    """`escalation.yaml`: which tickets a person must see."""

    categories: dict[_Id, EscalationEntry] = Field(default_factory=dict)


class FactEntry(Frozen):
    """A fact of `required-facts.yaml`, under its id."""

    question: Text
    kinds: tuple[rules.FactKind, ...] = ()
    phrases: tuple[_Phrase, ...] = ()
    patterns: tuple[_Pattern, ...] = ()


class TopicEntry(Frozen):
    """A topic of `required-facts.yaml`, under its id."""

    triggers: _Phrases
    facts: tuple[str, ...] = ()
    acknowledgement: _Plain = ""
    template: _Template = ""


class FactsFile(Frozen):
    """`required-facts.yaml`: what a reply must know."""

    facts: dict[_Id, FactEntry] = Field(default_factory=dict)
    topics: dict[_Id, TopicEntry] = Field(default_factory=dict)


class Desk(Frozen):
    """A desk folder that was read."""

    name: str
    playbook: rules.Playbook
    documents: Path
    cases: Path
    team: Team = Team()
    documents_rules: DocumentRules = DocumentRules()
    sources: tuple[SourceSettings, ...] = ()
    thresholds: Thresholds = Thresholds()


def load_desk(folder: Path) -> Desk:
    """The desk in a folder; documents and cases are not read. Raises DeskFileError with the problems of all files."""
    if not (folder / "desk.yaml").exists() and not (folder / "desk.yml").exists():
        raise DeskFileError(f"{folder}: this is not a desk folder; run `proofdesk init {folder}`.")
    problems: list[str] = []
    desk = _read(folder, "desk.yaml", DeskFile, problems)
    brand = _read(folder, "brand.yaml", BrandFile, problems)
    escalation = _read(folder, "escalation.yaml", EscalationFile, problems)
    facts = _read(folder, "required-facts.yaml", FactsFile, problems)
    if facts:
        problems += _unknown_facts(facts, brand)
    if escalation:
        problems += _silent_categories(escalation)
    if desk:
        problems += [*double_emoji(desk), *wrong_sources(desk)]
    if desk and facts:
        problems += wrong_helpdesks(desk, facts.content.facts)
    if desk and escalation:
        problems += unknown_routes(desk, (rule.route for rule in _merged(escalation.content)))
    if problems or not (desk and brand and escalation and facts):
        raise DeskFileError(*problems)
    playbook = rules.Playbook(
        company=desk.content.company or desk.content.name,
        brand=rules.BrandGuide(**brand.content.model_dump()),
        escalations=_merged(escalation.content),
        topics=tuple(rules.Topic(id=id_, **topic.model_dump()) for id_, topic in facts.content.topics.items()),
        facts={id_: rules.RequiredFact(id=id_, **fact.model_dump()) for id_, fact in facts.content.facts.items()},
        scopes=tuple(rules.Scope(name=name, values=values) for name, values in desk.content.scopes.items()),
        names=desk.content.names,
        languages=desk.content.languages,
    )
    return Desk(
        name=desk.content.name,
        playbook=playbook,
        documents=folder / "documents",
        cases=folder / "cases",
        team=desk.content.team(),
        documents_rules=desk.content.documents,
        sources=tuple(
            source.model_copy(update={"path": str(folder / source.path)}) if source.path else source
            for source in desk.content.named_sources()
        ),
        thresholds=desk.content.eval,
    )


def _read(folder: Path, name: str, model: type[M], problems: list[str]) -> YamlFile[M] | None:
    path = folder / name
    other = path.with_suffix(".yml")
    if other.exists():
        problems.append(f"{other.name}: a file of this name is not read; rename it to {name}.")
    try:
        # A file that is not there decides nothing: an empty one gives the defaults.
        return YamlFile(read_text(path, name) if path.exists() or path.is_symlink() else "", name, model)
    except DeskFileError as error:
        problems += error.problems
        return None


def _unknown_facts(file: YamlFile[FactsFile], brand: YamlFile[BrandFile] | None) -> Iterator[str]:
    known = sorted(file.content.facts)

    def sentence(fact: str) -> str:
        remedy = did_you_mean(fact, known, "add it under facts in required-facts.yaml or remove it here")
        return f"{shown(fact)} is not a fact of required-facts.yaml; {remedy}"

    for id_, topic in file.content.topics.items():
        for index, fact in enumerate(topic.facts):
            if fact not in known:
                yield file.problem(sentence(fact), "topics", id_, "facts", index)
    for index, fact in enumerate(brand.content.always_ask if brand else ()):
        if brand and fact not in known:
            yield brand.problem(sentence(fact), "always_ask", index)


def _silent_categories(file: YamlFile[EscalationFile]) -> Iterator[str]:
    for category, entry in file.content.categories.items():
        if category not in BUILT_IN_ESCALATIONS and not entry.triggers:
            remedy = did_you_mean(category, BUILT_IN_ESCALATIONS, "add triggers to it")
            yield file.problem(f"{category} is not built in and has no triggers; {remedy}", "categories", category)


def _merged(file: EscalationFile) -> tuple[rules.EscalationRule, ...]:
    merged = dict(BUILT_IN_ESCALATIONS)
    for category, entry in file.categories.items():
        built_in = BUILT_IN_ESCALATIONS.get(category, rules.EscalationRule(category=category))
        kept = built_in if entry.built_in else rules.EscalationRule(category=category)
        phrases = {"triggers": kept.triggers + entry.triggers, "ignore": kept.ignore + entry.ignore}
        written = entry.model_dump(include=entry.model_fields_set - {"built_in"})
        merged[category] = built_in.model_copy(update=written | phrases)
    return tuple(merged.values())
