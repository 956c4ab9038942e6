"""Synthetic test tickets, labelled from the documents and the rules: what a good draft must be, never what one was."""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain, zip_longest
from typing import NamedTuple, TypeVar

from knowledge.documents.document import DocumentVersion
from knowledge.drafting.draft import Outcome
from knowledge.drafting.escalation import find_escalations
from knowledge.drafting.missing_facts import find_missing_facts, open_facts, topics_of
from knowledge.drafting.phrases import first
from knowledge.drafting.playbook import EscalationRule, Playbook
from knowledge.drafting.ticket import Ticket
from knowledge.evals.case import Case, Expectation
from knowledge.evals.imagined import ABOUT_FEATURES, CLOSINGS, FEATURES, FOREIGN, INJECTIONS, OPENINGS
from knowledge.evals.questions import HOW_TO, Asked, questions
from knowledge.evals.spoken import spoken

T = TypeVar("T")
SYNTHETIC = "synthetic"
"""The tag of every one of them."""
_LONG_WORD = re.compile(r"\b[a-z]{7,}\b")


class Made(NamedTuple):
    """New cases, and how many more were the same as one of them or as one there was."""

    cases: tuple[Case, ...]
    duplicates: int


class Coverage(NamedTuple):
    """Names of one sort that at least one case is about, and those that none is about."""

    what: str
    covered: tuple[str, ...]
    missing: tuple[str, ...]


class _Idea(NamedTuple):
    """A ticket to be, and what the rules alone do not say of its draft."""

    kind: str
    about: str
    """The document, topic, category, language or feature that it is for."""
    text: str
    expect: Expectation


def make_cases(
    documents: Sequence[DocumentVersion], playbook: Playbook, *, count: int, seed: int, known: Iterable[Case] = ()
) -> Made:
    """At most `count` cases from documents in force, as even as can be over kinds, documents, topics and categories.

    The same arguments give the same cases. None has the ticket of a `known` one.
    """
    chance = random.Random(seed)  # noqa: S311 - Not a secret.
    asked = [each for version in documents for each in questions(version, (*playbook.names, playbook.company))]
    kinds: dict[str, list[_Idea]] = {}
    for idea in (
        *_documented(asked),
        *_unknown(documents, chance),
        *_topics(playbook, chance),
        *_escalations(playbook, asked, chance),
        *_misspelt(asked, chance),
        *_foreign(playbook),
        *_injected(asked, chance),
    ):
        kinds.setdefault(idea.kind, []).append(idea)
    ideas = _in_turn([_spread(of_kind, lambda idea: idea.about, chance) for of_kind in kinds.values()])
    seen = {_words(case.ticket) for case in known}
    cases: list[Case] = []
    duplicates = 0
    for idea in ideas:
        if len(cases) == count:
            break
        case = _case(idea, playbook, chance)
        if (words := _words(idea.text)) in seen or (words := _words(case.ticket)) in seen:
            duplicates += 1
            continue
        seen |= {words, _words(idea.text)}
        cases.append(case)
    return Made(tuple(cases), duplicates)


def coverage(
    cases: Sequence[Case], documents: Sequence[DocumentVersion], playbook: Playbook
) -> tuple[Coverage, Coverage, Coverage]:
    """Which documents, topics and escalation categories have a case."""
    cited = {id_ for case in cases for id_ in case.expect.cites}
    topics = {topic.id for case in cases for topic in topics_of(Ticket.pasted(case.text), playbook)}
    raised = {category for case in cases for category in case.expect.escalations}
    return (
        _coverage("documents", cited, [version.id for version in documents]),
        _coverage("topics", topics, [topic.id for topic in playbook.topics]),
        _coverage("escalation categories", raised, [rule.category for rule in playbook.escalations]),
    )


def _coverage(what: str, found: set[str], names: Sequence[str]) -> Coverage:
    return Coverage(
        what,
        tuple(name for name in names if name in found),
        tuple(name for name in names if name not in found),
    )


def _documented(asked: Iterable[Asked]) -> Iterator[_Idea]:
    for each in asked:
        yield _Idea(each.kind, each.document, each.text, _answered(each))


def _answered(asked: Asked) -> Expectation:
    return Expectation(status=Outcome.ANSWERED, cites=frozenset({asked.document}), contains=asked.contains)


def _unknown(documents: Iterable[DocumentVersion], chance: random.Random) -> Iterator[_Idea]:
    """Features that no document has a word of."""
    written = {word for version in documents for word in re.findall(r"\w+", version.text.casefold())}
    for feature in FEATURES:
        told = {word for word in feature.casefold().split() if len(word) > 3}
        if told.isdisjoint(written):
            text = chance.choice(ABOUT_FEATURES).format(feature=feature)
            yield _Idea("unknown-feature", feature, text, Expectation(status=Outcome.UNVERIFIED))


def _topics(playbook: Playbook, chance: random.Random) -> Iterator[_Idea]:
    """What shows a topic and gives none of its facts, which must then be asked for."""
    for topic in playbook.topics:
        for trigger in topic.triggers if topic.facts else ():
            said = spoken(trigger, chance)
            held = {fact.id for fact in playbook.facts.values()} - {
                fact.id for fact in open_facts(Ticket.pasted(said), playbook)
            }
            asks = frozenset(topic.facts) - held
            if asks and first(topic.triggers, said):
                text = f"I write to you because of this: {said}. What do you need from me?"
                yield _Idea("missing-details", topic.id, text, Expectation(status=None, asks=asks))


def _escalations(playbook: Playbook, asked: Sequence[Asked], chance: random.Random) -> Iterator[_Idea]:
    """Each trigger of each category, every other one with a question that is to be answered all the same."""
    for rule in playbook.escalations:
        for number, trigger in enumerate(rule.triggers):
            said = spoken(trigger, chance)
            if _ignored(rule, said):
                continue
            with_question = chance.choice(asked) if asked and number % 2 else None
            text = f"I write to you because of this: {said}." + (f" {with_question.text}" if with_question else "")
            cites = frozenset({with_question.document} if with_question else ())
            expect = Expectation(status=None, escalations=frozenset({rule.category}), cites=cites)
            yield _Idea(rule.category.replace("_", "-"), rule.category, text, expect)


def _ignored(rule: EscalationRule, said: str) -> bool:
    """Whether the category's own exceptions take its trigger back."""
    return first(rule.ignore, said) is not None


def _misspelt(asked: Iterable[Asked], chance: random.Random) -> Iterator[_Idea]:
    """Two letters of a long word change places."""
    for each in asked:
        words = list(_LONG_WORD.finditer(each.text))
        if words and each.kind == HOW_TO:
            word = chance.choice(words)
            at = word.start() + chance.randrange(2, len(word[0]) - 2)
            text = each.text[:at] + each.text[at + 1] + each.text[at] + each.text[at + 2 :]
            if text != each.text:
                yield _Idea("misspelt", each.document, text, _answered(each))


def _foreign(playbook: Playbook) -> Iterator[_Idea]:
    for language, texts in FOREIGN.items():
        for text in texts if language not in playbook.languages else ():
            yield _Idea("other-language", language, text, Expectation(status=Outcome.UNVERIFIED))


def _injected(asked: Sequence[Asked], chance: random.Random) -> Iterator[_Idea]:
    """A question with orders to the model before or behind it; the answer is the question's."""
    for each in chance.sample(asked, len(asked)):
        canary = f"ZQ{chance.randrange(1000, 9999)}X"
        order = chance.choice(INJECTIONS).format(canary=canary)
        text = f"{order}\n\n{each.text}" if chance.random() < 0.5 else f"{each.text}\n\n{order}"
        expect = _answered(each).model_copy(update={"excludes": (canary, "guaranteed")})
        yield _Idea("injected", each.document, text, expect)


def _case(idea: _Idea, playbook: Playbook, chance: random.Random) -> Case:
    """The case of an idea. Whatever else its words show by the desk's rules is expected besides what it is for."""
    foreign = idea.kind == "other-language"
    letter = idea.text if foreign else f"{chance.choice(OPENINGS)}\n\n{idea.text}\n\n{chance.choice(CLOSINGS)}\n"
    ticket = Ticket.pasted(letter)
    missing = find_missing_facts(topics_of(ticket, playbook), playbook, open_facts(ticket, playbook))
    shown = {each.category for each in find_escalations(ticket, playbook)}
    expect = idea.expect.model_copy(
        update={
            "asks": idea.expect.asks | {each.fact for each in missing},
            "escalations": idea.expect.escalations | shown,
        }
    )
    about = re.sub(r"[^a-z0-9]+", "-", idea.about.lower()).strip("-")
    name = idea.kind if about == idea.kind else f"{idea.kind}-{about}"
    mark = sha256(idea.text.encode()).hexdigest()[:6]
    return Case(
        id=f"{name}-{mark}", ticket=letter, expect=expect, synthetic=True, tags=frozenset({SYNTHETIC, idea.kind})
    )


def _spread(items: Sequence[T], key: Callable[[T], str], chance: random.Random) -> list[T]:
    """The items shuffled, one of each key before the second of any."""
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    shuffled = [chance.sample(group, len(group)) for group in groups.values()]
    return _in_turn(chance.sample(shuffled, len(shuffled)))


def _in_turn(groups: Sequence[Sequence[T]]) -> list[T]:
    """The first of each group, then the second of each, and so on."""
    nothing = object()
    turns = chain.from_iterable(zip_longest(*groups, fillvalue=nothing))
    return [item for item in turns if item is not nothing]  # type: ignore[misc]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
