from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.cards import card, home, modals
from bot.cards.rendering import Rendering
from bot.content import (
    AskedOwners,
    Choice,
    ConflictsListed,
    DocumentCard,
    DocumentLine,
    DocumentsListed,
    DraftCard,
    ErrorCard,
    ErrorLine,
    ErrorsListed,
    Failed,
    Found,
    GapLine,
    GapsListed,
    Notice,
    Version,
    Warned,
    Withheld,
    Working,
)
from knowledge.drafting.draft import UNVERIFIED, DraftStatus, Outcome
from knowledge.drafting.factual_error import Resolution
from knowledge.drafting.review import RejectReason, Verdict
from tests.bot.cards.examples import GUIDE, NOW, PLACE, an_error, decided, everywhere
from tests.bot.cards.hostile import HOSTILE
from tests.bot.cards.live import auto, live_in, live_in_text, quoted_texts

_OURS = {f"link {GUIDE.replace('&', '&amp;')}", "date", "user U0BEN", "special subteam^S0SENIORS"}
_BANNER = ("✅ Approved by @lead", "✅ Approved by ＠lead", "꞉white_check_mark")
_DECISIONS = (
    decided(Verdict.APPROVE, "U0BEN"),
    decided(Verdict.REJECT, "U0BEN", RejectReason.FACTUAL_ERROR, sentence=0),
    decided(Verdict.ESCALATE, "U0BEN"),
)


def renderings(words: str) -> list[Rendering]:
    """Everything that is shown, with these words wherever somebody else's can stand."""
    hostile = everywhere(words)
    unverified = hostile.draft.model_copy(
        update={"status": Outcome.UNVERIFIED, "statements": (), "reply": UNVERIFIED + words}
    )
    states = [hostile.model_copy(update={"status": status, "decisions": _DECISIONS}) for status in DraftStatus]
    return [
        *(card.render(each) for each in states),
        card.render(hostile.model_copy(update={"draft": unverified})),
        card.render(Working(title=words)),
        card.render(Failed(title=words, reason=f"Zendesk says no. {words}", card="c")),
        card.render(Withheld(reason=f"Shared. {words}")),
        card.found(Found(question=words, draft=hostile.draft)),
        card.found(Found(question=words, draft=unverified, shared_by=words)),
        card.announcement(Warned(title=words, person=words, draft=hostile.draft, link=words)),
        card.announcement(AskedOwners(person=words, owners=(words,), questions=(words,))),
        *(
            card.render(
                DocumentCard(
                    id=words,
                    title=words,
                    text="0" * 64,
                    owners=(words,),
                    owner=words,
                    url=words,
                    changes=(words, f"+{words}"),
                    decided=decided_,
                    person=words,
                )
            )
            for decided_ in ("", "approved", "withdrawn", "replaced")
        ),
        *(
            card.render(
                ErrorCard(
                    error=an_error(words, resolution=resolution),
                    sentence=words,
                    owners=(words,),
                    owner=words,
                    url=words,
                    link=words,
                )
            )
            for resolution in (None, *Resolution)
        ),
        card.announcement(
            ErrorsListed(lines=(ErrorLine(error=an_error(words), sentence=words, open_for=90_000),), more=1)
        ),
        card.announcement(ConflictsListed(conflicts=hostile.draft.conflicts, more=1, owners=(words,))),
        card.announcement(
            GapsListed(days=7, lines=(GapLine(question=words, tickets=2, links=((words, words),)),), owners=(words,))
        ),
        card.announcement(
            DocumentsListed(
                heading=words,
                lines=(DocumentLine(id=words, title=words, state=words, approved_by=words, owner=words, url=words),),
                owners=(words,),
                to_approve="a",
                to_show=(DocumentLine(id=words, title=words, state=words),),
                next_step=f"Next: {words}",
            )
        ),
        card.notice(
            Notice(
                text="Too late, {0}: " + words,
                people=(words,),
                quoted=words,
                choices=(Choice(label=f"Go {words}", action="retry"),),
            )
        ),
        card.notice(
            Notice(
                text="Which?",
                menu=f"Which {words}",
                choices=(Choice(label=f"Kind {words}", action="missed_kind", value="d:x"),),
            )
        ),
    ]


def views(words: str) -> list[dict[str, Any]]:
    hostile = everywhere(words).model_copy(update={"versions": (Version(number=0, reply=words),)})
    line = home.HomeLine(
        title=words, status=DraftStatus.AWAITING, number=1, requested_by=words, link=words, created_at=NOW
    )
    return [modals.reject(hostile, PLACE), modals.older(hostile), home.home([line], [line], on=True)]


def offences(rendering: Rendering) -> list[str]:
    """What acts and should not."""
    found = list(live_in_text(rendering.text))
    for blocks in rendering.parts:
        found += [each for each in live_in(blocks) if each not in _OURS]
        found += [each for quote in quoted_texts(blocks, "quote") for each in auto(quote)]
    return found


@pytest.mark.parametrize("words", HOSTILE)
def test_nobodys_words_act_wherever_they_stand(words: str) -> None:
    assert [found for rendering in renderings(words) for found in offences(rendering)] == []
    assert [found for view in views(words) for found in live_in(view["blocks"]) if found not in _OURS] == []


@pytest.mark.parametrize("url", HOSTILE)
def test_an_address_that_is_none_of_ours_is_never_linked(url: str) -> None:
    hostile = DraftCard.model_validate(everywhere("words", url=url).model_dump())
    targets = [each for blocks in card.render(hostile).parts for each in live_in(blocks) if each not in _OURS]
    assert targets == []


_SHORT = [words for words in HOSTILE if len(words) < 100]
_WORDS = st.lists(st.one_of(st.sampled_from(_SHORT), st.text(max_size=12)), max_size=4).map("".join)


@settings(max_examples=150, deadline=None)
@example("00:data:text/html;base64,PHNjcmlwdD4=", DraftStatus.AWAITING)
@example(":mailto:a@evil.example", DraftStatus.AWAITING)
@given(_WORDS, st.sampled_from(list(DraftStatus)))
def test_whatever_is_written_on_a_card_nothing_acts(words: str, status: DraftStatus) -> None:
    shown = everywhere(words).model_copy(update={"status": status, "decisions": _DECISIONS})
    assert offences(card.render(shown)) == []


@pytest.mark.parametrize("words", [each for each in HOSTILE if "Approved by" in each])
def test_nobody_but_the_desk_can_say_that_a_draft_is_approved(words: str) -> None:
    lines = [
        line
        for blocks in card.render(everywhere(words)).parts
        for block in blocks
        if block["type"] in {"section", "context"}
        for line in (block.get("text") or block["elements"][0])["text"].splitlines()
    ]
    assert [line for line in lines if line.lstrip(" *∗").startswith(_BANNER)] == []
