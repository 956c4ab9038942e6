"""Facts: the parts of a text that must be exactly right, in a form in which equal means the same."""

import re
from functools import lru_cache
from typing import NamedTuple

from knowledge.drafting.playbook import FactKind
from knowledge.drafting.wording import Wording

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = {word: value for value, word in enumerate(_ONES.split())}
_NUMBER_WORDS |= {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
_NUMBER_WORDS |= {"hundred": 100, "thousand": 1000, "dozen": 12, "million": 1_000_000}
_HUNDRED, _THOUSAND = 100, 1000
SPELT = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
LARGE = "(?:(?<=hundred)|(?<=thousand)|(?<=million))"
"""Behind these "and" goes on with a number; "fourteen and sixteen" are two."""
# Bounded everywhere, so that reading stays linear in the length of a hostile text.
_DIGITS = r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,9})?"
_QUANTITY = rf"(?:{_DIGITS}|\b(?:{SPELT})(?:(?:{LARGE} and | |-)(?:{SPELT})){{0,8}}\b)"
_CURRENCY = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "dollar": "usd", "euro": "eur", "pound": "gbp"}
_UNITS = r"seconds?|secs?|minutes?|mins?|hours?|hrs?|(?:business|working|calendar) (?:days?|hours?)|days?|weeks?|months?|years?|quarters?"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"


class Fact(NamedTuple):
    """A hard fact; two facts are equal when they say the same ("fourteen days", "14-day")."""

    kind: FactKind
    value: str


# Order matters: what an earlier pattern takes, a later one does not see.
_PATTERNS: tuple[tuple[FactKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(expression, re.IGNORECASE))
    for kind, expression in (
        (FactKind.EMAIL, r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"),
        (FactKind.URL, r"\b(?:https?|hxxps?|ftp)://[^\s<>\"')\]]{1,400}|\bwww\.[^\s<>\"')\]]{1,400}"),
        (
            FactKind.URL,
            r"\b(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|io|co|ai|app|dev|example|info|biz|eu|de|uk|fr|test|xyz|ru|cn)\b(?:/[^\s<>\"')\]]{0,400})?",
        ),
        (FactKind.AMOUNT, rf"(?P<sign>[$€£¥])\s?(?P<n>{_DIGITS})\s?(?P<k>k\b|m\b|million\b)?"),
        (FactKind.AMOUNT, rf"(?P<n>{_QUANTITY})\s?(?P<unit>usd|eur|gbp|jpy|dollars?|euros?|pounds?|[$€£¥])(?!\w)"),
        (FactKind.AMOUNT, rf"\b(?P<unit>usd|eur|gbp|jpy)\s?(?P<n>{_DIGITS})"),
        (FactKind.PERCENTAGE, rf"(?P<n>{_QUANTITY})\s?(?:%|percent\b|per cent\b)"),
        (FactKind.DATE, r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
        (FactKind.DATE, rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b\.?,?(?: (?P<y>\d{{4}}))?"),
        (FactKind.DATE, rf"\b(?P<month>{_MONTH})\b\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y>\d{{4}}))?"),
        (FactKind.DATE, rf"\b(?P<month>{_MONTH})\b\.? (?P<y>\d{{4}})\b"),
        (FactKind.DATE, r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b"),
        (FactKind.DURATION, rf"(?P<n>{_QUANTITY})(?: |-)(?P<unit>{_UNITS})\b"),
        (FactKind.DURATION, rf"\b(?P<n>an?) (?P<unit>{_UNITS})\b(?= after| of| from| before|\.|,|$)"),
        (FactKind.PHONE, r"(?<![\w/])\+?\(?\d{1,4}\)?(?:[ .()-]{1,2}\d{2,4}){2,4}(?!\w)"),
        (FactKind.NUMBER, rf"(?<![^\W_]){_QUANTITY}(?:st|nd|rd|th)?(?![\w])|\b\d{{1,15}}(?=[a-z]{{1,3}}\b)"),
    )
)


@lru_cache(maxsize=256)
def facts(text: str, names: tuple[str, ...] = ()) -> frozenset[Fact]:
    """The hard facts of a text. `names` are product, plan and feature names, matched as they are written."""
    rest = Wording(text).text
    found: set[Fact] = set()
    for kind, regex in _PATTERNS:
        for match in regex.finditer(rest):
            found.add(Fact(kind, _value(kind, match)))
        rest = regex.sub(" \x00 ", rest)
    for name in names:
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest):
            found.add(Fact(FactKind.NAME, name.casefold()))
    return frozenset(found)


def is_number(word: str) -> bool:
    """Whether a single lower-case word is a number, in digits or spelt."""
    return (word.isascii() and word.isdigit()) or word in _NUMBER_WORDS


def _value(kind: FactKind, match: re.Match[str]) -> str:
    parts = match.groupdict()
    if kind is FactKind.DATE and (parts.get("d") or parts.get("month")):
        month = parts.get("m") or f"{_MONTHS.index(parts['month'][:3].casefold()) + 1:02}"
        return f"{parts.get('y') or ''}-{month}-{int(parts['d']):02}" if parts.get("d") else f"{parts['y']}-{month}"
    if kind is FactKind.URL:
        return match[0].rstrip(".,;:!?").casefold()
    if kind is FactKind.PHONE:
        return re.sub(r"\D", "", match[0])
    if kind in (FactKind.EMAIL, FactKind.DATE):
        return match[0].casefold()
    amount = number(parts.get("n") or match[0])
    if kind is FactKind.AMOUNT:
        unit = (parts.get("unit") or parts.get("sign") or "").casefold()
        scale = {"k": 1_000, "m": 1_000_000, "million": 1_000_000}.get((parts.get("k") or "").casefold(), 1)
        return f"{_CURRENCY.get(unit.rstrip('s'), unit)} {number(str(float(amount) * scale)) if scale > 1 else amount}"
    if kind is FactKind.DURATION:
        unit = parts["unit"].casefold().removesuffix("s")
        return f"{amount} {({'min': 'minute', 'sec': 'second', 'hr': 'hour'}).get(unit, unit.replace('working', 'business'))}"
    return amount


def number(text: str) -> str:
    """A number, in digits or spelt, as the shortest digits that say it."""
    word = text.casefold().strip()
    if word in ("a", "an"):
        return "1"
    if word[0].isalpha():
        return str(_spelt(re.split(r"\W+", word)))
    digits = re.sub(r"(?:st|nd|rd|th)$", "", word).replace(",", "")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits.lstrip("0") or "0"


def _spelt(parts: list[str]) -> int:
    """The value of spelt numbers: "two hundred and fifty" is 250."""
    total = current = 0
    for value in (_NUMBER_WORDS[part] for part in parts if part != "and"):
        if value >= _THOUSAND:
            total, current = total + max(current, 1) * value, 0
        elif value == _HUNDRED:
            current = max(current, 1) * value
        else:
            current += value
    return total + current
