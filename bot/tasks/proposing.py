"""Proposing: an agent's own approved sentences become a document that waits for its owners."""

from bot.content import Notice
from bot.errors import UsageError
from bot.intents import Place
from bot.parts import Parts
from bot.records import OnCard
from knowledge.drafting.courtesy import is_courtesy
from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.guard import inert

_PROPOSED = Notice(
    text="Your own sentences are a proposed document now. Its owners are shown it; once they approve it, it answers "
    "such questions. Check that it names no customer."
)
_NOTHING_TO_PROPOSE = Notice(text="Only an approved reply with sentences of an agent's own can become a document.")
_WHOSE = Notice(
    text="This channel belongs to several audiences, and I cannot tell for which of them this is. Write the document "
    "by hand, with its `audience`."
)
_TITLE = 100
_NAME = 2
"""Words of a name at most."""


class Proposing:
    """Makes documents of what agents wrote."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def propose(self, on_card: OnCard, person: str) -> None:
        """An agent's own approved sentences become a proposed document."""
        draft = on_card.draft
        who = await self._parts.people.reviewer(person)
        own = [each.text for each in draft.draft.unproven if not _is_signature(each.text)]
        place = Place(channel=on_card.card.channel, thread=on_card.card.thread)
        if not who.roles or draft.state is not DraftStatus.APPROVED or not own:
            await self._parts.messenger.whisper(place, person, _NOTHING_TO_PROPOSE)
            return
        seen_by = self._parts.team().audiences_of(place.channel)
        if len(seen_by) > 1:
            await self._parts.messenger.whisper(place, person, _WHOSE)
            return
        asked = draft.draft.unanswered[0] if draft.draft.unanswered else own[0]
        title = " ".join(inert(asked).split())[:_TITLE]
        try:
            self._parts.desk.library.propose(f"answer-{draft.id[:12]}", title, "\n\n".join(map(inert, own)), *seen_by)
        except UsageError as error:
            await self._parts.messenger.whisper(place, person, Notice(text=str(error)))
            return
        await self._parts.messenger.whisper(place, person, _PROPOSED)


def _is_signature(sentence: str) -> bool:
    """Whether a sentence is a greeting or a goodbye with a name."""
    courtesy, _, name = sentence.replace("\n", ",").partition(",")
    return is_courtesy(courtesy) and len(name.split()) <= _NAME
