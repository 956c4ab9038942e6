"""History: the earlier messages that a reply carries along, found by what mail programs write above them."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, groupby, takewhile

from bot.helpdesks.lines import Line

_LONGEST = 400
"""Characters of what introduces a quotation, wrapped parts together."""
_MOST_WRAPPED = 3
_BLOCK = 9
"""Lines in which a header has all its fields."""

_OPENING = re.compile(r"(?:On|Am|Le|El|Op|Il|Em|No dia)\b")
_DIGIT = re.compile(r"\d")
_WROTE = re.compile(
    r"(?:On|Le|El|Il|Em|A|No dia)\b.{3,} (?:wrote|a écrit|escribió|ha scritto|escreveu) ?:"
    r"|(?:Am|Op)\b.{3,} (?:schrieb|schreef) .{2,120}:|Op\b.{3,} geschreven ?:|.{3,} schrieb am .{3,}:"
    r"|[^<>]*<[^<>\s]+@\S+ (?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu) ?:",
    re.IGNORECASE,
)
_BY_MACHINE = re.compile(r"\b\d{1,2}[:h]\d\d\b|[^\s@]@[^\s@]")
_BY_PEOPLE = re.compile(r"\b(?:I|we|he|she|they|ich|wir|er|ik|wij|hij)\b")
"""People who tell what somebody wrote give no time of day and no address, or speak of themselves."""
_ORIGINAL = re.compile(
    r"[*_ ]*-{2,} ?(?:Original (?:Message|Appointment)|Ursprüngliche Nachricht|Originalnachricht|Message d['’]origine|"
    r"Message original|Mensaje original|(?:Oorspronkelijk|Origineel) bericht|Messaggio originale|Mensagem original) ?"
    r"-{2,}[*_ ]*",
    re.IGNORECASE,
)
_REPLY_ABOVE = re.compile(r"##-.{5,200}-##|[^\w\s]{2,} ?(?:[a-z]+ ){0,3}reply above this line\b.{0,60}", re.IGNORECASE)
_FORWARDED = re.compile(
    r"[-_ ]*(?:(?:Begin )?Forwarded message|Weitergeleitete Nachricht|Anfang der weitergeleiteten (?:E-Mail|Nachricht)|"
    r"Message transféré|Début du message (?:réexpédié|transféré)|(?:Inicio del )?mensaje reenviado|"
    r"(?:Begin )?doorgestuurd bericht|(?:Inizio )?messaggio inoltrato|Mensagem encaminhada|Início da mensagem "
    r"(?:encaminhada|reencaminhada))[-_: ]*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:From|Von|De|Van|Da)\*? ?:\*? *\S", re.IGNORECASE)
_SENT = re.compile(
    r"\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviad[oa]|Fecha|Verzonden|Inviato|Data)(?: el| em)?\*? ?:\*? *\S",
    re.IGNORECASE,
)
_TO = re.compile(r"\*?(?:To|An|À|Para|Aan|A)\*? ?:\*? *\S", re.IGNORECASE)
_SUBJECT = re.compile(r"\*?(?:Subject|Betreff|Objet|Asunto|Onderwerp|Oggetto|Assunto)\*? ?:", re.IGNORECASE)
_RULE = re.compile(r"[-_=*]{5,}")


def without_history(lines: Sequence[Line]) -> list[Line]:
    """The writer's own lines. Quoted ones stay where answers stand among them, and where there is nothing else."""
    runs = [(quoted, list(run)) for quoted, run in groupby(_marked(lines), key=lambda line: line.quoted)]
    if all(quoted for quoted, _ in runs):
        return list(lines)
    quotations = [run for quoted, run in runs if quoted]
    if runs[-1][0]:
        runs.pop()
    elif len(quotations) == 1 and _is_introduced(quotations[0]):
        runs = [(quoted, run) for quoted, run in runs if not quoted]
    return [_shown(line) for _, run in runs for line in run]


def _marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, each marked as quoted that belongs to an earlier message. What was forwarded belongs to this one."""
    marked: list[Line] = []
    while len(marked) < len(lines):
        at = len(marked)
        line = lines[at]
        continued = line.quoted and at > 0 and marked[-1].quoted
        if not continued and _FORWARDED.fullmatch(line.text):
            return marked + [each._replace(quoted=False) for each in lines[at:]]
        size = 0 if line.quoted else _introduction(lines, at)
        if size and not _is_quoted(lines, at + size):
            return marked + _quoted(lines[at:])
        marked += _quoted(lines[at : at + size]) if size else [line]
    return marked


def _introduction(lines: Sequence[Line], at: int) -> int:
    """How many lines from here on say that an earlier message follows."""
    text = lines[at].text
    if _ORIGINAL.fullmatch(text) or _REPLY_ABOVE.fullmatch(text):
        return 1
    if block := _block(lines, at):
        return block
    if _RULE.fullmatch(text) and (block := _block(lines, at + 1)):
        return block + 1
    for size in range(1, _MOST_WRAPPED + 1):
        if wrote := _wrote(lines, at, size):
            by_machine = _BY_MACHINE.search(wrote) and not _BY_PEOPLE.search(wrote)
            return size if by_machine or _is_quoted(lines, at + size) else 0
    # In a language that is not known here.
    return 1 if text.endswith(":") and _is_quoted(lines, at + 1) and _BY_MACHINE.search(text) else 0


def _wrote(lines: Sequence[Line], at: int, size: int) -> str:
    """The lines as one, where that says that somebody wrote what follows. Text before that is none of it."""
    first, *wrapped = lines[at : at + size]
    if not (wrapped or [first])[-1].text.endswith(":"):
        return ""
    text = " ".join(line.text.strip() for line in (first, *wrapped))
    if len(text) > _LONGEST or not _WROTE.fullmatch(text):
        return ""
    if wrapped and not _DIGIT.search(first.text):
        return ""
    return "" if any(line.apart or line.quoted or _OPENING.match(line.text) for line in wrapped) else text


def _block(lines: Sequence[Line], at: int) -> int:
    """How many lines the header of a message takes that begins here."""
    if at >= len(lines) or not _FROM.match(lines[at].text):
        return 0
    texts = [line.text for line in takewhile(lambda line: not line.quoted, lines[at + 1 : at + _BLOCK])]
    fields = [[size for size, text in enumerate(texts, 2) if field.match(text)] for field in (_SENT, _TO, _SUBJECT)]
    sent, to, subject = fields
    return max(chain(*fields)) if sent and (subject or (to and "@" in lines[at].text)) else 0


def _is_introduced(quotation: Sequence[Line]) -> bool:
    bare = (line._replace(text=line.text.lstrip("> "), quoted=False) for line in quotation[: _MOST_WRAPPED + _BLOCK])
    said = [line for line in bare if line.text]
    return bool(said) and _introduction(said, 0) > 0


def _is_quoted(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and lines[at].quoted


def _quoted(lines: Iterable[Line]) -> list[Line]:
    return [line._replace(quoted=True) for line in lines]


def _shown(line: Line) -> Line:
    return line._replace(text=f"> {line.text}") if line.quoted and not line.text.lstrip().startswith(">") else line
