"""A case as the YAML file that people read, complete and keep."""

from typing import Any

import yaml

from knowledge.evals.case import ANY, Case

_SETS = {"asks", "escalations", "cites"}


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks, so that a ticket reads as it was written."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def case_yaml(case: Case, comment: str) -> str:
    """The text of a case's file; `comment` stands above it, a line for each of its lines."""
    expect = {
        name: sorted(value) if name in _SETS else value
        for name, value in case.expect.model_dump(mode="json", exclude_defaults=True).items()
    }
    expect["status"] = case.expect.status.value if case.expect.status else ANY
    values: dict[str, Any] = {"id": case.id, "ticket": case.ticket, "expect": expect}
    values |= {"reference": case.reference} if case.reference else {}
    values |= {"synthetic": True} if case.synthetic else {}
    values |= {"tags": sorted(case.tags)} if case.tags else {}
    above = "".join(f"# {line}\n" for line in comment.splitlines())
    return above + yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
