"""Guard: the last gate before a sentence reaches a reply, whoever wrote it."""

import re

from knowledge.drafting.draft import Removed, Statement
from knowledge.drafting.facts import facts
from knowledge.drafting.phrases import first
from knowledge.drafting.playbook import BrandGuide, FactKind
from knowledge.drafting.wording import Wording

# What Slack, Markdown or HTML would turn into something other than text.
_MARKUP = re.compile(
    r"<[!@#/a-z]|\]\(|&(?:lt|gt|amp|#\d+);|```|\{\{|\bjavascript:|\bslack://|(?<!\w)@(?:here|channel|everyone)\b",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![\w.+-])@[a-z][\w.-]*", re.IGNORECASE)
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
# Words that only our own card may say.
_BANNER = re.compile(
    r"[✅❌🚨🔁👀✏⚠☑✔🟢]|\b(?:approved|verified|reviewed|signed off) by\b|\bproofdesk\b", re.IGNORECASE
)
# Said to a machine and not to a customer, whoever approved it.
_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget)\b[^.]{0,20}\b(?:previous|prior|above|earlier|all)\b[^.]{0,12}\b(?:instruction|rule|prompt)s?\b"
    r"|\b(?:system|developer) (?:note|prompt|message)\b|\b(?:to|for) (?:the|any|an?) (?:language model|llm|ai model)\b",
    re.IGNORECASE,
)
# What turns the order of letters round can show a reader other words than those that stand there.
_TURNED_ROUND = re.compile("[\u202d\u202e]")
_NEVER = (
    (_INVISIBLE, "has invisible or control characters in it"),
    (_MARKUP, "has markup or a mention in it"),
    (_MENTION, "has markup or a mention in it"),
    (_TO_A_MODEL, "speaks to a language model"),
    (_BANNER, "looks like a decision of the desk"),
)
# A draft has done nothing and decides nothing; a sentence that says so is a promise or an untruth.
_PROMISES = (
    ("promises a refund", r"\b(?:we|i)(?:'ll| will| can| shall|'re going to| are going to| have|'ve| am|'m| are|'re)\b[^.]{0,40}\b(?:refund|reimburs|credit|compensat|waive|money back)|\byour? (?:refund|money|credit)\b[^.]{0,30}\b(?:is|has been|was|are)\b[^.]{0,12}\b(?:approved|issued|granted|processed|on (?:its|the) way|confirmed)|\byou(?:'ll| will| are going to) (?:get|receive|be)\b[^.]{0,30}\b(?:refund|money back|credited|reimburs)"),
    ("promises a discount", r"\b(?:we|i)(?:'ll| will| can| shall|'d be happy to|'ve| have)\b[^.]{0,40}\b(?:discount|% off|percent off|free month|coupon|voucher|price cut)|\byou(?:'ll| will)\b[^.]{0,30}\b(?:discount|free month|coupon)"),
    ("promises a date", r"\b(?:we|i|it|this|that|our (?:team|engineers))(?:'ll| will| shall)\b[^.]{0,60}\b(?:by|within|before|in|until|tomorrow|today|tonight|next week|shortly|soon)\b"),
    ("promises a legal outcome", r"\b(?:we|i) (?:accept|admit|acknowledge)\b[^.]{0,30}\b(?:liab|fault|responsib|negligen|breach)|\b(?:liable|liability|legally (?:entitled|obliged|binding|required)|lawsuit|settlement|compensation)\b"),
    ("gives a guarantee", r"\b(?:guarantee[sd]?|promise[sd]?|assure you|rest assured|100 ?% (?:sure|certain|safe|secure))\b"),
    ("claims that something was done", r"\b(?:we|i)(?:'ve| have| just| already)+\b[^.]{0,15}\b(?:refunded|cancelled|canceled|reset|deleted|changed|updated|fixed|sent|issued|processed|removed|upgraded|escalated|credited|restored|unlocked|approved)\b|\b(?:i|we) (?:refunded|cancelled|canceled|reset|deleted|fixed|issued|processed|upgraded|credited|approved)\b"),
)  # fmt: skip
_COMPILED = tuple((reason, re.compile(regex, re.IGNORECASE)) for reason, regex in _PROMISES)


def objection(text: str, brand: BrandGuide, proof: str = "") -> str | None:
    """Why a sentence may not be said, or None. What stands word for word in `proof` is the desk's own and no promise of ours."""
    for never, why in _NEVER:
        if never.search(text):
            return why
    if _TURNED_ROUND.search(proof):
        return "comes from words that hidden characters turn round"
    proven = facts(proof)
    if any(fact.kind in (FactKind.URL, FactKind.EMAIL) and fact not in proven for fact in facts(text)):
        return "has a link or address that no approved document has"
    approved = Wording(proof).text.casefold()
    for reason, regex in _COMPILED:
        match = regex.search(Wording(text).text)
        if match and match[0].casefold() not in approved:
            return reason
    for banned in brand.banned:
        if found := first(banned.phrases, text):
            return f"says '{found[1][0]}': {banned.reason}"
    return None


def guard(statements: tuple[Statement, ...], brand: BrandGuide) -> tuple[tuple[Statement, ...], tuple[Removed, ...]]:
    """The statements that may be said, and the others with the reason."""
    said: list[Statement] = []
    removed: list[Removed] = []
    for statement in statements:
        reason = objection(statement.text, brand, "\n".join(citation.quote for citation in statement.citations))
        if reason:
            removed.append(Removed(text=statement.text, reason=reason))
        else:
            said.append(statement)
    return tuple(said), tuple(removed)


def visible(text: str) -> str:
    """Somebody else's text without invisible and control characters; a place that escapes needs no more."""
    return _INVISIBLE.sub("", text)


def inert(text: str) -> str:
    """Somebody else's text without anything that acts: no invisible characters, no markup brackets, no live address."""
    return re.sub(r"(?i)(h)tt(ps?)://", r"\1xx\2://", visible(text)).replace("<", "‹").replace(">", "›")
