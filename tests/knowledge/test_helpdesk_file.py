"""The key `helpdesks` of desk.yaml: what it makes, and what is said of a wrong one."""

from pathlib import Path

import pytest

from knowledge.desk_files import load_desk
from knowledge.drafting.ticket import TicketRef
from knowledge.errors import DeskFileError
from knowledge.helpdesks import Helpdesk, label


def helpdesks(folder: Path, text: str) -> dict[str, Helpdesk]:
    (folder / "desk.yaml").write_text(f"name: Harborlight\nhelpdesks:\n{text}", encoding="utf-8")
    (folder / "required-facts.yaml").write_text("facts:\n  plan: {question: 'Which plan is it?'}\n", encoding="utf-8")
    return load_desk(folder).team.helpdesks


def test_a_name_that_is_a_kind_needs_no_more_than_the_address(tmp_path: Path) -> None:
    assert helpdesks(tmp_path, "  zendesk: {address: https://acme.zendesk.com/}") == {
        "zendesk": Helpdesk(kind="zendesk", address="https://acme.zendesk.com")
    }


def test_all_keys_are_taken_over(tmp_path: Path) -> None:
    text = (
        "  support-eu:\n    kind: zendesk\n    address: https://help.acme.example\n    account: acme/support\n"
        "    user: bot@acme.example\n    api: https://10.0.0.5:8443/z\n    private: true\n    facts: {360001: plan}\n"
    )
    assert helpdesks(tmp_path, text) == {
        "support-eu": Helpdesk(
            kind="zendesk",
            address="https://help.acme.example",
            account="acme/support",
            user="bot@acme.example",
            api="https://10.0.0.5:8443/z",
            private=True,
            facts={"360001": "plan"},
        )
    }


def test_the_api_is_where_the_kind_usually_has_it_or_where_the_desk_says() -> None:
    usual = Helpdesk(kind="zendesk", address="https://acme.zendesk.com")
    assert usual.api_address == "https://acme.zendesk.com"
    assert usual.model_copy(update={"api": "https://acme.example/"}).api_address == "https://acme.example"


def test_a_ticket_is_called_by_its_product_while_the_desk_names_the_helpdesk() -> None:
    ref = TicketRef(helpdesk="support-eu", id="4821")
    known = {"support-eu": Helpdesk(kind="zendesk", address="https://acme.zendesk.com")}
    assert label(known, ref) == "Zendesk #4821"
    assert label({}, ref) == "support-eu 4821"


BAD = {
    "unknown kind": (
        "  zendsk: {address: https://a.zendesk.com}",
        "line 3: 'zendsk' is not a helpdesk I know; did you",
    ),
    "unknown name": (
        "  ours: {address: https://a.example}",
        "line 3: 'ours' is not a helpdesk I know; add a line 'kind",
    ),
    "wrong kind": (
        "  ours: {kind: zendisk, address: https://a.example}",
        "line 3: kind 'zendisk' is not a helpdesk I know; did you mean 'zendesk'?",
    ),
    "wrong name": ("  Our Desk: {kind: zendesk, address: https://a.example}", "'Our Desk' is not a name"),
    "no address": ("  zendesk: {user: bot}", "line 3: address is missing"),
    "no scheme": ("  zendesk: {address: acme.zendesk.com}", "'acme.zendesk.com' is not an address"),
    "not encrypted": (
        "  zendesk: {address: http://acme.zendesk.com}",
        "is not encrypted; write an address that begins",
    ),
    "with a query": ("  zendesk: {address: 'https://a.example/?x=1'}", "is not an address"),
    "with a user": ("  zendesk: {address: 'https://bot:secret@a.example'}", "is not an address"),
    "with dots": ("  zendesk: {address: 'https://a.example/../b'}", "is not an address"),
    "another scheme": ("  zendesk: {address: 'file:///etc/passwd'}", "is not an address"),
    "no fact": (
        "  zendesk:\n    address: https://a.example\n    facts:\n      360001: plam",
        "line 6: 'plam' is not a fact of required-facts.yaml; did you mean 'plan'?",
    ),
    "unknown key": ("  zendesk: {adress: https://a.example}", "unknown key 'adress'; did you mean 'address'?"),
    "bad account": ("  zendesk: {address: https://a.example, account: '../x'}", "account"),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_with_line_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DeskFileError) as caught:
        helpdesks(tmp_path, text)
    assert said in str(caught.value)


def test_this_machine_may_be_asked_without_encryption(tmp_path: Path) -> None:
    assert helpdesks(tmp_path, "  zendesk: {address: 'http://127.0.0.1:4500'}")["zendesk"].address.startswith("http:")
