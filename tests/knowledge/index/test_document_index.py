# ruff: noqa: ASYNC240  A test may wait for its own small files.
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from knowledge.documents.document import DocumentStatus, DocumentVersion
from knowledge.drafting.factual_error import FactualError
from knowledge.errors import IndexUnusable, ModelUnreachable
from knowledge.index.document_index import DocumentIndex
from knowledge.index.seen_by import SeenBy
from tests.knowledge.index.counting import CountingEmbedding
from tests.knowledge.index.versions import ON, version

TWO_SECTIONS = "# Refunds\n\n## Yearly\n\nYearly refunds take five days.\n\n## Monthly\n\nNo monthly refunds.\n"


async def found(index: DocumentIndex, question: str = "refunds", on: date = ON, limit: int = 5) -> set[str]:
    return {passage.document for passage in await index.retrieve(question, on=on, limit=limit)}


async def test_a_passage_comes_back_as_it_was_cut(index: DocumentIndex) -> None:
    until = date(2027, 1, 1)
    await index.sync([version(body=TWO_SECTIONS, effective_until=until, topic="billing", url="https://x.example")])
    passages = await index.retrieve("yearly refunds", on=ON, limit=5)
    best = passages[0]
    assert (best.document, best.headings, best.text) == ("refunds", ("Yearly",), "Yearly refunds take five days.")
    assert best.text == TWO_SECTIONS[best.start : best.end]
    assert (best.approved_by, best.in_force_until, best.topic) == ("Ada", until, "billing")
    assert (best.url, best.id) == ("https://x.example", f"refunds@{best.version[:12]}#{best.start}")
    assert 0 < best.score <= 1
    assert [p.score for p in passages] == sorted((p.score for p in passages), reverse=True)


@pytest.mark.parametrize("with_embedding", [True, False])
@pytest.mark.parametrize(
    "out_of_force",
    [
        {"effective_until": date(2026, 1, 14)},
        {"review_by": date(2026, 1, 14)},
        {"superseded_from": date(2026, 1, 15)},
        {"effective_from": date(2026, 1, 16)},
        {"status": DocumentStatus.WITHDRAWN},
        {"status": DocumentStatus.PROPOSED},
    ],
    ids=str,
)
async def test_what_is_not_in_force_never_comes_back(
    path: Path, out_of_force: dict[str, Any], *, with_embedding: bool
) -> None:
    index = DocumentIndex(path, CountingEmbedding() if with_embedding else None)
    await index.sync([version("refunds", **out_of_force), version("returns", "Refunds for returns.")])
    assert await found(index) == {"returns"}


@pytest.mark.parametrize("with_embedding", [True, False])
async def test_a_restricted_document_is_found_by_its_audience_alone(path: Path, *, with_embedding: bool) -> None:
    index = DocumentIndex(path, CountingEmbedding() if with_embedding else None)
    held = version("refunds", audience="leads")
    await index.sync([held, version("returns", "Refunds for returns.")])
    seen = {"all": None, "leads": frozenset({"leads", "x"}), "others": frozenset({"x"}), "nobody": frozenset[str]()}
    documents = {
        name: {passage.document for passage in await SeenBy(index, audience).retrieve("refunds", on=ON, limit=5)}
        for name, audience in seen.items()
    }
    both = {"refunds", "returns"}
    assert documents == {"all": both, "leads": both, "others": {"returns"}, "nobody": {"returns"}}
    in_force = {name: await SeenBy(index, who).in_force("refunds", held.hash, on=ON) for name, who in seen.items()}
    assert in_force == {"all": True, "leads": True, "others": False, "nobody": False}


async def test_an_audience_that_changes_needs_no_new_text(index: DocumentIndex) -> None:
    await index.sync([version()])
    await index.sync([version(audience="leads")])
    assert await SeenBy(index, frozenset()).retrieve("refunds", on=ON, limit=5) == []


async def test_a_date_passing_needs_no_sync(index: DocumentIndex) -> None:
    old = version(body="Refunds take ten days.", superseded_from=ON)
    new = version(body="Refunds take two days.", effective_from=ON)
    await index.sync([old, new])
    assert [p.text for p in await index.retrieve("refunds", on=date(2026, 1, 14), limit=5)] == [old.text]
    assert [p.text for p in await index.retrieve("refunds", on=ON, limit=5)] == [new.text]


async def test_one_changed_document_embeds_only_its_own_passages(
    index: DocumentIndex, embedding: CountingEmbedding
) -> None:
    others = [version(f"other-{number}", f"Something else {number}.") for number in range(5)]
    first = await index.sync([*others, version(body=TWO_SECTIONS)])
    assert (len(first.new), first.changed, first.gone, first.unchanged, first.passages) == (6, (), (), 0, 7)
    embedding.texts.clear()
    second = await index.sync([*others, version(body=TWO_SECTIONS.replace("five", "six"))])
    assert second == ((), ("refunds",), (), 5, 7)
    assert embedding.texts == [
        "Refunds › Yearly\n\nYearly refunds take six days.",
        "Refunds › Monthly\n\nNo monthly refunds.",
    ]
    assert await index.sync([*others, version(body=TWO_SECTIONS.replace("five", "six"))]) == ((), (), (), 6, 7)


async def test_an_end_of_being_in_force_is_noted_without_embedding(
    index: DocumentIndex, embedding: CountingEmbedding
) -> None:
    await index.sync([version()])
    embedding.texts.clear()
    result = await index.sync([version(superseded_from=ON)])
    assert result.changed == ("refunds",)
    assert embedding.texts == []
    assert await found(index) == set()
    [passage] = await index.retrieve("refunds", on=date(2026, 1, 1), limit=1)
    assert passage.in_force_until == date(2026, 1, 14)


async def test_another_title_of_the_same_text_is_embedded_again(
    index: DocumentIndex, embedding: CountingEmbedding
) -> None:
    await index.sync([version()])
    result = await index.sync([version(title="Money back")])
    assert (result.changed, result.passages) == (("refunds",), 1)
    assert embedding.texts[-1].startswith("Money back")


async def test_a_document_that_disappeared_leaves(index: DocumentIndex) -> None:
    await index.sync([version("refunds"), version("returns", "Refunds for returns.")])
    result = await index.sync([version("returns", "Refunds for returns.")])
    assert (result.gone, result.unchanged) == (("refunds",), 1)
    assert await found(index) == {"returns"}


@pytest.mark.parametrize("fail_after", [0, 70])
async def test_a_sync_that_fails_leaves_the_index_as_it_was(path: Path, fail_after: int) -> None:
    await DocumentIndex(path, CountingEmbedding()).sync([version()])
    before = path.read_bytes()
    failing = DocumentIndex(path, CountingEmbedding(fail_after=fail_after))
    with pytest.raises(ModelUnreachable):
        await failing.sync([version(f"other-{number}") for number in range(100)])
    assert path.read_bytes() == before
    assert await found(failing) == {"refunds"}


async def test_a_sync_that_cannot_be_written_whole_is_not_written_at_all(path: Path) -> None:
    await DocumentIndex(path, CountingEmbedding()).sync([version()])
    before = path.read_bytes()
    other_size = DocumentIndex(path, CountingEmbedding(dimension=8))
    with pytest.raises(IndexUnusable, match="8 numbers"):
        await other_size.sync([version("returns", "Refunds for returns.")])
    assert path.read_bytes() == before


async def test_reading_with_another_embedding_is_refused_and_a_sync_makes_the_index_anew(
    path: Path, index: DocumentIndex
) -> None:
    await index.sync([version()])
    other = DocumentIndex(path, CountingEmbedding(model_name="other", dimension=16))
    with pytest.raises(IndexUnusable, match="was made with the embedding counting, not other"):
        await other.retrieve("refunds", on=ON, limit=1)
    assert (await other.sync([version()])).new == ("refunds",)
    assert await found(other) == {"refunds"}
    with pytest.raises(IndexUnusable, match="docs sync"):
        await index.retrieve("refunds", on=ON, limit=1)


async def test_no_index_a_broken_one_and_a_foreign_database_are_told_apart(path: Path, index: DocumentIndex) -> None:
    with pytest.raises(IndexUnusable, match=r"no index .* docs sync"):
        await index.retrieve("refunds", on=ON, limit=1)
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 1000)
    for _ in range(2):
        with pytest.raises(IndexUnusable, match="delete it and run `proofdesk docs sync`"):
            await index.sync([version()])
        with pytest.raises(IndexUnusable, match="delete it and run `proofdesk docs sync`"):
            await index.retrieve("refunds", on=ON, limit=1)
    path.write_bytes(b"")
    await index.sync([version()])
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    with pytest.raises(IndexUnusable, match="delete it"):
        await index.retrieve("refunds", on=ON, limit=1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_read_only_folder_can_be_read_but_not_written(path: Path, index: DocumentIndex) -> None:
    await index.sync([version()])
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert await found(index) == {"refunds"}
        with pytest.raises(IndexUnusable, match="check the rights"):
            await index.sync([])
    finally:
        path.parent.chmod(0o755)


async def test_a_place_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(IndexUnusable, match="check the rights"):
        await DocumentIndex(tmp_path / "state" / "index.sqlite", None).sync([version()])


async def test_instances_see_each_others_changes(path: Path, index: DocumentIndex) -> None:
    other = DocumentIndex(path, CountingEmbedding())
    await index.sync([version()])
    assert await found(other) == {"refunds"}
    await index.sync([version("returns", "Refunds for returns.")])
    assert await found(other) == {"returns"}
    path.unlink()
    await index.sync([version("credits", "Refunds as credits.")])
    assert await found(other) == {"credits"}


@pytest.mark.parametrize(
    "question",
    ['" OR *', "NEAR(", "refunds NEAR(a b, 2)", "section:x", "😀", "a\x00b", "'; DROP TABLE nodes; --", "(" * 500],
)
async def test_no_question_is_a_command(index: DocumentIndex, question: str) -> None:
    await index.sync([version()])
    await index.retrieve(question, on=ON, limit=3)
    assert await found(index) == {"refunds"}


async def test_a_very_long_question_is_answered(index: DocumentIndex) -> None:
    await index.sync([version()])
    assert await found(index, "refunds " + "x y1 z2 " * 12_500) == {"refunds"}


async def test_words_that_say_nothing_find_nothing_by_words_alone(path: Path) -> None:
    index = DocumentIndex(path, None)
    await index.sync([version(body="What is it that you have? Refunds.")])
    assert await found(index, "What is it?") == set()
    assert await found(index, "zebra") == set()
    assert await found(index, "refunded") == {"refunds"}


async def test_limit_and_nothing_to_find(index: DocumentIndex) -> None:
    await index.sync([])
    assert await index.retrieve("refunds", on=ON, limit=3) == []
    await index.sync([version(f"refunds-{number}", f"Refunds {number}.") for number in range(9)])
    assert len(await index.retrieve("refunds", on=ON, limit=4)) == 4
    assert await index.retrieve("refunds", on=ON, limit=0) == []
    await index.sync([])
    assert await index.retrieve("refunds", on=ON, limit=3) == []
    assert await index.count(ON) == (0, 0, 0)


@pytest.mark.parametrize(
    "out_of_force",
    [
        {"effective_until": date(2026, 1, 14)},
        {"superseded_from": date(2026, 1, 15)},
        {"effective_from": date(2026, 1, 16)},
        {"status": DocumentStatus.WITHDRAWN},
    ],
    ids=str,
)
async def test_a_version_is_in_force_until_it_is_not(index: DocumentIndex, out_of_force: dict[str, Any]) -> None:
    await index.sync([version(body=TWO_SECTIONS), version("returns", "Refunds for returns.")])
    cited = version(body=TWO_SECTIONS).hash
    assert await index.in_force("refunds", cited, on=ON)
    assert not await index.in_force("returns", cited, on=ON)
    assert not await index.in_force("' OR TRUE --", cited, on=ON)
    await index.sync([version(body=TWO_SECTIONS, **out_of_force)])
    assert not await index.in_force("refunds", cited, on=ON)


async def test_a_changed_text_takes_the_place_of_the_version_before(index: DocumentIndex) -> None:
    old, new = version(body=TWO_SECTIONS), version(body="Refunds take two days.", effective_from=ON)
    await index.sync([new])
    assert not await index.in_force("refunds", old.hash, on=ON)
    await index.sync([old, new])
    assert await index.in_force("refunds", old.hash, on=date(2026, 1, 14))
    assert not await index.in_force("refunds", old.hash, on=ON)
    assert await index.in_force("refunds", new.hash, on=ON)


async def test_the_count_tells_documents_passages_and_what_is_in_force(index: DocumentIndex) -> None:
    await index.sync([version(body=TWO_SECTIONS), version("returns", status=DocumentStatus.WITHDRAWN)])
    assert await index.count(ON) == (2, 3, 2)
    assert index.embedding_name == "counting"


async def test_what_another_process_deletes_is_not_found(path: Path, index: DocumentIndex) -> None:
    await index.sync([version(), version("returns", "Refunds for returns.")])
    assert await found(index) == {"refunds", "returns"}
    script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit(); c.close()"
    deletion = "DELETE FROM nodes WHERE document = 'refunds'"
    subprocess.run([sys.executable, "-c", script, str(path), deletion], check=True)  # noqa: ASYNC221, S603
    assert await found(index) == {"returns"}


async def test_progress_is_told(index: DocumentIndex) -> None:
    told: list[tuple[int, int]] = []
    await index.sync([version(f"v{n}") for n in range(100)], lambda done, of: told.append((done, of)))
    assert told == [(64, 100), (100, 100)]


def reported(held: DocumentVersion, quote: str) -> FactualError:
    """An open entry of the ledger about words of a version."""
    start = held.text.index(quote)
    place = {"document": held.id, "version": held.hash, "start": start, "end": start + len(quote), "quote": quote}
    at = datetime(2026, 1, 15, tzinfo=UTC)
    return FactualError(id="e1", draft="d1", sentence=0, reported_by="U1", reported_at=at, **place)


LONG = "A refund takes five days. " + "Every refund is counted. " * 60


async def test_a_passage_reported_as_wrong_is_not_found_and_its_neighbours_are(index: DocumentIndex) -> None:
    held = version(body=f"Refunds take five days.\n\n## Later\n\n{LONG}")
    await index.sync([held, version("returns", "Refunds for returns.")])
    everything = {passage.text for passage in await index.retrieve("refunds", on=ON, limit=9)}
    without = [reported(held, "Refunds take five days.")]
    left = {passage.text for passage in await index.retrieve("refunds", on=ON, limit=9, without=without)}
    assert everything - left == {"Refunds take five days."}
    assert len(left) >= 2


async def test_a_passage_reported_as_wrong_leaves_no_hole_among_the_best(index: DocumentIndex) -> None:
    wrong = [version(f"wrong{number}") for number in range(45)]
    await index.sync([*wrong, version("returns", "Refunds are slow.")])
    without = [reported(each, "Refunds take five days.") for each in wrong]
    found_ = await index.retrieve("Refunds take days", on=ON, limit=5, without=without)
    assert [passage.document for passage in found_] == ["returns"]


async def test_very_many_reports_are_left_out_all_the_same(index: DocumentIndex) -> None:
    held = version(body=LONG)
    await index.sync([held, version("returns", "Refunds for returns.")])
    error = reported(held, "A refund takes five days.")
    without = [error.model_copy(update={"end": error.end + more}) for more in range(1_200)]
    found_ = await index.retrieve("refunds", on=ON, limit=5, without=without)
    assert {passage.document for passage in found_} == {"returns"}


async def test_the_same_words_in_a_later_version_are_not_found_either(index: DocumentIndex) -> None:
    old = version(body="Refunds take five days.")
    new = version(body="# New\n\nRefunds take five days. They are free.")
    await index.sync([new])
    without = [reported(old, "Refunds take five days.")]
    assert await index.retrieve("refunds", on=ON, limit=5, without=without) == []
    seen = SeenBy(index, None, lambda: _given(without))
    assert await seen.retrieve("refunds", on=ON, limit=5) == []
    assert [passage.version for passage in await seen.held_back("refunds", on=ON, limit=5)] == [new.hash]
    assert await SeenBy(index, None).held_back("refunds", on=ON, limit=5) == []


async def _given(errors: list[FactualError]) -> list[FactualError]:
    return errors
