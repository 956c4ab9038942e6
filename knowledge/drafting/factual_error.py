"""FactualError: a sentence that a person called wrong, and the approved words it rests on."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from knowledge.drafting.draft import Citation, Draft
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.passage import Passage


class Resolution(StrEnum):
    """What became of an entry."""

    DOCUMENT_CHANGED = "document_changed"
    """The words do not stand in the document's approved text any more."""
    DOCUMENT_WITHDRAWN = "document_withdrawn"
    NOT_AN_ERROR = "not_an_error"
    TAKEN_BACK = "taken_back"
    """The rejection was undone."""
    OTHER = "other"
    """Such as a document that is not in its source any more."""


class FactualError(Frozen):
    """One entry of the ledger: a sentence of a draft, and one passage it quotes."""

    id: str
    """The same for the same draft, sentence and passage."""
    draft: str
    sentence: int
    """Counted from 0, among `Draft.sentences`."""
    reported_by: str
    reported_at: datetime
    document: str = ""
    """Empty where an agent wrote the sentence; then the next six are empty too."""
    version: str = ""
    start: int = 0
    end: int = 0
    """The words are `version_text[start:end]`."""
    title: str = ""
    section: str = ""
    quote: str = ""
    resolution: Resolution | None = None
    """None while the entry is open."""
    resolved_by: str = ""
    resolved_at: datetime | None = None

    def touches(self, place: Passage | Citation) -> bool:
        """Whether a passage or a quote holds some of the reported words, in this version or all of them in another."""
        if not self.document or place.document != self.document:
            return False
        overlaps = place.version == self.version and place.start < self.end and self.start < place.end
        return overlaps or self.quote in (place.text if isinstance(place, Passage) else place.quote)

    def carried(self, version: str, text: str) -> "FactualError | None":
        """The entry in another version of its document, or none where its words do not stand there."""
        start = text.find(self.quote)
        place = {"version": version, "start": start, "end": start + len(self.quote)}
        return self.model_copy(update=place) if start >= 0 else None


def errors_in(draft_id: str, draft: Draft, sentence: int, person: str, at: datetime) -> tuple[FactualError, ...]:
    """An entry for each passage behind a sentence; one without a passage where an agent wrote the sentence."""
    found = draft.statements[sentence].citations if sentence < len(draft.statements) else ()
    places = [
        each.model_dump(include={"document", "version", "start", "end", "title", "section", "quote"}) for each in found
    ]
    entries = [
        FactualError(
            id=_id(
                draft_id, sentence, place.get("document"), place.get("version"), place.get("start"), place.get("end")
            ),
            draft=draft_id,
            sentence=sentence,
            reported_by=person,
            reported_at=at,
            **place,
        )
        for place in places or [{}]
    ]
    return tuple({entry.id: entry for entry in entries}.values())


def touching(errors: Iterable[FactualError], draft: Draft) -> tuple[FactualError, ...]:
    """Those of the entries whose words a draft quotes."""
    quoted = [citation for statement in draft.statements for citation in statement.citations]
    return tuple(error for error in errors if any(map(error.touches, quoted)))


def _id(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]
