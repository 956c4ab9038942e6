import pytest

from knowledge.documents.formats.docx import markdown_of_docx
from knowledge.errors import DeskFileError
from tests.knowledge.documents.formats.docx_writer import docx, p, packed, r, table, tc, tr

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def markdown(*body: str, footnotes: str = "") -> str:
    return markdown_of_docx(docx(*body, footnotes=footnotes)).markdown.strip()


def problem(content: bytes) -> str:
    with pytest.raises(DeskFileError) as caught:
        markdown_of_docx(content, "a.docx")
    (sentence,) = caught.value.problems
    return sentence


def test_styles_make_headings_whatever_the_language_of_word() -> None:
    page = markdown_of_docx(
        docx(
            p("Refund policy", "Titel"),
            p("Refunds", "berschrift1"),
            p("Refunds 1", "Verzeichnis1"),
            p("Windows", "Klausel"),
            p("Refunds take 14 days."),
            p("# of days"),
            p("a = 1", "Quelltext"),
            p("  b = 2", "Quelltext"),
        )
    )
    assert page.title == "Refund policy"
    assert page.markdown == (
        "# Refund policy\n\n# Refunds\n\n## Windows\n\nRefunds take 14 days.\n\n\\# of days\n\n"
        "```\na = 1\n  b = 2\n```\n"
    )


def test_lists_nest_and_their_numbers_go_on() -> None:
    body = [
        p("Open", item=(2, 0)),
        p("by card", item=(2, 1)),
        p("Choose", item=(2, 0)),
        p("You see a form."),
        p("Send", item=(2, 0)),
        p("Gift cards", "Punkt"),
        p(""),
        p("Setup fees", "Punkt"),
    ]
    assert markdown(*body) == (
        "1. Open\n   - by card\n2. Choose\n\nYou see a form.\n\n3. Send\n\n- Gift cards\n- Setup fees"
    )


def test_tables_keep_their_heads_and_spans() -> None:
    down, across = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    priced = table(
        tr(tc("Plan"), tc("Fee", across), properties="<w:tblHeader/>"),
        tr(tc("Pro", down), tc("5 | 6"), tc(p("a") + p("b"))),
        tr(tc("", "<w:vMerge/>"), tc("7"), tc("8")),
        tr(tc("gone"), properties="<w:del/>"),
    )
    styled = table(tr(tc("Who"), tc("When")), tr(tc("Dana"), tc("2024")), style="Hell")
    plain = table(tr(tc("Owner"), tc("Dana")), tr(tc("Since"), tc("2024")))
    assert markdown(priced, p("and"), styled, p("and"), plain) == (
        "| Plan | Fee | Fee |\n| --- | --- | --- |\n| Pro | 5 \\| 6 | a; b |\n| Pro | 7 | 8 |\n\nand\n\n"
        "| Who | When |\n| --- | --- |\n| Dana | 2024 |\n\nand\n\n"
        "|  |  |\n| --- | --- |\n| Owner | Dana |\n| Since | 2024 |"
    )


@pytest.mark.parametrize(
    ("rows", "headed"),
    [
        ((("Plan", "Refund"), ("Yearly", "14 days"), ("Daily", "1 day")), True),
        ((("Plan", "Fee"), ("Team", "$1,200"), ("Pro", "$5.50")), True),
        ((("Plan", "Fee", "Seats"), ("Team", "$5", "none")), True),
        ((("Basic", "7 days"), ("Yearly", "14 days"), ("Daily", "1 day")), False),
        ((("Owner", "Dana"), ("Since", "2024"), ("Until", "2025")), False),
        ((("Owner", "Dana"), ("Notice", "14 days")), False),
        ((("Owner", "Dana"), ("Notice", "14 days"), ("Fee", "$5")), False),
        ((("", "Refund"), ("Yearly", "14 days"), ("Daily", "1 day")), False),
    ],
)
def test_a_first_row_of_words_above_amounts_is_a_head_though_none_is_marked(
    rows: tuple[tuple[str, ...], ...], *, headed: bool
) -> None:
    written = markdown(table(*(tr(*map(tc, row)) for row in rows)))
    assert written.startswith(f"| {' | '.join(rows[0])} |\n| ---") == headed


WORDS = {
    "struck out": (r("in ") + r("14", "<w:strike/>") + r("30", '<w:strike w:val="0"/>') + r(" days"), "in 30 days"),
    "hidden": (r("yes") + r(" no", "<w:vanish/>"), "yes"),
    "changes": (
        f"<w:del>{r('old')}<w:r><w:delText>older</w:delText></w:r></w:del><w:ins>{r('new')}</w:ins>",
        "new",
    ),
    "raised": (r("2 m") + r("2", '<w:vertAlign w:val="superscript"/>'), "2 m²"),
    "breaks": (
        "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>",
        "a  \nb c-d",
    ),
    "field": (
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:hyperlink>" + r("terms") + "</w:hyperlink>",
        "terms",
    ),
    "picture": ('<w:r><w:drawing><docPr xmlns="x" descr="A red button"/></w:drawing></w:r>', "A red button"),
    "box of text": (
        r("Main.") + f"<w:r><w:pict><w:txbxContent>{p('Aside.')}</w:txbxContent></w:pict></w:r>",
        "Main.\n\nAside.",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_only_words_that_are_seen_are_read(name: str) -> None:
    runs, expected = WORDS[name]
    assert markdown(p(runs)) == expected


def test_a_footnote_stands_with_what_it_limits() -> None:
    runs = r("Refunds take 14 days.") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{p("Business plans only.")}</w:footnote>'
    assert markdown(p(runs), footnotes=notes) == "Refunds take 14 days.¹ (1: Business plans only.)"


def test_tables_within_tables_have_no_end_that_matters() -> None:
    nested = p("deep")
    for _ in range(60):
        nested = table(tr(tc(f"{p('x')}{nested}"), tc("y")), tr(tc("z"), tc("z")))
    assert "deep" in markdown(nested)


def test_a_password_and_the_old_kind_are_told_apart() -> None:
    assert problem(OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")) == (
        "a.docx: the Word file is protected by a password; open it and save a copy without one."
    )
    assert problem(OLE + b"\0" * 512) == "a.docx: this is a Word file of the old kind (.doc); save it as .docx."


ENTITY = b'<!DOCTYPE w:document [<!ENTITY a "aaaa">]><w:document xmlns:w="x"><w:body>&a;</w:body></w:document>'
DAMAGED = {
    "empty": b"",
    "no zip": b"<html>404",
    "cut off": docx(p("x"))[:-40],
    "no document": packed({"a": b"b"}),
    "no body": docx(parts={"word/document2.xml": b"<a/>"}),
    "no xml": docx(parts={"word/document2.xml": b"<a>"}),
    "deep xml": docx(parts={"word/document2.xml": b"<a>" * 100_000}),
    "entities": docx(parts={"word/document2.xml": ENTITY}),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_no_word_file_is_a_problem_with_a_remedy(name: str) -> None:
    assert problem(DAMAGED[name]) == (
        "a.docx: this Word file is damaged or is none; open it in Word and save it anew as .docx."
    )


def test_damaged_bytes_are_a_problem_with_a_remedy() -> None:
    content = docx(*[p(f"Paragraph number {at}.") for at in range(300)])
    for at in range(0, len(content), len(content) // 60):
        try:
            markdown_of_docx(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :], "a.docx")
        except DeskFileError as error:
            assert str(error).startswith("a.docx: ")  # noqa: PT017 -- Some damage is none that matters.


@pytest.mark.parametrize("part", ["word/document2.xml", "word/media/image1.bmp"])
def test_a_bomb_is_refused_before_it_is_unpacked(part: str) -> None:
    content = docx(p("x"), parts={part: b"\0" * 60_000_000})
    assert len(content) < 100_000
    assert problem(content).startswith("a.docx: this Word file unpacks to far more than a text needs; save it anew")
