"""Fakes for the outside doors."""

import re
from collections.abc import Sequence
from datetime import date

from bot.errors import HelpdeskError
from bot.helpdesks.links import Links
from knowledge.drafting.draft import Citation
from knowledge.drafting.passage import Passage
from knowledge.drafting.ticket import Ticket, TicketRef


class FixedRetriever:
    """Finds the same passages for every question."""

    def __init__(self, *passages: Passage) -> None:
        self.passages = list(passages)
        self.questions: list[str] = []
        self.withdrawn: set[str] = set()
        """Documents whose versions are not in force any more."""
        self.reported: list[Passage] = []
        """Passages that are reported as wrong, and so found by no question."""

    async def retrieve(self, question: str, *, on: date, limit: int) -> list[Passage]:  # noqa: ARG002 - The protocol's.
        self.questions.append(question)
        return [passage for passage in self.passages if passage.document not in self.withdrawn][:limit]

    async def in_force(self, document: str, version: str, *, on: date) -> bool:  # noqa: ARG002 - The protocol's.
        present = {(passage.document, passage.version) for passage in self.passages}
        return (document, version) in present and document not in self.withdrawn

    async def held_back(self, question: str, *, on: date, limit: int) -> list[Passage]:  # noqa: ARG002 - As above.
        return [passage for passage in self.reported if passage.document not in self.withdrawn][:limit]

    async def is_held_back(self, citation: Citation) -> bool:
        return any(citation.quote in passage.text for passage in self.reported)


class NoSimilarity:
    """No embedding is configured."""

    async def similarity(self, question: str, texts: Sequence[str]) -> None:  # noqa: ARG002 - As above.
        return None


class FixedSimilarity:
    """Every text is as close to every question."""

    def __init__(self, meaning: float) -> None:
        self.meaning = meaning

    async def similarity(self, question: str, texts: Sequence[str]) -> list[float]:  # noqa: ARG002 - The protocol's.
        return [self.meaning] * len(texts)


class ShelfOfTickets:
    """A helpdesk whose tickets lie ready by their ids; what is missing cannot be read."""

    def __init__(self, **tickets: Ticket) -> None:
        self.tickets = dict(tickets)
        self.reads: list[str] = []

    def find(self, text: str) -> Links:
        """Takes `ticket:4821` for a link."""
        refs = tuple(TicketRef(helpdesk="zendesk", id=found) for found in re.findall(r"ticket:(\d+)", text))
        return Links(refs, rest=re.sub(r"ticket:\d+", "", text).strip())

    async def read(self, ref: TicketRef) -> Ticket:
        self.reads.append(ref.id)
        if ref.id not in self.tickets:
            raise HelpdeskError("Zendesk says this ticket does not exist, or the token may not read it (404).")
        return self.tickets[ref.id].model_copy(update={"ref": ref})
