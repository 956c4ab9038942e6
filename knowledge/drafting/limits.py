"""Limits: the small words that decide what a sentence promises - negation, permission, bounds, conditions."""

import re
from enum import StrEnum
from typing import NamedTuple

from knowledge.drafting.wording import Wording


class Limit(StrEnum):
    """What a small word does to a sentence, in words that fit into "the quote says it with ..."."""

    NEGATION = "a negation"
    EXCEPTION = "'only', 'except' or 'unless'"
    AT_MOST = "an upper limit ('within', 'up to')"
    AT_LEAST = "a lower limit ('at least')"
    LESS = "'less than'"
    MORE = "'more than'"
    BEFORE = "'before' or 'until'"
    AFTER = "'after' or 'since'"
    CONDITION = "a condition ('if', 'when')"
    HEDGE = "a reservation ('usually', 'may')"
    DUTY = "a duty ('must', 'need')"
    PERMISSION = "a permission ('can')"
    FUTURE = "a promise ('will')"
    ALL = "'all', 'any' or 'always'"
    CONTRAST = "an alternative ('instead', 'rather than')"


_WORDS: dict[Limit, str] = {
    Limit.EXCEPTION: r"only|solely|exclusively|except\w*|unless|exclud\w+|other than|apart from|but not|with the exception",
    Limit.AT_MOST: r"within|up to|at most|no more than|not more than|no later than|maximum|max|limited to|at the latest|as many as",
    Limit.AT_LEAST: r"at least|no less than|not less than|minimum|min|as little as|starting (?:at|from)|or more",
    Limit.LESS: r"less than|fewer than|(?:under|below) (?=[\d$€£])",
    Limit.MORE: r"more than|exceed\w*|longer than|(?:over|above) (?=[\d$€£])",
    Limit.BEFORE: r"before|until|till|prior to|ahead of|no later",
    Limit.AFTER: r"after|since|once|as soon as|following|later than|from then",
    Limit.CONDITION: r"if|when|whenever|provided|providing|as long as|in case|where|while|during|depend\w*|subject to",
    Limit.HEDGE: r"usually|normally|typically|often|sometimes|generally|mostly|most|some|may|might|could|approximately|(?:about|around) (?=\d)|roughly|likely|expected",
    Limit.DUTY: r"must|required?|requires|need|needs|have to|has to|obliged|mandatory|should",
    Limit.PERMISSION: r"can|able to|allowed to|permitted to|possible to|lets? you|may",
    Limit.FUTURE: r"will|shall|going to|guarantee\w*|promise\w*|ensure\w*|definitely|certainly",
    Limit.ALL: r"all|any|every|everyone|everything|always|each|both|entire\w*|whole|forever|anytime|immediately|instantly|automatically|free|unlimited",
    Limit.CONTRAST: r"instead|rather than|as opposed to",
    Limit.NEGATION: r"not|no|never|cannot|\w+n't|without|neither|nor|none|nothing|nobody|unable|impossible|non-?\w+|unavailable|ineligible|declin\w+|refus\w+|den(?:y|ies|ied)|prohibit\w+|forbid\w*",
}
# Each limit takes its words before the next looks: "no more than" is an upper limit and no negation.
_PATTERNS = [(limit, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")) for limit, words in _WORDS.items()]
_CLAUSE_END = re.compile(r"[;:]|,? \b(?:but|while|whereas|although|though|however|yet|and)\b|, (?=(?:which|who|not)\b)")
_WEAKER = {Limit.PERMISSION}
# Losing one of these makes a sentence say more than its quote.
_KEPT = (
    Limit.NEGATION, Limit.EXCEPTION, Limit.AT_MOST, Limit.AT_LEAST, Limit.LESS, Limit.MORE, Limit.BEFORE, Limit.AFTER,
    Limit.CONDITION, Limit.HEDGE, Limit.DUTY, Limit.CONTRAST,
)  # fmt: skip


def limits(text: str) -> frozenset[Limit]:
    """The limits a text sets."""
    rest = Wording(text).text.casefold()
    found = set()
    for limit, regex in _PATTERNS:
        if regex.search(rest):
            found.add(limit)
            if limit is not Limit.PERMISSION:
                rest = regex.sub(" ", rest)
    return frozenset(found)


class Difference(NamedTuple):
    """How a statement's limits differ from its quote's."""

    limit: Limit
    added: bool


def difference(statement: str, quote: str) -> Difference | None:
    """The first way in which a statement promises other than its quote, clause by clause; None where they agree."""
    said, proven = limits(statement), limits(quote)
    for limit in Limit:
        if limit in said - proven and not (limit in _WEAKER and Limit.NEGATION not in proven):
            return Difference(limit, added=True)
        if limit in proven - said and limit in _KEPT:
            return Difference(limit, added=False)
    for clause in clauses(statement):
        matching = max(clauses(quote), key=lambda other: _shared(clause, other))
        if (Limit.NEGATION in limits(clause)) != (Limit.NEGATION in limits(matching)):
            return Difference(Limit.NEGATION, added=Limit.NEGATION in limits(clause))
    return None


def clauses(text: str) -> list[str]:
    """The clauses of a sentence, each with a polarity of its own."""
    return [clause for clause in _CLAUSE_END.split(Wording(text).text) if clause and clause.strip()] or [""]


def _shared(one: str, other: str) -> float:
    mine, theirs = (set(re.findall(r"\w{3,}", text.casefold())) for text in (one, other))
    return len(mine & theirs) + len(mine & theirs) / (1 + len(theirs))
