"""What the desk tells of itself."""

from knowledge.drafting.frozen import Frozen


class Section(Frozen):
    """A part of a report. Where a line quotes a customer, who shows it looks who may read that."""

    heading: str
    lines: tuple[str, ...]


class Picture(Frozen):
    """A picture of ours, and the same in words."""

    name: str
    """Of the file."""
    alt: str
    png: bytes
    file: str = ""
    """Its id once the workspace has it; empty where it is told in words instead."""


class Reported(Frozen):
    """What the desk did in some days."""

    heading: str
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...] = ()
