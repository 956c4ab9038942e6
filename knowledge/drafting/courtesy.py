"""Courtesy: sentences of a reply that greet, thank or close, and so need no proof.

A question is none: it may take for granted what nobody proved.
"""

import re

from knowledge.drafting.wording import Wording
from knowledge.drafting.words import words

_LONGEST = 30
"""Words; what is longer says more than thanks."""
_NAME = r"[^\W\d_][\w'’.-]{0,30}"
_EVERYBODY = frozenset("there team all everyone again mr mrs ms dr".split())
_GREETING = rf"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?P<names>(?: {_NAME}){{0,3}})"
# Each word that may follow a thanks: what is said in others may be a claim.
_THANKED = (
    r"(?:your|the|this|that|and|all|quick|kind|detailed|helpful|further|message|e-?mail|question|questions|patience|"
    r"understanding|reply|report|details|request|time|help|feedback|note|interest|information|update|call|screenshots?|"
    r"words|writing|asking|waiting|contacting|telling|letting|getting|reaching|out|in|touch|us|know|to|with|about|it)"
)
_THANKS = (
    r"(?:and |also,? )?(?:(?:many thanks|thanks|thank you)(?: (?:very|so) much| again| a lot)?"
    rf"(?: for(?: {_THANKED}){{1,8}})?"
    rf"|(?:we|i) (?:really |very much )?appreciate(?: {_THANKED}){{1,8}})"
)
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
    rf"(?:{_GREETING}|(?:{_GREETING.replace('names', 'also')}[,!.]? )?(?:{_THANKS}|{_SORRY})|{_CLOSING})[,.!]*",
    re.IGNORECASE,
)


def is_courtesy(sentence: str, known: str = "") -> bool:
    """Whether a sentence only greets, thanks, is sorry for the trouble or says goodbye.

    It may greet by a name that stands in what is `known`; any other word after "Hi" may be a claim.
    """
    said = Wording(sentence).text.strip()
    found = _COURTEOUS.fullmatch(said)
    if found is None or len(said.split()) > _LONGEST:
        return False
    names = {word for group in found.groupdict().values() for word in words(group or "")}
    return names <= _EVERYBODY | set(words(known))
