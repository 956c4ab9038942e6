from pathlib import Path

import pytest

from knowledge.desk_files import load_desk
from knowledge.errors import DeskFileError
from knowledge.sources import SourceSettings


def sources(folder: Path, text: str) -> tuple[SourceSettings, ...]:
    (folder / "desk.yaml").write_text(f"name: Harborlight\nsources:\n{text}", encoding="utf-8")
    return load_desk(folder).sources


def test_sources_are_named_with_what_they_need(tmp_path: Path) -> None:
    text = (
        "  help: {kind: website, address: https://help.acme.example/, owner: Mara}\n"
        "  drive: {kind: folder, path: /mnt/x}"
    )
    assert sources(tmp_path, text) == (
        SourceSettings(name="help", kind="website", address="https://help.acme.example", owner="Mara"),
        SourceSettings(name="drive", kind="folder", path="/mnt/x"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "  help: {kind: websit, address: https://a.example}",
            "'websit' is not a source I know; did you mean 'website'?",
        ),
        ("  help: {kind: website}", "a source of the kind website needs address"),
        ("  drive: {kind: folder}", "a source of the kind folder needs path"),
        ("  help: {kind: website, address: http://a.example}", "is not encrypted"),
        ("  Help Us: {kind: website, address: https://a.example}", "'Help Us' is not a name"),
        ("  help: {kind: website, address: https://a.example, most: 0}", "most '0' is too small"),
    ],
)
def test_what_is_wrong_is_said_with_a_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DeskFileError) as caught:
        sources(tmp_path, text)
    assert said in str(caught.value)
