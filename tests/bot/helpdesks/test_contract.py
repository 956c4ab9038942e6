"""What every helpdesk's client must do, over a server that answers as the helpdesk's documentation says."""

from collections.abc import AsyncIterator
from importlib import import_module

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.errors import HelpdeskError
from bot.helpdesks.helpdesks import Helpdesks
from knowledge.drafting.ticket import Author, TicketRef
from knowledge.helpdesks import HELPDESKS, Helpdesk
from tests.bot.helpdesks.imitation import Imitation, Product, imitation
from tests.bot.helpdesks.sample import AGENT, ATTACHED, BARE, CUSTOMER, LONG, OPENED, REFUND


@pytest.fixture(params=sorted(HELPDESKS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def product(kind: str) -> Product:
    found: Product = import_module(f"tests.bot.helpdesks.imitations.{kind}").PRODUCT
    return found


@pytest.fixture
async def server(product: Product) -> AsyncIterator[Imitation]:
    async with imitation(product, REFUND) as running:
        yield running


@pytest.fixture
def helpdesks(kind: str, product: Product, server: Imitation) -> Helpdesks:
    settings = {"desk": Helpdesk(kind=kind, **product.settings)}
    return Helpdesks(lambda: settings, {"desk": SecretStr("t0ken")}, {"desk": server.url}, pause=0)


@pytest.fixture
def ref(product: Product) -> TicketRef:
    return TicketRef(helpdesk="desk", id=product.ticket, url=product.links[0])


async def test_a_ticket_is_read_whole(
    helpdesks: Helpdesks, ref: TicketRef, product: Product, server: Imitation
) -> None:
    server.sample = REFUND._replace(satisfaction=product.satisfaction)
    ticket = await helpdesks.read(ref)
    said = [each for each in REFUND.said if not each.internal]
    assert [message.text for message in ticket.messages] == [each.text for each in said]
    assert [message.author for message in ticket.messages] == [
        Author.AGENT if each.by_agent else Author.CUSTOMER for each in said
    ]
    assert [message.at for message in ticket.messages] == [each.at for each in said]
    assert {message.name for message in ticket.messages} <= {CUSTOMER, AGENT, ""}
    assert (ticket.subject, ticket.requester, ticket.opened_at) == (REFUND.subject, CUSTOMER, OPENED)
    assert ticket.ref == ref
    assert [note.text for note in ticket.notes] == (
        ["A friend of the CEO, be quick."] if "notes" in product.keeps else []
    )
    assert "CEO" not in ticket.customer_text
    assert ticket.tags == (REFUND.tags if "tags" in product.keeps else ())
    assert ticket.fields == ({"plan": REFUND.plan} if "fields" in product.keeps else {})
    assert ticket.attachments == ((ATTACHED,) if "attachments" in product.keeps else ())
    assert bool(ticket.status) == ("status" in product.keeps)
    assert ticket.satisfaction == (product.satisfaction if "satisfaction" in product.keeps else "")


async def test_a_long_conversation_is_read_to_its_end(helpdesks: Helpdesks, ref: TicketRef, server: Imitation) -> None:
    server.sample = LONG
    ticket = await helpdesks.read(ref)
    assert [message.text for message in ticket.messages] == [said.text for said in LONG.said]


async def test_what_is_unknown_of_a_ticket_does_no_harm(
    helpdesks: Helpdesks, ref: TicketRef, server: Imitation
) -> None:
    server.sample = BARE
    ticket = await helpdesks.read(ref)
    assert [message.text for message in ticket.messages] == ["Hello?"]
    assert (ticket.tags, ticket.fields, ticket.attachments, ticket.satisfaction) == ((), {}, (), "")


async def test_it_only_ever_gets(helpdesks: Helpdesks, ref: TicketRef, server: Imitation) -> None:
    await helpdesks.read(ref)
    await helpdesks.check("desk")
    assert {verb for verb, _ in server.asked} == {"GET"}
    assert server.denied == 0


async def test_its_links_name_the_ticket(helpdesks: Helpdesks, product: Product) -> None:
    for link in product.links:
        found = helpdesks.find(f"Please look at {link}, thanks")
        assert [(each.helpdesk, each.id) for each in found.tickets] == [("desk", product.ticket)], link


@pytest.mark.parametrize(
    "odd", ["1/../../users", "1?include=all", "%2e%2e", "", "0", "1 2", "１２", "-1", "1#", "9" * 40]
)
async def test_odd_ids_are_refused_before_anything_is_asked(helpdesks: Helpdesks, server: Imitation, odd: str) -> None:
    with pytest.raises(HelpdeskError, match="no id of a ticket"):
        await helpdesks.read(TicketRef(helpdesk="desk", id=odd))
    assert server.asked == []


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "does not take the token"),
        (403, "does not let this token read"),
        (404, "does not exist, or the token may not read it"),
        (410, "deleted, or merged"),
        (302, "points elsewhere"),
        (418, "refused the request"),
    ],
)
async def test_each_refusal_has_its_own_sentence(
    helpdesks: Helpdesks, ref: TicketRef, server: Imitation, status: int, said: str
) -> None:
    server.instead = [lambda: web.Response(status=status, headers={"Location": "http://169.254.169.254/"})]
    with pytest.raises(HelpdeskError, match=said):
        await helpdesks.read(ref)
    assert len(server.asked) == 1


async def test_what_passes_is_tried_again(helpdesks: Helpdesks, ref: TicketRef, server: Imitation) -> None:
    server.instead = [
        lambda: web.Response(status=429, headers={"Retry-After": "0"}),
        lambda: web.Response(status=503),
    ]
    assert (await helpdesks.read(ref)).messages


@pytest.mark.parametrize("body", ["<html>Sign in</html>", '{"ticket":', "[]", "{}", "null", "[" * 100_000])
async def test_an_answer_in_another_form_is_told(
    helpdesks: Helpdesks, ref: TicketRef, server: Imitation, body: str
) -> None:
    server.instead = [lambda: web.Response(text=body, content_type="text/html")]
    with pytest.raises(HelpdeskError, match=r"not JSON|in a form I do not know"):
        await helpdesks.read(ref)
