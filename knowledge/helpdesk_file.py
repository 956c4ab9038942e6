"""HelpdeskFile: the key of `desk.yaml` that says which helpdesks a desk has."""

import re
from collections.abc import Collection, Iterator
from ipaddress import ip_address
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, Field

from knowledge.drafting.frozen import Frozen
from knowledge.helpdesks import HELPDESKS, Helpdesk
from knowledge.yaml_file import Text, YamlFile, did_you_mean, shown


def _name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,40}", value):
        raise ValueError(f"{shown(value)} is not a name; write lowercase letters, digits, - and _, such as zendesk")
    return value


def _kind(value: str) -> str:
    if value not in HELPDESKS:
        remedy = did_you_mean(value, HELPDESKS, f"write one of {', '.join(sorted(HELPDESKS))}")
        raise ValueError(f"{shown(value)} is not a helpdesk I know; {remedy}")
    return value


def _address(value: str) -> str:
    parts = _parts(value)
    plain = parts is not None and not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts is None or not plain or not parts.hostname or ".." in parts.path or "//" in parts.path:
        raise ValueError(f"{shown(value)} is not an address; write it as your browser shows it, such as {_EXAMPLE}")
    if parts.scheme != "https" and not _is_loopback(parts.hostname):
        raise ValueError(f"{shown(value)} is not encrypted; write an address that begins with https://")
    return value.rstrip("/")


_EXAMPLE = "https://acme.zendesk.com"
Address = Annotated[str, AfterValidator(_address)]
"""An address that requests may go to: encrypted, or this machine's; no slash at the end."""
_Name = Annotated[str, AfterValidator(_name)]
_Kind = Annotated[str, AfterValidator(_kind)]


class HelpdeskEntry(Frozen):
    """A helpdesk as `desk.yaml` writes it, under a name of the desk's own."""

    kind: _Kind = ""
    """May be left out where the name is the kind."""
    address: Address
    account: Annotated[str, Field(pattern=r"^\w[\w.-]*(/\w[\w.-]*)?$")] | None = None
    user: Text | None = None
    api: Address | None = None
    private: bool = False
    facts: dict[Text, str] = Field(default_factory=dict)


class HelpdeskFile(Frozen):
    """The part of `desk.yaml` that names the helpdesks."""

    helpdesks: dict[_Name, HelpdeskEntry] = Field(default_factory=dict)

    def named(self) -> dict[str, Helpdesk]:
        """The helpdesks by name, where nothing is wrong with them."""
        return {
            name: Helpdesk.model_validate({"kind": entry.kind or name, **_written(entry)})
            for name, entry in self.helpdesks.items()
        }


def _written(entry: HelpdeskEntry) -> dict[str, Any]:
    return {key: value for key, value in entry.model_dump().items() if value not in (None, "")}


def wrong_helpdesks(file: YamlFile[Any], facts: Collection[str]) -> Iterator[str]:
    """A sentence for each helpdesk that cannot be read, and for each field of a fact that nobody asks for."""
    content: HelpdeskFile = file.content
    for name, entry in content.helpdesks.items():
        kind = HELPDESKS.get(entry.kind or name)
        if kind is None:
            kinds = ", ".join(sorted(HELPDESKS))
            remedy = did_you_mean(name, HELPDESKS, f"add a line 'kind: ...' with one of {kinds}")
            yield file.problem(f"{shown(name)} is not a helpdesk I know; {remedy}", "helpdesks", name)
        elif kind.account and not entry.account:
            remedy = f"account is missing; add {kind.account}, as it stands in the address of a ticket"
            yield file.problem(remedy, "helpdesks", name)
        for field, fact in entry.facts.items():
            if fact not in facts:
                remedy = did_you_mean(fact, facts, "add it under facts in required-facts.yaml or remove it here")
                sentence = f"{shown(fact)} is not a fact of required-facts.yaml; {remedy}"
                yield file.problem(sentence, "helpdesks", name, "facts", field)


def _parts(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        return parts if parts.port != 0 and parts.scheme in ("https", "http") and value.isprintable() else None
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
