"""What single helpdesks do in ways of their own, beside what the contract asks of all."""

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import SecretStr

from bot.errors import HelpdeskError
from bot.helpdesks.helpdesks import Helpdesks
from bot.helpdesks.links import find_links
from knowledge.drafting.ticket import Author, Ticket, TicketRef
from knowledge.helpdesks import Helpdesk, label
from tests.bot.helpdesks.imitation import Answer, Product, imitation
from tests.bot.helpdesks.imitations import chatwoot, github, hubspot, jira
from tests.bot.helpdesks.sample import REFUND, Sample


async def read(kind: str, product: Product, answer: Answer | None = None, ticket_id: str = "") -> Ticket:
    product = product._replace(answer=answer or product.answer)
    settings = {"desk": Helpdesk(kind=kind, **product.settings)}
    async with imitation(product, REFUND) as server:
        helpdesks = Helpdesks(lambda: settings, {"desk": SecretStr("t0ken")}, {"desk": server.url}, pause=0)
        return await helpdesks.read(TicketRef(helpdesk="desk", id=ticket_id or product.ticket))


async def test_a_pull_request_is_no_ticket() -> None:
    with pytest.raises(HelpdeskError, match="GitHub #4822 is a pull request and no issue"):
        await read("github", github.PRODUCT, ticket_id="4822")


async def test_whoever_opened_an_issue_is_the_customer_even_one_of_the_team() -> None:
    def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
        found = github.answer(path, query, sample)
        return {**found, "author_association": "OWNER"} if path == "/issues/4821" else found

    ticket = await read("github", github.PRODUCT, answer)
    assert [message.author for message in ticket.messages] == [Author.CUSTOMER, Author.AGENT, Author.CUSTOMER]


async def test_a_data_center_of_jira_is_read_by_bearer_token_with_people_known_by_key() -> None:
    def server_user(*, agent: bool) -> dict[str, Any]:
        return {"name": "ben" if agent else "dana", "key": "JIRAUSER1" if agent else "JIRAUSER2", "displayName": None}

    def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
        found = jira.answer(path, query, sample)
        if path.endswith("/comment"):
            # Neither rendered bodies nor files stand with the comments there.
            kept = ("id", "body", "public", "created")
            values = [
                {
                    **{name: each[name] for name in kept},
                    "author": server_user(agent="557058" in each["author"]["accountId"]),
                }
                for each in found["values"]
            ]
            return {**found, "values": values}
        if path.endswith("/request/ACME-4821"):
            asker = {"name": "eve", "key": "JIRAUSER3", "displayName": "Eve Lund"}
            return {**found, "reporter": asker, "participants": {"values": [server_user(agent=False)]}}
        return found

    settings = {name: value for name, value in jira.PRODUCT.settings.items() if name != "user"}
    product = jira.PRODUCT._replace(settings=settings, authorization=("Authorization", "Bearer t0ken"))
    ticket = await read("jira", product, answer)
    assert [message.author for message in ticket.messages] == [Author.CUSTOMER, Author.AGENT, Author.CUSTOMER]
    assert ticket.messages[1].text == "*Could you send us the number of the invoice?*"
    assert ticket.requester == "Eve Lund"


async def test_a_ticket_of_hubspot_without_a_thread_says_itself_what_was_asked() -> None:
    def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
        return {"results": []} if "associations" in path else hubspot.answer(path, query, sample)

    ticket = await read("hubspot", hubspot.PRODUCT, answer)
    assert [message.text for message in ticket.messages] == [REFUND.said[0].text]


async def test_a_stage_that_may_not_be_read_leaves_the_status_out() -> None:
    def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
        return None if "pipelines" in path else hubspot.answer(path, query, sample)

    assert (await read("hubspot", hubspot.PRODUCT, answer)).status == ""


def test_an_account_stands_in_the_address_of_the_api() -> None:
    assert Helpdesk(kind="chatwoot", **chatwoot.PRODUCT.settings).api_address == (
        "https://chat.acme.example/api/v1/accounts/3"
    )
    assert Helpdesk(kind="github", **github.PRODUCT.settings).api_address == "https://api.github.com/repos/acme/app"


def test_another_account_is_not_ours() -> None:
    ours = {"desk": Helpdesk(kind="github", **github.PRODUCT.settings)}
    found = find_links("https://github.com/acme/other/issues/4821 https://github.com/acme/app/pull/4821", ours)
    assert (found.tickets, found.strangers) == ((), ())


@pytest.mark.parametrize(
    ("link", "product"),
    [
        ("https://other.atlassian.net/browse/OPS-7", "Jira"),
        ("https://help.other.example/#ticket/zoom/7", "Zammad"),
        ("https://chat.other.example/app/accounts/1/conversations/7", "Chatwoot"),
        ("https://app.hubspot.com/contacts/1/record/0-5/7", "HubSpot"),
    ],
)
def test_a_link_to_a_helpdesk_that_no_desk_names_is_known(link: str, product: str) -> None:
    assert find_links(link, {}).strangers == (product,)


def test_people_write_no_sign_before_the_key_of_a_request() -> None:
    ours = {"desk": Helpdesk(kind="jira", **jira.PRODUCT.settings)}
    assert label(ours, TicketRef(helpdesk="desk", id="ACME-12")) == "Jira ACME-12"
