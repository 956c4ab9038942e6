"""A writer of small PDFs: lines of Helvetica at places on pages, and what goes wrong with PDFs."""

import zlib
from collections.abc import Iterable
from typing import NamedTuple


class At(NamedTuple):
    """A line at a place on a page of 595 by 842 points."""

    y: float
    text: str
    x: float = 72
    size: float = 11
    bold: bool = False
    turned: bool = False


def pdf(*pages: Iterable[At], title: str = "", picture: bool = False) -> bytes:
    contents = [b"".join(map(_drawn, page)) for page in pages]
    return pdf_of_contents(*contents, title=title, picture=picture)


def pdf_of_contents(*contents: bytes, title: str = "", picture: bool = False) -> bytes:
    first = 7
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        _stream(b"\x80" * 64, b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"),
        b"<</Title(%s)>>" % title.encode("cp1252"),
    ]
    for at, content in enumerate(contents):
        drawn = content + (b"q 400 0 0 600 72 100 cm /I1 Do Q\n" if picture else b"")
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</I1 5 0 R>>>>>>" % (first + 2 * at + 1)
        )
        objects.append(_stream(drawn))
    return _file(objects)


def _drawn(line: At) -> bytes:
    text = line.text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    matrix = b"0.7 0.7 -0.7 0.7" if line.turned else b"1 0 0 1"
    place = b"%s %.1f %.1f Tm" % (matrix, line.x, line.y)
    return b"BT /F%d %.1f Tf %s (%s) Tj ET\n" % (2 if line.bold else 1, line.size, place, text)


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (entries, len(packed), packed)


def _file(objects: list[bytes]) -> bytes:
    written = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(places)
    trailer = b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))
    return written + table + trailer
