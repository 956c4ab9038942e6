"""Links in what people post: real, wrapped, malformed and hostile ones. Each names the right ticket or none."""

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesks.links import find_links
from knowledge.helpdesks import HELPDESKS, Helpdesk
from tests.bot.helpdesks.imitation import Product

PRODUCTS: dict[str, Product] = {
    kind: import_module(f"tests.bot.helpdesks.imitations.{kind}").PRODUCT for kind in sorted(HELPDESKS)
}
DESKS = {kind: Helpdesk(kind=kind, **product.settings) for kind, product in PRODUCTS.items()}
ACME = {"zendesk": Helpdesk(kind="zendesk", address="https://acme.zendesk.com")}
WRAPPED = (
    "{}",
    "<{}>",
    "<{}|the ticket>",
    "<{}|https://acme.zendesk.com/agent/tickets/999>",
    "Can somebody look at {}?",
    "See {}.",
    "({})",
    '"{}"',
    "“{}”",
    "`{}`",
    "```\n{}\n```",
    "> {}\nwhat do you think?",
    "*{}*",
    "_{}_",
    "~{}~",
    "first line\n{}\nlast line",
    "{}, and then this:",
    "• {}; thanks!",
    "[{}]",
    "{}…",
)


@pytest.mark.parametrize("wrapped", WRAPPED)
@pytest.mark.parametrize(
    ("kind", "link"), [(kind, link) for kind, product in PRODUCTS.items() for link in product.links]
)
def test_a_link_names_its_ticket_however_it_is_wrapped(kind: str, link: str, wrapped: str) -> None:
    found = find_links(wrapped.format(link), {kind: DESKS[kind]})
    assert [(ref.helpdesk, ref.id) for ref in found.tickets] == [(kind, PRODUCTS[kind].ticket)]
    assert found.strangers == ()


@pytest.mark.parametrize(
    ("kind", "link"), [(kind, link) for kind, product in PRODUCTS.items() for link in product.links]
)
def test_each_of_all_helpdesks_takes_only_its_own_links(kind: str, link: str) -> None:
    (ref,) = find_links(link, DESKS).tickets
    assert (ref.helpdesk, ref.id) == (kind, PRODUCTS[kind].ticket)
    # What an agent opens is made anew from the address of desk.yaml and leads to the same ticket.
    assert ref.url.startswith(DESKS[kind].address)
    assert find_links(ref.url, DESKS).tickets == (ref,)


HOSTILE = [
    "https://acme.zendesk.com.evil.io/agent/tickets/12",
    "https://acme.zendesk.com@evil.io/agent/tickets/12",
    "https://user:pw@acme.zendesk.com/agent/tickets/12",
    "https://evil.io/https://acme.zendesk.com/agent/tickets/12",
    "https://evil.io/?u=https://acme.zendesk.com/agent/tickets/12",
    "https://evil.io#https://acme.zendesk.com/agent/tickets/12",
    "//acme.zendesk.com/agent/tickets/12",
    "http://acme.zendesk.com/agent/tickets/12",
    "https://acme.zendesk.com:8443/agent/tickets/12",
    "https://acme.zendesk.com:0/agent/tickets/12",
    "https://acme.zendesk.com:99999/agent/tickets/12",
    "https://acme.zendesk.com:x/agent/tickets/12",
    "https://acme.zendesk.com./agent/tickets/12",
    "https://аcme.zendesk.com/agent/tickets/12",
    "https://acme.zendesk。com/agent/tickets/12",
    "https://xn--cme-5cd.zendesk.com/agent/tickets/12",
    "https://127.0.0.1/agent/tickets/12",
    "https://2130706433/agent/tickets/12",
    "https://0x7f.1/agent/tickets/12",
    "https://[::1]/agent/tickets/12",
    "https://[::ffff:127.0.0.1]/agent/tickets/12",
    "https://[::1/agent/tickets/12",
    "https://169.254.169.254/agent/tickets/12",
    "https://acme.zendesk.com/agent/tickets/1/../../users",
    "https://acme.zendesk.com/agent/../agent/tickets/12",
    "https://acme.zendesk.com//agent/tickets/12",
    "https://acme.zendesk.com/agent//tickets/12",
    "https://acme.zendesk.com/agent/tickets/%31%32",
    "https://acme.zendesk.com/agent/tickets/12%2f..%2fusers",
    "https://acme.zendesk.com/agent/tickets/%2e%2e",
    "https://acme.zendesk.com/agent%2ftickets/12",
    "https://acme.zendesk.com\\agent\\tickets\\12",
    "https://acme.zendesk.com/agent/tickets/１２",
    "https://acme.zendesk.com/agent/tickets/0",
    "https://acme.zendesk.com/agent/tickets/-1",
    "https://acme.zendesk.com/agent/tickets/12abc",
    "https://acme.zendesk.com/agent/tickets/12.5",
    "https://acme.zendesk.com/agent/tickets/" + "9" * 13,
    "https://acme.zendesk.com/agent/tickets/",
    "https://acme.zendesk.com/agent/tickets",
    "https://acme.zendesk.com/agent/tickets/new",
    "https://acme.zendesk.com/agent/users/12",
    "https://acme.zendesk.com/x/agent/tickets/12",
    "https://acme.zendesk.com",
    "ftp://acme.zendesk.com/agent/tickets/12",
    "file:///agent/tickets/12",
    "javascript:acme.zendesk.com/agent/tickets/12",
    "acme.zendesk.com/agent/tickets/12",
    "https:acme.zendesk.com/agent/tickets/12",
    "https:///acme.zendesk.com/agent/tickets/12",
    "https://other.zendesk.com/agent/tickets/12",
    "<https://evil.io/|https://acme.zendesk.com/agent/tickets/12>",
    "https://acme.zendesk.com/agent/tickets/12".replace("/", "∕"),
    "https://acme.zendesk.com/" + "a/" * 2_000 + "agent/tickets/12",
]


@pytest.mark.parametrize("link", HOSTILE)
def test_a_hostile_or_malformed_link_names_no_ticket(link: str) -> None:
    assert find_links(f"Look at {link} please", ACME).tickets == ()


@pytest.mark.parametrize(
    "link",
    [
        "HTTPS://ACME.ZENDESK.COM/agent/tickets/12",
        "https://acme.zendesk.com:443/agent/tickets/12",
        "https://acme.zendesk.com/agent/tickets/12/",
        "https://acme.zendesk.com/agent/tickets/12?include=all",
        "https://acme.zendesk.com/agent/tickets/12#comment-%31",
        "https://acme.zendesk.com/agent/tickets/12?x=https://evil.io/../..",
    ],
)
def test_what_follows_the_ticket_is_left_out(link: str) -> None:
    (ref,) = find_links(link, ACME).tickets
    assert (ref.id, ref.url) == ("12", "https://acme.zendesk.com/agent/tickets/12")


def test_each_ticket_is_named_once_and_in_order() -> None:
    address = "https://acme.zendesk.com/agent/tickets/"
    found = find_links(f"{address}3 <{address}1|one> `{address}3` {address}2?x=1 {address}1", ACME)
    assert [ref.id for ref in found.tickets] == ["3", "1", "2"]


def test_the_rest_of_a_text_is_given_back_without_addresses() -> None:
    found = find_links(
        "Please <https://acme.zendesk.com/agent/tickets/3|this one>\nand https://example.com/x too", ACME
    )
    assert found.rest == "Please and too"


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("https://other.zendesk.com/agent/tickets/12", "Zendesk"),
        ("https://acme.freshdesk.com/a/tickets/12", "Freshdesk"),
        ("https://app.intercom.com/a/inbox/abc/inbox/admin/1/conversation/12", "Intercom"),
        ("https://app.frontapp.com/open/cnv_1a2b", "Front"),
        ("https://acme.gorgias.com/app/ticket/12", "Gorgias"),
    ],
)
def test_a_ticket_at_an_address_nobody_named_is_known_by_its_product(link: str, name: str) -> None:
    assert find_links(link, ACME).strangers == (name,)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/agent/tickets/12",
        "https://github.com/acme/support/issues/12",
        "https://acme.zendesk.com.evil.io/agent/tickets/12",
        "https://docs.example.com/issue12",
        "https://other.zendesk.com/agent/users/12",
    ],
)
def test_everyday_links_are_no_strangers_tickets(link: str) -> None:
    found = find_links(link, {})
    assert (found.tickets, found.strangers) == ((), ())


@given(st.text(max_size=300))
def test_no_text_upsets_it_and_no_ticket_comes_from_nowhere(text: str) -> None:
    found = find_links(text, ACME)
    assert all(ref.url.startswith("https://acme.zendesk.com/") for ref in found.tickets)


@given(st.text(alphabet="htps:/<>|acme.zndkog%.@\\?#0123\u200b ", max_size=120))
def test_texts_made_of_pieces_of_links_name_only_ids_of_digits(text: str) -> None:
    found = find_links("https://acme.zendesk.com/agent/tickets/" + text, ACME)
    assert all(ref.id.isascii() and ref.id.isdigit() for ref in found.tickets)
