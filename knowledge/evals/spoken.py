"""Spoken: a phrase of the desk's rules as a customer could write it."""

import random
import re

_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_BETWEEN = ("really", "just", "again")


def spoken(phrase: str, chance: random.Random) -> str:
    """Words that a phrase matches: one of each alternatives, and where words may stand between, one or none of them."""

    def chosen(found: re.Match[str]) -> str:
        words = [word.strip() for word in found[1].split("|")]
        whole = [word for word in words if not word.endswith("~")]
        return chance.choice(whole or words)

    while _ALTERNATIVES.search(phrase):
        phrase = _ALTERNATIVES.sub(chosen, phrase)
    between = chance.choice(("", *_BETWEEN))
    return " ".join(phrase.replace("...", between).replace("…", between).replace("~", "").split())
