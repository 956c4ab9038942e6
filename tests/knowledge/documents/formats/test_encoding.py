import codecs

import pytest

from knowledge.documents.formats.encoding import text_of

CASES: dict[str, tuple[bytes, str | None]] = {
    "utf-8": ("<p>5 € – é".encode(), "<p>5 € – é"),
    "utf-8 with its mark": (codecs.BOM_UTF8 + "é".encode(), "é"),
    "utf-16 with its mark": ("é5".encode("utf-16"), "é5"),
    "utf-16 without": ("Refunds".encode("utf-16-be"), "Refunds"),
    "utf-32": ("é5".encode("utf-32"), "é5"),
    "windows without a word": ("5 € – é".encode("cp1252"), "5 € – é"),
    "latin-1 that is windows": ('<meta charset="iso-8859-1">5 €'.encode("cp1252"), '<meta charset="iso-8859-1">5 €'),
    "declared": ("<meta charset=windows-1251>Возврат".encode("cp1251"), "<meta charset=windows-1251>Возврат"),
    "declared the old way": (
        "<meta http-equiv='x' content='text/html; charset=Shift_JIS'>返金".encode("shift_jis"),
        "<meta http-equiv='x' content='text/html; charset=Shift_JIS'>返金",
    ),
    "declared in XML": (
        "<?xml version='1.0' encoding='koi8-r'?>да".encode("koi8-r"),
        "<?xml version='1.0' encoding='koi8-r'?>да",
    ),
    "declared wrongly": ("<meta charset=windows-1251>é€".encode(), "<meta charset=windows-1251>é€"),
    "declared and untrue": (b"<meta charset=euc-jp>\xff\xe9", "<meta charset=euc-jp>ÿé"),
    "no encoding of pages": (b"<meta charset=unicode_escape>\\u0041", "<meta charset=unicode_escape>\\u0041"),
    "binary": (b"%PDF\0\1\2", None),
    "more binary": (b"\0\1\0\0" * 9, None),
    "empty": (b"", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_bytes_are_the_text_that_they_are(name: str) -> None:
    content, text = CASES[name]
    assert text_of(content, markup=True) == text


def test_plain_text_declares_nothing() -> None:
    assert text_of("<meta charset=windows-1251>é".encode("cp1252")) == "<meta charset=windows-1251>é"
