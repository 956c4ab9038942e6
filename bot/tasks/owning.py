"""Owning: document owners are shown what waits for them, decide about it, and are told what ends."""

from datetime import date, timedelta
from difflib import unified_diff
from hashlib import sha256

from bot.catalogue import SCANNED, document_line, texts_of
from bot.content import ConflictsListed, DocumentCard, DocumentsListed, Notice
from bot.errors import UsageError
from bot.gaps import gap_list
from bot.intents import DocumentAsked, DocumentDecided, Place, WaitingApproved
from bot.jobs import Step
from bot.parts import Parts
from bot.quotes import effect
from bot.tasks.pause import Pause
from knowledge.documents.decision import DocumentVerdict
from knowledge.drafting.review import Kind, Reviewer, Role
from storage.document_record import DocumentRecord
from storage.drafts import Drafts

_AT_ONCE = 5
"""Documents that are shown on a card each; more at once are listed."""
_LISTED = 20
_WEEK = 7
_SOON = 30
"""Days ahead that the month's digest looks."""
_NOT_OWNER = Notice(text="Only a document owner decides about documents; desk.yaml names them under roles.")
_UNKNOWN = Notice(text="I could not check with Slack who you are; nothing was decided. Please try again in a moment.")
_NO_CHANNEL = Notice(text="desk.yaml names no channel for documents, so there is nowhere to show it.")
_SHOWN = Notice(text="Its text, and what to do with it, is on a card in the documents channel.")
_NEXT = "“proofdesk docs diff” shows what changed in one, “docs approve” approves it, with new dates if it ended."
_BACK = (
    "They were gone and are there again, word for word as they were approved. “proofdesk docs withdraw” takes one out "
    "of answers."
)
_OF_LATE = timedelta(days=90)
_MOST_QUOTES = 2_000
_MEANWHILE = {
    (True, True): "Until then the text approved before answers.",
    (True, False): "Until then nothing of it answers.",
    (False, True): "The text approved before goes on answering.",
    (False, False): "Nothing of it answers until another text of it is approved.",
}
"""What is so while a text waits or was refused, by whether the desk keeps the text before it."""


class Owning:
    """The owners' side of documents."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._pause = Pause(parts.now)
        self._told: tuple[date, int] | None = None
        self._shown = -1

    async def propose(self) -> None:
        """Show the owners each text that waits for them, once."""
        channel = self._parts.team().channels.documents
        known = self._parts.desk.library.changes()
        if not channel or known == self._shown or self._pause.lasts:
            return
        with self._pause.after_failure():
            await self._propose(channel)
        self._shown = known

    async def remind(self) -> None:
        """Once a month what ends soon, and at once what has ended while an open draft cites it."""
        today = self._parts.now().date()
        seen = today, self._parts.desk.library.changes()
        if not self._parts.team().channels.documents or self._told == seen or self._pause.lasts:
            return
        with self._pause.after_failure():
            await self._remind(today)
        self._told = seen

    async def decided(self, intent: DocumentDecided, step: Step) -> list[str]:
        """An owner's decision; the documents whose drafts are to be looked at again."""
        owner = await self._parts.people.owner(intent.person)
        if refusal := _refusal(owner):
            await self._parts.messenger.whisper(intent.place, intent.person, refusal)
            return []

        async def decide() -> str:
            decide = self._parts.desk.library.decide
            try:
                await decide(intent.document, intent.verdict, owner.id, text=intent.text, name=owner.name)
            except UsageError as error:
                return str(error)
            return ""

        if refused := await step("decide", decide):
            await self._parts.messenger.whisper(intent.place, intent.person, Notice(text=refused))
        await self._show(intent.document, intent.text)
        return [] if refused else [intent.document]

    async def shown(self, intent: DocumentAsked) -> None:
        """Show an owner a document that waits, on a card of its own."""
        refusal = await self.refusal(intent.person)
        channel = self._parts.team().channels.documents
        try:
            record = await self._parts.desk.library.catalogue.get(intent.document)
        except UsageError as error:
            refusal = refusal or Notice(text=str(error))
        if refusal or not channel:
            await self._parts.messenger.whisper(intent.place, intent.person, refusal or _NO_CHANNEL)
            return
        post = _post(record.id, record.current.hash)
        message = await self._parts.messenger.place(post, Place(channel=channel), await self._card(record))
        link = await self._parts.messenger.link(Place(channel=channel, message=message))
        await self._parts.messenger.whisper(intent.place, intent.person, _SHOWN.model_copy(update={"link": link}))

    async def waiting_approved(self, intent: WaitingApproved, step: Step) -> list[str]:
        """An owner approves all that waits, or is told why not; the documents."""
        owner = await self._parts.people.owner(intent.person)
        if refusal := _refusal(owner):
            await self._parts.messenger.whisper(intent.place, intent.person, refusal)
            return []
        approved: list[DocumentRecord] = []

        async def approve() -> str:
            try:
                library = self._parts.desk.library
                approved.extend(await library.approve_waiting(owner.id, intent.texts, owner.name))
            except UsageError as error:
                return str(error)
            return ""

        if refused := await step("approve", approve):
            await self._parts.messenger.whisper(intent.place, intent.person, Notice(text=refused))
            return []
        if approved:
            post = f"documents:approved:{intent.texts[:16]}"
            await self._list(post, "Approved", approved, approved_by=intent.person)
        for record in approved:
            if await self._parts.records.is_posted(_post(record.id, record.current.hash)):
                await self._show(record.id, record.current.hash)
        return [record.id for record in approved]

    async def refusal(self, person: str) -> Notice | None:
        """Why a person may not decide about documents, or none for an owner."""
        return _refusal(await self._parts.people.owner(person))

    async def _propose(self, channel: str) -> None:
        waiting = await self._parts.desk.library.catalogue.waiting()
        new = [each for each in waiting if not await self._parts.records.is_posted(_post(each.id, each.current.hash))]
        if len(new) > _AT_ONCE:
            texts = texts_of(waiting)
            await self._list(f"documents:wait:{texts[:16]}", "Wait for approval", waiting, to_approve=texts)
            new = []
        for record in new:
            card = await self._card(record)
            await self._parts.messenger.place(_post(record.id, record.current.hash), Place(channel=channel), card)
        await self._returned()
        await self._conflicts(channel)

    async def _returned(self) -> None:
        """Tell of documents that answer again after they were gone, those of one moment together."""
        since = self._parts.now() - timedelta(days=_WEEK)
        moments: dict[str, list[DocumentRecord]] = {}
        for record in await self._parts.desk.library.catalogue.returned(since):
            moments.setdefault(f"{record.returned_at:%Y%m%dT%H%M%S%f}", []).append(record)
        for moment, records in moments.items():
            await self._list(f"documents:returned:{moment}", "Came back, and answer again", records, next_step=_BACK)

    async def _remind(self, today: date) -> None:
        await self._gaps(f"documents:gaps:{today:%G-%V}")
        stale = await self._parts.desk.library.catalogue.stale(_SOON)
        if stale:
            await self._list(f"documents:ends:{today:%Y-%m}", "Ends soon, or has ended", stale)
        for record in stale:
            if record.current.state(today) == "expired" and await self._is_wanted(record.id):
                await self._list(
                    f"documents:ended:{record.id}:{record.current.hash[:16]}", "Ended, and a draft cites it", [record]
                )

    async def _show(self, document: str, text: str) -> None:
        record = await self._parts.desk.library.catalogue.get(document)
        card = await self._card(record)
        if record.current.hash != text:
            card = card.model_copy(update={"text": text, "decided": "replaced", "changes": ()})
        revision = await self._parts.records.revision()
        await self._parts.messenger.show(_post(document, text), card, revision)

    async def _card(self, record: DocumentRecord) -> DocumentCard:
        found = await self._parts.desk.library.catalogue.difference(record.id)
        decision = await self._parts.desk.library.catalogue.decision(record.id, record.current.hash)
        touched = effect([], found.now)
        if found.before and decision is None:
            async with self._parts.database.reading() as tx:
                since = self._parts.now() - _OF_LATE
                quotes = await Drafts(tx, self._parts.workspace).quotes_of(record.id, since, _MOST_QUOTES)
            touched = effect(quotes, found.now)
        keeps = bool(found.before) and self._parts.desk.library.keeps
        waits = decision is None or decision.verdict is not DocumentVerdict.REFUSED
        lines = unified_diff(found.before.splitlines(), found.now.splitlines(), lineterm="", n=2)
        return DocumentCard(
            id=record.id,
            title=record.current.title,
            text=record.current.hash,
            owners=self._parts.team().roles.document_owners,
            owner=record.current.owner,
            url=record.current.url,
            changes=tuple(lines)[2:],
            is_new=not found.before,
            lost=touched.lost,
            replies=touched.replies,
            replies_changed=touched.changed,
            meanwhile=_MEANWHILE[waits, keeps],
            decided=decision.verdict.value if decision else "",
            person=decision.person if decision else "",
            at=decision.at if decision else None,
        )

    async def _conflicts(self, channel: str) -> None:
        """Tell of contradictions between approved documents, each set of them once."""
        found = await self._parts.desk.library.catalogue.conflicts(self._parts.desk.playbook, SCANNED)
        if not found:
            return
        sides = sorted(f"{side.document}@{side.version}:{side.start}" for each in found for side in each.sides)
        post = f"documents:conflicts:{sha256(' '.join(sides).encode()).hexdigest()[:16]}"
        if not await self._parts.records.is_posted(post):
            owners = self._parts.team().roles.document_owners
            content = ConflictsListed(conflicts=found[:_AT_ONCE], more=len(found[_AT_ONCE:]), owners=owners)
            await self._parts.messenger.announce(post, Place(channel=channel), content)

    async def _gaps(self, post: str) -> None:
        """Once a week what customers asked in vain."""
        team = self._parts.team()
        if await self._parts.records.is_posted(post):
            return
        channel = team.channels.documents
        seen = await self._parts.gaps.shown_in(channel, _WEEK, self._parts.people.channel)
        found = gap_list(seen, _WEEK, team.roles.document_owners)
        if found.lines or found.withheld:
            await self._parts.messenger.announce(post, Place(channel=team.channels.documents), found)

    async def _list(self, post: str, heading: str, records: list[DocumentRecord], **more: str) -> None:
        team, today = self._parts.team(), self._parts.now().date()
        if await self._parts.records.is_posted(post):
            return
        lines = tuple(document_line(each, today) for each in records[:_LISTED])
        content = DocumentsListed(
            heading=heading,
            lines=lines,
            more=len(records) - len(lines),
            owners=team.roles.document_owners,
            to_show=tuple(document_line(each, today) for each in records) if "to_approve" in more else (),
            **({"next_step": _NEXT} | more),
        )
        await self._parts.messenger.announce(post, Place(channel=team.channels.documents), content)

    async def _is_wanted(self, document: str) -> bool:
        async with self._parts.database.reading() as tx:
            return bool(await Drafts(tx, self._parts.workspace).citing(document))


def _refusal(who: Reviewer) -> Notice | None:
    if Role.OWNER in who.roles:
        return None
    return _UNKNOWN if who.kind is Kind.UNKNOWN else _NOT_OWNER


def _post(document: str, text: str) -> str:
    return f"document:{document}:{text[:16]}"
