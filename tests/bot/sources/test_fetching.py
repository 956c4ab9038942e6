"""What stays of a website's documents when some of its pages are gone, or cannot be read this time."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SourceError
from bot.sources.fetching import Fetched, fetch
from knowledge.documents.folder import read_folder
from knowledge.sources import SourceSettings
from tests.bot.sources.help_centre import WORDS, HelpCentre, Reply, help_centre, page, status


@pytest.fixture
async def site() -> AsyncIterator[HelpCentre]:
    async with help_centre() as running:
        running.map(*sorted(running.pages))
        yield running


async def take(site: HelpCentre, documents: Path, *, accept_missing: bool = False, **more: Any) -> Fetched:
    settings = SourceSettings(name="help", kind="website", address=site.url, private=True, **more)
    return await fetch(settings, "", documents, date(2026, 11, 1), accept_missing=accept_missing)


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
    assert "`proofdesk docs fetch help --accept-missing`" in fetched.refused[-1].reason
    assert len(read_folder(tmp_path).versions) == len(many)
    accepted = await take(site, tmp_path, accept_missing=True)
    assert len(accepted.gone) == len(many) - 1
    assert titles(tmp_path) == {"Maintenance"}


def titles(documents: Path) -> set[str]:
    return {version.title for version in read_folder(documents).versions}


async def test_above_the_most_what_is_not_listed_or_not_found_goes_and_what_was_not_asked_for_stays(
    site: HelpCentre, tmp_path: Path
) -> None:
    await take(site, tmp_path)
    del site.pages["/articles/refunds"]
    site.map("/articles/refunds", "/articles/invoices", "/articles/exports", "/articles/sign-in", "/articles/browsers")
    fetched = await take(site, tmp_path, most=3)
    assert len(fetched.gone) == 2
    assert titles(tmp_path) == {"Invoices", "Exports", "Sign-In", "Browsers"}
    assert "more than 3 pages" in fetched.refused[-1].reason


async def test_where_links_lead_on_above_the_most_only_what_is_not_found_goes(site: HelpCentre, tmp_path: Path) -> None:
    del site.pages["/sitemap.xml"]
    site.pages["/"] = page("Home", "Welcome.", links=tuple(f"/articles/{name}" for name in WORDS))
    await take(site, tmp_path)
    del site.pages["/articles/refunds"]
    fetched = await take(site, tmp_path, most=3)
    assert [name.startswith("articles-refunds-") for name in fetched.gone] == [True]
    assert "no other document of it was taken to be gone" in fetched.refused[-1].reason


async def test_what_a_page_in_trouble_would_have_led_to_stays(site: HelpCentre, tmp_path: Path) -> None:
    del site.pages["/sitemap.xml"]
    site.pages["/"] = page("Home", "Welcome.", links=("/billing", "/articles/exports"))
    site.pages["/billing"] = page("Billing", "All of it.", links=("/articles/refunds",))
    await take(site, tmp_path)
    site.pages["/billing"] = status(500)
    fetched = await take(site, tmp_path)
    assert fetched.gone == []
    assert titles(tmp_path) == {"Home", "Billing", "Refunds", "Exports"}
    assert "no document of it was taken to be gone" in fetched.refused[-1].reason


async def test_a_page_that_has_its_name_from_another_place_stays_when_it_is_in_trouble(
    site: HelpCentre, tmp_path: Path
) -> None:
    site.pages["/articles/seats"] = page("Seats", WORDS["seats"], '<link rel="canonical" href="/hc/seats">')
    await take(site, tmp_path)
    site.pages["/articles/seats"] = status(500)
    assert (await take(site, tmp_path)).gone == []
    del site.pages["/articles/seats"]
    assert [name.startswith("hc-seats-") for name in (await take(site, tmp_path)).gone] == [True]


async def test_a_firewall_that_closes_the_site_after_some_pages_removes_nothing(
    site: HelpCentre, tmp_path: Path
) -> None:
    many = {f"/rule/{number}": page(f"Rule {number}", f"The rule {number} holds.") for number in range(8)}
    site.pages |= many
    site.map(*many)
    await take(site, tmp_path)
    site.pages |= dict.fromkeys(list(many)[3:], status(403))
    with pytest.raises(SourceError, match="were answered with an error") as told:
        await take(site, tmp_path)
    assert not str(told.value).startswith("hc:")
    assert len(titles(tmp_path)) == len(many)


@pytest.mark.parametrize("code", [403, 404, 500])
async def test_what_a_closed_part_of_the_sitemap_named_stays(site: HelpCentre, tmp_path: Path, code: int) -> None:
    parts = "".join(f"<sitemap><loc>{site.url}/map-{part}.xml</loc></sitemap>" for part in "ab")
    site.map("/articles/refunds")
    site.pages["/map-a.xml"] = site.pages["/sitemap.xml"]
    site.map("/articles/seats")
    site.pages["/map-b.xml"] = site.pages["/sitemap.xml"]
    site.pages["/sitemap.xml"] = f"<sitemapindex>{parts}</sitemapindex>"
    await take(site, tmp_path)
    site.pages["/map-b.xml"] = status(code)
    if code == 404:
        fetched = await take(site, tmp_path)
        assert fetched.gone == []
        assert "no document of it was taken to be gone" in fetched.refused[-1].reason
    else:
        with pytest.raises(SourceError, match=r"map-b\.xml"):
            await take(site, tmp_path)
    assert titles(tmp_path) == {"Refunds", "Seats"}


async def test_a_sitemap_that_is_broken_in_its_middle_is_read_and_removes_nothing(
    site: HelpCentre, tmp_path: Path
) -> None:
    await take(site, tmp_path)
    whole = str(site.pages["/sitemap.xml"])
    assert whole.count("<loc>") == len(WORDS)
    site.pages["/sitemap.xml"] = whole.replace(f"<loc>{site.url}/articles/refunds</loc></url>", "<lo")
    fetched = await take(site, tmp_path)
    assert (fetched.gone, len(titles(tmp_path))) == ([], len(WORDS))
    assert len(fetched.shelved.unchanged) > 1
    assert "no whole sitemap" in fetched.refused[0].reason


async def test_a_sitemap_with_an_undeclared_prefix_is_a_whole_one(site: HelpCentre, tmp_path: Path) -> None:
    await take(site, tmp_path)
    site.map(*(f"/articles/{name}" for name in WORDS if name != "refunds"))
    site.pages["/sitemap.xml"] = str(site.pages["/sitemap.xml"]).replace("</url>", "<image:loc>x</image:loc></url>")
    fetched = await take(site, tmp_path)
    assert (len(fetched.gone), fetched.refused) == (1, [])


async def test_new_documents_do_not_make_up_for_many_that_are_missing(site: HelpCentre, tmp_path: Path) -> None:
    for kind in ("old", "new"):
        many: dict[str, Reply] = {
            f"/{kind}/{number}": page(f"Rule {number}", f"The {kind} rule {number} holds.") for number in range(10)
        }
        site.pages |= many
        site.map(*many)
        fetched = await take(site, tmp_path)
    assert (len(fetched.shelved.new), fetched.gone) == (10, [])
    assert "--accept-missing" in fetched.refused[-1].reason


async def test_files_that_no_source_wrote_are_left_alone(site: HelpCentre, tmp_path: Path) -> None:
    own = tmp_path / "help" / "mine.md"
    own.parent.mkdir()
    own.write_text("---\nid: help-mine\ntitle: Mine\nstatus: proposed\neffective_from: 2026-01-01\n---\nMine.\n")
    beside = own.with_name("proposed-00112233.md")
    beside.write_text(own.read_text().replace("help-mine", "answer-1"))
    quoting = own.with_name("quoting-00112233.md")
    quoting.write_text(f"{beside.read_text()}\n\nid: help-quoting-00112233\n")
    own.with_name("folder-00112233.md").mkdir()
    assert (await take(site, tmp_path)).gone == []
    assert own.exists()
    assert beside.exists()
    assert quoting.exists()


async def test_pages_that_wrongly_name_one_place_as_theirs_are_all_read(site: HelpCentre, tmp_path: Path) -> None:
    site.pages["/twin"] = page("Twin", "Of its own.", '<link rel="canonical" href="/nowhere">')
    site.pages["/other"] = page("Other", "Of its own as well.", '<link rel="canonical" href="/nowhere">')
    site.map("/twin", "/other")
    fetched = await take(site, tmp_path)
    assert sorted(fetched.shelved.new) == ["Other", "Twin"]


async def test_where_a_sitemap_is_not_there_any_more_links_remove_only_what_is_not_found(
    site: HelpCentre, tmp_path: Path
) -> None:
    await take(site, tmp_path)
    del site.pages["/sitemap.xml"], site.pages["/articles/seats"]
    site.pages["/"] = page("", "", links=("/articles/refunds", "/articles/seats"))
    for _ in range(2):
        fetched = await take(site, tmp_path)
        assert any("its sitemap is not there any more" in each.reason for each in fetched.refused)
        assert len(read_folder(tmp_path).versions) == len(WORDS) - 1
    chosen = await take(site, tmp_path, start=f"{site.url}/")
    assert len(chosen.gone) == len(WORDS) - 2
    assert (await take(site, tmp_path)).shelved.unchanged == ["Refunds"]


async def test_a_site_that_never_had_a_sitemap_loses_what_is_not_linked_any_more(
    site: HelpCentre, tmp_path: Path
) -> None:
    del site.pages["/sitemap.xml"]
    site.pages["/"] = page("", "", links=("/articles/refunds", "/articles/seats"))
    await take(site, tmp_path)
    site.pages["/"] = page("", "", links=("/articles/refunds",))
    fetched = await take(site, tmp_path)
    assert (len(fetched.gone), fetched.refused) == (1, [])


def edited(documents: Path, name: str) -> Path:
    """A fetched file to which somebody added a sentence and a date."""
    (file,) = (documents / "help").glob(f"articles-{name}-*.md")
    text = file.read_text().replace("status: proposed\n", "status: proposed\nreview_by: 2027-01-01\n")
    file.write_text(f"{text}\nAsk us about exceptions.\n")
    return file


async def test_what_somebody_changed_by_hand_stays_while_its_source_is_as_it_was(
    site: HelpCentre, tmp_path: Path
) -> None:
    await take(site, tmp_path)
    file = edited(tmp_path, "refunds")
    text = file.read_text()
    for _ in range(2):
        fetched = await take(site, tmp_path)
        assert (len(fetched.shelved.unchanged), fetched.refused) == (len(WORDS), [])
    assert file.read_text() == text


async def test_what_somebody_changed_by_hand_is_kept_beside_what_its_source_says_now(
    site: HelpCentre, tmp_path: Path
) -> None:
    await take(site, tmp_path)
    file = edited(tmp_path, "refunds")
    text = file.read_text()
    site.pages["/articles/refunds"] = page("Refunds", "Yearly plans are refunded within 30 days.")
    fetched = await take(site, tmp_path)
    (told,) = fetched.refused
    kept = file.with_name(f"{file.name}.by-hand")
    assert (fetched.shelved.changed, kept.name in told.reason) == (["Refunds"], True)
    assert "within 30 days" in file.read_text()
    assert kept.read_text() == text
    assert (await take(site, tmp_path)).refused == []


async def test_what_somebody_changed_by_hand_is_kept_when_its_source_is_gone(site: HelpCentre, tmp_path: Path) -> None:
    await take(site, tmp_path)
    file = edited(tmp_path, "seats")
    text = file.read_text()
    del site.pages["/articles/seats"]
    assert len((await take(site, tmp_path)).gone) == 1
    assert not file.exists()
    assert file.with_name(f"{file.name}.by-hand").read_text() == text
