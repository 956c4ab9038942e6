"""Values the tests of this room share."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.documents.document import DocumentStatus, DocumentVersion
from knowledge.drafting.draft import Citation, Draft, DraftStatus, Escalation, MissingFact, Outcome, Removed, Statement
from knowledge.drafting.playbook import Severity
from knowledge.drafting.ticket import Author, Message, Ticket, TicketRef
from storage.drafts import DraftId, Drafts
from storage.reviews import Decision, Reviews
from storage.tickets import Tickets

NOW = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ACME = "T-ACME"
OTHER = "T-OTHER"

TICKET = Ticket(
    messages=(
        Message(text="Can I cancel my yearly plan?", name="Ada", at=NOW),
        Message(text="I am looking into it.", author=Author.AGENT),
    ),
    subject="Cancel",
    requester="Ada",
    ref=TicketRef(helpdesk="zendesk", id="4711", url="https://acme.zendesk.com/agent/tickets/4711"),
)
CITATION = Citation(
    document="refunds",
    version="a" * 64,
    title="Refund policy",
    section="Refund policy › Yearly plans",
    quote="Yearly plans can be cancelled within 30 days.",
    start=120,
    end=165,
    approved_by="Grace",
    in_force_until=date(2026, 12, 31),
    url="https://help.acme.example/refunds",
)
DRAFT = Draft(
    status=Outcome.PARTIAL,
    reply="Hi Ada,\n\nYearly plans can be cancelled within 30 days.",
    acknowledgement="Thank you for writing to us.",
    statements=(Statement(text="Yearly plans can be cancelled within 30 days.", citations=(CITATION, CITATION)),),
    removed=(Removed(text="We refund everything.", reason="No approved passage says so."),),
    missing_facts=(MissingFact(fact="invoice", question="Which invoice is it about?"),),
    escalations=(
        Escalation(
            category="legal",
            rule="lawyer",
            evidence="my lawyer",
            severity=Severity.HIGH,
            route="#legal",
            second_approver=True,
        ),
    ),
    confidence=0.731,
    timings_ms={"retrieve": 12, "compose": 340},
)


def version(text: str = "Version one", **changes: object) -> DocumentVersion:
    """A version of the refund policy whose hash follows from its text."""
    fields: dict[str, object] = {
        "id": "refunds",
        "title": "Refund policy",
        "status": DocumentStatus.APPROVED,
        "approved_by": "Grace",
        "effective_from": date(2026, 1, 1),
        "path": "refunds.md",
        "text": text,
        "body_start": 0,
        "hash": text.encode().hex(),
    }
    return DocumentVersion.model_validate(fields | changes)


async def drafted(tx: AsyncSession, workspace: str = ACME, key: str = "key", draft: Draft = DRAFT) -> DraftId:
    """A saved draft of the ticket with a key."""
    ticket_id = await Tickets(tx, workspace).open(TICKET, key, NOW)
    return await Drafts(tx, workspace).save(draft, ticket_id, NOW)


async def decide(tx: AsyncSession, draft: DraftId, person: str, new_state: DraftStatus, **changes: object) -> None:
    """A decision on a draft that awaits one, unless `changes` say otherwise."""
    verdicts = {DraftStatus.APPROVED: "approve", DraftStatus.REJECTED: "reject", DraftStatus.ESCALATED: "escalate"}
    arguments: dict[str, object] = {
        "expected_state": DraftStatus.AWAITING,
        "expected_number": draft.number,
        "review": Decision(person=person, verdict=verdicts.get(new_state, "approve")),
        "now": LATER,
    }
    await Reviews(tx, ACME).decide(draft.id, new_state=new_state, **(arguments | changes))  # type: ignore[arg-type]
