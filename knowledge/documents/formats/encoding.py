"""Encoding: bytes as the text that they are."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta\s[^>]{0,500}?charset|\?xml\s[^>]{0,200}?encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{1,40})",
    re.IGNORECASE,
)
_HEAD = 4_096
_SEVERAL_BYTES = re.compile(r"big5(?:-hkscs)?|euc-(?:jp|kr)|gb(?:2312|18030|k)|iso-2022-jp|shift[_-]jis|utf-8")
_ONE_BYTE = re.compile(r"iso-8859-(?:[2-9]|1[0-6])|koi8-[ru]|mac(?:intosh|-roman)|windows-125[0-8]")


def text_of(content: bytes, *, markup: bool = False) -> str | None:
    """The text of a file, or none where it is not text. `markup` says that it may declare its encoding."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    sample = content[:_HEAD]
    if b"\0" in content:
        return _wide(content) if sample.count(b"\0") * 3 > len(sample) else None
    declared = _declared(sample) if markup else ""
    # Bytes that happen to be UTF-8 are UTF-8, unless other encodings of several bytes are declared.
    order = [declared, "utf-8"] if _SEVERAL_BYTES.fullmatch(declared) else ["utf-8", declared]
    for encoding in filter(None, order):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")


def _declared(sample: bytes) -> str:
    """The encoding that a page says it is in, if that is one in which pages are written."""
    found = _DECLARED.search(sample)
    name = found[1].decode("ascii", errors="ignore").lower() if found else ""
    return name if _SEVERAL_BYTES.fullmatch(name) or _ONE_BYTE.fullmatch(name) else ""


def _wide(content: bytes) -> str | None:
    """Text in UTF-16 that does not say so: every other byte of plain letters is zero."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if b"\0" not in content[1 - first : _HEAD : 2]:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None
