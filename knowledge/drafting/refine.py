"""Refining: the same proven sentences in another composition, as a colleague asks for it in the thread."""

from collections.abc import Sequence

from knowledge.drafting import reply
from knowledge.drafting.asks import find_asks, telling
from knowledge.drafting.draft import Draft, Removed, Statement
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.reply import Style
from knowledge.drafting.scope import assumptions
from knowledge.drafting.ticket import Ticket
from knowledge.drafting.words import stem, words


def shorter(draft: Draft, ticket: Ticket, playbook: Playbook) -> Draft | None:
    """Without the acknowledgement and with fewer statements: one for each question first, asked again one less.

    None where nothing can be left out. An agent's own sentences stay: they are not ours to leave out.
    """
    questions = _questions(draft, ticket)
    kept = _strongest(draft.statements, questions) or draft.statements[:1]
    plain = reply.compose(draft, ticket, playbook, Style.SHORTER)
    if len(kept) == len(draft.statements) > 1 and _length(plain) >= _length(draft.reply):
        weakest = min(reversed(kept), key=lambda statement: _strength(statement, questions))
        kept = tuple(statement for statement in kept if statement is not weakest)
    left_out = tuple(
        Removed(text=statement.text, reason="is proven, and was left out to be shorter")
        for statement in draft.statements
        if statement not in kept
    )
    shortened = draft.model_copy(
        update={
            "statements": kept,
            "removed": draft.removed + left_out,
            "assumptions": assumptions(kept, ticket.customer_text, playbook),
        }
    )
    return _written(shortened, ticket, playbook, Style.SHORTER, shorter_than=_length(draft.reply))


def friendlier(draft: Draft, ticket: Ticket, playbook: Playbook) -> Draft | None:
    """With the desk's acknowledgement or apology and its closing line; None where it is so already."""
    written = _written(draft, ticket, playbook, Style.FRIENDLIER)
    return written if written and written.reply != draft.reply else None


def options(draft: Draft, ticket: Ticket, playbook: Playbook) -> tuple[Draft, Draft] | None:
    """The draft as it is, and the shorter one; None where there is no shorter one."""
    short = shorter(draft, ticket, playbook)
    return (draft, short) if short else None


def _written(
    draft: Draft, ticket: Ticket, playbook: Playbook, style: Style, shorter_than: int | None = None
) -> Draft | None:
    # Around the fixed sentence there is nothing to compose.
    if not draft.statements:
        return None
    text = reply.compose(draft, ticket, playbook, style)
    if shorter_than is not None and _length(text) >= shorter_than:
        return None
    return draft.model_copy(update={"reply": text})


def _questions(draft: Draft, ticket: Ticket) -> list[frozenset[str]]:
    """The telling words of each question that the draft answers."""
    told = (frozenset(telling(ask.full)) for ask in find_asks(ticket) if ask.text not in draft.unanswered)
    return [question for question in told if question]


def _strongest(statements: tuple[Statement, ...], questions: Sequence[frozenset[str]]) -> tuple[Statement, ...]:
    """For each question the statement that shares most with it, in the order of the reply."""
    best = {
        max(range(len(statements)), key=lambda place: _shared(statements[place], question))
        for question in questions
        if any(_shared(statement, question) for statement in statements)
    }
    return tuple(statements[place] for place in sorted(best))


def _strength(statement: Statement, questions: Sequence[frozenset[str]]) -> float:
    return max((_shared(statement, question) for question in questions), default=0.0)


def _shared(statement: Statement, question: frozenset[str]) -> float:
    """The share of a question's telling words that a statement or its section has."""
    there = {stem(word) for word in words(f"{statement.citations[0].section} {statement.text}")}
    return len(question & there) / len(question)


def _length(text: str) -> int:
    return len(text.split())
