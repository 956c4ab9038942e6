"""What a document strikes out is neither quoted nor searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.formats.html import markdown_of_html
from knowledge.documents.passages import cut
from knowledge.documents.struck import legible
from knowledge.drafting.answer import ModelStatement, Quote
from knowledge.drafting.evidence import all_evidence, gather
from tests.knowledge.index.versions import version


def said(body: str) -> list[str]:
    """What can be quoted of a document, as customers read it."""
    return [each.text for passage in cut(version(body=body)) for each in all_evidence(passage)]


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("- ~~Gift cards are refundable.~~\n- Lamps are.", ["• Lamps are."]),
        ("1. ~~Ask Mara~~.\n2. Open Billing.", ["2. Open Billing."]),
        ("Refunds come within ~~14~~ 30 days.", ["Refunds come within 30 days."]),
        ("Refunds take 14 days ~~or more~~.", ["Refunds take 14 days."]),
        ("~~Gift cards last a year. Ask us.~~ Lamps last.", ["Lamps last."]),
        ("~~Gift cards\nlast a year.~~", []),
        ("~~ Gift cards last a year. ~~", []),
        ("~Gift cards last a year.~ Orders take ~5 or ~10 days.", ["Orders take ~5 or ~10 days."]),
        ("<del>Gift cards\n\nlast</del> a year. <s class='x'>No.</s> Lamps burn.", ["a year.", "Lamps burn."]),
        ("> ~~Gift cards last a year.~~", []),
        ("| Plan | Fee |\n|---|---|\n| ~~Pro~~ | $5 |\n| Team | ~~$6~~ $7 |\n| Z | ~~$9~~ |", ["Plan Team: Fee $7."]),
        ("~~Gift~~~~cards~~ are gone.", ["are gone."]),
        ("## ~~Old plans~~\n\nThey cost $5.\n\n### More\n\nOr $6.\n\n## New ~~er~~\n\nLamps burn.", ["Lamps burn."]),
        ("Lamps burn. ~~Gift cards last.~~ They are blue. This is so. Cups break.", ["Lamps burn.", "Cups break."]),
    ],
    ids=lambda each: each[:24] if isinstance(each, str) else "",
)  # fmt: skip
def test_only_what_is_not_struck_out_is_quoted(body: str, quoted: list[str]) -> None:
    assert said(body) == quoted


@pytest.mark.parametrize(
    "body", ["Write `~~word~~` or \\~~so\\~~ here.", "```\nrm ~~now~~ later\n```", "a ~~b", "a <del> b"]
)
def test_what_only_looks_like_it_stays(body: str) -> None:
    assert legible(version(body=body)) == body


def test_no_search_and_no_model_sees_struck_text() -> None:
    [passage] = cut(version(body="Lamps burn. ~~Gift cards last a year.~~\n\n- ~~Pens too.~~\n- Cups break.\n"))
    assert "Gift" not in passage.text
    assert "Pens" not in passage.text


@pytest.mark.parametrize(
    ("quote", "proves"), [("refunded within 30 days", True), ("within 14 30 days", False), ("within ~~14~~ 30", False)]
)
def test_a_quote_is_proven_by_what_is_left_alone(quote: str, *, proves: bool) -> None:
    document = version(body="Plans are refunded within ~~14~~ 30 days, we say.")
    [passage] = cut(document)
    statement = ModelStatement(text=quote, quotes=(Quote(passage="P1", text=quote),))
    found, _reason = gather(statement, {"P1": passage})
    assert bool(found) == proves
    for each in found:
        cited = each.citation()
        assert legible(document)[cited.start : cited.end] == cited.quote


def test_tildes_of_a_fetched_page_strike_nothing_out() -> None:
    page = markdown_of_html("<main><h1>Refunds</h1><p>Write ~~word~~ and ~so~ or ~5. <s>Gone.</s></p></main>")
    [text] = said(page.markdown)
    assert text == "Write ~~word~~ and ~so~ or ~5."


MARKS = [
    "~~",
    "~",
    "<del>",
    "</del>",
    "`",
    "\\",
    "|",
    "- ",
    "1. ",
    "# ",
    "a",
    "b c",
    ".",
    "\n",
    "\r\n",
    "\n\n",
    "---",
    "```",
]


@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join))
def test_every_character_that_stays_stays_in_its_place(body: str) -> None:
    document = version(front="---\ntitle: ~~x~~\n---\n", body=body)
    left = legible(document)
    assert len(left) == len(document.text)
    assert all(new in {old, "\u205f"} for new, old in zip(left, document.text, strict=True))
    assert left[: document.body_start] == document.text[: document.body_start]
