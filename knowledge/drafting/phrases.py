"""Phrases: the small language in which a desk writes what to look for.

Words match in order, whole and whatever their case. `refund~` matches any word that starts so, `...` stands for up to
five words in between, `(a|b)` for one of several. Sentence ends are never crossed.
"""

import re
from functools import lru_cache

# Words and gaps are bounded, so that matching stays linear in the length of a hostile ticket.
_GAP = r"(?:[^\w.!?\n]{1,3}[\w'’-]{1,40}){0,5}?"
_BETWEEN = r"[^\w.!?]{1,3}"
_TOKEN = re.compile(r"\.\.\.|[(|)]|[^\s(|)]+")


@lru_cache(maxsize=4096)
def pattern(phrase: str) -> re.Pattern[str]:
    """The regular expression of a phrase. Raises ValueError, in a sentence, for a phrase that cannot match."""
    tokens = _TOKEN.findall(phrase.replace("’", "'").replace("…", "..."))
    if not any(re.search(r"\w", token) for token in tokens):
        raise ValueError(f"the phrase '{phrase}' has no word in it")
    if tokens[0] == "..." or tokens[-1] == "...":
        raise ValueError(f"the phrase '{phrase}' begins or ends with '...', which stands between words")
    expression = ""
    for before, token in zip(["(", *tokens], tokens, strict=False):
        if token in "|)" or token == "...":
            expression += _GAP if token == "..." else token
            continue
        if before not in "(|":
            expression += _BETWEEN
        expression += "(?:" if token == "(" else _word(token)
    try:
        return re.compile(rf"(?<!\w){expression}(?!\w)", re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"the phrase '{phrase}' has a bracket that is not closed") from error


def _word(token: str) -> str:
    ending = r"[\w'’]{0,20}" if token.endswith("~") else ""
    return re.escape(token.rstrip("~")).replace("'", "['’]") + ending


def first(phrases: tuple[str, ...], text: str, ignore: tuple[str, ...] = ()) -> tuple[str, re.Match[str]] | None:
    """The first of `phrases` that stands in `text` and where, unless the place overlaps an ignored phrase."""
    ignored = [match.span() for phrase in ignore for match in pattern(phrase).finditer(text)]
    for phrase in phrases:
        for match in pattern(phrase).finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in ignored):
                return phrase, match
    return None
