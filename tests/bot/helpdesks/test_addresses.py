import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.errors import HelpdeskError
from bot.helpdesks.addresses import CheckedResolver, Forbidden, may_be_asked
from bot.helpdesks.helpdesks import Helpdesks
from knowledge.drafting.ticket import TicketRef
from knowledge.helpdesks import Helpdesk

PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]
PRIVATE = ["127.0.0.1", "10.0.0.1", "192.168.1.9", "172.16.0.1", "100.64.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"]
NEVER = ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "255.255.255.255"]  # noqa: S104 - To be refused.
CARRIERS = ["64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_asked(address: str) -> None:
    assert may_be_asked(address, private=False)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_only_where_the_desk_says_so(address: str) -> None:
    assert not may_be_asked(address, private=False)
    assert may_be_asked(address, private=True)


@pytest.mark.parametrize("address", NEVER)
def test_where_clouds_keep_secrets_is_never_asked(address: str) -> None:
    assert not may_be_asked(address, private=False)
    assert not may_be_asked(address, private=True)


@pytest.mark.parametrize("address", CARRIERS)
def test_an_address_that_carries_another_one_is_not_public(address: str) -> None:
    assert not may_be_asked(address, private=False)


async def test_a_name_that_leads_to_a_private_address_is_refused() -> None:
    with pytest.raises(Forbidden):
        await CheckedResolver(private=False).resolve("localhost", 443)
    found = await CheckedResolver(private=True).resolve("localhost", 443)
    assert found[0]["host"] == "127.0.0.1"


class Listener:
    """Everything that connects to this machine, counted at the socket."""

    connections = 0


@pytest.fixture
async def listener() -> AsyncIterator[tuple[Listener, int]]:
    heard = Listener()

    async def answer(_: web.BaseRequest) -> web.Response:
        heard.connections += 1
        return web.json_response({})

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield heard, runner.addresses[0][1]
    await runner.cleanup()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001"])
async def test_no_connection_is_made_to_a_private_host_that_is_not_allowed(
    listener: tuple[Listener, int], host: str
) -> None:
    heard, port = listener
    settings = {"desk": Helpdesk(kind="zendesk", address=f"http://{host}:{port}")}
    desks = Helpdesks(lambda: settings, {"desk": SecretStr("t0ken")}, pause=0)
    with pytest.raises(HelpdeskError, match=r"private address|cannot be reached"):
        await desks.read(TicketRef(helpdesk="desk", id="1"))
    assert heard.connections == 0


async def test_a_machine_that_does_not_answer_is_told(unused_port: int) -> None:
    settings = {"desk": Helpdesk(kind="zendesk", address=f"http://127.0.0.1:{unused_port}", private=True)}
    desks = Helpdesks(lambda: settings, {"desk": SecretStr("t0ken")}, pause=0)
    with pytest.raises(HelpdeskError, match=r"Zendesk cannot be reached at 127\.0\.0\.1"):
        await desks.read(TicketRef(helpdesk="desk", id="1"))


@pytest.fixture
def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
