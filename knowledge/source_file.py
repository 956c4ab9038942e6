"""SourceFile: the key of `desk.yaml` that says where documents come from besides the desk's own folder."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from knowledge.documents.front_matter import Id
from knowledge.drafting.frozen import Frozen
from knowledge.helpdesk_file import Address
from knowledge.sources import SOURCES, SourceSettings
from knowledge.yaml_file import Text, YamlFile, did_you_mean, shown


def _name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,40}", value):
        raise ValueError(f"{shown(value)} is not a name; write lowercase letters, digits and -, such as help-centre")
    return value


_Host = Annotated[str, Field(pattern=r"^[a-z0-9.-]{1,253}$")]


class SourceEntry(Frozen):
    """A source as `desk.yaml` writes it, under a name of the desk's own."""

    kind: str
    address: Address | None = None
    path: Text | None = None
    start: Text | None = None
    user: Text | None = None
    hosts: tuple[_Host, ...] = ()
    owner: Text | None = None
    topic: Text | None = None
    audience: Id | None = None
    private: bool = False
    most: int = Field(default=2_000, ge=1, le=50_000)


class SourceFile(Frozen):
    """The part of `desk.yaml` that names the sources."""

    sources: dict[Annotated[str, AfterValidator(_name)], SourceEntry] = Field(default_factory=dict)

    def named_sources(self) -> tuple[SourceSettings, ...]:
        """The sources, where nothing is wrong with them."""
        return tuple(
            SourceSettings.model_validate({"name": name, **entry.model_dump(exclude_none=True)})
            for name, entry in self.sources.items()
        )


def wrong_sources(file: YamlFile[Any]) -> Iterator[str]:
    """A sentence for each source that cannot be read."""
    content: SourceFile = file.content
    for name, entry in content.sources.items():
        needed = SOURCES.get(entry.kind)
        if needed is None:
            remedy = did_you_mean(entry.kind, SOURCES, f"write one of {', '.join(sorted(SOURCES))}")
            yield file.problem(f"{shown(entry.kind)} is not a source I know; {remedy}", "sources", name, "kind")
        elif needed and not getattr(entry, needed):
            sentence = f"a source of the kind {entry.kind} needs {needed}; add a line '{needed}: ...'"
            yield file.problem(sentence, "sources", name)
