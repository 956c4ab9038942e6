from bot.cards.card import render
from bot.content import Version
from knowledge.drafting.draft import DraftStatus, Removed
from knowledge.drafting.review import RejectReason, Verdict
from tests.bot.cards.examples import BACK, DISPUTE, GUIDE, WINDOW, a_card, a_draft, decided, unverified
from tests.bot.cards.live import live_in, pressable, quoted_text, shown


def test_a_draft_shows_the_proven_reply_its_sources_and_what_can_be_done() -> None:
    rendering = render(a_card(seconds=6.2))
    (blocks,) = rendering.parts
    words = shown(blocks)
    assert "*Draft reply* · “Refund for annual plan” `v1`" in words
    assert "No AI: approved sentences word for word · answered, confidence high" in words
    assert quoted_text(blocks, "quote") == (
        f"Hi Dana,\n\nthank you for writing.\n\n{WINDOW} [1] {BACK} [2]\n\nWhich invoice is it?"
    )
    link = f"<{GUIDE.replace('&', '&amp;')}|Refund policy › Yearly plans>"
    assert f"`[1]` {link} “{WINDOW}”  version abcdef12, approved by Mara until 1 Mar 2027" in words
    assert f"“{BACK}”" in words
    assert "*Asked*\n• invoice number – “Which invoice is it?” (needed; not in the ticket)" in words
    assert words.endswith("drafted in 6 s · asked for by <@U0ANA> · nothing is sent to the customer")
    assert list(pressable(blocks)) == ["approve", "edit", "reject", "escalate", "redraft"]


def test_what_is_live_on_a_card_is_the_guide_the_ticket_and_the_people() -> None:
    card = a_card(ticket_url="https://harborlight.zendesk.com/agent/tickets/4821", claimed_by="U0BEN")
    live = set(live_in(render(card).parts[0]))
    guide = GUIDE.replace("&", "&amp;")
    assert live == {f"link {guide}", f"link {card.ticket_url}", "user U0ANA", "user U0BEN"}


def test_what_an_agent_should_know_stands_below_the_reply() -> None:
    draft = a_draft(
        removed=(Removed(text="Most refunds arrive the next day.", reason="no approved document says so"),),
        unanswered=("Is there a discount for charities?",),
        assumptions=("assumes the yearly plan",),
        notes=("The ticket has 20,000 characters.",),
        model="gpt-oss",
        confidence=0.5,
    )
    words = shown(render(a_card(draft=draft)).parts[0])
    assert "*Left out*\n• “Most refunds arrive the next day.”: no approved document says so" in words
    assert "*Unanswered*\n• “Is there a discount for charities?”" in words
    assert "*Assumptions*\n• “assumes the yearly plan”" in words
    assert "*Notes*\n• “The ticket has 20,000 characters.”" in words
    assert "AI draft (gpt-oss) · answered, confidence medium" in words


def test_a_risk_is_shown_before_the_reply_and_approval_asks_why() -> None:
    (blocks,) = render(a_card(draft=a_draft(escalations=(DISPUTE,)))).parts
    words = shown(blocks)
    warning = "⚠ *billing dispute*: “I will dispute this with my bank” → billing lead, second approver"
    assert words.index(warning) < words.index("Hi Dana")
    asked = pressable(blocks)["approve"]["confirm"]["text"]["text"]
    assert asked.startswith("This draft carries a risk: billing dispute.")
    assert asked.endswith("A senior must approve it as well.")
    assert "confirm" not in pressable(render(a_card()).parts[0])["approve"]


def test_sentences_an_agent_wrote_are_marked_where_they_stand_and_above() -> None:
    unproven = (Removed(text="thank you for writing.", reason="no passage says so"),)
    (blocks,) = render(a_card(draft=a_draft(unproven=unproven), edited_by="U0ANA")).parts
    assert "thank you for writing. [not proven]\n" in quoted_text(blocks, "quote")
    line = "⚠ written by <@U0ANA>, not proven: “thank you for writing.” (no passage says so)"
    assert line in shown(blocks)
    asked = pressable(blocks)["approve"]["confirm"]["text"]["text"]
    assert "1 sentence without a proof" in asked


def test_who_is_on_it_and_which_documents_changed_is_shown() -> None:
    words = shown(render(a_card(claimed_by="U0BEN", sources_changed=("Refund policy",))).parts[0])
    assert "👀 <@U0BEN> is on it" in words
    assert "*⚠ Changed since this draft*\n• “Refund policy”" in words


def test_two_options_stand_under_headings_and_the_second_can_be_used() -> None:
    (blocks,) = render(a_card(option="Hi Dana, short.", style="two_options")).parts
    assert "*Option 1*" in shown(blocks)
    assert shown(blocks).index("*Option 2*") < shown(blocks).index("Hi Dana, short.")
    assert pressable(blocks)["use_option"]["value"] == "draft-1"
    assert "two options" in shown(blocks)


def test_where_nothing_is_proven_the_card_says_so_and_cannot_be_approved() -> None:
    rendering = render(a_card(draft=unverified(), option="Not shown"))
    (blocks,) = rendering.parts
    words = shown(blocks)
    assert "*Could not verify* · “Refund for annual plan”" in words
    assert "*I could not verify this from the approved support materials.*" in words
    assert quoted_text(blocks, "quote") == "Which plan is it?"
    assert "*Nearest approved documents*\n• “Plans and pricing”\n• “Annual billing”" in words
    assert "• “Is there a discount for charities?”" in words
    assert list(pressable(blocks)) == ["ask_owner", "answer_myself", "escalate", "redraft"]


def test_after_the_first_of_two_approvals_the_card_names_who_may_give_the_second() -> None:
    card = a_card(
        draft=a_draft(escalations=(DISPUTE,)),
        status=DraftStatus.AWAITING_SECOND,
        decisions=(decided(Verdict.APPROVE),),
        seniors=("S0SENIORS", "U0SAM"),
        may_undo=True,
    )
    (blocks,) = render(card).parts
    words = shown(blocks)
    assert "*1 of 2* · approved by <@U0ANA>, <!date^1795437000^" in words
    assert "waiting for a senior (<!subteam^S0SENIORS>, <@U0SAM>)" in words
    assert pressable(blocks)["approve"]["text"]["text"] == "✅ Approve (second)"
    assert "undo" in pressable(blocks)


def test_an_approved_reply_is_ready_to_copy_to_the_letter() -> None:
    reply = (
        "Hi *Dana* <3,\n\nsee https://harborlight.example/x?a=1&b=2, or write to help@harborlight.example.\n\n`Bye` 👍"
    )
    card = a_card(
        draft=a_draft(reply=reply),
        status=DraftStatus.APPROVED,
        decisions=(decided(Verdict.APPROVE), decided(Verdict.APPROVE, "U0SAM")),
        may_undo=True,
    )
    (blocks,) = render(card).parts
    assert quoted_text(blocks, "preformatted") == reply
    assert "✅ *Approved* by <@U0ANA> and <@U0SAM>, <!date^1795437000^" in shown(blocks)
    assert list(pressable(blocks)) == ["undo", "show_versions"]
    assert WINDOW not in shown([block for block in blocks if block["type"] == "context"])


def test_an_approval_that_was_undone_is_not_counted() -> None:
    decisions = (decided(Verdict.APPROVE), decided(Verdict.UNDO), decided(Verdict.APPROVE, "U0BEN"))
    words = shown(render(a_card(status=DraftStatus.APPROVED, decisions=decisions)).parts[0])
    assert "✅ *Approved* by <@U0BEN>, " in words


def test_a_rejected_draft_says_who_why_and_which_sentence() -> None:
    rejection = decided(Verdict.REJECT, "U0BEN", RejectReason.FACTUAL_ERROR, sentence=1)
    (blocks,) = render(a_card(status=DraftStatus.REJECTED, decisions=(rejection,), may_undo=True)).parts
    words = shown(blocks)
    assert "❌ *Rejected* by <@U0BEN>, " in words
    assert ": factual error\n" in words
    assert f"Sentence 2: “{BACK}”" in words
    assert list(pressable(blocks)) == ["redraft", "undo", "make_case"]


def test_an_escalated_draft_says_who_and_where_to_and_a_senior_may_still_approve_it() -> None:
    card = a_card(
        draft=a_draft(escalations=(DISPUTE,)),
        status=DraftStatus.ESCALATED,
        decisions=(decided(Verdict.ESCALATE, "U0BEN"),),
    )
    (blocks,) = render(card).parts
    words = shown(blocks)
    assert "🚨 *Escalated* by <@U0BEN>, " in words
    assert " to billing lead. A senior may still approve it." in words
    decisions = [action for action in pressable(blocks) if not action.startswith("warning_")]
    assert decisions == ["approve", "edit", "reject", "redraft"]


def test_a_stale_draft_says_why_and_offers_a_new_one() -> None:
    (blocks,) = render(a_card(status=DraftStatus.STALE, stale_because="The ticket changed.")).parts
    assert "⚠ *Out of date.* The ticket changed." in shown(blocks)
    assert list(pressable(blocks)) == ["redraft"]


def test_a_replaced_draft_can_only_be_read() -> None:
    versions = (Version(number=1, reply="Old"),)
    (blocks,) = render(a_card(number=2, status=DraftStatus.REPLACED, versions=versions)).parts
    assert "🔁 *Replaced.* Version 2 is not the present one any more." in shown(blocks)
    assert list(pressable(blocks)) == ["show_versions"]


def test_every_button_names_the_version_it_decides_on() -> None:
    card = a_card(id="draft-7", option="x", may_undo=True, versions=(Version(number=1, reply="Old"),))
    buttons = pressable(render(card).parts[0])
    redraft = buttons.pop("redraft")
    assert {each["value"] for each in buttons.values()} == {"draft-7"}
    wishes = [option["value"] for option in redraft["options"]]
    assert wishes == ["again:draft-7", "shorter:draft-7", "friendlier:draft-7", "two_options:draft-7"]
