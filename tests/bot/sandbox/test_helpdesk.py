"""The sample helpdesk: read by its API, written to only by the customer on its page."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.sandbox import Sandbox


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as opened:
        yield opened


async def test_it_asks_for_its_token_and_answers_nothing_but_get(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    ticket = f"{sandbox.helpdesk_url}/api/v2/tickets/4821.json"
    async with http.get(ticket) as refused:
        assert refused.status == 401
    mine = {"Authorization": f"Bearer {sandbox.helpdesk_token}"}
    for verb in ("POST", "PUT", "PATCH", "DELETE"):
        async with http.request(verb, ticket, headers=mine) as refused:
            assert refused.status == 405
    async with http.get(ticket, headers=mine) as answer:
        assert (await answer.json())["ticket"]["subject"] == "Refund for annual plan"
    for absent in ("99.json", "x.json", "1/users.json", "99/comments.json"):
        async with http.get(f"{sandbox.helpdesk_url}/api/v2/tickets/{absent}", headers=mine) as unknown:
            assert unknown.status == 404


async def test_on_its_page_the_customer_writes_again(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    page = f"{sandbox.helpdesk_url}/agent/tickets/4823"
    async with http.get(page) as shown:
        text = await shown.text()
        assert "Ivana Kos" in text
        assert "default-src 'self'" in shown.headers["Content-Security-Policy"]
    async with http.post(page, data={"text": "<script>alert(1)</script> & where is my money?"}) as sent:
        written = await sent.text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; where is my money?" in written
    assert "<script>" not in written
    assert len(sandbox.helpdesk.tickets[4823].comments) == 2


async def test_another_site_writes_nothing(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    page = f"{sandbox.helpdesk_url}/agent/tickets/4823"
    async with http.post(page, data={"text": "hello"}, headers={"Origin": "https://evil.example"}):
        assert len(sandbox.helpdesk.tickets[4823].comments) == 1
    async with http.get(f"{sandbox.helpdesk_url}/agent/tickets/9") as unknown:
        assert unknown.status == 404
