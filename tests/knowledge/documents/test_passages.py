import re

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents.passages import LIMIT, WHOLE, cut
from tests.knowledge.index.versions import data_folder, help_centre, version


def texts(body: str, title: str = "Refunds") -> list[str]:
    return [passage.text for passage in cut(version(body=body, title=title))]


def headings(body: str) -> list[tuple[str, ...]]:
    return [passage.headings for passage in cut(version(body=body))]


LONG = "One sentence of a paragraph that is long. " * 12


def test_a_short_section_is_one_passage_under_its_headings() -> None:
    body = (
        "# Refunds\n\nIntro.\n\n## Yearly `plans` {#yearly}\n\nA.\n\nB.\n\n### Late *ones*\n\nC.\n\n## Monthly\n\nD.\n"
    )
    assert texts(body) == ["Intro.", "A.\n\nB.", "C.", "D."]
    assert headings(body) == [(), ("Yearly plans",), ("Yearly plans", "Late ones"), ("Monthly",)]


def test_another_first_heading_than_the_title_stays() -> None:
    assert headings("# Returns\n\nA.\n\nSub\n---\n\nB.") == [("Returns",), ("Returns", "Sub")]


def test_plain_text_without_headings_works() -> None:
    assert texts("Just a line.") == ["Just a line."]
    assert texts("") == texts("\n \n") == texts("# Refunds\n\n## Empty\n") == []


def test_a_passage_carries_what_its_version_says() -> None:
    [passage] = cut(version(front="---\ntitle: x\n---\n", body="A.", topic="billing", url="https://x.example"))
    assert passage.id == f"refunds@{passage.version[:12]}#{passage.start}"
    assert (passage.start, passage.end, passage.approved_by) == (17, 19, "Ada")
    assert (passage.topic, passage.url, passage.document) == ("billing", "https://x.example", "refunds")


def test_a_long_section_is_cut_between_blocks() -> None:
    found = texts("\r\n\r\n".join([LONG.strip()] * 3))
    assert found == [LONG.strip()] * 3


def test_a_list_stays_with_the_sentence_before_it() -> None:
    steps = "\n".join(f"{n}. Step {n} of the procedure, told at some length." for n in range(1, 30))
    body = f"{LONG}\n\n**To ask for a refund:**\n\n{steps}\n\nAfterwards."
    assert texts(body) == [LONG.strip(), f"**To ask for a refund:**\n\n{steps}", "Afterwards."]


def test_a_very_long_list_is_cut_between_items_which_keep_the_sentence_as_a_heading() -> None:
    items = "\n".join(f"- Item {n}\n  - with something below it {n}" for n in range(120))
    passages = cut(version(body=f"## Kinds\n\nThese count:\n\n{items}\n"))
    assert len(passages) > 3
    assert all(len(passage.text) <= LIMIT for passage in passages)
    assert passages[0].text.startswith("These count:\n\n- Item 0")
    assert all(passage.text.startswith("- Item") for passage in passages[1:])
    assert [passage.headings for passage in passages] == [("Kinds",), *[("Kinds", "These count")] * (len(passages) - 1)]


def test_a_very_long_table_is_cut_between_rows_which_keep_the_header_as_a_heading() -> None:
    rows = "\n".join(f"| Plan {n} | {n} seats and some more words in it |" for n in range(120))
    passages = cut(version(body=f"## Plans\n\nAll plans:\n\n| **Plan** | Seats |\n|---|---|\n{rows}\n"))
    assert len(passages) > 3
    assert passages[0].text.startswith("All plans:\n\n| **Plan** | Seats |\n|---|---|\n| Plan 0 ")
    assert passages[1].headings == ("Plans", "Plan | Seats")
    assert all(passage.text.startswith("| Plan") and passage.text.endswith("|") for passage in passages[1:])


def test_a_very_long_paragraph_is_cut_between_sentences() -> None:
    found = texts("No. 5 costs e.g. 3.50 euros. " * 200)
    assert len(found) > 3
    assert all(text.startswith("No. 5") and text.endswith("euros.") and len(text) <= LIMIT for text in found)


def test_comments_are_in_no_passage() -> None:
    body = "Before.\n\n<!-- secret\n\nplan -->\n\nAfter.\n\n<!-- to the end\n\nhidden"
    assert texts(body) == ["Before.", "After."]


SOLID = [
    "# Refunds", "## Yearly", "### 漢字 `x`", "", "", "", "A sentence. Another one!", "An introduction:", "- item",
    "  - nested", "1. step", "2) step", "> quote", "> - in quote", "```", "~~~py", "    code", "\tcode", "| a | b |",
    "|---|---|", "| 1 | 2 |", "<div>", "</div>", "[ref]: https://x.example 'title'", "[ref]: <", "\\", "***", "&amp;",
    "😀 ünïcödé\u2028line", "\x0b", "a\x00b", "   x", LONG,
]  # fmt: skip
HOLLOW = ["Setext", "===", "---", "<!-- one line -->", "<!--", "-->"]
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])


def bodies(lines: list[str]) -> st.SearchStrategy[str]:
    drawn = st.lists(st.tuples(st.sampled_from(lines), NEWLINES).map("".join), max_size=40).map("".join)
    return st.tuples(drawn, st.sampled_from([1, 20])).map(lambda body: body[0] * body[1])


@settings(max_examples=300, deadline=None)
@given(body=bodies(SOLID + HOLLOW), front=st.sampled_from(["", "---\r\ntitle: x\r\n---\r\n"]))
def test_whatever_the_document_passages_are_exact_apart_and_in_order(body: str, front: str) -> None:
    document = version(front=front, body=body)
    passages = cut(document)
    end = document.body_start
    for passage in passages:
        assert end <= passage.start < passage.end
        assert passage.text == document.text[passage.start : passage.end] == passage.text.rstrip()
        end = passage.end
    assert len({passage.id for passage in passages}) == len(passages)


@settings(max_examples=300, deadline=None)
@given(bodies(SOLID))
def test_whatever_the_document_every_line_but_headings_is_in_a_passage(body: str) -> None:
    kept = "\n".join(passage.text for passage in cut(version(body=body)))
    assert _letters(kept) == _letters(body)


def _letters(text: str) -> str:
    """All but headings and space; a line that looks like a heading within code is left out on both sides."""
    lines = re.split(r"\r\n?|\n", text)
    return re.sub(r"\s+", "", "".join(line for line in lines if not line.startswith("#")))


def test_the_help_centre_is_cut_into_pieces_of_a_useful_size() -> None:
    passages = [p for page in help_centre(data_folder() / "kb-plausible" / "docs") for p in cut(page)]
    lengths = sorted(len(passage.text) for passage in passages)
    assert lengths[-1] <= WHOLE
    assert 300 < lengths[len(lengths) // 2] < LIMIT
