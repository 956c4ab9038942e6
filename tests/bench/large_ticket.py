"""How long a ticket of 500 comments, 2 MB and 40 attachments takes, without the network and without a model."""

import time
from datetime import UTC, datetime, timedelta

from bot.helpdesks.conversation import Conversation, Entry
from knowledge.drafter import Drafter
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.ticket import Author, Ticket, TicketRef
from knowledge.index.document_index import DocumentIndex
from knowledge.index.minilm import MiniLM
from knowledge.index.seen_by import SeenBy
from knowledge.index.similarity import EmbeddingSimilarity
from knowledge.models.extractive import ExtractiveModel
from knowledge.relevance import Relevance
from tests.bench.synthetic import TODAY, question

COMMENTS, FILES = 500, 40
_SAID = "On Mon, May 4, 2026 at 10:12 AM Ben Okafor &lt;ben@acme.example&gt; wrote:"
_OPENED = datetime(2026, 5, 1, tzinfo=UTC)


def large_conversation(asked: str) -> Conversation:
    """Half of each comment is its own, half quotes the one before; the last one asks."""
    filler = "The export stopped again while our team was in the middle of the monthly closing, as I told you. " * 20
    entries = []
    before = ""
    for number in range(COMMENTS):
        own = f"{number}: {asked if number == COMMENTS - 1 else filler}"
        quoted = f"<div>{_SAID}</div><blockquote class='gmail_quote'>{before}</blockquote>"
        author = Author.AGENT if number % 2 else Author.CUSTOMER
        entries.append(
            Entry(
                author=author if number < COMMENTS - 1 else Author.CUSTOMER,
                at=_OPENED + timedelta(minutes=number),
                html=f"<p>{own}</p>" + (f"<div class='gmail_quote'>{quoted}</div>" if before else ""),
                attachments=(f"screen-{number}.png",) if number < FILES else (),
            )
        )
        before = own
    return Conversation(subject="Export", requester="Dana Reyes", entries=tuple(entries))


async def measure_large_ticket(index: DocumentIndex, size: int) -> None:
    """Print how long reading and drafting take, and what is said of what was left out."""
    asked = question(size, 3)
    conversation = large_conversation(asked)
    megabytes = sum(len(entry.html) for entry in conversation.entries) / 1e6
    relevance = Relevance(EmbeddingSimilarity(MiniLM()))
    drafter = Drafter(SeenBy(index, None), ExtractiveModel(relevance), relevance, Playbook())
    await drafter.draft(Ticket.pasted(asked), on=TODAY)
    started = time.perf_counter()
    ticket = conversation.ticket(TicketRef(helpdesk="zendesk", id="1"), {})
    read = time.perf_counter()
    draft = await drafter.draft(ticket, on=TODAY)
    done = time.perf_counter()
    print(f"A ticket of {COMMENTS} comments, {megabytes:.1f} MB, {FILES} attachments (no network, no model)")  # noqa: T201
    print(f"  cleaned {read - started:.2f} s, drafted {done - read:.2f} s, together {done - started:.2f} s (bound 2 s)")  # noqa: T201
    print(f"  kept {len(ticket.messages)} messages; {draft.status}; " + " ".join(draft.notes))  # noqa: T201
