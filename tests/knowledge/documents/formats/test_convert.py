import pytest

from knowledge.documents.formats.convert import SUFFIXES, convert
from knowledge.errors import DeskFileError
from tests.knowledge.documents.formats.docx_writer import docx, p
from tests.knowledge.documents.formats.pdf_writer import At, pdf

SAME = {
    "a/refund-policy.html": b"<p>Refunds take 14 days.",
    "a/refund-policy.HTM": b"<p>Refunds take 14 days.",
    "a/refund-policy.txt": b"Refunds take 14 days.",
    "a/refund-policy.pdf": pdf([At(700, "Refunds take 14 days.")]),
    "a/refund-policy.docx": docx(p("Refunds take 14 days.")),
}


@pytest.mark.parametrize("name", SAME)
def test_the_end_of_the_name_says_what_a_file_is(name: str) -> None:
    page = convert(SAME[name], name)
    assert page.markdown == "Refunds take 14 days.\n"
    assert page.title == "refund policy"
    assert name[name.index(".") :].lower() in SUFFIXES


PROBLEMS = {
    "a.xlsx": (b"x", "a.xlsx: files of this kind are not read; save it as Markdown, HTML, PDF, DOCX or plain text."),
    "README": (b"x", "README: files of this kind are not read; save it as Markdown, HTML, PDF, DOCX or plain text."),
    "a.pdf": (b" " * 50_000_001, "a.pdf: the file is larger than 50 MB; split it into smaller ones."),
    "a.html": (
        b"<script>app()</script><div id=root></div>",
        "a.html: there is no text in this file; where a script writes the page, save it from a browser.",
    ),
    "b.html": (b"<p>" * 400_001, "b.html: the page has more than 400,000 tags; split it into smaller ones."),
    "c.html": (b"x" * 5_000_001, "c.html: the page has more than 5,000,000 letters; split it into smaller ones."),
    "c.txt": (b"x" * 5_000_001, "c.txt: the text has more than 5,000,000 letters; split it into smaller ones."),
    "a.txt": (b"\0\1\2 PNG", "a.txt: this is not text; save it as UTF-8."),
    "b.txt": (b" \n---\n", "b.txt: there is no text in this file; write it or remove the file."),
    "a.docx": (docx(), "a.docx: there is no text in this file; write it or remove the file."),
    "b.docx": (b"PK", "b.docx: this Word file is damaged or is none; open it in Word and save it anew as .docx."),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_problems_name_the_file_and_the_remedy(name: str) -> None:
    content, sentence = PROBLEMS[name]
    with pytest.raises(DeskFileError) as caught:
        convert(content, name)
    assert caught.value.problems == (sentence,)
