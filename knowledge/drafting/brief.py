"""Brief: everything a model may write from, and nothing else."""

from knowledge.drafting.asks import Ask
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import RequiredFact, Scope


class Brief(Frozen):
    """What a model gets: the customer's text without personal data, the questions in it, and approved passages."""

    ticket: str
    """The customer's words, redacted and cut to what a model needs."""
    asks: tuple[Ask, ...]
    """The customer's questions and requests."""
    passages: dict[str, Passage]
    """Handle (`P1`, `P2`, ...) to passage, best first. A model names passages by handle only."""
    scopes: tuple[Scope, ...] = ()
    """What can be mixed up, such as billing periods."""
    facts: tuple[RequiredFact, ...] = ()
    """The desk's facts that the ticket does not hold."""
    categories: tuple[str, ...] = ()
    """Escalation categories a model may signal."""
    avoid: tuple[str, ...] = ()
    """Phrases the brand guide bans."""
