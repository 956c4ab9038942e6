"""Document versions for the tests, made in code and read from the public help centre."""

import hashlib
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.documents.document import DocumentStatus, DocumentVersion

ON = date(2026, 1, 15)
ROOT = Path(__file__).parents[3]


def version(id: str = "refunds", body: str = "Refunds take five days.", **fields: Any) -> DocumentVersion:  # noqa: A002
    text = fields.pop("front", "") + body
    return DocumentVersion.model_validate(
        {
            "id": id,
            "title": id.title(),
            "status": DocumentStatus.APPROVED,
            "approved_by": "Ada",
            "effective_from": date(2024, 1, 1),
            "path": f"{id}.md",
            "text": text,
            "body_start": len(text) - len(body),
            "hash": hashlib.sha256(text.encode()).hexdigest(),
            **fields,
        }
    )


def data_folder() -> Path:
    """The folder of public data; the test is skipped where it is absent."""
    folder = Path(os.environ.get("PROOFDESK_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "kb-plausible").is_dir():
        pytest.skip(f"no public data in {folder}: set PROOFDESK_DATA")
    return folder


def help_centre(folder: Path, **fields: Any) -> list[DocumentVersion]:
    """The Docusaurus files of a folder, each with its path as its id."""
    versions = []
    for path in sorted(folder.rglob("*.md")):
        text = path.read_bytes().decode()
        front = re.match(r"---\r?\n(.*?)\r?\n---\r?\n", text, re.DOTALL)
        title = re.search(r"^title: *(.+?) *$", front[1], re.MULTILINE) if front else None
        start = front.end() if front else 0
        stem = path.relative_to(folder).with_suffix("").as_posix()
        name = title[1].strip("\"'") if title else stem
        versions.append(version(stem, text[start:], front=text[:start], **{"title": name, **fields}))
    return versions
