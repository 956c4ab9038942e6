"""Redaction: personal data out of a text before a model or an index sees it, and back in after the checks."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from knowledge.drafting.ticket import Ticket


def _luhn(digits: str) -> bool:
    """Whether digits carry a valid check digit (ISO/IEC 7812-1, annex B)."""
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _iban(text: str) -> bool:
    """Whether a text carries valid IBAN check digits (ISO 13616: the rearranged number leaves 1 modulo 97)."""
    compact = re.sub(r"\s", "", text).upper()
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


_PLACEHOLDER = re.compile(r"\[[A-Z]+_\d+\]")
_PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool] | None], ...] = (
    # What a customer wrote like a placeholder must come back as it was, not as somebody's address.
    ("TEXT", _PLACEHOLDER, None),
    ("EMAIL", re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), None),
    ("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b"), _iban),
    ("CARD", re.compile(r"\b\d(?:[ -]?\d){12,18}\b"), lambda text: _luhn(re.sub(r"\D", "", text))),
    ("SSN", re.compile(r"\b\d{3}-\d{2}-\d{4}\b"), None),
    ("IP", re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"), None),
    (
        "PHONE",
        re.compile(
            r"(?<![\w/.-])(?!\d{4}-\d{2}-\d{2}\b)\+?\(?\d{1,4}\)?(?:[ .()-]{1,2}\d{2,4}){2,4}(?![\w-])|\+\d{8,15}\b"
            r"|\+\d{1,3}(?:[ .()/-]{1,3}\d{2,10}){1,4}\b|(?<![\w.-])0\d{1,5}[ /-]\d{4,10}\b"
        ),
        None,
    ),
    (
        "SECRET",
        re.compile(r"\b(?:xox[abeprs]-|xapp-|sk-|ghp_|AKIA)[\w-]{8,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}"),
        None,
    ),
)
_SHORTEST_NAME = 2
_BETWEEN_NAMES = re.compile(r"[\s,;]+")
_SMALL = frozenset("and und the von van der den del dos for mrs herr frau inc ltd llc gmbh team support".split())
"""Words of names that are no names: "Ragnhild and Co"."""


class Redaction:
    """One ticket's placeholders: the same value gets the same one wherever it stands.

    In a ticket names are found as people write them, for `bill` may be what Bill asks about; with `in_any_case`
    wherever they stand, for files that are kept.
    """

    def __init__(self, names: Iterable[str] = (), *, in_any_case: bool = False) -> None:
        self._placeholders: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._used: Counter[str] = Counter()
        parts = {each for name in names for part in (name, *_BETWEEN_NAMES.split(name)) for each in _written(part)}
        patterns = map(_bounded, sorted(parts, key=len, reverse=True))
        self._names = re.compile("|".join(patterns), re.IGNORECASE if in_any_case else 0) if parts else None

    def redact(self, text: str) -> str:
        """The text with e-mail addresses, phone, card and account numbers, IP addresses, secrets and names replaced."""
        for kind, pattern, valid in _PATTERNS:
            text = pattern.sub(partial(self._hide, kind, valid), text)
        return self._names.sub(partial(self._hide, "NAME", None), text) if self._names else text

    def ticket(self, ticket: Ticket) -> Ticket:
        """The ticket as a model may see it."""
        messages = tuple(m.model_copy(update={"text": self.redact(m.text), "name": ""}) for m in ticket.messages)
        return ticket.model_copy(update={"messages": messages, "subject": self.redact(ticket.subject), "requester": ""})

    def restore(self, text: str) -> str:
        """The text with the placeholders of this redaction turned back."""
        return _PLACEHOLDER.sub(lambda found: self._values.get(found[0], found[0]), text)

    def _hide(self, kind: str, valid: Callable[[str], bool] | None, found: re.Match[str]) -> str:
        value = found[0]
        if valid and not valid(value):
            return value
        if value not in self._placeholders:
            self._used[kind] += 1
            placeholder = self._placeholders[value] = f"[{kind}_{self._used[kind]}]"
            # A name may have a placeholder in it.
            self._values[placeholder] = value if kind == "TEXT" else self.restore(value)
        return self._placeholders[value]


def redaction_for(ticket: Ticket, *, in_any_case: bool = False) -> Redaction:
    """The redaction of a ticket, which knows the names its helpdesk gives."""
    names = [name for name in (ticket.requester, *(message.name for message in ticket.messages)) if name]
    return Redaction(names, in_any_case=in_any_case)


def _written(name: str) -> tuple[str, ...]:
    """How people write a name or a part of one; nothing where it is too short or no name."""
    if name.upper() == name.lower():  # A script without capitals.
        return (name,) if len(name) >= _SHORTEST_NAME and any(map(str.isalpha, name)) else ()
    if len(name) <= _SHORTEST_NAME or name.casefold() in _SMALL or not name[0].isalpha():
        return ()
    as_told = (name,) if name[0].isupper() else ()
    return tuple(dict.fromkeys((*as_told, name.title(), name.upper())))


def _bounded(name: str) -> str:
    """A pattern for the whole name; a script without capitals often has no spaces either."""
    return re.escape(name) if name.upper() == name.lower() else rf"(?<!\w){re.escape(name)}(?!\w)"
