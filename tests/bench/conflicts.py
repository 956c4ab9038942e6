"""How many contradictions between documents are found, how many findings are false, and how long it takes."""

import json
import re
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bot.starter import copy_sample
from knowledge.desk_files import load_desk
from knowledge.documents.document import DocumentVersion
from knowledge.documents.folder import read_folder
from knowledge.documents.passages import cut
from knowledge.drafting.claims import claims
from knowledge.drafting.conflict import Conflict
from knowledge.drafting.conflicts import find_conflicts
from knowledge.drafting.facts import facts
from knowledge.drafting.limits import Limit, limits
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.telling import stems
from tests.bench.synthetic import TODAY, documents
from tests.knowledge.drafting.conflict_pairs import BOOK, Pair, pairs
from tests.knowledge.index.versions import help_centre, version

_DIGITS = re.compile(r"(?<![\w.:/#-])(?:\d{1,3}(?:,\d{3})+|\d{1,5})(?![\w.:/,+])")
_FOUND_FOR_A_TICKET = 14
_OTHER = "f" * 64
"""The version of a page's copy with other numbers."""


def conflicts_found(data: Path, folder: Path) -> None:
    """Print precision and recall, what is found in real documents, and how time grows."""
    print("Conflicts between approved documents")  # noqa: T201
    _labelled_pairs()
    copy_sample(folder / "conflicts")
    desk = load_desk(folder / "conflicts")
    versions = read_folder(desk.documents).versions
    in_force = find_conflicts(_passages(v for v in versions if v.in_force(TODAY)), desk.playbook)
    ever = find_conflicts(_passages(versions), desk.playbook)
    print(f"  sample desk: {len(in_force)} in force, {len(ever)} with superseded documents")  # noqa: T201
    if (data / "kb-plausible").is_dir():
        _help_centre(data / "kb-plausible")
    else:
        print(f"  kb-plausible: skipped, no public data in {data}")  # noqa: T201
    if (data / "tau2-banking").is_dir():
        _bank(data / "tau2-banking" / "documents.jsonl")
    else:
        print(f"  tau2-banking: skipped, no public data in {data}")  # noqa: T201
    _speed()


def _labelled_pairs() -> None:
    def ours(pair: Pair) -> bool:
        return bool(find_conflicts([pair.one, pair.other], BOOK))

    held = pairs()
    for name, finds in (("ours", ours), ("baseline: like words, other facts or negation", _alike_but_other)):
        print(f"  {len(held)} labelled pairs, {name}: {_scores(held, finds)}")  # noqa: T201


def _scores(held: Iterable[Pair], finds: Callable[[Pair], bool]) -> str:
    said = [(finds(pair), pair.conflict) for pair in held]
    right = said.count((True, True))
    return (
        f"precision {right / max(1, sum(found for found, _ in said)):.2f}, "
        f"recall {right / sum(true for _, true in said):.2f}"
    )


def _alike_but_other(pair: Pair) -> bool:
    one, other = stems(pair.one.text), stems(pair.other.text)
    alike = len(one & other) >= 0.5 * len(one | other)
    negations = (Limit.NEGATION in limits(side.text) for side in (pair.one, pair.other))
    return alike and (facts(pair.one.text) != facts(pair.other.text) or len(set(negations)) > 1)


def _help_centre(folder: Path) -> None:
    book = Playbook(company="Plausible")
    pages = _passages(help_centre(folder / "docs"))
    older = _passages(
        version(v.id.split(".")[0], v.text[v.body_start :], title=v.title, front=v.text[: v.body_start])
        for v in help_centre(folder / "stale-not-approved")
    )
    now, then = find_conflicts(pages, book), find_conflicts([*pages, *older], book)
    print(  # noqa: T201
        f"  kb-plausible, {len(pages)} passages: {len(now)} found; with older versions of six pages "
        f"{len(then) - len(now)} of the 4 rules they state otherwise "
        "(yes or no, in quite other words; none of their numbers changed)"
    )
    changed = [passage for passage in map(_renumbered, pages) if passage]
    planted = {
        (page.id, old.start)
        for page, other in ((page, _renumbered(page)) for page in pages)
        if other
        for old, new in zip(claims(page.text), claims(other.text), strict=False)
        if old.quantities and _said(page, old.start, old.end) != _said(other, new.start, new.end)
    }
    found = find_conflicts([*pages, *changed], book)
    copies = [conflict for conflict in found if conflict.sides[0].passage == conflict.sides[1].passage]
    hit = {(side.passage, side.start) for each in copies for side in each.sides if side.version != _OTHER}
    print(  # noqa: T201
        f"  kb-plausible beside a copy with other numbers: {len(hit & planted)} of {len(planted)} changed sentences "
        f"found, {len(found) - len(copies)} findings between different passages"
    )
    _show([*then, *(each for each in found if each not in copies)][:3])


def _bank(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    held = _passages(version(row["id"], row["content"], title=row["title"]) for row in rows)
    found = find_conflicts(held, Playbook())
    print(f"  tau2-banking, {len(held)} passages about some sixty products, none named: {len(found)} found")  # noqa: T201
    _show(found)


def _renumbered(passage: Passage) -> Passage | None:
    text = _DIGITS.sub(lambda match: str(3 * int(match[0].replace(",", "")) + 1), passage.text)
    return passage.model_copy(update={"text": text, "version": _OTHER}) if text != passage.text else None


def _said(passage: Passage, start: int, end: int) -> str:
    return passage.text[start:end]


def _passages(versions: Iterable[DocumentVersion]) -> list[Passage]:
    return [passage for each in versions for passage in cut(each)]


def _show(found: Sequence[Conflict]) -> None:
    for conflict in found:
        told = " / ".join(f"{side.document[:40]}: {', '.join(side.values)}" for side in conflict.sides)
        print(f"    {conflict.thing[:90]}: {told}")  # noqa: T201


def _speed() -> None:
    taken = {}
    for size in (1_000, 10_000):
        held = _passages(documents(size))
        claims.cache_clear()
        start = time.perf_counter()
        found = find_conflicts(held, BOOK)
        taken[size] = time.perf_counter() - start
        print(f"  {len(held):>6} synthetic passages: {taken[size]:.2f} s, {len(found)} found")  # noqa: T201
    few = []
    for at in range(0, 280, _FOUND_FOR_A_TICKET):
        claims.cache_clear()
        start = time.perf_counter()
        find_conflicts(held[at : at + _FOUND_FOR_A_TICKET], BOOK)
        few.append(time.perf_counter() - start)
    print(  # noqa: T201
        f"  ten times the passages cost {taken[10_000] / taken[1_000]:.1f} times as much; "
        f"the {_FOUND_FOR_A_TICKET} found for a ticket {1000 * statistics.median(few):.1f} ms"
    )
