"""Words: what a text is made of, and their roots."""

import re
from functools import lru_cache

from knowledge.drafting.wording import Wording

_WORD = re.compile(r"[^\W_](?:\+\+|#)(?![^\W_])|[^\W_]+(?:['’.&+/-][^\W_]+)*")


def words(text: str) -> list[str]:
    """The words of a text in lower case, contractions and hyphenated words taken apart."""
    found = (word.casefold() for word in _WORD.findall(Wording(text).text))
    return [part for word in found for part in _parts(word)]


_CONTRACTIONS = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
    "it's": ("it", "is"),
    "that's": ("that", "is"),
    "what's": ("what", "is"),
    "i'm": ("i", "am"),
}


@lru_cache(maxsize=8192)
def _parts(word: str) -> tuple[str, ...]:
    if word in _CONTRACTIONS:
        return _CONTRACTIONS[word]
    if word.endswith("n't"):
        return word[:-3], "not"
    word = re.sub(r"'(?:s|re|ll|ve|d|m)$", "", word)
    return tuple(part for part in re.split(r"[-/']", word) if part)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its grammar: `refunds`, `refunded` and `refunding` are one."""
    for ending, kept in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + kept
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ation", "ion", "ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) > 2 and re.search("[aeiouy]", rest):
            word = rest
            break
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls"
    if doubled or (len(word) > 5 and word.endswith("ll")):
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
