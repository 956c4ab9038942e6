"""Cards to render."""

from datetime import UTC, date, datetime
from typing import Any

from bot.content import Decision, DraftCard
from bot.intents import Place
from knowledge.drafting.conflict import Conflict, Side
from knowledge.drafting.draft import (
    UNVERIFIED,
    Citation,
    Draft,
    DraftStatus,
    Escalation,
    MissingFact,
    Outcome,
    Removed,
    Statement,
)
from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.playbook import Severity
from knowledge.drafting.quantity import Kind
from knowledge.drafting.review import RejectReason, Verdict
from knowledge.drafting.scorecard import Judgement

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
PLACE = Place(channel="C0INTAKE", thread="1700.1", message="1700.2")
GUIDE = "https://help.harborlight.example/refunds?plan=yearly&day=5"
WINDOW = "Yearly plans are refunded in full when you ask within 14 days of buying."
BACK = "The money goes back to the card you paid with."
DISPUTE = Escalation(
    category="billing_dispute",
    rule="dispute",
    evidence="I will dispute this with my bank",
    severity=Severity.HIGH,
    route="billing lead",
    second_approver=True,
)


def a_citation(quote: str = WINDOW, **changes: Any) -> Citation:
    return Citation(
        **{
            "document": "refunds",
            "version": "abcdef1234567890",
            "title": "Refund policy",
            "section": "Refund policy › Yearly plans",
            "quote": quote,
            "start": 0,
            "end": len(quote),
            "approved_by": "Mara",
            "in_force_until": date(2027, 3, 1),
            "url": GUIDE,
        }
        | changes
    )


def a_draft(**changes: Any) -> Draft:
    return Draft(
        **{
            "status": Outcome.ANSWERED,
            "reply": f"Hi Dana,\n\nthank you for writing.\n\n{WINDOW} {BACK}\n\nWhich invoice is it?",
            "statements": (
                Statement(text=WINDOW, citations=(a_citation(),)),
                Statement(text=BACK, citations=(a_citation(BACK, section="Refund policy › Getting the money"),)),
            ),
            "missing_facts": (MissingFact(fact="invoice_number", question="Which invoice is it?"),),
            "confidence": 0.7,
            "model": "extractive",
        }
        | changes
    )


def a_card(**changes: Any) -> DraftCard:
    return DraftCard(
        **{
            "title": "Refund for annual plan",
            "id": "draft-1",
            "number": 1,
            "draft": a_draft(),
            "status": DraftStatus.AWAITING,
            "requested_by": "U0ANA",
        }
        | changes
    )


def unverified(**changes: Any) -> Draft:
    nothing = {
        "status": Outcome.UNVERIFIED,
        "reply": f"{UNVERIFIED}\n\nWhich plan is it?",
        "statements": (),
        "missing_facts": (),
        "unanswered": ("Is there a discount for charities?",),
        "nearest": ("Plans and pricing", "Annual billing"),
        "confidence": 0.0,
    }
    return a_draft(**nothing | changes)


def decided(
    verdict: Verdict, person: str = "U0ANA", reason: RejectReason | None = None, sentence: int | None = None
) -> Decision:
    return Decision(person=person, verdict=verdict, at=NOW, reason=reason, sentence=sentence)


def judgement(**changes: Any) -> Judgement:
    """What somebody says of the warning of a dispute."""
    said = {"category": "billing_dispute", "verdict": "confirmed", "draft": "draft-1", "person": "U0BEN", "at": NOW}
    return Judgement.model_validate(said | changes)


def a_side(words: str) -> Side:
    """One of two documents that disagree, in somebody's words."""
    return Side(
        passage=words,
        document=words,
        version=words,
        title=words,
        section=words,
        approved_by=words,
        in_force_until=None,
        quote=words,
        start=0,
        end=1,
        values=(words,),
    )


def an_error(words: str, **changes: Any) -> FactualError:
    """An entry of the ledger in somebody's words."""
    place = {"document": words, "version": words, "end": 1, "title": words, "section": words, "quote": words}
    who = {"draft": "draft-1", "sentence": 0, "reported_by": words, "reported_at": NOW, "resolved_by": words}
    return FactualError(**{"id": "e1", **who, **place, "resolved_at": NOW} | changes)


def everywhere(words: str, url: str = GUIDE) -> DraftCard:
    """A card with somebody's words in every field that holds somebody's words."""
    citation = a_citation(words, document=words, version=words, title=words, section=words, approved_by=words, url=url)
    removed = (Removed(text=words, reason=words),)
    draft = a_draft(
        reply=f"Hi,\n\n{words}\n\nBye",
        acknowledgement=words,
        statements=(Statement(text=words, citations=(citation,)),),
        removed=removed,
        unproven=removed,
        missing_facts=(MissingFact(fact=words, question=words),),
        unanswered=(words,),
        nearest=(words,),
        conflicts=(Conflict(kind=Kind.AMOUNT, thing=words, sides=(a_side(words), a_side(words))),),
        assumptions=(words,),
        notes=(words,),
        escalations=(DISPUTE.model_copy(update={"category": words, "evidence": words, "route": words}),),
        model=words,
    )
    return a_card(
        title=words,
        ticket_url=url,
        draft=draft,
        option=words,
        sources_changed=(words,),
        stale_because=words,
        judgements=(judgement(category=words, person=words),),
        edited_by=words,
        requested_by=words,
        claimed_by=words,
        seniors=(words, "S0SENIORS"),
        style=words,
        reported=(an_error(words),),
    )
