"""A website as a source: what is read of a help centre, how politely, and what bad pages and bad sites come to."""

import gzip
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from yarl import URL

from bot.errors import SourceError
from bot.sources import website
from bot.sources.page import Page, Refused
from bot.sources.robots import Robots
from bot.sources.site import Site
from knowledge.sources import SourceSettings
from tests.bot.sources.help_centre import WORDS, HelpCentre, help_centre, page, redirect, status

ALL = {f"/articles/{name}" for name in WORDS}


@pytest.fixture
async def site() -> AsyncIterator[HelpCentre]:
    async with help_centre() as running:
        running.map(*sorted(ALL))
        yield running


async def take(site: HelpCentre, path: str = "", **settings: Any) -> tuple[dict[str, Page], dict[str, str]]:
    """The pages of a site by their keys, and the reasons of what was refused by its path."""
    chosen = SourceSettings(
        **{"name": "help", "kind": "website", "address": site.url + path, "private": True, **settings}
    )
    found = [each async for each in website.read(chosen, "", lambda _: None, pause=0)]
    pages = [each for each in found if isinstance(each, Page)]
    assert len({each.key for each in pages}) == len(pages)
    refused = {each.what.removeprefix(site.url): each.reason for each in found if isinstance(each, Refused)}
    return {each.key: each for each in pages}, refused


async def test_every_page_of_the_sitemap_becomes_a_document_without_the_menu(site: HelpCentre) -> None:
    pages, refused = await take(site)
    assert set(pages) == ALL
    assert pages["/articles/refunds"].title == "Refunds"
    assert pages["/articles/refunds"].markdown == f"# Refunds\n\n{WORDS['refunds']}\n"
    assert refused == {}


async def test_only_get_is_sent_with_our_name_and_without_cookies(site: HelpCentre) -> None:
    await take(site)
    assert site.verbs == {"GET"}
    assert {headers["User-Agent"] for headers in site.headers} == {"Proofdesk (+documentation reader)"}
    assert not any("Cookie" in headers or "Authorization" in headers for headers in site.headers)
    assert len(site.asked) == len({*site.asked})
    assert site.at_once == 2


async def test_nested_and_packed_sitemaps_are_found_by_robots_txt(site: HelpCentre) -> None:
    packed = gzip.compress(str(site.pages.pop("/sitemap.xml")).encode())
    site.pages |= {
        "/robots.txt": f"Sitemap: {site.url}/maps/all.xml",
        "/maps/all.xml": f"<sitemapindex><sitemap><loc>{site.url}/maps/1.xml.gz</loc></sitemap></sitemapindex>",
        "/maps/1.xml.gz": lambda: web.Response(body=packed, content_type="application/gzip"),
    }
    pages, _ = await take(site)
    assert set(pages) == ALL


async def test_without_a_sitemap_links_are_followed_from_the_start_page(site: HelpCentre) -> None:
    del site.pages["/sitemap.xml"]
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /search"
    site.pages["/"] = page(
        "", "", links=("articles/refunds?from=home#top", "/articles/seats", "/logo.png", "mailto:a@b.example")
    )
    site.pages["/articles/seats"] = page(
        "Seats", WORDS["seats"], links=("exports", "http://[", "//9@?9", "//[]@", "/search?q=a")
    )
    pages, refused = await take(site)
    assert list(pages) == ["/articles/refunds", "/articles/seats", "/articles/exports"]
    assert refused == {}
    assert "/articles/refunds" in site.asked
    assert not {"/logo.png", "/search"} & {*site.asked}


async def test_a_named_start_page_goes_before_the_sitemap(site: HelpCentre) -> None:
    site.pages["/begin"] = page("Begin", "Here is where everything begins.", links=("/articles/seats",))
    pages, _ = await take(site, start=f"{site.url}/begin")
    assert set(pages) == {"/begin", "/articles/seats"}
    assert "/sitemap.xml" not in site.asked


async def test_only_what_is_below_the_path_of_the_address_is_read(site: HelpCentre) -> None:
    site.pages |= {"/articles-old/x": page("Old", "An old page."), "/blog/x": page("Blog", "News of the day.")}
    site.map(*sorted(ALL), "/articles-old/x", "/blog/x", "/articles/../blog/x")
    pages, refused = await take(site, "/articles")
    assert set(pages) == ALL
    assert refused == {}
    assert not any("blog" in path or "old" in path for path in site.asked)


async def test_what_robots_txt_forbids_is_not_asked_for(site: HelpCentre) -> None:
    site.pages["/robots.txt"] = "User-agent: *\nAllow: /\nDisallow: /articles/ex*s$\nDisallow: /articles/sign"
    pages, refused = await take(site)
    assert set(pages) == ALL - {"/articles/exports", "/articles/sign-in"}
    assert set(refused) == {"/articles/exports", "/articles/sign-in"}
    assert "robots.txt" in refused["/articles/exports"]
    assert not {"/articles/exports", "/articles/sign-in"} & {*site.asked}


async def test_a_redirect_does_not_lead_around_robots_txt(site: HelpCentre) -> None:
    site.pages |= {"/robots.txt": "User-agent: proofdesk\nDisallow: /inner", "/inner": page("Inner", "Secret.")}
    site.pages["/articles/seats"] = redirect("/inner")
    _, refused = await take(site)
    assert "robots.txt" in refused["/articles/seats"]
    assert "/inner" not in site.asked


async def test_another_host_is_never_contacted(site: HelpCentre) -> None:
    async with help_centre() as other:
        site.pages["/articles/seats"] = redirect(f"{other.url}/articles/seats")
        site.pages["/articles/exports"] = page(
            "Exports", WORDS["exports"], f'<link rel="canonical" href="{other.url}/e">'
        )
        site.map(*sorted(ALL), f"{other.url}/articles/seats")
        site.pages["/robots.txt"] = f"Sitemap: {other.url}/sitemap.xml\nSitemap: {site.url}/sitemap.xml"
        pages, refused = await take(site)
        assert other.asked == []
    assert set(pages) == ALL - {"/articles/seats"}
    assert "desk.yaml" in refused["/articles/seats"]


async def test_links_to_another_host_are_not_followed_unless_it_is_named(site: HelpCentre) -> None:
    async with help_centre({"/guide/start": page("Start", "A guide of another host.")}) as other:
        site.pages["/"] = page("Home", "Welcome to all.", links=(f"{other.url}/guide/start",))
        pages, _ = await take(site, start="/")
        assert (set(pages), other.asked) == ({"/"}, [])
        pages, _ = await take(site, start="/", hosts=(other.host,))
        assert set(pages) == {"/", f"{other.host}/guide/start"}
        assert other.asked == ["/robots.txt", "/guide/start"]


async def test_duplicates_and_hidden_pages_are_left_out(site: HelpCentre) -> None:
    text = WORDS["refunds"]
    site.pages |= {
        "/print/refunds": page("Refunds for print", text, '<link rel="canonical" href="/articles/refunds">'),
        "/same": page("Refunds", text),
        "/hidden": page("Hidden", "Not for an index.", '<meta name="robots" content="NOINDEX, follow">'),
        "/hidden-too": lambda: web.Response(
            text=page("Hidden", "Nor this."), content_type="text/html", headers={"X-Robots-Tag": "noindex"}
        ),
        "/moved": redirect("/articles/seats"),
    }
    site.map(*sorted(ALL), "/print/refunds", "/same", "/hidden", "/hidden-too", "/moved")
    assert await take(site) == (await take(site))
    pages, refused = await take(site)
    assert set(pages) == ALL
    assert refused == {}


async def test_a_page_is_known_by_its_canonical_path_but_not_by_the_start_page(site: HelpCentre) -> None:
    site.pages["/articles/seats"] = page("Seats", WORDS["seats"], '<link rel="canonical" href="/hc/seats/?a=b">')
    site.pages["/articles/exports"] = page("Exports", WORDS["exports"], '<link rel="canonical" href="/">')
    pages, _ = await take(site)
    assert set(pages) == (ALL - {"/articles/seats"}) | {"/hc/seats"}


async def test_pages_that_only_a_query_tells_apart_are_named_with_both_addresses(site: HelpCentre) -> None:
    site.pages |= {"/view": page("View", "The first."), "/view?id=2": page("View", "The second.")}
    site.pages["/sorted"] = page("Sorted", "The same in any order.")
    site.map("/view?id=1", "/view?id=2", "/sorted?by=a", "/sorted?by=b", "/sorted")
    pages, refused = await take(site)
    assert set(pages) == {"/view", "/sorted"}
    assert set(refused) == {"/view?id=2"}
    assert f"{site.url}/view has another text" in refused["/view?id=2"]


async def test_a_page_whose_canonical_wrongly_names_another_page_is_read_at_its_own_address(site: HelpCentre) -> None:
    site.pages["/a"] = page("Another", "Of its own.", '<link rel="canonical" href="/articles/refunds">')
    for order in (["/a", *sorted(ALL)], [*sorted(ALL), "/a"]):
        site.map(*order)
        pages, refused = await take(site)
        assert set(pages) == ALL | {"/a"}
        assert pages["/articles/refunds"].title == "Refunds"
        assert refused == {}


async def test_pages_that_end_at_one_address_with_several_texts_are_named(site: HelpCentre) -> None:
    site.pages |= {"/one": redirect("/view?1"), "/two": redirect("/view?2")}
    site.pages |= {"/view?1": page("View", "The first."), "/view?2": page("View", "The second.")}
    site.map("/one", "/two")
    pages, refused = await take(site)
    assert set(pages) == {"/view"}
    [(what, reason)] = refused.items()
    assert what == f"View at {site.url}/two"
    assert f"{site.url}/one has another text" in reason


async def test_a_further_host_whose_robots_txt_cannot_be_read_keeps_what_is_known_of_it(site: HelpCentre) -> None:
    async with help_centre({"/robots.txt": status(500), "/guide": page("Guide", "A guide.")}) as other:
        chosen = SourceSettings(
            name="help", kind="website", address=site.url, private=True, hosts=(other.host,), most=100
        )
        site.map(*sorted(ALL), f"{other.url}/guide")
        found = [each async for each in website.read(chosen, "", lambda _: None, pause=0)]
        refused = [each for each in found if isinstance(each, Refused)]
        assert [(each.what, each.lasting, len(each.speaks_of)) for each in refused] == [
            (other.url, False, 0),
            (f"{other.url}/guide", False, 1),
        ]
        assert "/guide" not in other.asked


async def test_bad_pages_are_named_with_a_remedy_and_the_rest_goes_on(site: HelpCentre) -> None:
    bad: dict[str, Any] = {
        "/gone": (status(404), "correct the link"),
        "/closed": (status(403), "public"),
        "/broken": (status(500), "try again"),
        "/round": (redirect("/and-round"), "circle"),
        "/far": (redirect("/far?1"), "too often"),
        "/nowhere": (status(302), "circle"),
        "/huge": (lambda: web.Response(body=b"x" * (11 * 1024**2), content_type="text/html"), "larger than 10 MB"),
        "/paper": (lambda: web.Response(body=b"%PDF", content_type="application/pdf"), "application/pdf"),
        "/endless": ("<b>" * 400_001, "400,000 tags"),
        "/empty": (page("", ""), "no text"),
        "/nameless": ("<p>Text that has no title.</p>", "title"),
    }
    site.pages |= {path: reply for path, (reply, _) in bad.items()} | {"/and-round": redirect("/round")}
    site.instead["/far"] = [redirect(f"/far?{at}") for at in range(1, 9)]
    site.map(*sorted({*ALL, *bad}), *(f"/good/{at}" for at in range(9)))
    site.pages |= {f"/good/{at}": page(f"Good {at}", f"This is page {at} of them.") for at in range(9)}
    pages, refused = await take(site)
    assert len(pages) == len(ALL) + 9
    assert set(refused) == set(bad)
    assert not any("http" in reason for reason in refused.values())
    assert len([path for path in site.asked if path.startswith("/far")]) == 6
    assert site.asked.count("/round") == 1
    assert {path: remedy for path, (_, remedy) in bad.items() if remedy not in refused[path]} == {}


async def test_a_page_that_fails_once_is_asked_a_second_time(site: HelpCentre) -> None:
    site.instead = {"/articles/seats": [status(500)], "/articles/exports": [status(429, **{"Retry-After": "0"})]}
    pages, _ = await take(site)
    assert set(pages) == ALL


async def test_a_long_wait_is_told_and_not_waited_for(site: HelpCentre) -> None:
    site.pages["/articles/seats"] = status(429, **{"Retry-After": "900"})
    _, refused = await take(site)
    assert "too often" in refused["/articles/seats"]
    assert site.asked.count("/articles/seats") == 1


async def test_endless_links_end_at_the_most_and_say_so(site: HelpCentre) -> None:
    days = {f"/day/{at}": page(f"Day {at}", f"What is on day {at}.", links=(f"/day/{at + 1}",)) for at in range(200)}
    site.pages |= days
    pages, refused = await take(site, start="/day/0", most=30)
    assert len(pages) == 30
    assert "more than 30 pages" in refused[""]
    assert len([path for path in site.asked if path.startswith("/day/")]) == 30


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ({"/robots.txt": "User-agent: *\nDisallow: /"}, "robots.txt does not let me"),
        ({"/robots.txt": status(503)}, "robots.txt: the site has trouble"),
        ({"/robots.txt": redirect("https://elsewhere.example/robots.txt")}, "it leads to https://elsewhere.example"),
        ({"/sitemap.xml": status(500)}, "name a start page under `start`"),
        ({path: status(500) for path in sorted(ALL)[:4]}, "4 of 6 pages"),
        (dict.fromkeys(ALL, status(403)), "only public pages are read"),
    ],
    ids=["forbidden", "no robots.txt", "moved", "no sitemap", "half of it broken", "closed"],
)
async def test_a_site_that_fails_as_a_whole_gives_nothing(site: HelpCentre, pages: dict[str, Any], why: str) -> None:
    site.pages |= pages
    with pytest.raises(SourceError, match=why):
        await take(site)


async def test_a_site_that_breaks_down_half_way_is_not_asked_for_all_the_rest(site: HelpCentre) -> None:
    site.map(*sorted(ALL), *(f"/good/{at}" for at in range(60)))
    site.pages |= {f"/good/{at}": page(f"Good {at}", f"Page {at}.") if at < 14 else status(502) for at in range(60)}
    with pytest.raises(SourceError, match="try again"):
        await take(site)
    assert len({*site.asked}) == 2 + 40


async def test_a_site_that_is_not_there_is_told() -> None:
    async with help_centre() as site:
        pass
    with pytest.raises(SourceError, match="cannot be reached"):
        await take(site)


@pytest.mark.parametrize(
    ("address", "private", "why"),
    [
        ("http://help.acme.example", True, "https"),
        ("http://127.0.0.1:9", False, "private: true"),
        ("https://169.254.169.254", True, "private"),
        ("https://localhost:9", False, "private: true"),
        ("file:///etc", True, "correct"),
        ("help.acme.example", True, "correct"),
    ],
)
async def test_an_address_that_may_not_be_read_is_refused_before_it_is_asked(
    address: str,
    private: bool,  # noqa: FBT001
    why: str,
) -> None:
    settings = SourceSettings(name="help", kind="website", address=address, private=private)
    with pytest.raises(SourceError, match=why):
        await anext(website.read(settings, "", lambda _: None, pause=0))


def test_links_in_http_are_read_in_https_and_pages_are_told_apart_by_path() -> None:
    site = Site(SourceSettings(name="help", kind="website", address="https://help.acme.example/hc/"))
    assert site.page(site.home, "http://u:p@HELP.acme.example:80/hc/a%20b/?x#y") == URL(
        "https://help.acme.example/hc/a b/"
    )
    assert site.page(site.home, "https://help.acme.example.evil.example/hc/a") is None
    assert site.page(site.home, "https://help.acme.example:8443/hc/a") is None
    assert site.key(URL("https://help.acme.example/hc/a/")) == "/hc/a"


@pytest.mark.parametrize(
    ("rules", "path", "let"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /a", "/ab", False),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: Proofdesk\nDisallow:", "/a", True),
        ("User-agent: Other\nUser-agent: Proofdesk/1.0\nDisallow: /a # all", "/a", False),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/b", True),
        ("User-agent: *\nDisallow: /*/x$", "/a/x", False),
        ("User-agent: *\nDisallow: /*/x$", "/a/xy", True),
        ("User-agent: *\nDisallow: /%7Ea", "/~a", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        (f"User-agent: *\nDisallow: /{'a*' * 5000}b", "/" + "a" * 10_000, True),
    ],
)
def test_the_longest_rule_of_robots_txt_decides(rules: str, path: str, let: bool) -> None:  # noqa: FBT001
    assert Robots(rules).let(URL(f"https://help.acme.example{path}")) is let


@pytest.mark.parametrize(("said", "delay"), [("2.5", 2.5), ("600", 5), ("-1", 0), ("soon", 0), ("nan", 0)])
def test_a_crawl_delay_is_kept_up_to_five_seconds(said: str, delay: float) -> None:
    assert Robots(f"User-agent: *\nCrawl-delay: {said}").delay == delay
