"""The ticket that every helpdesk must give back the same, however it stores it."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

OPENED = datetime(2026, 5, 10, 8, 30, tzinfo=UTC)
CUSTOMER, AGENT = "Dana Reyes", "Ben Okafor"
ATTACHED = "invoice.png"


class Said(NamedTuple):
    """One contribution to a conversation."""

    text: str
    by_agent: bool = False
    internal: bool = False
    files: tuple[str, ...] = ()
    minutes: int = 0
    """After the ticket was opened."""

    @property
    def at(self) -> datetime:
        return OPENED + timedelta(minutes=self.minutes)

    @property
    def name(self) -> str:
        return AGENT if self.by_agent else CUSTOMER

    @property
    def html(self) -> str:
        return f"<div><p>{self.text}</p></div>"


class Sample(NamedTuple):
    """A ticket to be imitated."""

    said: tuple[Said, ...]
    subject: str = "Refund for annual plan"
    status: str = "open"
    """As far as a product lets one choose its word."""
    tags: tuple[str, ...] = ("billing", "vip")
    plan: str = "Team yearly"
    """In a custom field, where the product has such."""
    satisfaction: str = ""
    """In the product's own word, where its API gives one."""


REFUND = Sample(
    said=(
        Said("We bought the yearly plan on 4 May. Can we get our money back?"),
        Said("Could you send us the number of the invoice?", by_agent=True, minutes=40),
        Said("A friend of the CEO, be quick.", by_agent=True, internal=True, minutes=45),
        Said("It is INV-2041. How long does the refund take?", files=(ATTACHED,), minutes=90),
    )
)
LONG = Sample(said=tuple(Said(f"This is message {number} of many.", minutes=number) for number in range(230)))
"""More than any product gives on one page."""
BARE = Sample(said=(Said("Hello?"),), subject="", tags=(), plan="")
"""A ticket of which little is known; what is optional is null or absent."""
