"""What stays of a website's documents when some of its pages are gone, or cannot be read this time."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.sources.fetching import Fetched, fetch
from knowledge.documents.folder import read_folder
from knowledge.sources import SourceSettings
from tests.bot.sources.help_centre import WORDS, HelpCentre, help_centre, page, status


@pytest.fixture
async def site() -> AsyncIterator[HelpCentre]:
    async with help_centre() as running:
        running.map(*sorted(running.pages))
        yield running


async def take(site: HelpCentre, documents: Path) -> Fetched:
    settings = SourceSettings(name="help", kind="website", address=site.url, private=True)
    return await fetch(settings, "", documents, date(2026, 11, 1))


async def test_a_page_that_is_no_longer_found_goes_though_the_sitemap_still_names_it(
    site: HelpCentre, tmp_path: Path
) -> None:
    assert len((await take(site, tmp_path)).shelved.new) == len(WORDS)
    del site.pages["/articles/refunds"]
    fetched = await take(site, tmp_path)
    assert [each.lasting for each in fetched.refused] == [True]
    assert len(fetched.gone) == 1
    assert "Refunds" not in {version.title for version in read_folder(tmp_path).versions}


async def test_a_page_in_trouble_stays_and_one_that_is_not_named_any_more_goes(
    site: HelpCentre, tmp_path: Path
) -> None:
    await take(site, tmp_path)
    site.pages["/articles/refunds"] = status(403)
    site.map(*sorted(path for path in site.pages if path not in {"/articles/seats", "/sitemap.xml"}))
    fetched = await take(site, tmp_path)
    assert [each.lasting for each in fetched.refused] == [False]
    assert [name.startswith("articles-seats-") for name in fetched.gone] == [True]
    assert len(read_folder(tmp_path).versions) == len(WORDS) - 1


async def test_where_a_part_of_the_sitemap_breaks_off_nothing_is_taken_to_be_gone(
    site: HelpCentre, tmp_path: Path
) -> None:
    await take(site, tmp_path)
    del site.pages["/articles/seats"]
    site.pages["/"] = page("Home", "Welcome to all.")
    site.pages["/sitemap.xml"] = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>'
    fetched = await take(site, tmp_path)
    assert fetched.gone == []
    assert "no whole sitemap" in fetched.refused[0].reason
    assert "no document of it was taken to be gone" in fetched.refused[-1].reason


async def test_where_most_of_many_documents_are_missing_none_is_taken_to_be_gone(
    site: HelpCentre, tmp_path: Path
) -> None:
    many = {f"/rule/{number}": page(f"Rule {number}", f"The rule {number} holds.") for number in range(12)}
    site.pages |= many
    site.map(*many)
    await take(site, tmp_path)
    site.pages |= {path: page("Maintenance", "We will be back in a moment.") for path in many}
    fetched = await take(site, tmp_path)
    assert fetched.gone == []
    assert "More than half of it is missing" in fetched.refused[-1].reason
    assert len(read_folder(tmp_path).versions) == len(many)


async def test_files_that_no_source_wrote_are_left_alone(site: HelpCentre, tmp_path: Path) -> None:
    own = tmp_path / "help" / "mine.md"
    own.parent.mkdir()
    own.write_text("---\nid: help-mine\ntitle: Mine\nstatus: proposed\neffective_from: 2026-01-01\n---\nMine.\n")
    beside = own.with_name("proposed-00112233.md")
    beside.write_text(own.read_text().replace("help-mine", "answer-1"))
    assert (await take(site, tmp_path)).gone == []
    assert own.exists()
    assert beside.exists()


async def test_pages_that_wrongly_name_one_place_as_theirs_are_all_read(site: HelpCentre, tmp_path: Path) -> None:
    site.pages["/twin"] = page("Twin", "Of its own.", '<link rel="canonical" href="/nowhere">')
    site.pages["/other"] = page("Other", "Of its own as well.", '<link rel="canonical" href="/nowhere">')
    site.map("/twin", "/other")
    fetched = await take(site, tmp_path)
    assert sorted(fetched.shelved.new) == ["Other", "Twin"]
