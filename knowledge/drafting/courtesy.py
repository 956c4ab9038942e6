"""Courtesy: sentences of a reply that greet, thank, ask or close, and so need no proof."""

import re

from knowledge.drafting.facts import facts
from knowledge.drafting.limits import limits
from knowledge.drafting.wording import Wording

_LONGEST = 30
"""Words; what is longer says more than thanks."""
_NAME = r"(?:(?-i:[^\W\d_a-z])[\w'’.-]{0,30}|there|team|all|everyone|again)"
_GREETING = rf"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?: {_NAME}){{0,3}}"
_THANKS = r"(?:and |also,? )?(?:many thanks|thanks|thank you|(?:we|i) (?:really |very much )?appreciate)\b[^.!?;:]*"
_TROUBLE = r"(?:delay|wait|long wait|late reply|trouble|inconvenience|confusion|misunderstanding)"
_SORRY = (
    rf"(?:we|i)(?: are| am|'re|'m)? (?:very |so |truly |really )?(?:sorry|apologi[sz]e) for (?:the|this|any) {_TROUBLE}"
)
_ANY_MORE = r"(?:any|other|more|further|another|anything|else|questions?|unclear|open|left|still|is|are|you|have|there)"
_CLOSING = (
    r"(?:with )?(?:kind|best|warm|many)(?:est)? (?:regards|wishes|greetings)"
    r"|regards|cheers|sincerely|yours (?:sincerely|truly)"
    r"|(?:have|enjoy) (?:a|the rest of your) (?:very )?(?:nice |good |great |lovely )?(?:day|week|weekend|evening)"
    rf"|(?:please )?(?:just )?let (?:us|me) know if(?: {_ANY_MORE}){{1,8}}"
    r"|(?:please )?(?:do not hesitate|don't hesitate|feel free)"
    r" to (?:contact us|write to us|write again|reply|ask)(?: again| here)?"
)  # fmt: skip
_COURTEOUS = re.compile(
    rf"(?:{_GREETING}|(?:{_GREETING}[,!.]? )?(?:{_THANKS}|{_SORRY})|{_CLOSING})[,.!]*", re.IGNORECASE
)
_LED_IN = r"(?:(?:and|also|so|or|then|finally|first|second|otherwise|meanwhile|please)[, ]+)*"
_ASKS = re.compile(
    rf"{_LED_IN}(?:could|can|would|will|may|might|do|does|did|have|has|are|is|was|were|which|what|when|where|who|whose|how)\b",
    re.IGNORECASE,
)  # fmt: skip
# A clause that says something, whatever is asked or thanked around it.
_CLAIMS = re.compile(
    r"\b(?:that|because|since|given|as (?:we|you|all|every|our|your)|considering|aware|which (?:is|are|will|was)"
    r"|and (?:we|you|it|this)|but|did you know|so (?:we|you|it))\b",
    re.IGNORECASE,
)  # fmt: skip
_FINITE = re.compile(r"\b(?:is|are|was|were|will|has|have|can|cannot|shall|gets?|receives?)\b", re.IGNORECASE)


def is_courtesy(sentence: str) -> bool:
    """Whether a sentence only greets, thanks, is sorry for the trouble or says goodbye."""
    said = Wording(sentence).text.strip()
    if len(said.split()) > _LONGEST or not _COURTEOUS.fullmatch(said) or facts(said):
        return False
    thanks = re.match(_CLOSING, said, re.IGNORECASE) is None and re.match(_SORRY, said, re.IGNORECASE) is None
    return not (thanks and (_CLAIMS.search(said) or _FINITE.search(said) or limits(said)))


def asks_customer(sentence: str, known: str) -> bool:
    """Whether a sentence asks the customer something, and names no figure or address that is not `known` already."""
    said = Wording(sentence).text.strip()
    if not said.endswith("?") or not _ASKS.match(said) or _CLAIMS.search(said):
        return False
    return facts(said) <= facts(known)
