"""Which facts a reply needs that the ticket does not hold yet, and the desk's question for each."""

import re

from knowledge.drafting.draft import MissingFact
from knowledge.drafting.facts import facts
from knowledge.drafting.phrases import first
from knowledge.drafting.playbook import Playbook, RequiredFact, Topic
from knowledge.drafting.ticket import Ticket

_MOST_SUGGESTED = 2


def topics_of(ticket: Ticket, playbook: Playbook) -> tuple[Topic, ...]:
    """The topics whose words stand in the ticket, in the order of the playbook."""
    return tuple(topic for topic in playbook.topics if first(topic.triggers, ticket.customer_text))


def find_missing_facts(ticket: Ticket, playbook: Playbook, suggested: tuple[str, ...] = ()) -> tuple[MissingFact, ...]:
    """The facts that the ticket's topics and the brand guide require and the customer has not given.

    `suggested` are ids a model named: a few more of the desk's own questions, never words of the model's.
    """
    needed = [fact for topic in topics_of(ticket, playbook) for fact in topic.facts]
    also = [fact for fact in suggested if fact in playbook.facts][:_MOST_SUGGESTED]
    return tuple(
        MissingFact(fact=name, question=playbook.facts[name].question)
        for name in dict.fromkeys([*needed, *playbook.brand.always_ask, *also])
        if not holds(ticket.customer_text, playbook.facts[name], playbook.names)
    )


def holds(text: str, fact: RequiredFact, names: tuple[str, ...] = ()) -> bool:
    """Whether a text already says a fact."""
    return (
        first(fact.phrases, text) is not None
        or any(re.search(pattern, text, re.IGNORECASE) for pattern in fact.patterns)
        or (bool(fact.kinds) and any(found.kind in fact.kinds for found in facts(text, names)))
    )
