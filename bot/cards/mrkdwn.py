"""Slack's markup, and how somebody else's words are kept out of it. The only place that knows it."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb"
    "\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_HTTP = re.compile(r"(h)tt(ps?)(?=:)", re.IGNORECASE)
_SCHEME = re.compile(
    r"(?<!(?<![\w+.-])hxxp)(?<!(?<![\w+.-])hxxps):(?=//)"
    r"|(?:(?<=script)|(?<=\bmailto)|(?<=\bdata)|(?<=\btel)|(?<=\bsms)|(?<=\bslack)):(?=\S)",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?<![\w-])[\w-]++(?:\.[\w-]++)+")
# Browsers take these for the dots of a host; between ideographs they end a sentence.
_FOREIGN_DOT = re.compile(r"(?<=[\w-])[。．｡](?=(?![\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff])[\w-]{2})")
_AT = re.compile(r"(?<!\w)@(?=\w)")
_HASH = re.compile(r"(?<!\w)#(?=[^\W\d_])")
# A time such as 12:30:45 is no emoji.
_EMOJI = re.compile(r"(?<!\d):(?=[\w+'-]++:)|:(?=[\d+'-]*+[^\W\d][\w+'-]*+:)")
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_QUOTE = re.compile(r"^([^\S\n]*)&gt;", re.MULTILINE)
# Endings that no host has, so that the names of files stay as they are.
_FILES = frozenset(
    "bmp cfg conf css csv doc docx eml exe gif gz htm html ics ini jpeg jpg js json jsx log mp3 mp4 odt pdf png ppt "
    "pptx svg tar tif tiff toml ts tsx txt wav webp xls xlsx xml yaml yml".split()
)
# What would be formatting, as characters that only look like it.
_LOOK_ALIKES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "∗", "~": "∼", "`": "‵"})
_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")
_GROUP = re.compile(r"S[A-Z0-9]{1,30}")
_HOST = re.compile(
    r"(?!xn--|.*\.xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE
)
_LONGEST_NAME = 80
_MOST_NAMES = 20
_LONGEST_LINK = 700
_LINKABLE = re.compile(r"https://[\w.~:/?#@!$&'()+,;=%-]{1,1000}", re.ASCII)


class Mrkdwn(NamedTuple):
    """Text in Slack's markup, made by our code, and the live things in it."""

    text: str
    live: frozenset[str] = frozenset()
    """Links, mentions and dates, as they stand between `<` and `>`."""


def visible(text: str) -> str:
    """The text without characters that nobody sees; everything else stays as it is."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def plain(text: str) -> str:
    """For places without markup: what is visible, with no live address and no live name."""
    text = _HTTP.sub(r"\1xx\2", visible(text))
    text = _SCHEME.sub("[:]", text)
    text = _FOREIGN_DOT.sub("[.]", text)
    text = _DOTTED.sub(_host, text)
    return _HASH.sub("＃", _AT.sub("＠", text))


def inert(text: str) -> str:
    """Somebody else's text for a place with markup: it shows as it was written and nothing in it acts."""
    text = _EMOJI.sub("꞉", plain(text)).translate(_LOOK_ALIKES)
    return _QUOTE.sub(r"\1›", _EDGE_UNDERSCORE.sub("ˍ", text))


def label(text: str) -> str:
    """For the label of a button or a choice: on one line, without brackets and small pictures."""
    return _EMOJI.sub("꞉", plain(one_line(text))).replace("<", "‹").replace(">", "›")


def one_line(text: str, most: int | None = None) -> str:
    """The text on one line; where it is longer than `most`, cut with an ellipsis."""
    line = " ".join(visible(text).split())
    return line if most is None or len(line) <= most else line[: most - 1].rstrip() + "…"


def clip(text: str, most: int) -> str:
    """The text on one line, cut with an ellipsis so that it is no longer than `most` once it is inert."""
    line = one_line(text, most)
    while (length := len(inert(line))) > most:
        line = one_line(line, min(len(line) - 1, len(line) * most // length))
    return line


def say(template: str, *parts: str | Mrkdwn) -> Mrkdwn:
    """Our own words, with others filled in for each `{}`: a plain string is made inert and one line, markup stays."""
    filled = [part if isinstance(part, Mrkdwn) else Mrkdwn(inert(one_line(part))) for part in parts]
    return Mrkdwn(template.format(*(part.text for part in filled)), frozenset().union(*(part.live for part in filled)))


def join(parts: Iterable[Mrkdwn], between: str = "\n") -> Mrkdwn:
    """Several as one."""
    all_ = tuple(parts)
    return Mrkdwn(between.join(part.text for part in all_), frozenset().union(*(part.live for part in all_)))


def mention(person: str) -> Mrkdwn:
    """A person by their name; an id that is none stays text."""
    return _live(f"@{person}") if _PERSON.fullmatch(person) else say("{}", clip(person, _LONGEST_NAME))


def group(name: str) -> Mrkdwn:
    """A user group by its name; an id that is none stays text."""
    return _live(f"!subteam^{name}") if _GROUP.fullmatch(name) else say("{}", clip(name, _LONGEST_NAME))


def people(ids: Sequence[str]) -> Mrkdwn:
    """Several people or groups; of very many the first."""
    shown = [group(each) if _GROUP.fullmatch(each) else mention(each) for each in ids[:_MOST_NAMES]]
    left = len(ids) - len(shown)
    return join([*shown, say("{} more", str(left))] if left else shown, ", ")


def link(url: str, words: str) -> Mrkdwn:
    """A link that our code made; where the address is none that may be shown, the words alone."""
    shown = inert(one_line(words)).replace("|", "ǀ")
    token = f"{url.replace('&', '&amp;')}|{shown}"
    return _live(token) if shown and len(token) <= _LONGEST_LINK and _may_be_linked(url) else Mrkdwn(shown)


def date(at: datetime) -> Mrkdwn:
    """A moment in the reader's own time zone."""
    moment = at if at.tzinfo else at.replace(tzinfo=UTC)
    fallback = f"{moment.astimezone(UTC):%-d %b %Y, %H:%M} UTC"
    return _live(f"!date^{int(moment.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}")


def _live(token: str) -> Mrkdwn:
    return Mrkdwn(f"<{token}>", frozenset({token}))


def _host(match: re.Match[str]) -> str:
    labels = match[0].split(".")
    last = labels[-1]
    # "e.g" and "v1.2.3" are no hosts; "evil.example.0" holds one.
    hosts = any(len(label) > 1 and any(map(str.isalpha, label)) for label in labels[1:-1])
    abbreviation = not hosts and (len(last) == 1 or not any(map(str.isalpha, last)))
    file = len(labels) == 2 and last.casefold() in _FILES
    return match[0] if abbreviation or file else "[.]".join(labels)


def _may_be_linked(url: str) -> bool:
    if not _LINKABLE.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    there = parts.scheme == "https" and parts.username is None and parts.password is None and port != 0
    return there and "@" not in parts.netloc and _HOST.fullmatch(parts.hostname or "") is not None
