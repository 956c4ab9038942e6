"""What every platform's reader must do, over a server that answers as the platform's documentation says."""

import base64
from collections.abc import AsyncIterator

import pytest

from bot.errors import SourceError
from bot.sources.page import Page, Refused
from tests.bot.sources.imitated import AT_ONCE, BASIC, DOCS, KINDS, Doc, Platform, named, pages, running, taken


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def server(kind: str) -> AsyncIterator[Platform]:
    async with running(kind) as platform:
        yield platform


async def test_all_that_is_published_is_read_to_the_end_and_nothing_else(kind: str, server: Platform) -> None:
    heard: list[int] = []
    found = await taken(named(kind, server), heard=heard)
    url = KINDS[kind][3]
    assert found == [
        Page(
            key=doc.id,
            title=str(doc.title),
            markdown=f"# {doc.title}\n\n{doc.text}\n",
            url=url.format(id=doc.id, notion="https://www.notion.so/"),
        )
        for doc in DOCS
    ]
    assert len(DOCS) > 2 * AT_ONCE
    assert heard
    assert heard[-1] >= len(DOCS)


async def test_it_asks_with_get_alone_and_shows_its_token_each_time(kind: str, server: Platform) -> None:
    await taken(named(kind, server))
    basic = "Basic " + base64.b64encode(BASIC.get(kind, "").encode()).decode()
    assert {verb for verb, _ in server.asked} == {"GET"}
    assert {headers["Authorization"] for headers in server.headers} == {KINDS[kind][2] or basic}
    versions = {"intercom_articles": "Intercom-Version", "notion": "Notion-Version"}
    assert all(versions.get(kind, "Accept") in headers for headers in server.headers)


async def test_what_is_unknown_of_a_document_does_no_harm(kind: str, server: Platform) -> None:
    server.docs[1:3] = [Doc("9002", None, "Somebody wrote this."), Doc("9003", "Nothing yet", None)]
    found = await taken(named(kind, server))
    refused = [each for each in found if isinstance(each, Refused)]
    assert len(pages(found)) == len(DOCS) - 2
    assert len(refused) == 2
    assert "title" in refused[0].reason
    assert "9002" in refused[0].what
    assert refused[1].what == "Nothing yet"
    assert "no text" in refused[1].reason


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "does not take the token"), (403, "read access"), (404, "desk.yaml"), (500, "trouble"), (301, "address")],
)
async def test_a_source_that_cannot_be_read_says_why(kind: str, server: Platform, status: int, said: str) -> None:
    server.status = status
    with pytest.raises(SourceError) as error:
        await taken(named(kind, server))
    assert said in str(error.value)
    assert str(status) in str(error.value)
    assert "ticket" not in str(error.value)


async def test_a_source_that_breaks_off_is_not_taken_for_a_whole_one(kind: str, server: Platform) -> None:
    server.status, server.broken_from = 500, 2
    with pytest.raises(SourceError, match="Try again"):
        await taken(named(kind, server))


async def test_no_more_is_read_than_the_desk_wants_and_that_is_said(kind: str, server: Platform) -> None:
    found = await taken(named(kind, server, most=3))
    assert [page.title for page in pages(found)] == ["Rule 1", "Rule 2", "Rule 3"]
    assert isinstance(found[-1], Refused)
    assert "most" in found[-1].reason
    assert len(server.asked) <= 8


async def test_a_private_address_is_asked_only_where_the_desk_says_so(kind: str, server: Platform) -> None:
    with pytest.raises(SourceError, match="private: true"):
        await taken(named(kind, server, private=False))
    assert not server.asked


async def test_without_a_token_it_says_so_and_a_public_help_centre_is_read(kind: str, server: Platform) -> None:
    if kind == "zendesk_guide":
        assert len(await taken(named(kind, server), token="")) == len(DOCS)
        assert not any("Authorization" in headers for headers in server.headers)
        assert {path.partition("?")[0] for _, path in server.asked[1:]} == {"/api/v2/help_center/en-us/articles.json"}
        server.status = 401
    with pytest.raises(SourceError, match="wants a token"):
        await taken(named(kind, server), token="")
