"""The test case that a factual error becomes: its ticket without personal data, and what must not be said again."""

from collections.abc import Sequence

import yaml

from knowledge.drafting.ticket import Author, Ticket
from knowledge.evals.case import Case
from knowledge.redaction import redaction_for
from knowledge.yaml_file import YamlFile


class _Dumper(yaml.SafeDumper):
    """Writes a text of several lines as lines, as people would."""


def _as_lines(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _as_lines)


def error_case(name: str, ticket: Ticket, wrong: Sequence[str]) -> str:
    """The case's YAML. Raises `DeskFileError` where the ticket is too long for a case.

    The outcome is not written, because nobody knows what is right: only that the wrong sentences are not.
    """
    redaction = redaction_for(ticket)
    seen = redaction.ticket(ticket)
    subject = f"Subject: {' '.join(seen.subject.split())}\n\n" if seen.subject.strip() else ""
    said = "\n\n".join(message.text for message in seen.messages if message.author is Author.CUSTOMER)
    lines = [line.rstrip().expandtabs(4) for line in said.strip().splitlines()]
    case = {
        "id": name,
        "ticket": subject + "\n".join(lines) + "\n",
        "expect": {"excludes": [redaction.redact(sentence).strip() for sentence in wrong]},
    }
    written = yaml.dump(case, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    YamlFile(written, f"{name}.yaml", Case)
    return written
