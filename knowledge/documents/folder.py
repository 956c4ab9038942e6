"""The documents folder: every approved document below it, or every reason why it cannot be used."""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from pathlib import Path

from knowledge.documents.document import DocumentStatus, DocumentVersion
from knowledge.documents.front_matter import read_version
from knowledge.drafting.frozen import Frozen
from knowledge.errors import DeskFileError
from knowledge.yaml_file import did_you_mean

_MARKDOWN = {".md", ".markdown"}
LARGEST = 2_000_000
"""Bytes of one document."""
_Wrong = tuple[str, str]
"""A document's path, and what is wrong with it."""


class FolderReading(Frozen):
    """What a documents folder holds."""

    versions: tuple[DocumentVersion, ...]
    """In the order of their paths."""
    skipped: tuple[str, ...]
    """Paths of visible files that are not Markdown, and of links to folders: nothing in them is used."""
    problems: tuple[str, ...] = ()
    """A sentence for each thing that is wrong, with file, line and remedy."""
    broken: frozenset[str] = frozenset()
    """Paths of the documents that cannot be used for it."""


def read_folder(folder: Path) -> FolderReading:
    """The documents below a folder; what is wrong with one leaves the others as they are.

    Raises `DeskFileError` where there is no folder. A folder without documents is a problem, and nothing in force.
    """
    if not folder.is_dir():
        raise DeskFileError(f"{folder}: there is no such folder; create it and put the approved documents there.")
    texts: dict[str, str] = {}
    versions: list[DocumentVersion] = []
    skipped: list[str] = []
    problems: list[str] = []
    broken: set[str] = set()
    for path in files_below(folder, problems):
        name = printable(path.relative_to(folder))
        if path.suffix.lower() not in _MARKDOWN:
            skipped.append(name)
            continue
        try:
            texts[name] = _read(path, folder, name)
            versions.append(read_version(texts[name], name))
        except DeskFileError as error:
            problems += error.problems
            broken.add(name)
    if not (versions or problems):
        problems.append(f"{folder}: there is no Markdown document in this folder; put approved .md files there.")
    for path_, sentence in (*_same_ids(versions), *_unknown_ids(versions, texts), *_circles(versions)):
        problems.append(sentence)
        broken.add(path_)
    usable = [version for version in versions if version.path not in broken]
    return FolderReading(
        versions=_superseded(usable),
        skipped=tuple(skipped),
        problems=tuple(dict.fromkeys(problems)),
        broken=frozenset(broken),
    )


def fingerprint(folder: Path) -> str:
    """A hash that changes when any visible file below a folder does. Reads names, sizes and times only."""
    digest = sha256()
    for path in files_below(folder):
        try:
            stat = path.stat()
            state = f"{stat.st_size} {stat.st_mtime_ns}"
        except OSError:
            state = "unreadable"
        digest.update(os.fsencode(path.relative_to(folder)) + f"\0{state}\0".encode())
    return digest.hexdigest()


def files_below(folder: Path, problems: list[str] | None = None) -> Iterator[Path]:
    """Files and links to folders below a folder, sorted; nothing hidden. What cannot be listed goes to `problems`."""
    found: list[Path] = []

    def unlisted(error: OSError) -> None:
        if problems is not None:
            problems.append(f"{error.filename}: the folder cannot be read ({error.strerror}); check its permissions.")

    for root, folders, files in os.walk(folder, onerror=unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # os.walk does not enter a linked folder, and so cannot walk in circles.
        linked = [name for name in folders if Path(root, name).is_symlink()]
        found += [Path(root, name) for name in (*files, *linked) if not name.startswith(".")]
    yield from sorted(found)


def printable(path: Path) -> str:
    """A path as people and databases can read it, whatever bytes are in it."""
    return path.as_posix() if path.as_posix().isprintable() else ascii(path.as_posix())


def read_text(path: Path, name: str) -> str:
    """A file's text without byte order mark, line ends as they stand. `name` is what problems call the file."""
    content = read_bytes(path, name)
    try:
        text = content.decode("utf-8-sig")
        wrong = content.find(b"\0")
    except UnicodeDecodeError as error:
        wrong = error.start
    if wrong >= 0:
        line = content.count(b"\n", 0, wrong) + 1
        raise DeskFileError(f"{name} line {line}: this is not text in UTF-8; save it as UTF-8.")
    return text


def read_bytes(path: Path, name: str) -> bytes:
    """What is in an ordinary file of at most 2 MB. `name` is what problems call the file."""
    try:
        if path.is_dir():
            raise DeskFileError(f"{name}: this is a folder, not a file; rename or remove it.")
        if path.exists() and not path.is_file():  # A pipe would be waited on for ever.
            raise DeskFileError(f"{name}: this is not an ordinary file; put one in its place.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise DeskFileError(
            f"{name}: the file cannot be read ({error.strerror}); check that it is there and may be read."
        ) from error
    if len(content) > LARGEST:
        raise DeskFileError(f"{name}: the file is larger than 2 MB; split it into smaller ones.")
    return content


def _read(path: Path, folder: Path, name: str) -> str:
    # A file's real place decides: a link may lead about inside the folder, as Kubernetes lays its volumes out.
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise DeskFileError(f"{name}: this link leads outside the documents folder; copy the file into it.")
    return read_text(path, name)


def _problem(version: DocumentVersion, key: str, sentence: str) -> _Wrong:
    found = re.search(rf"^[\"']?{key}\b", version.text[: version.body_start], re.MULTILINE)
    line = version.text.count("\n", 0, found.start()) + 1 if found else 1
    return version.path, f"{version.path} line {line}: {sentence}{'' if sentence.endswith('?') else '.'}"


def _same_ids(versions: Sequence[DocumentVersion]) -> Iterator[_Wrong]:
    first: dict[str, DocumentVersion] = {}
    for version in versions:
        if version.id in first:
            other = first[version.id]
            sentence = f"id '{version.id}' is also the id of {other.path}; give each document an id of its own"
            _, said = _problem(version, "id", sentence)
            # Which of the two is meant, nobody can say.
            yield from ((version.path, said), (other.path, said))
        first.setdefault(version.id, version)


def _unknown_ids(versions: Sequence[DocumentVersion], texts: dict[str, str]) -> Iterator[_Wrong]:
    # A file with problems still has its id: naming it is no second problem.
    claimed = re.compile(r"^id[ \t]*:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)
    known = {version.id for version in versions} | {found for text in texts.values() for found in claimed.findall(text)}
    for version in versions:
        for old in version.supersedes:
            if old not in known:
                remedy = did_you_mean(old, sorted(known), "add that document or remove its id here")
                yield _problem(
                    version, "supersedes", f"supersedes '{old}', which is not the id of a document; {remedy}"
                )


def _circles(versions: Sequence[DocumentVersion]) -> Iterator[_Wrong]:
    by_id = {version.id: version for version in versions}
    graph = {version.id: [old for old in version.supersedes if old in by_id] for version in versions}
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][::-1]
            way = " → ".join(circle)
            sentence = f"supersedes goes round in a circle, {way}; remove it from the document that came first"
            _, said = _problem(by_id[circle[0]], "supersedes", sentence)
            yield from ((by_id[each].path, said) for each in circle)
            graph = {id_: olds for id_, olds in graph.items() if id_ not in circle}
        else:
            return


def _superseded(versions: Sequence[DocumentVersion]) -> tuple[DocumentVersion, ...]:
    starts: dict[str, date] = {}
    for version in versions:
        if version.status is DocumentStatus.APPROVED:
            for old in version.supersedes:
                starts[old] = min(starts.get(old, date.max), version.effective_from)
    return tuple(version.model_copy(update={"superseded_from": starts.get(version.id)}) for version in versions)
