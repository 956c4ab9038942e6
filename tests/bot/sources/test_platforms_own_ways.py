"""Where a platform has a way of its own."""

from importlib import import_module
from typing import cast

import pytest

from bot.errors import SourceError
from bot.sources.page import Page, Refused, Source
from tests.bot.sources.imitated import DOCS, ROOT, Doc, block, blocks, named, pages, running, taken, zendesk


async def test_what_calls_itself_endless_is_given_up() -> None:
    async with running("zendesk_guide") as server:
        answer = zendesk(server, "/api/v2/help_center/articles.json", {})
        server.extra["/api/v2/help_center/articles.json"] = answer
        with pytest.raises(SourceError, match="without an end"):
            await taken(named("zendesk_guide", server))
        assert len(server.asked) == 2


async def test_zendesk_reads_the_locale_that_is_named_and_no_path() -> None:
    async with running("zendesk_guide") as server:
        assert len(await taken(named("zendesk_guide", server, start="en-US"))) == len(DOCS)
        with pytest.raises(SourceError, match="no locale"):
            await taken(named("zendesk_guide", server, start="../users"))


async def test_an_article_keeps_all_of_its_body_and_its_title_once() -> None:
    async with running("zendesk_guide") as server:
        body = (
            "<h1>Refunds</h1><p>An introduction.</p><div class='content'><p>" + "A long part. " * 40 + "</p></div>"
            "</article><ul><li>Paid<ul><li>in <b>14</b> days</li></ul></li></ul>"
            "<table><tr><th>Plan</th><th>Days</th></tr><tr><td>Basic</td><td>14</td></tr></table>"
        )
        server.docs = [Doc("1", "Refunds", body)]
        (page,) = pages(await taken(named("zendesk_guide", server)))
        assert page.markdown.startswith("# Refunds\n\nAn introduction.\n\nA long part.")
        assert page.markdown.endswith("- Paid\n  - in 14 days\n\n| Plan | Days |\n| --- | --- |\n| Basic | 14 |\n")


async def test_intercom_does_not_lose_what_is_changed_while_it_is_read() -> None:
    async with running("intercom_articles") as server:
        settings = named("intercom_articles", server)
        found: list[Page | Refused] = []
        source = cast("Source", import_module("bot.sources.intercom_articles"))
        async for each in source.read(settings, "t0ken", lambda _: None):
            if not found:
                server.docs.insert(0, server.docs.pop())
            found.append(each)
        assert sorted(page.key for page in pages(found)) == sorted(doc.id for doc in DOCS)


async def test_intercom_reads_the_collection_that_is_named() -> None:
    async with running("intercom_articles") as server:
        assert len(await taken(named("intercom_articles", server, start="18"))) == len(DOCS)
        assert await taken(named("intercom_articles", server, start="19")) == []


async def test_confluence_says_that_there_is_no_such_space() -> None:
    async with running("confluence") as server:
        with pytest.raises(SourceError, match="no space HR"):
            await taken(named("confluence", server, start="HR"))
        with pytest.raises(SourceError, match="key of a space"):
            await taken(named("confluence", server, start=""))


async def test_confluence_takes_a_token_by_itself_and_an_address_with_its_wiki() -> None:
    async with running("confluence") as server:
        assert len(await taken(named("confluence", server, user="", address=f"{server.url}/wiki"))) == len(DOCS)
        assert {headers["Authorization"] for headers in server.headers} == {"Bearer t0ken"}


async def test_notion_writes_its_blocks_as_markdown() -> None:
    async with running("notion") as server:
        server.docs = []
        cell = [[{"plain_text": "Plan"}], [{"plain_text": "Days"}]]
        server.extra = {
            f"/v1/blocks/{ROOT}/children": blocks(
                block("heading_1", "Money"),
                block("paragraph", "Paid back within 14 days.\nNot on *Sundays*."),
                block("heading_2", "Steps", id="toggled", below=True),
                block("bulleted_list_item", "One", id="item", below=True),
                block("to_do", "Two", checked=True),
                block("numbered_list_item", "First"),
                block("quote", "Said"),
                block("callout", "Mind this", icon=None),
                block("code", "a <b>\n  c", language="sh"),
                block("divider"),
                block("table", id="table", below=True, has_column_header=True),
                block("image", caption=[{"plain_text": "The form"}], file=None),
                block("synced_block", id="columns", below=True, synced_from=None),
                block("unsupported"),
                block("table_of_contents"),
                {"object": "block", "id": "odd", "type": "holo_deck", "holo_deck": None, "has_children": None},
                block("paragraph", "Gone") | {"in_trash": True},
                block("child_database", id="db", title="Old rules"),
            ),
            "/v1/blocks/toggled/children": blocks(block("paragraph", "Folded.")),
            "/v1/blocks/item/children": blocks(block("bulleted_list_item", "Nested")),
            "/v1/blocks/table/children": blocks(
                block("table_row", cells=cell),
                block("table_row", cells=[[{"plain_text": "Basic"}], [{"plain_text": "14", "annotations": None}]]),
            ),
            "/v1/blocks/columns/children": blocks(
                block("paragraph", "In a column."), block("child_page", id="below", title="Fees")
            ),
            "/v1/blocks/below/children": blocks(
                {
                    **block("paragraph"),
                    "paragraph": {
                        "rich_text": [
                            {"plain_text": "Use ", "annotations": None},
                            {"plain_text": "a_b", "annotations": {"code": True}},
                            {"plain_text": " never", "annotations": {"code": False, "strikethrough": True}},
                        ]
                    },
                },
            ),
        }
        database, page, below = await taken(named("notion", server))
        assert isinstance(database, Refused)
        assert database.what == "Old rules"
        assert isinstance(page, Page)
        assert (page.title, page.key) == ("Handbook", ROOT)
        assert page.markdown == (
            "# Handbook\n\n## Money\n\nPaid back within 14 days.  \nNot on \\*Sundays\\*.\n\n### Steps\n\nFolded.\n\n"
            "- One\n  - Nested\n- Two\n\n1. First\n\nSaid\n\nMind this\n\n```\na <b>\n  c\n```\n\n"
            "| Plan | Days |\n| --- | --- |\n| Basic | 14 |\n\nThe form\n\nIn a column.\n"
        )
        assert isinstance(below, Page)
        assert below.markdown == "# Fees\n\nUse `a_b`\n"


async def test_notion_says_what_it_wants_at_start() -> None:
    async with running("notion") as server:
        with pytest.raises(SourceError, match="address of a Notion page"):
            await taken(named("notion", server, start="Handbook"))
