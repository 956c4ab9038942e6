"""Check: one thing the doctor looked at."""

from typing import NamedTuple


class Check(NamedTuple):
    """One thing that was looked at: its state, or the problem and the next step."""

    name: str
    ok: bool
    detail: str
