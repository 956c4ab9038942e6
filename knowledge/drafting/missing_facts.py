"""Which facts a reply needs that the ticket does not hold yet, and the desk's question for each."""

import re
from collections.abc import Iterable

from knowledge.drafting.draft import MissingFact
from knowledge.drafting.facts import facts
from knowledge.drafting.phrases import first
from knowledge.drafting.playbook import FactKind, Playbook, RequiredFact, Topic
from knowledge.drafting.ticket import Ticket

_MOST_SUGGESTED = 2


def topics_of(ticket: Ticket, playbook: Playbook) -> tuple[Topic, ...]:
    """The topics whose words stand in the ticket, in the order of the playbook."""
    return tuple(topic for topic in playbook.topics if first(topic.triggers, ticket.customer_text))


def open_facts(ticket: Ticket, playbook: Playbook) -> tuple[RequiredFact, ...]:
    """The desk's facts that the customer has not given and the helpdesk does not hold."""
    text = ticket.known_text
    kinds = _kinds(text, playbook.names)
    unknown = (fact for fact in playbook.facts.values() if fact.id not in ticket.fields)
    return tuple(fact for fact in unknown if not _holds(text, fact, kinds))


def find_missing_facts(
    topics: Iterable[Topic], playbook: Playbook, open_: Iterable[RequiredFact], suggested: tuple[str, ...] = ()
) -> tuple[MissingFact, ...]:
    """Which of the `open_` facts the topics and the brand guide require.

    `suggested` are ids a model named: a few more of the desk's own questions, never words of the model's.
    """
    unknown = {fact.id: fact for fact in open_}
    needed = [fact for topic in topics for fact in topic.facts]
    also = [fact for fact in suggested if fact in unknown][:_MOST_SUGGESTED]
    asked = dict.fromkeys([*needed, *playbook.brand.always_ask, *also])
    return tuple(MissingFact(fact=each, question=unknown[each].question) for each in asked if each in unknown)


def holds(text: str, fact: RequiredFact, names: tuple[str, ...] = ()) -> bool:
    """Whether a text already says a fact."""
    return _holds(text, fact, _kinds(text, names))


def _kinds(text: str, names: tuple[str, ...]) -> frozenset[FactKind]:
    return frozenset(found.kind for found in facts(text, names))


def _holds(text: str, fact: RequiredFact, kinds: frozenset[FactKind]) -> bool:
    return (
        first(fact.phrases, text) is not None
        or any(re.search(pattern, text, re.IGNORECASE) for pattern in fact.patterns)
        or not kinds.isdisjoint(fact.kinds)
    )
