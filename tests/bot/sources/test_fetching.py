"""What stays of a website's documents when some of its pages are gone, or cannot be read this time."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.sources.fetching import Fetched, fetch
from knowledge.documents.folder import read_folder
from knowledge.sources import SourceSettings
from tests.bot.sources.help_centre import WORDS, HelpCentre, help_centre, status


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


async def test_while_a_page_is_in_trouble_nothing_is_taken_to_be_gone(site: HelpCentre, tmp_path: Path) -> None:
    await take(site, tmp_path)
    site.pages["/articles/refunds"] = status(500)
    site.map(*sorted(path for path in site.pages if path not in {"/articles/seats", "/sitemap.xml"}))
    fetched = await take(site, tmp_path)
    assert [each.lasting for each in fetched.refused] == [False]
    assert fetched.gone == []
    assert len(read_folder(tmp_path).versions) == len(WORDS)
