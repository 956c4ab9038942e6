"""What kind of answer a question wants: "how long" wants a time, and a sentence without one does not answer it."""

import re

from knowledge.drafting.facts import facts
from knowledge.drafting.playbook import FactKind

_TIME = frozenset({FactKind.DURATION, FactKind.DATE, FactKind.NUMBER})
_MONEY = frozenset({FactKind.AMOUNT, FactKind.PERCENTAGE})
_SHARE = frozenset({FactKind.PERCENTAGE})
_NUMBER = frozenset({FactKind.NUMBER})
_COUNT = frozenset({FactKind.NUMBER, FactKind.DURATION, FactKind.AMOUNT, FactKind.PERCENTAGE})
_QUESTIONS = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), kinds)
    for words, kinds in (
        (r"how (?:long|fast|soon|quickly)|how much (?:longer|time)", _TIME),
        (r"how many (?:minutes|hours|days|weeks|months|years)", _TIME),
        (r"deadline|when (?:will|does|do|is|can|are)", _TIME),
        (r"how much (?:does|do|is|are|will|would)|price|costs?|fee", _MONEY),
        (r"(?:what|which) percentage|percent", _SHARE),
        (r"how many", _NUMBER),
        (r"how (?:big|large|often|much)|maximum|limit|biggest|largest", _COUNT),
    )
)
_FREE = re.compile(r"\b(?:free|no (?:charge|cost|fee)|nothing is charged)\b", re.IGNORECASE)
_HOW_TO = re.compile(r"\bhow (?:do|can|could|should|would|to)\b|\bwhere (?:do|can|should) (?:i|we)\b", re.IGNORECASE)


def wanted(question: str) -> frozenset[FactKind]:
    """The kinds of fact of which an answer must have one; empty where any sentence may answer."""
    return next((kinds for pattern, kinds in _QUESTIONS if pattern.search(question)), frozenset())


def wants_steps(question: str) -> bool:
    """Whether a question asks how something is done."""
    return _HOW_TO.search(question) is not None


def gives(text: str, kinds: frozenset[FactKind]) -> bool:
    """Whether a text has a fact of one of the kinds."""
    return any(fact.kind in kinds for fact in facts(text)) or (kinds == _MONEY and _FREE.search(text) is not None)
