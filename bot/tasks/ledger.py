"""The ledger's work: what is called wrong is put to its document's owners, and colleagues who quote it are warned."""

import logging
from collections.abc import Iterable
from datetime import date

from bot.content import ErrorCard, Notice
from bot.errors import BotError
from bot.intents import DocumentDecided, ErrorAnswered, Place, Pressed, Rejected
from bot.jobs import Step
from bot.parts import Parts
from bot.records import LedgerEntry, OnCard
from bot.tasks.owning import Owning
from bot.tasks.showing import Showing
from knowledge.documents.decision import DocumentVerdict
from knowledge.documents.document import DocumentStatus, DocumentVersion
from knowledge.documents.struck import legible
from knowledge.drafting.factual_error import FactualError, Resolution
from knowledge.drafting.review import RejectReason, Role
from storage.audit import AuditTrail, Details
from storage.document_record import DocumentRecord
from storage.factual_errors import FactualErrors
from storage.posts import PostState
from storage.reviews import standing

_log = logging.getLogger(__name__)
_UNTOLD = Notice(
    text="This is in the ledger, but no document owner was told: name a channel as `documents` under `channels` in "
    "desk.yaml."
)
_ANSWERED = Notice(text="Somebody has answered this already; look at the card.")
_NOT_YOURS = Notice(text="Only agents and document owners make test cases; desk.yaml names them under roles.")
_NOTHING_WRONG = Notice(text="This draft is not rejected for a factual error any more, so there is nothing to test.")


class Ledger:
    """The factual errors of one desk."""

    def __init__(self, parts: Parts, showing: Showing, owning: Owning) -> None:
        self._parts = parts
        self._showing = showing
        self._owning = owning
        self._looked: tuple[int, date, frozenset[str]] | None = None

    async def follow(self, draft_id: str, step: Step) -> None:
        """After a rejection, or its undoing: the owners' cards and those of other drafts say what is so now."""

        async def now() -> str:
            errors = await self._parts.records.errors_of(draft_id)
            await self._settled(error for error in errors if error.document and error.resolution is None)
            await self._tell(errors)
            return draft_id

        await step("ledger", now)

    async def look(self) -> None:
        """Resolve what a change of a document answers, and show owners what they were not shown yet."""
        changes, today = self._parts.desk.library.catalogue.changes, self._parts.now().date()
        errors = [error for error, _ in await self._parts.records.errors()]
        mark = changes, today, frozenset(error.id for error in errors)
        if mark != self._looked:
            await self._tell(await self._settled(errors))
        for error in errors:
            post = await self._parts.records.post(_post(error.id))
            if post is None or post.state in (PostState.NEW, PostState.POSTING):
                await self._ask_owners(error.id)
        self._looked = mark

    async def answered(self, intent: ErrorAnswered, step: Step) -> list[str]:
        """An owner's answer; the documents whose drafts are to be looked at again."""
        entry = await self._parts.records.error(intent.error)
        if entry is None or entry.error.resolution:
            await self._parts.messenger.whisper(intent.place, intent.person, _ANSWERED)
            return []
        if intent.answer == "withdraw":
            record = await self._parts.desk.library.catalogue.get(entry.error.document)
            return await self._owning.decided(_withdrawal(intent, record), step)
        if refusal := await self._owning.refusal(intent.person):
            await self._parts.messenger.whisper(intent.place, intent.person, refusal)
            return []

        async def resolve() -> str:
            async with self._parts.database.transaction() as tx:
                ledger = FactualErrors(tx, self._parts.workspace)
                await ledger.resolve(intent.error, Resolution.NOT_AN_ERROR, intent.person, self._parts.now())
            return intent.error

        await step("resolve", resolve)
        await self._tell([entry.error])
        now = await self._parts.records.error(intent.error)
        if now and (now.error.resolution, now.error.resolved_by) != (Resolution.NOT_AN_ERROR, intent.person):
            await self._parts.messenger.whisper(intent.place, intent.person, _ANSWERED)
        return []

    async def make_case(self, on_card: OnCard, intent: Pressed) -> None:
        """The ticket of a draft that was wrong becomes a test ticket."""
        who, owner = (
            await self._parts.people.reviewer(intent.person),
            await self._parts.people.owner(intent.person),
        )
        if not who.roles and Role.OWNER not in owner.roles:
            await self._parts.messenger.whisper(intent.place, intent.person, _NOT_YOURS)
            return
        draft, ticket = on_card.draft, await self._parts.records.ticket(on_card.draft.ticket_id)
        said = draft.draft.sentences
        wrong = [
            said[review.sentence]
            for review in standing(await self._parts.records.reviews(draft.id))
            if review.reason == RejectReason.FACTUAL_ERROR
            and review.sentence is not None
            and review.sentence < len(said)
        ]
        if not wrong or ticket is None:
            await self._parts.messenger.whisper(intent.place, intent.person, _NOTHING_WRONG)
            return
        name = f"error-{draft.id[:12]}"
        begin = "It is there already"
        if self._parts.cases.add(name, ticket.ticket, wrong):
            begin = "Written"
            async with self._parts.database.transaction() as tx:
                trail, now = AuditTrail(tx, self._parts.workspace), self._parts.now()
                details: Details = {"case": name, "sentences": len(wrong)}
                await trail.append(
                    at=now, actor=intent.person, action="error.made_case", subject=draft.id, details=details
                )
        text = (
            f"{begin}: cases/{name}.yaml. It holds the ticket without personal data and says that this sentence must "
            "not come again; add what is right. “proofdesk eval” drafts it with the others."
        )
        await self._parts.messenger.whisper(intent.place, intent.person, Notice(text=text))

    async def say_if_untold(self, intent: Rejected) -> None:
        """Tell who called a sentence wrong that no document owner could be told."""
        errors = await self._parts.records.errors_of(intent.draft)
        if not self._parts.team().channels.documents and any(error.document for error in errors):
            await self._parts.messenger.whisper(intent.place, intent.person, _UNTOLD)

    async def _settled(self, errors: Iterable[FactualError]) -> list[FactualError]:
        """Those of the open entries that a change of their document resolved, or put at another place."""
        errors, catalogue = tuple(errors), self._parts.desk.library.catalogue
        if not errors:
            return []
        records = {record.id: record for record in await catalogue.list()}
        present = {version.id: version for version in await catalogue.in_force()}
        settled = []
        for error in errors:
            record = records.get(error.document)
            found = judged(error, record, present.get(error.document))
            if isinstance(found, FactualError):
                async with self._parts.database.transaction() as tx:
                    await FactualErrors(tx, self._parts.workspace).move(found, self._parts.now())
                settled += [error, found]
            elif found:
                person = await self._decider(record, found)
                async with self._parts.database.transaction() as tx:
                    ledger = FactualErrors(tx, self._parts.workspace)
                    await ledger.resolve(error.id, found, person, self._parts.now())
                settled.append(error)
        return settled

    async def _decider(self, record: DocumentRecord | None, found: Resolution) -> str:
        """Who withdrew the document, or approved its new text."""
        if record is None or found is Resolution.OTHER:
            return ""
        decision = await self._parts.desk.library.catalogue.decision(record.id, record.current.hash)
        return decision.person if decision else ""

    async def _tell(self, errors: Iterable[FactualError]) -> None:
        """Bring the owners' cards up to date, and those of open drafts that quote the words."""
        quoting: dict[str, None] = {}
        for error in errors:
            if error.document:
                await self._ask_owners(error.id)
                quoting |= dict.fromkeys(await self._parts.records.quoting(error))
        await self._showing.drafts(quoting)

    async def _ask_owners(self, error_id: str) -> None:
        """Post the owners' card once, or edit it to what is so now. What Slack does not take comes in a later round."""
        channel = self._parts.team().channels.documents
        entry, post = await self._parts.records.error(error_id), await self._parts.records.post(_post(error_id))
        if entry is None or not channel or (post is None and entry.error.resolution):
            return
        try:
            await self._parts.messenger.place(_post(error_id), Place(channel=channel), await self._card(entry))
            # It may have been answered while it was posted.
            entry = await self._parts.records.error(error_id) or entry
            await self._parts.messenger.show(_post(error_id), await self._card(entry), entry.revision)
        except BotError as error:
            _log.warning("owners not told yet", extra={"error": type(error).__name__})

    async def _card(self, entry: LedgerEntry) -> ErrorCard:
        error, library = entry.error, self._parts.desk.library
        record = next((each for each in await library.catalogue.list() if each.id == error.document), None)
        on_card = await self._parts.records.draft(error.draft)
        return ErrorCard(
            error=error,
            sentence=entry.sentence,
            owners=self._parts.team().roles.document_owners,
            owner=record.current.owner if record else "",
            url=record.current.url if record else "",
            link=await self._showing.link(on_card.card) if on_card else "",
            quarantined=library.quarantines,
        )


def judged(
    error: FactualError, record: DocumentRecord | None, present: DocumentVersion | None
) -> Resolution | FactualError | None:
    """What the state of its document makes of an open entry: how it is resolved, where its words stand now, or nothing.

    `present` is the version that may be quoted today, if there is one.
    """
    if record is None or record.gone_at:
        return Resolution.OTHER
    if record.current.status is DocumentStatus.WITHDRAWN:
        return Resolution.DOCUMENT_WITHDRAWN
    if present is None or present.hash == error.version:
        return None  # What answers nothing today may answer again tomorrow.
    return error.carried(present.hash, legible(present)) or Resolution.DOCUMENT_CHANGED


def _withdrawal(intent: ErrorAnswered, record: DocumentRecord) -> DocumentDecided:
    return DocumentDecided(
        place=intent.place,
        person=intent.person,
        document=record.id,
        text=record.current.hash,
        verdict=DocumentVerdict.WITHDRAWN,
    )


def _post(error_id: str) -> str:
    return f"error:{error_id}"
