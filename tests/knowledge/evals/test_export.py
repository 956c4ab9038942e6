import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.playbook import Playbook, Topic
from knowledge.errors import DeskFileError
from knowledge.evals.export import read_export
from knowledge.evals.imported import spread, without_names

CSV = "Subject,Requester Name,Description,Public_Comment\nRefund,Dana Reyes,Can I get a refund?,Yes Dana.\n"
PERSON = {"subject": "Refund", "requester": {"name": "Dana Reyes"}, "body": "Can I get a refund?", "reply": "Yes Dana."}


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.replace(",", ";").encode(),
        b"sep=;\n" + CSV.replace(",", ";").encode(),
        CSV.replace("\n", "\r\n").encode("cp1252"),
        json.dumps([PERSON]).encode(),
        json.dumps({"tickets": [PERSON]}).encode(),
        b'{"title": "Refund", "from": "Dana Reyes", "text": "Can I get a refund?", "answer": "Yes Dana."}\n',
    ],
)
def test_an_export_is_read_whatever_its_form_and_its_columns_names(content: bytes) -> None:
    (old,) = read_export(content, "export", {}).tickets
    assert (old.ticket.subject, old.ticket.requester, old.reply) == ("Refund", "Dana Reyes", "Yes Dana.")
    assert old.ticket.messages[0].text == "Can I get a refund?"


def test_other_columns_are_named_by_hand() -> None:
    content = b"Thema,Was\nErstattung,Can I get a refund?\n"
    with pytest.raises(DeskFileError, match=r"no column holds the customer's words .*--map customer=COLUMN"):
        read_export(content, "export.csv", {})
    (old,) = read_export(content, "export.csv", {"customer": "was", "subject": "Thema"}).tickets
    assert (old.ticket.subject, old.ticket.messages[0].text) == ("Erstattung", "Can I get a refund?")
    with pytest.raises(DeskFileError, match="there is no column 'Wer'"):
        read_export(content, "export.csv", {"customer": "Wer"})


def test_a_bad_row_is_named_and_the_rest_goes_on() -> None:
    rows = [{"body": "Hello?"}, 7, {"body": " "}, {"body": "x" * 30_000}, {"body": "Bye?"}]
    found = read_export(json.dumps(rows).encode(), "export.json", {})
    assert [old.row for old in found.tickets] == [1, 5]
    assert [problem.split(":")[0] for problem in found.problems] == [f"export.json row {n}" for n in (2, 3, 4)]


@pytest.mark.parametrize(
    "content",
    [b"\x00\xff\x00\xfe\x01", b"{not json", b'a,b\n"open,2\n', b"", b"[]", b'{"tickets": []}', b"subject,body\n"],
)
def test_what_is_no_export_is_one_sentence(content: bytes) -> None:
    with pytest.raises(DeskFileError, match=r"^export(?: row \d+)?: "):
        read_export(content, "export", {})


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f"body\n{text}".encode()))
def test_whatever_is_given_it_is_read_or_refused_with_a_sentence(content: bytes) -> None:
    problem = ""
    try:
        read_export(content, "export", {})
    except DeskFileError as error:
        problem = str(error)
    assert not problem or re.match(r"export(?: row \d+)?: ", problem)


def test_personal_data_is_replaced_in_ticket_and_reply_alike() -> None:
    row = {"requester": "Dana Reyes", "subject": "From Dana", "body": "Dana here, dana@x.example, +49 30 1234567"}
    (old,) = read_export(json.dumps({**row, "reply": "Hi Dana, we wrote to dana@x.example."}).encode(), "e", {}).tickets
    clean = without_names(old)
    said = f"{clean.ticket.subject} {clean.ticket.messages[0].text} {clean.reply} {clean.ticket.requester}"
    assert "Dana" not in said
    assert "x.example" not in said
    assert "1234567" not in said
    assert said.count("[EMAIL_1]") == 2


def test_a_few_are_taken_of_each_topic_and_the_same_words_once() -> None:
    bodies = ["refund one", "refund two", "refund  ONE", "export one", "refund three", "other"]
    content = "\n".join(json.dumps({"body": body}) for body in bodies).encode()
    topics = (Topic(id="refund", triggers=("refund",)), Topic(id="export", triggers=("export",)))
    chosen = spread(read_export(content, "e", {}).tickets, Playbook(topics=topics), 4)
    assert [old.ticket.messages[0].text for old in chosen] == ["refund one", "export one", "other", "refund two"]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("anna schmidt", "I am Anna Schmidt."),
        ("SCHMIDT, ANNA", "I am Anna Schmidt."),
        ("Anna Schmidt", "i am anna schmidt"),
        ("Anna Schmidt", "ANNA here"),
        ("李伟", "我是李伟，谢谢"),
    ],
)
def test_a_name_is_found_however_the_column_and_the_customer_write_it(column: str, text: str) -> None:
    row = {"requester": column, "body": text, "reply": "Dear Anna, dear 李伟"}
    (old,) = read_export(json.dumps(row).encode(), "e", {}).tickets
    clean = without_names(old)
    said = clean.ticket.messages[0].text.casefold()
    assert "anna" not in said
    assert "schmidt" not in said
    assert "李伟" not in said
