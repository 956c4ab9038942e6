import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox

PNG = b"\x89PNG some bytes"
INTAKE = "C0INTAKE"


async def announced(client: AsyncWebClient, length: int = len(PNG)) -> tuple[str, str]:
    ticket = await client.files_getUploadURLExternal(filename="chart.png", length=length, alt_txt="A chart")
    return str(ticket["file_id"]), str(ticket["upload_url"])


async def sent(address: str, content: bytes = PNG) -> int:
    async with aiohttp.ClientSession() as session, session.post(address, data=content) as answer:
        return answer.status


async def completed(client: AsyncWebClient, file: str) -> None:
    await client.api_call("files.completeUploadExternal", params={"files": json.dumps([{"id": file}])})


async def shown(client: AsyncWebClient, file: str) -> None:
    picture = {"type": "image", "slack_file": {"id": file}, "alt_text": "A chart"}
    await client.chat_postMessage(channel=INTAKE, text="Report", blocks=[picture])


async def test_a_file_is_shown_once_it_was_announced_sent_and_completed(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    file, address = await announced(client)
    assert await sent(address) == 200
    await completed(client, file)
    await shown(client, file)
    async with aiohttp.ClientSession() as session, session.get(f"{sandbox.url}/file/{file}") as answer:
        assert (await answer.read(), answer.content_type) == (PNG, "image/png")


async def test_a_message_with_a_file_that_is_not_there_yet_is_refused(client: AsyncWebClient) -> None:
    file, address = await announced(client)
    await sent(address)
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await shown(client, file)
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await shown(client, "F0OTHER")


async def test_only_the_announced_bytes_are_taken_and_once(sandbox: Sandbox, client: AsyncWebClient) -> None:
    file, address = await announced(client)
    assert await sent(address, PNG + b"more") == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        await completed(client, file)
    assert await sent(address) == 200
    assert await sent(address) == 400
    assert await sent(f"{sandbox.url}/upload/F0OTHER") == 400
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await announced(client, 10**9)
    async with aiohttp.ClientSession() as session, session.get(f"{sandbox.url}/file/{file}") as answer:
        assert answer.status == 404
