from pathlib import Path

import pytest

from knowledge.drafting.draft import Outcome
from knowledge.evals.case import Case, Expectation
from knowledge.evals.case_file import case_yaml
from knowledge.evals.cases import load_cases

FULL = Expectation(
    status=Outcome.PARTIAL, asks=frozenset({"b", "a"}), cites=frozenset({"refunds"}), contains=("14 days", "yes", "20")
)


@pytest.mark.parametrize("expect", [FULL, Expectation(status=None)])
@pytest.mark.parametrize("ticket", ["Hello,\n\n  - why: \t no? # ü €\n", "", "null", "a: 'b' \"c\"", "x " * 200])
def test_a_case_is_read_back_as_it_was_written(tmp_path: Path, ticket: str, expect: Expectation) -> None:
    case = Case(
        id="one", ticket=ticket, expect=expect, reference="Hi,\nno.\n", synthetic=True, tags=frozenset({"x", "y"})
    )
    (tmp_path / "one.yaml").write_text(case_yaml(case, "Look\nat it."))
    assert load_cases(tmp_path) == [case]


def test_the_comment_stands_above_line_by_line() -> None:
    case = Case(id="one", ticket="a\nb\n", expect=Expectation(status=None))
    assert case_yaml(case, "Look\nat it.") == (
        "# Look\n# at it.\nid: one\nticket: |\n  a\n  b\nexpect:\n  status: any\n"
    )
