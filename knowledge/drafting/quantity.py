"""Quantity: an amount, a span of time, a date or a count, and when two of them contradict each other."""

from enum import StrEnum
from typing import NamedTuple

DAY = 86_400.0
UNLIMITED = float("inf")
WORKING = "business"
"""The unit of business days, which are longer than days and never exactly so."""
_INEXACT = frozenset(("month", "quarter", "year"))


class Kind(StrEnum):
    """What is measured; only quantities of one kind contradict each other."""

    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    DURATION = "duration"
    SIZE = "size"
    DATE = "date"
    TIME = "time"
    WEEKDAY = "weekday"
    COUNT = "count"
    ANSWER = "yes or no"


class Bound(StrEnum):
    """How a quantity binds: "within 14 days" and "after 14 days" are two statements."""

    EXACT = "exactly"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    AFTER = "after"
    EVERY = "every"
    ABOUT = "about"
    CELL = "as the table's header says"


class Quantity(NamedTuple):
    """One quantity of a text, from `start` to `end` together with the words that bind it."""

    kind: Kind
    bound: Bound
    low: float
    """In seconds, bytes, minutes of the day, the currency or as counted; equal to `high` where it is no range."""
    high: float
    unit: str
    """The currency, the unit as written, or a date's year."""
    start: int
    end: int
    shown: str
    """The words themselves."""

    @property
    def said(self) -> tuple[Kind, Bound, float, float]:
        """How much it says, whatever its words."""
        return self.kind, self.bound, self.low, self.high

    @property
    def lowest(self) -> float:
        """The least it can mean."""
        return 0 if self.bound is Bound.AT_MOST else self.low

    @property
    def highest(self) -> float:
        """The most it can mean."""
        return UNLIMITED if self.bound in (Bound.AT_LEAST, Bound.AFTER) else self.high


def clash(one: Quantity, other: Quantity) -> bool:
    """Whether both cannot be true of the same thing. A range contradicts nothing within it."""
    if one.kind is not other.kind or _same(one, other) or (one.kind is Kind.AMOUNT and one.unit != other.unit):
        return False
    bounds = {one.bound, other.bound}
    if len(bounds) == 1 or Bound.CELL in bounds or bounds == {Bound.EXACT, Bound.AFTER}:
        return True
    if bounds & {Bound.EVERY, Bound.ABOUT}:
        return False
    return one.lowest > other.highest or other.lowest > one.highest


def _same(one: Quantity, other: Quantity) -> bool:
    """Whether two values are one, or one's range holds the other's."""
    if one.kind is Kind.DATE and one.unit and other.unit and one.unit != other.unit:
        return False
    if (one.unit == WORKING) != (other.unit == WORKING):
        working, plain = (one, other) if one.unit == WORKING else (other, one)
        return working.low <= plain.high and plain.low <= 1.4 * working.high + 2 * DAY
    slack = _slack(one, other)
    holds = one.low - slack <= other.low and other.high <= one.high + slack
    return holds or (other.low - slack <= one.low and one.high <= other.high + slack)


def _slack(one: Quantity, other: Quantity) -> float:
    """How far apart one value in two units may look: a month and 30 days, a gigabyte and 1,000 MB."""
    units = {one.unit, other.unit}
    inexact = one.kind is Kind.SIZE or (one.kind is Kind.DURATION and units & _INEXACT)
    return 0.1 * min(one.high, other.high) if len(units) > 1 and inexact else 0
