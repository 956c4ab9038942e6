import random
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions

from knowledge.documents.formats.pdf import markdown_of_pdf
from knowledge.errors import DeskFileError
from tests.knowledge.documents.formats.pdf_writer import At, pdf, pdf_of_contents


def problem(content: bytes) -> str:
    with pytest.raises(DeskFileError) as caught:
        markdown_of_pdf(content, "a.pdf")
    (sentence,) = caught.value.problems
    return sentence


def lines(top: float, *texts: str, x: float = 72) -> list[At]:
    return [At(top - 14 * at, text, x=x) for at, text in enumerate(texts)]


HANDBOOK = pdf(
    [
        At(805, "Acme Ltd - Confidential", size=8),
        At(30, "Page 1 of 3", x=280, size=8),
        At(500, "DRAFT", x=200, size=90, turned=True),
        At(750, "Refund handbook", size=24, bold=True),
        At(700, "1. Refund window", size=16, bold=True),
        *lines(
            670,
            "Starter plans can be refunded within 14 days of the day of purchase; the respon\u00ad",
            "sibility lies with the owner. Requests for a refund need the co-",
            "operation of the owner of the account, and a self-",
            "service form is in the settings of each account that has been opened with us.",
            "It closes after 30 days.",
            "Taxes are refunded with the amount, whatever the country in which they were paid.",
        ),
        *lines(560, "•", "Gift cards are not refunded.", "• Setup fees are refunded only where the setup has"),
        *lines(518, "not begun.", x=84),
        At(480, "1.1 Partial refunds", bold=True),
        At(460, "Unused months are refunded at the monthly rate, if the plan has been paid for a"),
    ],
    [
        At(805, "Acme Ltd - Confidential", size=8),
        At(30, "Page 2 of 3", x=280, size=8),
        At(750, "year in advance."),
        At(720, "How to ask", size=16),
        *lines(700, "1. Open Settings.", "2. Choose the invoice.", "# is no heading"),
    ],
    [
        At(805, "Acme Ltd - Confidential", size=8),
        At(30, "Page 3 of 3", x=280, size=8),
        *lines(
            750,
            "The first column is read before",
            "the second one, although they stand",
            "side by side on the page; what",
        ),
        *lines(708, "runs over lines there is one para-", "graph, as it is in other places, and"),
        *lines(750, "goes on here.", x=320),
        At(600, "Appendix . . . . . . . . . . . . . 7"),
    ],
    title="Microsoft Word - old.docx",
)


def test_a_handbook_is_its_headings_paragraphs_and_items() -> None:
    page = markdown_of_pdf(HANDBOOK)
    assert page.title == "Refund handbook"
    assert page.markdown == (
        "# Refund handbook\n\n"
        "## 1. Refund window\n\n"
        "Starter plans can be refunded within 14 days of the day of purchase; the responsibility lies with the owner. "
        "Requests for a refund need the co-operation of the owner of the account, and a self-service form is in the "
        "settings of each account that has been opened with us. It closes after 30 days.\n\n"
        "Taxes are refunded with the amount, whatever the country in which they were paid.\n\n"
        "- Gift cards are not refunded.\n"
        "- Setup fees are refunded only where the setup has not begun.\n\n"
        "### 1.1 Partial refunds\n\n"
        "Unused months are refunded at the monthly rate, if the plan has been paid for a year in advance.\n\n"
        "## How to ask\n\n"
        "1. Open Settings.\n2. Choose the invoice.\n\n"
        "\\# is no heading\n\n"
        "The first column is read before the second one, although they stand side by side on the page; what runs over "
        "lines there is one paragraph, as it is in other places, and goes on here.\n"
    )


def test_headers_that_change_with_the_chapter_are_known_by_the_pages_they_count() -> None:
    chapters = ["Basics", "Basics", "Refunds", "Taxes"]
    pages = [
        [At(805, f"{chapter} {at + 9}"), At(600, f"Text of the page on {chapter} number {'I' * (at + 1)}.")]
        for at, chapter in enumerate(chapters)
    ]
    markdown = markdown_of_pdf(pdf(*pages)).markdown
    assert [line for line in markdown.splitlines() if line] == [page[1].text for page in pages]


def test_lines_near_an_edge_stay_where_they_do_not_repeat() -> None:
    markdown = markdown_of_pdf(pdf([At(790, "Fees: 5 €")], [At(790, "Refunds: 14 days")])).markdown
    assert markdown == "Fees: 5 €\n\nRefunds: 14 days\n"


def test_the_files_own_title_counts_where_no_heading_says_one() -> None:
    page = markdown_of_pdf(pdf([At(700, "Refunds take 14 days.")], title="Refund policy"))
    assert page.title == "Refund policy"
    assert page.markdown == "# Refund policy\n\nRefunds take 14 days.\n"
    assert markdown_of_pdf(pdf([At(700, "Refunds take 14 days.")], title="untitled1")).title == ""


def test_pictures_of_pages_are_refused() -> None:
    sentence = problem(pdf([], [], picture=True))
    assert sentence.startswith("a.pdf: there is no text in this PDF, as when pages were scanned; run text recognition")


def test_letters_that_cannot_be_known_are_refused() -> None:
    unknown = b"BT /F1 11 Tf 72 700 Td (" + bytes([1, 2, 3, 4]) * 9 + b" abc) Tj ET"
    assert problem(pdf_of_contents(unknown)).startswith("a.pdf: this PDF does not say which letters it shows; use")


def locked(user_password: str, algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(HANDBOOK)))
    writer.encrypt(user_password, "owner", permissions_flag=UserAccessPermissions.PRINT, algorithm=algorithm)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def test_a_password_is_a_problem_with_a_remedy() -> None:
    assert problem(locked("secret")) == (
        "a.pdf: the PDF is protected, by a password or against copying; print it to a new PDF without protection."
    )


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_what_every_viewer_opens_is_read_though_an_owner_locked_its_printing(algorithm: str) -> None:
    if algorithm.startswith("AES"):
        pytest.importorskip("cryptography", reason="run `make install`: pypdf[crypto] is not installed")
        assert "protected" in problem(locked("secret", algorithm))
    assert markdown_of_pdf(locked("", algorithm)) == markdown_of_pdf(HANDBOOK)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<html>404", HANDBOOK[:900], b"%PDF-1.7\n" + b"<<" * 100_000])
def test_what_is_no_pdf_is_a_problem_with_a_remedy(content: bytes) -> None:
    assert problem(content).startswith("a.pdf: this PDF is damaged or is none; open it in a viewer and print it")


def test_no_damage_raises_anything_else() -> None:
    dice = random.Random(5)  # noqa: S311 -- Dice, no secret.
    for _ in range(60):
        damaged = bytearray(HANDBOOK)
        for _ in range(dice.randint(1, 20)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        try:
            markdown_of_pdf(bytes(damaged[: dice.randrange(200, len(damaged) * 2)]), "a.pdf")
        except DeskFileError as error:
            assert str(error).startswith("a.pdf: ")  # noqa: PT017 -- Most damage is none that matters.


BOMBS = {
    "pages": (pdf_of_contents(*[b""] * 1_001), "more than 1,000 pages; split it"),
    "steps": (pdf_of_contents(b"q Q " * 1_000_000), "takes too long to read; split it"),
    "size": (pdf_of_contents(b" " * 25_000_000), "takes too long to read; split it"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_unpacks_to_too_much_is_refused(name: str) -> None:
    content, sentence = BOMBS[name]
    assert len(content) < 300_000
    assert sentence in problem(content)
