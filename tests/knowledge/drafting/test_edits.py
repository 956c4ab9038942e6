from knowledge.drafting.draft import Citation, Draft, Outcome, Statement
from knowledge.drafting.edits import EditKind, SentenceEdit, edits

REFUND = "Yearly plans are refunded in full within 14 days of purchase."
EXPORT = "Invoices can be exported as PDF under Settings."


def proof(document: str) -> Citation:
    return Citation(
        document=document, version="v", title="", section="", quote="", start=0, end=1, approved_by="Mara Lindt"
    )


DRAFT = Draft(
    status=Outcome.ANSWERED,
    reply=f"Hi Dana,\n\nThank you for writing.\n\n{REFUND} {EXPORT}\n\nKind regards",
    statements=(
        Statement(text=REFUND, citations=(proof("refund-policy"),)),
        Statement(text=EXPORT, citations=(proof("invoices"), proof("exports"))),
    ),
)


def test_a_reply_with_other_white_space_is_unchanged() -> None:
    assert edits(DRAFT, DRAFT.reply.replace("\n\n", "\n\n\n").replace("Dana,", "Dana,  ") + "\n") == ()


def test_a_changed_number_is_a_changed_fact_of_its_document() -> None:
    assert edits(DRAFT, DRAFT.reply.replace("14 days", "30 days")) == (
        SentenceEdit(kind=EditKind.FACTS, words=1, characters=2, document="refund-policy"),
    )


def test_other_words_for_the_same_facts_are_wording() -> None:
    (edit,) = edits(DRAFT, DRAFT.reply.replace("can be exported", "may be exported"))
    assert (edit.kind, edit.words, edit.document) == (EditKind.WORDING, 1, "invoices")


def test_a_sentence_that_went_counts_with_all_its_words() -> None:
    (edit,) = edits(DRAFT, DRAFT.reply.replace(f" {EXPORT}", ""))
    assert (edit.kind, edit.words, edit.document) == (EditKind.REMOVED, len(EXPORT.split()), "invoices")


def test_what_a_person_added_belongs_to_no_document() -> None:
    (edit,) = edits(DRAFT, DRAFT.reply.replace("\n\nKind", " We are sorry for the trouble.\n\nKind"))
    assert (edit.kind, edit.words, edit.document) == (EditKind.ADDED, 6, "")


def test_a_rewritten_reply_is_sentences_removed_and_added() -> None:
    kinds = [
        edit.kind for edit in edits(DRAFT, "Hi Dana,\n\nWe will call you tomorrow about all of it.\n\nKind regards")
    ]
    assert kinds == [EditKind.REMOVED] * 3 + [EditKind.ADDED]


def test_a_plan_of_the_desk_is_a_fact() -> None:
    draft = DRAFT.model_copy(update={"reply": "The Team plan has ten seats for you."})
    assert [e.kind for e in edits(draft, "The Studio plan has ten seats for you.", ("Team", "Studio"))] == [
        EditKind.FACTS
    ]
