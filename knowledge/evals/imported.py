"""Imported: old tickets as cases to complete, without personal data, spread over what they are about."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, zip_longest

from knowledge.drafting.draft import Draft
from knowledge.drafting.missing_facts import topics_of
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.ticket import Ticket
from knowledge.evals.case import Case, Expectation
from knowledge.evals.export import OldTicket
from knowledge.redaction import redaction_for


def without_names(old: OldTicket) -> OldTicket:
    """The ticket and its reply with personal data replaced, the same value by the same placeholder in both."""
    redaction = redaction_for(old.ticket, in_any_case=True)
    return OldTicket(old.row, redaction.ticket(old.ticket), redaction.redact(old.reply))


def spread(tickets: Sequence[OldTicket], playbook: Playbook, most: int) -> list[OldTicket]:
    """At most so many of them, of each topic in turn; the same customer's words once."""
    distinct: dict[str, OldTicket] = {}
    for each in tickets:
        distinct.setdefault(" ".join(each.ticket.customer_text.casefold().split()), each)
    by_topic: dict[str, list[OldTicket]] = defaultdict(list)
    for each in distinct.values():
        topics = topics_of(each.ticket, playbook)
        by_topic[topics[0].id if topics else ""].append(each)
    return [each for each in chain.from_iterable(zip_longest(*by_topic.values())) if each][:most]


def case_of(old: OldTicket, today: Draft) -> Case:
    """A case of a ticket without personal data; what the desk drafts today stands for what is expected."""
    text = _pasted(old.ticket)
    return Case(
        id=f"imported-{hashlib.sha256(text.encode()).hexdigest()[:10]}",
        ticket=text,
        reference=old.reply,
        tags=frozenset({"imported"}),
        expect=Expectation(
            status=today.status,
            asks=frozenset(each.fact for each in today.missing_facts),
            escalations=frozenset(each.category for each in today.escalations),
            cites=frozenset(c.document for said in today.statements for c in said.citations),
        ),
    )


def _pasted(ticket: Ticket) -> str:
    subject = f"Subject: {ticket.subject}\n\n" if ticket.subject else ""
    return subject + "\n".join(line.rstrip().expandtabs(4) for line in ticket.messages[0].text.splitlines()) + "\n"
