"""The report of an evaluation as JSON."""

import json
from typing import Any

from bot.terminal import as_dict as draft_dict
from knowledge.evals.report import Report, Result


def as_json(report: Report) -> str:
    """The report as a JSON text."""
    return json.dumps(as_dict(report), indent=2, ensure_ascii=False) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """The report as values: whether it passed, the figure of each question, and each case with its drafts."""
    return {
        "passed": report.passed,
        "light_edit": report.thresholds.light_edit,
        "questions": {
            line.name: {
                "question": line.text,
                "right": line.right,
                "scored": line.scored,
                "percent": line.percent,
                "needed": line.needed,
                "met": line.met,
            }
            for line in report.lines
        },
        "cases": [_case(result) for result in report.results],
    }


def _case(result: Result) -> dict[str, Any]:
    case = result.case
    return {
        **case.model_dump(mode="json", include={"id", "ticket", "on", "reference", "synthetic"}),
        "tags": sorted(case.tags),
        "expect": {
            name: sorted(value) if isinstance(value, frozenset) else value for name, value in case.expect if value
        },
        "right": result.right,
        "answers": {
            question: {"right": answer.right, "reasons": list(answer.reasons)}
            for question, answer in result.score.items()
        },
        "unsteady": list(result.unsteady),
        "drafts": [{"paraphrase": attempt.wording, **draft_dict(attempt.draft)} for attempt in result.attempts],
    }
