"""What the customer asks: the questions and requests of a ticket, in the customer's words."""

import re

from knowledge.drafting.answer_type import wanted
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.ticket import Ticket
from knowledge.drafting.words import stem, words

MOST = 5
"""Questions of one ticket that are looked up; an agent is told of the rest."""
_LONGEST = 400
_SENTENCES = 4_000
"""Sentences that are read for questions; only a flood has more."""
_CONTEXT = 3
"""Sentences that are taken along with a question."""
_REFERS_BACK = re.compile(r"\b(?:it|that|this|they|them|those|these|so|one|there|here)\b", re.IGNORECASE)
_QUESTION_WORD = (
    r"(?:how|what|what's|when|where|which|who|whom|why|can|could|do|does|did|is|are|was|will|would|should|may)"
)
_REQUEST = re.compile(
    rf"""(?:^|[,;:]\s*|\b(?:and|so|but|also|then|because|guys|there|hi|hello)\s+)(?:{_QUESTION_WORD}\s+(?:i|you|we|my|the|your|to|there|it|this|that|a|an|much|many|long|often|about|exactly|happens)\b)
      | \bplease\b | \b(?:i|we)(?:\s*'d|\s+would)?\s+(?:like|love|want|need|wish|require|expect|demand)\b | \bi'?d\s+(?:like|love|want|need)
      | \b(?:trying|tried|attempt\w*)\s+to\b | \bhow\s+(?:do|can|to|much|many|long|does|should)\b | \b(?:wondering|curious|unsure|not\s+sure|no\s+idea|know|understand|explain|tell\s+me|find\s+out|figure\s+out|see)\s+(?:if|how|what|whether|when|where|why|which|about)\b
      | \b(?:looking\s+for|hoping\s+(?:to|for|you)|asking\s+(?:for|about|if)|any\s+(?:way|chance|plans?|news|update|idea))\b | \bhelp\s+me\b | \bgive\s+me\b | \brefund\s+me\b | \b(?:can't|cannot|can\s+not|unable\s+to|couldn't|won't\s+let|doesn't\s+work|not\s+working|stopped\s+working)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SPLIT = re.compile(
    rf"(?:,|;)?\s+(?:and|also|plus|or)\s+(?:also\s+)?(?={_QUESTION_WORD}\s+(?:i|you|we|my|the|your|to|is|are|do|does|can|there|much|many|long)\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[)\"']*\s+|\n+")
_QUOTED = re.compile(
    r"^\s*>|^\s*(?:on .{5,80} wrote:|-{2,}\s*(?:original message|forwarded).*|from: .*|sent from my .*)\s*$",
    re.IGNORECASE,
)
# What a customer says around a question; a sentence of nothing else asks nothing.
_SMALL_TALK = frozenset(
    map(
        stem,
        """hi hello hey dear team support guys there thanks thank thx ta cheers regards best kind warm sincerely good morning afternoon evening
        day please pls plz help me us someone anyone somebody anybody can could would will you i we my our your a an the to for in on of at and or so
        but is are am was be been do does did have has had it this that these those what how when where why who which know tell let need want like
        get any some advance appreciate great question questions quick hope well doing reach reaching out contact touch soon asap urgent urgently again now just
        really very much lot ok okay yes no not hear back forward look looking reply respond response answer assist assistance advise sorry bother
        kidding joking serious seriously going happen happening here into from them onto over under since until than same both own each every while during before after because though although however even still ever never always often
        today tomorrow yesterday week month year time times monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
        across around away back straight up down off half getting got come came thing use using used trying try able not don't no i've think thought say said see seen find found keep kept look
        simple wonder wondering sure maybe possible possibly idea explain with about if should right wrong sort fix next make per
        whether as also then there's issue problem another thing things one two first second other more everything anything something all information info""".split(),
    )
)


class Ask(Frozen):
    """A question or request in the customer's words, and what was said just before it."""

    text: str
    context: str = ""
    follows_up: bool = False
    """It asks more about the question right before it, which is its context."""

    @property
    def core(self) -> str:
        """The words that say what is asked."""
        return self.full if self.follows_up else self.text

    @property
    def vague(self) -> bool:
        """Whether it means little without its context."""
        refers_back = _REFERS_BACK.search(self.core) is not None
        return len(telling(self.core)) < (3 if refers_back else 2)

    @property
    def full(self) -> str:
        """The question behind its context."""
        return f"{self.context} {self.text}".strip()


def find_asks(ticket: Ticket) -> tuple[Ask, ...]:
    """The distinct questions and requests, in order.

    A ticket that only describes a problem asks about that problem. An empty ticket asks nothing.
    """
    said = [part for sentence in _sentences(ticket)[:_SENTENCES] for part in _SPLIT.split(sentence)]
    places = [place for place, part in enumerate(said) if _asks(part)]
    asked: dict[str, Ask] = {}
    for before, place, after in zip([-1, *places], places, [*places[1:], len(said)], strict=False):
        # What is said before a question explains it, or else what is said behind it.
        context = _last(said[before + 1 : place]) or _last(said[place + 1 : after][:_CONTEXT])
        ask = Ask(text=said[place][:_LONGEST], context=context)
        says_something = bool(telling(ask.full))
        if ask.vague and before == place - 1 >= 0:
            # "How long does that take?" right behind another question is about that one; "Please help" asks nothing.
            ask = Ask(text=ask.text, context=_last(said[before:place]), follows_up=True)
            says_something = bool(telling(ask.text) or wanted(ask.text))
        if says_something:
            asked.setdefault(ask.text, ask)
    if not asked and any(telling(part) for part in said):
        return (Ask(text=" ".join(said)[:_LONGEST]),)
    return tuple(asked.values())


def telling(text: str) -> list[str]:
    """The stems of the words that say what a sentence is about."""
    return [
        root for word in words(text) if len(word) > 1 and not word.isdigit() and (root := stem(word)) not in _SMALL_TALK
    ]


def _asks(sentence: str) -> bool:
    return sentence.rstrip("\"') ").endswith("?") or _REQUEST.search(sentence) is not None


def _last(said: list[str]) -> str:
    """As many of the last sentences that say something as fit."""
    context = ""
    for sentence in reversed([sentence for sentence in said if telling(sentence)][-_CONTEXT:]):
        if len(sentence) + len(context) > _LONGEST:
            break
        context = f"{sentence} {context}".strip()
    return context


def _sentences(ticket: Ticket) -> list[str]:
    # What an agent has answered already is settled, and with it what the subject asked.
    settled = len(ticket.open_messages) < len(ticket.messages) and _asks(ticket.subject)
    subject = ticket.subject if len(telling(ticket.subject)) > 1 and not settled else ""
    texts = [subject, *(message.text for message in ticket.open_messages)]
    lines = (line for text in texts for line in text.splitlines() if not _QUOTED.match(line))
    unwrapped = re.sub(r"(?<![.!?:\n])\n(?=[a-z0-9])", " ", "\n".join(lines))
    return [sentence.strip() for sentence in _SENTENCE_END.split(unwrapped) if sentence.strip()]
