"""Names that a case expects and that the desk does not have: what a draft can never do."""

from collections.abc import Iterable, Iterator

from knowledge.drafting.playbook import Playbook
from knowledge.evals.case import Case
from knowledge.yaml_file import did_you_mean, shown


def unknown_names(cases: Iterable[Case], playbook: Playbook) -> Iterator[str]:
    """A sentence for each fact and each category that the desk's files do not name."""
    categories = sorted(rule.category for rule in playbook.escalations)
    for case in cases:
        yield from _unknown(case.id, case.expect.asks, sorted(playbook.facts), "a fact of required-facts.yaml")
        yield from _unknown(case.id, case.expect.escalations, categories, "a category of escalation.yaml")


def _unknown(case: str, names: Iterable[str], known: list[str], what: str) -> Iterator[str]:
    for name in sorted(set(names) - set(known)):
        remedy = did_you_mean(name, known, "add it there, or remove it from the case.")
        yield f"The case {case} expects {shown(name)}, which is not {what}; {remedy}"
