"""The test case that a factual error becomes: its ticket without personal data, and what must not be said again."""

from collections.abc import Sequence

from knowledge.drafting.ticket import Author, Ticket
from knowledge.evals.case import Case, Expectation
from knowledge.evals.case_file import case_yaml
from knowledge.redaction import redaction_for
from knowledge.yaml_file import YamlFile


def error_case(name: str, ticket: Ticket, wrong: Sequence[str]) -> str:
    """The case's YAML. Raises `DeskFileError` where the ticket is too long for a case.

    Any outcome is right, because nobody knows which is: only that the wrong sentences are not.
    """
    redaction = redaction_for(ticket, in_any_case=True)
    seen = redaction.ticket(ticket)
    subject = f"Subject: {' '.join(seen.subject.split())}\n\n" if seen.subject.strip() else ""
    said = "\n\n".join(message.text for message in seen.messages if message.author is Author.CUSTOMER)
    lines = [line.rstrip().expandtabs(4) for line in said.strip().splitlines()]
    expect = Expectation(status=None, excludes=tuple(redaction.redact(sentence).strip() for sentence in wrong))
    written = case_yaml(Case(id=name, ticket=subject + "\n".join(lines) + "\n", expect=expect), "")
    YamlFile(written, f"{name}.yaml", Case)
    return written
