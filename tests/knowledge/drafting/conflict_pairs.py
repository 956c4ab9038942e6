"""Labelled pairs of sentences, as passages of two documents."""

from typing import Any, NamedTuple

import yaml

from knowledge.drafting.passage import Passage
from tests.builders import PLAYBOOK, a_passage
from tests.knowledge.index.versions import ROOT

BOOK = PLAYBOOK.model_copy(update={"company": "Harborlight"})


class Pair(NamedTuple):
    one: Passage
    other: Passage
    conflict: bool
    missed: bool
    batch: int

    @property
    def name(self) -> str:
        return f"{self.one.text} | {self.other.text}".replace("\n", " ")


def pairs() -> list[Pair]:
    rows: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/data/conflicts.yaml").read_text())
    return [
        Pair(_passage(row, 0), _passage(row, 1), row["conflict"], row.get("missed", False), row.get("batch", 1))
        for row in rows
    ]


def _passage(row: dict[str, Any], side: int) -> Passage:
    before = f"{row['before'][side]} " if "before" in row else ""
    return a_passage(
        before + row[("one", "other")[side]],
        document=("handbook", "questions")[side],
        title=row.get("titles", ("Handbook", "Questions"))[side],
        headings=(row["under"][side],) if "under" in row else (),
    )
