"""Signature: what mail programs put below every message. Where it may be more than that, it stays."""

import re
from collections.abc import Sequence

from bot.helpdesks.lines import Line

_LONGEST = 12
"""Lines; what is longer is no signature."""
_DELIMITERS = frozenset({"--", "—"})
_ASKS = re.compile(r"\?(?:\s|$)")
_LINK = re.compile(r" ?[(<\[]{0,2}https?://\S+")
_SENT_FROM = re.compile(
    r"(?:(?i:sent (?:from|via|using|with)|get|download|"
    r"von meine[mr]|gesendet (?:von|mit|aus|über)|diese nachricht wurde (?:von|mit)|"
    r"envoyé (?:de|depuis|avec|à partir)|télécharge[rz]|obtene[zr]|"
    r"enviad[oa] (?:desde|con|do|da|de|a partir)|descargar?|obter|"
    r"verzonden (?:vanaf|vanuit|met|via)|verstuurd (?:vanaf|met)|inviato (?:da|dal|con)|scarica)\b)"
    r"(?:[^.!?]{0,40}[^\w.!?])?"
    r"(?i:iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|redmi|pixel|oneplus|fairphone|motorola|nokia|sony|"
    r"blackberry|outlook|windows|yahoo|proton ?mail|tutanota|tuta|gmail|gmx|web\.de|aol|zoho|thunderbird|spark|hey|"
    r"mail|(?:my|a) (?:mobile|cell|phone|tablet)|mobile (?:phone|device)|cell ?phone|smartphone|handy|mobiltelefon|"
    r"téléphone|móvil|cellulare|telefoon|telefone|celular)\b"
    r"(?:[ -](?:[A-Z0-9][\w.+-]*|(?i:ios|app|device|phone|smartphone|tablet|email|mail|secure|mobile|"
    r"for|on|für|auf|pour|sur|para|en|per|su|voor|op|mit|gesendet|geschickt|verschickt)))*[.,]?"
)


def without_signature(lines: Sequence[Line]) -> list[Line]:
    """The lines without a signature, but for one that is all there is."""
    own = _without_marked(list(lines))
    for at in range(max(1, len(own) - _LONGEST), len(own)):
        if own[at].text.strip() in _DELIMITERS and not _asks(own[at + 1 :]):
            own = own[:at]
            break
    while len(own) > 1 and _is_sent_from(own[-1].text):
        own.pop()
    return own


def _without_marked(lines: list[Line]) -> list[Line]:
    marked = [line for line in lines if line.signature]
    if len(marked) > _LONGEST or len(marked) == len(lines) or _asks(marked):
        return lines
    return [line for line in lines if not line.signature]


def _asks(lines: Sequence[Line]) -> bool:
    return any(_ASKS.search(line.text) for line in lines)


def _is_sent_from(text: str) -> bool:
    return len(text) < 400 and bool(_SENT_FROM.fullmatch(_LINK.sub("", text).strip()))
