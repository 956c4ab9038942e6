"""The drafter: a ticket becomes a proven draft. The whole pipeline on one screen."""

import time
from collections.abc import Callable, Sequence
from datetime import date

from knowledge.drafting import reply
from knowledge.drafting.answer import ModelAnswer, ModelReply
from knowledge.drafting.asks import MOST, Ask, find_asks
from knowledge.drafting.brief import Brief
from knowledge.drafting.confidence import confidence
from knowledge.drafting.disputes import settled
from knowledge.drafting.draft import Draft, Outcome, Removed, Statement
from knowledge.drafting.escalation import find_escalations
from knowledge.drafting.grounding import check
from knowledge.drafting.guard import guard
from knowledge.drafting.language import NAMES, language_of
from knowledge.drafting.missing_facts import find_missing_facts, open_facts, topics_of
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import Playbook, RequiredFact
from knowledge.drafting.revision import Revision
from knowledge.drafting.scope import assumptions
from knowledge.drafting.ticket import Ticket
from knowledge.drafting.ticket_notes import notes_on
from knowledge.interfaces import LanguageModel, Retriever
from knowledge.left_out import left_out
from knowledge.redaction import redaction_for
from knowledge.relevance import ENOUGH, Candidate, Relevance, plainly

_PASSAGES_PER_ASK = 6
_MOST_PASSAGES = 14
_TICKET_FOR_MODEL = 12_000
"""Characters of a ticket that a model gets to read; rules read all of it."""
Told = Callable[[str], None]
"""Told which step begins: searching, writing or checking."""
_NOTHING = ModelReply(answer=ModelAnswer(statements=(), missing_facts=(), risks=()))


class Drafter:
    """Drafts replies by one desk's playbook. Holds no state of any ticket."""

    def __init__(self, retriever: Retriever, model: LanguageModel, relevance: Relevance, playbook: Playbook) -> None:
        self._retriever = retriever
        self._model = model
        self._relevance = relevance
        self._playbook = playbook

    async def draft(self, ticket: Ticket, *, on: date, told: Told | None = None) -> Draft:
        """A draft from the documents in force on a day. Raises `ModelError` when the model gives nothing usable."""
        clock = _Clock(told)
        playbook = self._playbook
        topics = topics_of(ticket, playbook)
        unknown = open_facts(ticket, playbook)
        redaction = redaction_for(ticket)
        seen = redaction.ticket(ticket)
        asks, notes = self._read(seen)
        notes = (*notes, *notes_on(ticket))
        clock.lap("read", then="searching")

        foreign = self._foreign(seen)
        passages = [] if foreign else await self._search(asks, on)
        if foreign:
            notes = (*notes, foreign)
        elif asks and not passages:
            notes = (
                *notes,
                "No approved document in force has anything near; `proofdesk docs list` shows what is in force.",
            )
        clock.lap("search", then="writing")

        brief = self._brief(seen, asks, passages, unknown)
        written = await self._model.compose(brief) if passages else _NOTHING
        clock.lap("write", then="checking")

        grounded = check(written.answer.statements, brief.passages, seen.customer_text, playbook)
        certain, disputed, conflicts = settled(grounded.statements, passages, playbook)
        said, unsayable = guard(certain, playbook.brand)
        statements, strengths, beside = await self._on_topic(said, asks, passages)
        # What would answer better and may not be quoted leaves its question open, whatever stands beside it.
        held_back, better = await left_out(self._retriever, self._relevance, () if foreign else asks, on)
        removed = (*grounded.removed, *disputed, *unsayable, *beside, *held_back)
        missing = find_missing_facts(topics, playbook, unknown, written.answer.missing_facts)
        escalations = find_escalations(ticket, playbook, written.answer.risks)
        needed = [max(ENOUGH, strength) for strength in better or (0.0 for _ in asks)]
        unanswered = [ask for ask, has, needs in zip(asks, strengths, needed, strict=True) if has < needs]
        clock.lap("check")

        draft = Draft(
            status=_outcome(statements, unanswered),
            reply="",
            topic=topics[0].id if topics else "",
            statements=statements,
            removed=tuple(Removed(text=redaction.restore(r.text), reason=r.reason) for r in removed),
            missing_facts=missing,
            unanswered=tuple(redaction.restore(ask.text) for ask in unanswered),
            nearest=() if statements else tuple(dict.fromkeys(passage.title for passage in passages))[:3],
            conflicts=conflicts,
            assumptions=assumptions(statements, ticket.known_text, playbook),
            escalations=escalations,
            notes=notes,
            confidence=confidence(statements, len(removed), strengths, on),
            model=self._model.name,
            tokens=written.tokens,
            timings_ms=clock.laps(),
        )
        return draft.model_copy(update={"reply": reply.compose(draft, ticket, playbook)})

    async def recheck(self, ticket: Ticket, draft: Draft, text: str, *, on: date) -> Draft:
        """The draft with a person's own reply, and which of its sentences are proven by documents in force on a day."""
        text = "\n".join(text.splitlines()).strip()
        standing = [s for s in draft.statements if not await self._unusable(s, on)]
        redaction = redaction_for(ticket)
        revision = Revision(text, ticket, self._playbook)
        found = {
            sentence: await self._retriever.retrieve(redaction.redact(sentence), on=on, limit=_PASSAGES_PER_ASK)
            for sentence in revision.to_look_up(draft, standing)
        }
        checked = revision.checked(found)
        asks, _ = self._read(redaction.ticket(ticket))
        scores = await self._scores(checked.statements, asks, await self._search(asks, on))
        return draft.model_copy(
            update={
                "status": checked.outcome(draft.status),
                "reply": text,
                "statements": checked.statements,
                "unproven": checked.unproven,
                "nearest": () if checked.statements else draft.nearest,
                "assumptions": assumptions(checked.statements, ticket.known_text, self._playbook),
                "confidence": confidence(checked.statements, len(checked.unproven), _strengths(scores), on),
            }
        )

    async def still_stands(self, draft: Draft, *, on: date) -> tuple[str, ...]:
        """Titles of cited documents whose cited version is not in force on a day; none where the draft stands."""
        titles = [title for statement in draft.statements for title in await self._out_of_force(statement, on)]
        return tuple(dict.fromkeys(titles))

    async def _unusable(self, statement: Statement, on: date) -> bool:
        """Whether a proof of a statement is out of force, or reported as wrong where that is not to be quoted."""
        reported = [await self._retriever.is_held_back(citation) for citation in statement.citations]
        return any(reported) or bool(await self._out_of_force(statement, on))

    async def _out_of_force(self, statement: Statement, on: date) -> list[str]:
        return [
            citation.title
            for citation in statement.citations
            if not await self._retriever.in_force(citation.document, citation.version, on=on)
        ]

    def _read(self, ticket: Ticket) -> tuple[tuple[Ask, ...], tuple[str, ...]]:
        """The questions to look up, and what an agent should know about the reading."""
        text = ticket.customer_text
        if not text.strip():
            return (), ("The ticket is empty.",)
        asks = find_asks(ticket)
        notes = [] if asks else ["The ticket asks nothing that could be looked up."]
        if len(asks) > MOST:
            notes.append(f"The ticket asks {len(asks)} things; the first {MOST} were looked up.")
        if len(text) > _TICKET_FOR_MODEL:
            notes.append(
                f"The ticket has {len(text):,} characters; rules read all, a model no more than {_TICKET_FOR_MODEL:,}."
            )
        return asks[:MOST], tuple(notes)

    def _foreign(self, ticket: Ticket) -> str:
        """That the ticket is in a language without approved documents, in a sentence; else empty."""
        language = language_of(ticket.customer_text)
        if language is None or language in self._playbook.languages:
            return ""
        ours = " and ".join(NAMES.get(code, code) for code in self._playbook.languages)
        return f"The ticket seems to be in {NAMES[language]}; the approved documents are in {ours}."

    async def _search(self, asks: Sequence[Ask], on: date) -> list[Passage]:
        """The best passages over all questions, each question's best first."""
        questions = dict.fromkeys(words for ask in asks for words in (ask.full if ask.vague else ask.core, ask.full))
        found = [await self._retriever.retrieve(plainly(each), on=on, limit=_PASSAGES_PER_ASK) for each in questions]
        ranked = sorted((place, ask, p.id, p) for ask, ps in enumerate(found) for place, p in enumerate(ps))
        return list({identity: passage for _, _, identity, passage in reversed(ranked)}.values())[::-1][:_MOST_PASSAGES]

    def _brief(
        self, ticket: Ticket, asks: tuple[Ask, ...], passages: list[Passage], unknown: tuple[RequiredFact, ...]
    ) -> Brief:
        return Brief(
            ticket=_for_model(ticket),
            asks=asks,
            passages={f"P{number}": passage for number, passage in enumerate(passages, 1)},
            scopes=self._playbook.scopes,
            facts=unknown,
            categories=tuple(rule.category for rule in self._playbook.escalations),
            avoid=tuple(phrase for banned in self._playbook.brand.banned for phrase in banned.phrases),
        )

    async def _on_topic(
        self, statements: tuple[Statement, ...], asks: Sequence[Ask], passages: list[Passage]
    ) -> tuple[tuple[Statement, ...], list[float], list[Removed]]:
        """The statements that answer one of the questions, how well each question is answered, and the others."""
        scores = await self._scores(statements, asks, passages)
        best = [max(column) for column in zip(*scores, strict=True)]
        kept = tuple(s for s, score in zip(statements, best, strict=True) if score >= ENOUGH)
        beside = [
            Removed(text=s.text, reason="is proven, but does not answer what the customer asked")
            for s, score in zip(statements, best, strict=True)
            if score < ENOUGH
        ]
        return kept, _strengths(scores), beside

    async def _scores(
        self, statements: tuple[Statement, ...], asks: Sequence[Ask], passages: list[Passage]
    ) -> list[list[float]]:
        """For each question how well each statement answers it."""
        candidates = [Candidate(s.text, s.citations[0].section) for s in statements]
        return [await self._relevance.scores(ask, candidates, passages) for ask in asks]


def _for_model(ticket: Ticket) -> str:
    """The customer's words; of too many those that are open."""
    if len(ticket.customer_text) <= _TICKET_FOR_MODEL:
        return ticket.customer_text
    return "\n\n".join((ticket.subject, *(m.text for m in ticket.open_messages)))[:_TICKET_FOR_MODEL]


def _strengths(scores: list[list[float]]) -> list[float]:
    """How well each question is answered by its best statement."""
    return [max(row, default=0.0) for row in scores]


def _outcome(statements: tuple[Statement, ...], unanswered: list[Ask]) -> Outcome:
    if not statements:
        return Outcome.UNVERIFIED
    return Outcome.PARTIAL if unanswered else Outcome.ANSWERED


class _Clock:
    """Milliseconds of each step and of all; who waits is told what begins."""

    def __init__(self, told: Told | None) -> None:
        self._told = told
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, int] = {}

    def lap(self, name: str, then: str = "") -> None:
        now = time.perf_counter()
        self._laps[name] = round((now - self._last) * 1000)
        self._last = now
        if self._told is not None and then:
            self._told(then)

    def laps(self) -> dict[str, int]:
        return {**self._laps, "total": round((self._last - self._start) * 1000)}
