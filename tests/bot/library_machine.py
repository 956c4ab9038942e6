"""Random histories of a library over real files, a real database and a real index, beside the rules in plain words."""

import asyncio
import shutil
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import ClassVar, NamedTuple

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.library import AS_WRITTEN, Dates, Library
from knowledge.documents.decision import DocumentVerdict
from knowledge.documents.lifecycle import DocumentRules
from knowledge.index.document_index import DocumentIndex
from storage.database import Database
from tests.conftest import document

_FIRST = date(2026, 11, 1)
_DAYS = st.integers(0, 6).map(lambda days: _FIRST + timedelta(days=days))
_IDS = st.sampled_from(["exports", "refunds", "seats"])
_HISTORIES = count()
_RULES = st.builds(
    DocumentRules,
    approval=st.sampled_from(["file", "owner"]),
    changed=st.sampled_from(["none", "keep"]),
    grace_days=st.integers(0, 1),
)


class Text(NamedTuple):
    """What stands in a document's file."""

    days: int
    status: str
    begins: date
    ends: date | None


class Judged(NamedTuple):
    """What a person said of a text last."""

    approved: bool
    ends: date | None
    refused: bool = False
    """This text alone was turned down."""


class LibraryMachine(RuleBasedStateMachine):
    """One library, and what must be true of it."""

    folder: ClassVar[Path]
    quotes: ClassVar[int] = 0
    """Quotes that were looked at, in all histories."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.number = next(_HISTORIES)
        self.desk = self.folder / "desk"
        (self.desk / "documents").mkdir(parents=True)
        (self.desk / ".proofdesk").mkdir()
        self.database = Database(f"sqlite:///{self.folder / 'proofdesk.db'}")
        self.day = _FIRST
        self.desk_rules = DocumentRules()
        self.index = DocumentIndex(self.desk / ".proofdesk" / "index.db", None)
        self.library = Library(
            folder=self.desk / "documents",
            index=self.index,
            rules=lambda: self.desk_rules,
            database=self.database,
            workspace=f"T{self.number}",
            now=lambda: datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC),
        )
        self.files: dict[str, Text] = {}
        self.earlier: dict[str, set[Text]] = {}
        self.judged: dict[tuple[str, Text], Judged] = {}
        self.last: dict[str, Text | None] = {}
        """The text that was approved last, or none where the document was withdrawn after that."""

    @rule(
        name=_IDS,
        days=st.integers(1, 3),
        status=st.sampled_from(["approved", "approved", "proposed", "withdrawn"]),
        begins=_DAYS,
        ends=st.none() | _DAYS,
    )
    def a_file_is_written(self, name: str, days: int, status: str, begins: date, ends: date | None) -> None:
        fields = {"status": status, "effective_from": str(begins)}
        if ends and ends >= begins:
            fields["effective_until"] = str(ends)
        text = Text(days, status, begins, ends if "effective_until" in fields else None)
        document(self.desk, name, f"The rule of {name} says {days} days.", **fields)
        if name in self.files:
            self.earlier.setdefault(name, set()).add(self.files[name])
        self.files[name] = text
        self.loop.run(self.library.sync())

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def a_file_goes(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        (self.desk / "documents" / f"{name}.md").unlink()
        self.earlier.setdefault(name, set()).add(self.files.pop(name))
        self.loop.run(self.library.sync())

    @precondition(lambda self: self.files)
    @rule(data=st.data(), approved=st.booleans(), ends=st.none() | _DAYS)
    def an_owner_decides(self, data: st.DataObject, approved: bool, ends: date | None) -> None:  # noqa: FBT001
        name = data.draw(st.sampled_from(sorted(self.files)))
        verdict = DocumentVerdict.APPROVED if approved else DocumentVerdict.WITHDRAWN
        ends = ends if ends and ends >= self.files[name].begins else None
        dates = Dates(effective_until=ends) if approved else AS_WRITTEN
        self.loop.run(self.library.decide(name, verdict, "Mara", dates))
        texts = {self.files[name]} if approved else {self.files[name], *self.earlier.get(name, ())}
        self.judged |= {(name, text): Judged(approved, dates.effective_until) for text in texts}
        self.last[name] = self.files[name] if approved else None

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def an_owner_refuses_what_waits(self, data: st.DataObject) -> None:
        waiting = [record.id for record in self.loop.run(self.library.catalogue.waiting())]
        name = data.draw(st.sampled_from(sorted(self.files)))
        if name not in waiting:
            return
        self.loop.run(self.library.decide(name, DocumentVerdict.REFUSED, "Mara"))
        self.judged[name, self.files[name]] = Judged(approved=False, ends=None, refused=True)

    @rule(days=st.integers(1, 2))
    def days_pass(self, days: int) -> None:
        self.day += timedelta(days=days)

    @precondition(lambda self: self.files)
    @rule(rules=_RULES)
    def the_rules_change(self, rules: DocumentRules) -> None:
        self.desk_rules = rules
        self.loop.run(self.library.sync())

    @invariant()
    def only_what_is_approved_and_in_force_is_quoted(self) -> None:
        if not self.loop.run(self.index.fits()):
            return
        found = self.loop.run(self.index.retrieve("What does the rule say?", on=self.day, limit=20))
        said = {(passage.document, passage.text) for passage in found}
        may = {(name, _says(name, text)) for name in self.files for text in self.quotable(name)}
        must = {(name, _says(name, text)) for name, text in self.files.items() if self.present_in_force(name)}
        assert said <= may, "something stale is quoted"
        assert must <= said, "something in force is not found"
        type(self).quotes += len(said)

    def quotable(self, name: str) -> list[Text]:
        """The texts of a document that may be quoted today, in the words of the rules."""
        present = self.files[name]
        if self.present_in_force(name):
            return [present]
        judged = self.judged.get((name, present))
        withdrawn = not (judged.approved or judged.refused) if judged else present.status == "withdrawn"
        if self.desk_rules.changed == "none" or withdrawn or self.is_withdrawn(name):
            return []
        return [text for text in self.earlier.get(name, ()) if self.in_force(text, self.judged.get((name, text)))]

    def present_in_force(self, name: str) -> bool:
        """Whether what stands in the file may be quoted. An approval holds until another text is approved."""
        text = self.files[name]
        judged = self.judged.get((name, text))
        if judged and judged.approved and self.last[name] != text:
            judged = None
        if judged is None and self.is_withdrawn(name):
            return False
        return self.in_force(text, judged)

    def is_withdrawn(self, name: str) -> bool:
        """Whether the last decision took the document out of answers."""
        return name in self.last and self.last[name] is None

    def in_force(self, text: Text, judged: Judged | None) -> bool:
        """Whether a text is approved, and today is one of its days."""
        approved = judged.approved if judged else text.status == "approved" and self.desk_rules.approval == "file"
        ends = (judged and judged.ends) or text.ends or date.max
        grace = timedelta(days=self.desk_rules.grace_days if ends < date.max else 0)
        return approved and text.begins <= self.day <= ends + grace

    def teardown(self) -> None:
        self.loop.run(self.database.close())
        self.loop.close()
        shutil.rmtree(self.desk)


def run_histories(folder: Path, histories: int) -> None:
    """Run random histories; an `AssertionError` shows the shortest in which something stale is quoted."""

    async def migrate() -> None:
        database = Database(f"sqlite:///{folder / 'proofdesk.db'}")
        await database.migrate()
        await database.close()

    asyncio.run(migrate())
    LibraryMachine.folder = folder
    run_state_machine_as_test(
        LibraryMachine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=15,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def _says(name: str, text: Text) -> str:
    return f"The rule of {name} says {text.days} days."
