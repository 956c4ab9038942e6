"""Small makers of the values tests need."""

from knowledge.drafting.answer import ModelAnswer, ModelStatement, Quote
from knowledge.drafting.built_in import BUILT_IN_ESCALATIONS
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import Banned, BrandGuide, FactKind, Playbook, RequiredFact, Scope, Topic


def a_passage(
    text: str, *, document: str = "refunds", title: str = "Refund policy", headings: tuple[str, ...] = ()
) -> Passage:
    return Passage(
        id=f"{document}@v1#{'-'.join(headings) or 0}",
        document=document,
        version="0" * 64,
        title=title,
        headings=headings,
        text=text,
        start=0,
        end=len(text),
        approved_by="Mara",
        score=1.0,
    )


def an_answer(*statements: tuple[str, str, str], risks: tuple[str, ...] = ()) -> ModelAnswer:
    """Statements as (text, passage, quote)."""
    return ModelAnswer(
        statements=tuple(
            ModelStatement(text=text, quotes=(Quote(passage=passage, text=quote),))
            for text, passage, quote in statements
        ),
        missing_facts=(),
        risks=risks,
    )


PLAYBOOK = Playbook(
    brand=BrandGuide(
        banned=(Banned(phrases=("to be honest", "obviously"), reason="it sounds careless"),),
        acknowledgement="Thank you for writing to us.",
        apology="We are sorry for the trouble.",
    ),
    escalations=tuple(BUILT_IN_ESCALATIONS.values()),
    topics=(Topic(id="refund", triggers=("refund~", "money back"), facts=("purchase_date",)),),
    facts={
        "purchase_date": RequiredFact(
            id="purchase_date", question="When did you buy the plan?", kinds=(FactKind.DATE, FactKind.DURATION)
        )
    },
    scopes=(
        Scope(name="billing period", values={"monthly": ("monthly",), "yearly": ("yearly", "annual", "annually")}),
    ),
    names=("Harborlight", "Starter", "Team", "Business"),
)
