import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.draft import Outcome
from knowledge.errors import DeskFileError
from knowledge.evals.case import Case, Expectation
from knowledge.evals.cases import load_cases
from knowledge.evals.csv_file import CsvFile

SHEET = """id,ticket,status,asks,contains,reference,paraphrases,synthetic,tags
refund,"Subject: Refund

May I, please?",partial,invoice_number|date,14 days,No.,Refund? | Money back?,TRUE,limit-inside|old
,,,,,,,,
empty,,unverified,,,,,,
"""


def cases(content: str | bytes) -> list[tuple[int, Case]]:
    return list(CsvFile(content.encode() if isinstance(content, str) else content, "old.csv").cases)


def problems(content: str | bytes) -> tuple[str, ...]:
    with pytest.raises(DeskFileError) as caught:
        cases(content)
    return caught.value.problems


def test_a_row_is_a_case_and_an_empty_cell_says_nothing() -> None:
    assert cases(SHEET) == [
        (
            2,
            Case(
                id="refund",
                ticket="Subject: Refund\n\nMay I, please?",
                expect=Expectation(
                    status=Outcome.PARTIAL, asks=frozenset({"invoice_number", "date"}), contains=("14 days",)
                ),
                reference="No.",
                paraphrases=("Refund?", "Money back?"),
                synthetic=True,
                tags=frozenset({"limit-inside", "old"}),
            ),
        ),
        (4, Case(id="empty", ticket="", expect=Expectation(status=Outcome.UNVERIFIED))),
    ]


PLAIN = "id,ticket,status\nzurück,Für wen?,unverified\n".replace("zurück", "back")
AS_SAVED = {
    "with a byte order mark": codecs.BOM_UTF8 + PLAIN.encode(),
    "in UTF-16, as Excel's Unicode text": codecs.BOM_UTF16_LE + PLAIN.replace(",", "\t").encode("utf-16-le"),
    "in the encoding of old Windows": PLAIN.encode("cp1252"),
    "with semicolons and Windows line ends": PLAIN.replace(",", ";").replace("\n", "\r\n").encode(),
    "with the line ends of old Macs": PLAIN.replace("\n", "\r").encode(),
    "with capitals and spaces in the header": PLAIN.replace("id,ticket", " ID , Ticket").encode(),
}


@pytest.mark.parametrize("way", AS_SAVED)
def test_a_spreadsheet_is_read_however_it_was_saved(way: str) -> None:
    ((row, case),) = cases(AS_SAVED[way])
    assert (row, case.id, case.ticket) == (2, "back", "Für wen?")


BAD: dict[str, tuple[str | bytes, str]] = {
    "unknown column": (SHEET.replace("contains", "contain"), "row 1: there is no column 'contain'; did you mean 'con"),
    "missing column": ("id,ticket\na,b\n", "row 1: the column status is missing; add it."),
    "column twice": ("id,ticket,status,id\n", "row 1: the column id is there twice; keep one of them."),
    "nothing at all": ("", "row 1: the column id is missing; add it."),
    "empty status": (SHEET.replace(",partial,", ",,"), "row 2 column status: is empty; write its value."),
    "unknown status": (SHEET.replace("partial", "right"), "row 2 column status: status 'right' is not one of answered"),
    "bad tag": (SHEET.replace("|old", "|Very Old"), "row 2 column tags: tags item 2 'Very Old' is not an id; write"),
    "blank item": (SHEET.replace("|date", "|"), "row 2 column asks: asks item 2 is blank; write its text."),
    "a day of Excel": ("id,ticket,status,on\na,b,partial,01/03/2025\n", "row 2 column on: on '01/03/2025' is not a da"),
    "too many cells": ("id,ticket,status\na,Hi, you,partial\n", "row 2: has 4 cells for 3 columns; put a text in quo"),
    "open quote": ('id,ticket,status\na,b,partial\nb,"Hi,partial\n', "row 3: the row cannot be read (unexpected end"),
    "control character": ("id,ticket,status\na,Hi\x07,partial\n", "row 2 column ticket: holds a control character;"),
    "a picture": (b"\x89PNG\0\x01\xff", ": this is not text; save the spreadsheet as CSV in UTF-8."),
}


@pytest.mark.parametrize("name", BAD)
def test_a_problem_names_file_row_column_and_remedy(name: str) -> None:
    content, expected = BAD[name]
    problem = problems(content)[0]
    assert problem.startswith("old.csv")
    assert expected in problem


def test_the_problems_of_all_rows_are_reported_together() -> None:
    assert len(problems(SHEET.replace("partial", "x").replace("unverified", "y"))) == 2


def test_one_id_is_one_case_over_all_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,ticket,status\nsame,Hi,partial\nsame,Hi,partial\n")
    (tmp_path / "b.yaml").write_text("id: same\nticket: Hello\nexpect: {status: unverified}\n")
    with pytest.raises(DeskFileError) as caught:
        load_cases(tmp_path)
    assert caught.value.problems == (
        "a.csv row 3 column id: id 'same' is also the id of a.csv row 2; give each case an id of its own.",
        "b.yaml line 1: id 'same' is also the id of a.csv row 2; give each case an id of its own.",
    )


def test_one_file_is_enough(tmp_path: Path) -> None:
    (tmp_path / "old.CSV").write_text(SHEET)
    assert [case.id for case in load_cases(tmp_path / "old.CSV")] == ["refund", "empty"]
    (tmp_path / "old.txt").write_text(SHEET)
    with pytest.raises(DeskFileError, match="neither a YAML nor a CSV file"):
        load_cases(tmp_path / "old.txt")


@given(st.one_of(st.binary(max_size=80), st.text(max_size=40).map(lambda text: f"{SHEET}{text}".encode())))
def test_whatever_a_file_holds_gives_cases_or_sentences(content: bytes) -> None:
    try:
        cases(content)
        found: tuple[str, ...] = ()
    except DeskFileError as error:
        found = error.problems or ("nothing said",)
    assert all(problem.startswith("old.csv") and "\n" not in problem for problem in found)


def test_excels_own_line_about_what_stands_between_cells_is_understood() -> None:
    ((_, case),) = CsvFile(b"sep=;\nid;ticket;status\none;Hello, you;answered\n", "cases.csv").cases
    assert (case.id, case.ticket) == ("one", "Hello, you")
