"""DOCX package: the parts of a Word file, unpacked no further than is safe."""

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import Any

from lxml import etree

from knowledge.errors import DeskFileError

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_PARTS = 10_000
_LARGEST_PART = 20_000_000
_LARGEST = 300_000_000
_HIGHEST_RATIO = 100
"""How many times its size a large file may unpack to."""


class Package:
    """The parts of a Word file, each found by what the file says it is for."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        if content.startswith(_OLE):
            raise (
                self._locked()
                if _ENCRYPTED in content
                else self._problem("this is a Word file of the old kind (.doc); save it as .docx")
            )
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._damaged() from error
        unpacked = sum(part.file_size for part in parts)
        if (
            len(parts) > _MOST_PARTS
            or unpacked > _LARGEST
            or unpacked > max(_LARGEST_PART, _HIGHEST_RATIO * len(content))
        ):
            raise self._too_large()
        self._main = self._related("").get("officeDocument", "word/document.xml")
        self._others = self._related(self._main)

    def body(self) -> Any:
        """The body of the document."""
        root = self._part(self._main)
        body = None if root is None else next((child for child in root if str(child.tag).endswith("}body")), None)
        if body is None:
            raise self._damaged()
        return body

    def other(self, kind: str) -> Any:
        """The root of the part of a kind, such as "styles"; none where the file has no such part."""
        return self._part(self._others[kind]) if kind in self._others else None

    def _related(self, part: str) -> dict[str, str]:
        """The parts that a part names, by their kind."""
        folder, _, file = part.rpartition("/")
        root = self._part(posixpath.join(folder, "_rels", f"{file}.rels"))
        related: dict[str, str] = {}
        for relation in () if root is None else root:
            kind = str(relation.get("Type", "")).rpartition("/")[2]
            target = str(relation.get("Target", ""))
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            related.setdefault(kind, posixpath.normpath(path))
        return related

    def _part(self, path: str) -> Any:
        try:
            part = self._zip.getinfo(path)
        except KeyError:
            return None
        if part.flag_bits & 1:
            raise self._locked()
        if part.file_size > _LARGEST_PART:
            raise self._too_large()
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(self._zip.read(part), parser)
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise self._damaged() from error
        if root.getroottree().docinfo.doctype:
            raise self._damaged()
        return root

    def _locked(self) -> DeskFileError:
        return self._problem("the Word file is protected by a password; open it and save a copy without one")

    def _too_large(self) -> DeskFileError:
        return self._problem("this Word file unpacks to far more than a text needs; save it anew or split it")

    def _damaged(self) -> DeskFileError:
        return self._problem("this Word file is damaged or is none; open it in Word and save it anew as .docx")

    def _problem(self, sentence: str) -> DeskFileError:
        return DeskFileError(f"{self._name}: {sentence}.")
