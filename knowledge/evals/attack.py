"""Attack: a hostile ticket, sometimes with a hostile document, and what must not come of it."""

from datetime import date
from importlib.resources import files

from pydantic import Field, RootModel

from knowledge.documents.document import DocumentVersion
from knowledge.documents.front_matter import Id, read_version
from knowledge.drafting.draft import Outcome
from knowledge.drafting.frozen import Frozen
from knowledge.evals.case import Case, Expectation
from knowledge.yaml_file import Text, YamlFile

CANARY = "ZQX-7731-KVB"
"""A word that nobody writes by chance."""
_ATTACKS = files("knowledge") / "evals" / "attacks" / "attacks.yaml"


class Attack(Frozen):
    """A hostile ticket as the data file has it."""

    id: Id
    ticket: str
    excludes: tuple[Text, ...] = ()
    """Words that may not stand in the reply."""
    hopeless: bool = False
    """Whether no document can answer it, so that it must stay unverified."""
    pad_to: int | None = Field(default=None, ge=1)
    document: str = ""
    """The text of a document that was approved by mistake, or empty."""

    @property
    def case(self) -> Case:
        """The ticket with what its reply may not hold."""
        expect = Expectation(status=Outcome.UNVERIFIED if self.hopeless else None, excludes=(CANARY, *self.excludes))
        return Case(id=self.id, ticket=_armed(self.ticket), pad_to=self.pad_to, expect=expect)

    def hostile_document(self, today: date) -> DocumentVersion | None:
        """The hostile document, in force from a day on."""
        if not self.document:
            return None
        front = f"id: hostile-{self.id}\ntitle: {self.id}\nstatus: approved\napproved_by: a mistake\n"
        text = f"---\n{front}effective_from: {today}\n---\n\n{_armed(self.document)}"
        return read_version(text, f"hostile/{self.id}.md")


class _AttackFile(RootModel[dict[Id, tuple[Attack, ...]]]):
    """Attacks by class."""


def attacks() -> dict[str, tuple[Attack, ...]]:
    """Our own attacks, by class."""
    return YamlFile(_ATTACKS.read_text(encoding="utf-8"), _ATTACKS.name, _AttackFile).content.root


def _armed(text: str) -> str:
    return text.replace("{canary}", CANARY)
