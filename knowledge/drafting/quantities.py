"""Quantities: the amounts, spans of time, dates and counts of a sentence, read so that they can be compared."""

import re
from functools import lru_cache

from knowledge.drafting.facts import LARGE, SPELT, number
from knowledge.drafting.quantity import DAY, UNLIMITED, WORKING, Bound, Kind, Quantity

_Measure = tuple[Kind, float, float, str]

# Bounded everywhere, so that reading stays linear in the length of a hostile text. Spaces as [ ]: see VERBOSE below.
_DIGITS = r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,9})?"
_NUMBER = rf"(?:{_DIGITS}|(?:{SPELT})(?:(?:{LARGE}[ ]and[ ]|[ ]|-)(?:{SPELT})){{0,6}}\b)"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SECONDS = {
    "second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3_600, "hr": 3_600, "day": DAY, "week": 7 * DAY,
    "month": 30.4375 * DAY, "quarter": 91.3125 * DAY, "year": 365.25 * DAY,
}  # fmt: skip
_BYTES = {"byte": 1, "kb": 2**10, "mb": 2**20, "gb": 2**30, "tb": 2**40, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_MONEY = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "dollar": "usd", "euro": "eur", "pound": "gbp"}
_SCALE = {"k": 1_000, "million": 1_000_000}
_UNITS = (
    r"%|percent\b|per[ ]cent\b|usd\b|eur\b|gbp\b|jpy\b|dollars?\b|euros?\b|pounds?\b|[$€£¥]|bytes?\b|[kmgt]i?b\b"
    r"|(?:(?:business|working|calendar)[ ])?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?"
    r"|quarters?)\b"
)
# Earlier alternatives win: what is only a name, such as an address or "v2", is passed over first.
_QUANTITY = re.compile(
    rf"""
    (?P<name> [\w.+%-]{{1,64}}@[\w.-]{{1,99}} | \b(?:https?://|www\.)\S{{1,400}} | \b\d{{1,9}}(?:\.\d{{1,9}}){{2,9}}
        | \b[^\W\d_]{{1,40}}[-_]?\d[\w.]{{0,40}} | \b\d{{1,9}}(?:st|nd|rd|th)\b(?![ ](?:of[ ])?(?:{_MONTH})\b)
        | \bone-time\b)
    | (?P<date> \b(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)\b
        | \b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:[ ]of)?[ ](?P<m2>{_MONTH})\b\.?(?:,?[ ](?P<y2>\d{{4}}))?
        | \b(?P<m3>{_MONTH})\b\.?[ ](?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?[ ](?P<y3>\d{{4}}))?)
    | (?P<time> \b(?P<hour>\d{{1,2}})(?::(?P<minute>\d\d))?[ ]?(?P<half>am|pm|a\.m\.|p\.m\.)(?!\w)
        | \b(?P<hour2>\d{{1,2}}):(?P<minute2>\d\d)\b)
    | \b(?P<weekday>{"|".join(_WEEKDAYS)})s?\b
    | (?P<unlimited>\bunlimited\b)
    | (?<=[ ])an?[ ](?P<single>second|minute|hour|day|week|month|quarter|year)\b
    | (?<![\w.])(?P<between>between[ ])?(?:(?P<sign>[$€£¥]|\b(?:usd|eur|gbp|jpy)[ ])[ ]?)?
        (?P<low>{_NUMBER})(?!\d)
        (?:(?(between)[ ]and[ ]|(?:[ ]?-[ ]?|[ ]to[ ]))[$€£¥]?(?P<high>{_NUMBER}))?
        (?:[ ]?(?P<scale>k|million)\b)?
        (?:[ -]?(?P<unit>{_UNITS}))?
    """,
    re.VERBOSE,
)
_BEFORE = tuple(
    (bound, re.compile(rf"\b(?:{words})(?: (?:the|an?|first|next|last|period|total|of))* ?$"))
    for bound, words in (
        (Bound.AT_MOST, r"(?:no|not) (?:more|later|longer|greater|larger|older) than|within|up to|at most|less than"),
        (
            Bound.AT_MOST,
            r"fewer than|smaller than|under|below|max(?:imum)?(?: is)?|limited to|as many as|until|till|by",
        ),
        (Bound.AT_LEAST, r"(?:no|not) (?:less|fewer|earlier|sooner) than|at least|min(?:imum)?(?: is)?|as little as"),
        (
            Bound.AT_LEAST,
            r"(?:more|longer|greater|larger|older|later) than|over|above|exceed(?:s|ing)?|start(?:s|ing)? (?:at|from)",
        ),
        (Bound.AFTER, r"after|following|from"),
        (Bound.EVERY, r"every|each|per"),
        (Bound.ABOUT, r"about|around|approximately|roughly|usually|normally|typically|some|almost|nearly"),
    )
)
_BEHIND = (
    (Bound.AT_LEAST, re.compile(r" (?:(?:or|and) (?:more|later|newer|higher|above|longer)|at least|minimum)\b")),
    (Bound.AT_MOST, re.compile(r" (?:or (?:less|fewer|earlier|below)|at most|at the latest|maximum|max)\b")),
)
_SPAN = re.compile(r"\b(?:within|after|for|least|most|than|about|lasts?|takes?|of) $")
_NAMING = re.compile(
    r"\b(?:step|error|version|series|chapter|section|part|level|tier|phase|port|code|status|article|page|figure|table"
    r"|option|https?|iso|rfc|room|number|no|id|layer|generation|windows|ios|android|macos|python|node|php|type) $"
)
_NO_COUNT = re.compile(r"-[^\W\d_]|[-/:]\d|/\w| (?:of the|of them|another|by one|at a time|or more)\b")
_NEWER = re.compile(r" (?:or|and) (?:later|newer|higher|above)\b")


@lru_cache(maxsize=4096)
def quantities(text: str, *, cell: bool = False) -> tuple[Quantity, ...]:
    """The quantities of a plain text. In a table's cell the header says how they bind."""
    lower = text.casefold()
    if len(lower) != len(text):  # Folding "ß" would move every place behind it.
        lower = text.lower() if len(text.lower()) == len(text) else text
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(lower):
        if measured := _measured(match, text):
            start, end, bound = _bound(lower, match)
            bound = Bound.CELL if cell and bound is Bound.EXACT else bound
            kind, low, high, unit = measured
            found.append(Quantity(kind, bound, low, high, unit, start, end, text[start:end].strip()))
    return tuple(found)


def _measured(match: re.Match[str], text: str) -> _Measure | None:
    parts = {name: value for name, value in match.groupdict().items() if value}
    match parts:
        case {"name": _}:
            return None
        case {"date": _}:
            return _date(parts)
        case {"time": _}:
            return _time(parts)
        case {"weekday": day}:
            return _point(Kind.WEEKDAY, _WEEKDAYS.index(day))
        case {"unlimited": _}:
            return _point(Kind.COUNT, UNLIMITED)
        case {"single": unit}:
            # "Within a month" is a span of time, "$8 a month" a rate.
            return _with_unit(1, 1, unit) if _SPAN.search(match.string, 0, match.start()) else None
    low = float(number(parts["low"]))
    high = float(number(parts["high"])) if "high" in parts else low
    scale = _SCALE.get(parts.get("scale", ""), 1)
    if unit := parts.get("unit", parts.get("sign", "")).strip():
        return _with_unit(low * scale, high * scale, unit)
    return None if _is_name(match, text) else (Kind.COUNT, low * scale, high * scale, "")


def _point(kind: Kind, value: float, unit: str = "") -> _Measure:
    return kind, value, value, unit


def _date(parts: dict[str, str]) -> _Measure:
    year, month, day = ("".join(parts.get(f"{part}{form}", "") for form in "123") for part in "ymd")
    return _point(Kind.DATE, 100 * (int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1) + int(day), year)


def _time(parts: dict[str, str]) -> _Measure:
    half = parts.get("half", "")
    hour = int(parts.get("hour") or parts["hour2"])
    hour = hour % 12 + 12 * half.startswith("p") if half else hour
    return _point(Kind.TIME, 60 * hour + int(parts.get("minute") or parts.get("minute2") or 0))


def _with_unit(low: float, high: float, unit: str) -> _Measure:
    unit = unit.removesuffix("s") if len(unit) > 2 else unit
    *working, span = unit.split()
    if unit in ("%", "percent", "per cent"):
        return Kind.PERCENTAGE, low, high, ""
    if unit in _BYTES:
        return Kind.SIZE, low * _BYTES[unit], high * _BYTES[unit], unit
    if span in _SECONDS:
        by_work = working and working != ["calendar"]
        return Kind.DURATION, low * _SECONDS[span], high * _SECONDS[span], WORKING if by_work else span
    return Kind.AMOUNT, low, high, _MONEY.get(unit, unit)


def _is_name(match: re.Match[str], text: str) -> bool:
    """Whether a bare number only tells things apart: "error 404", "iPhone 12", "two-factor", "in 2024"."""
    digits, before, behind = match["low"], match.string[: match.start()][-60:], match.string[match.end() :][:40]
    if _NEWER.match(behind):
        return False
    last = re.search(r"(?<=\s)(\w\S*) $", text[: match.start()][-60:])
    proper = last is not None and last[1][0].isupper() and not last[1].endswith(":")
    year = re.fullmatch(r"(?:19|20)\d\d", digits)
    status = re.fullmatch(r"[1-5]0\d", digits) and re.match(r" (?:error|page|response|status|code)", behind)
    alone = digits == "one" and re.search(r"\b(?:the|this|that|which|no|any|each|every) $", before)
    return bool(proper or year or status or alone or _NAMING.search(before) or _NO_COUNT.match(behind))


def _bound(text: str, match: re.Match[str]) -> tuple[int, int, Bound]:
    """Where a quantity stands together with the words that bind it, and how they do."""
    start, end = match.span()
    for bound, words in _BEHIND:
        if behind := words.match(text, end):
            return start, behind.end(), bound
    before = text[max(0, start - 40) : start]
    for bound, words in _BEFORE:
        if found := words.search(before):
            return start - len(before) + found.start(), end, bound
    return start, end, Bound.EXACT
