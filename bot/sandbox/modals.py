"""Modals: the views that are open for each person, and everybody's home tab."""

import itertools
from dataclasses import dataclass, field

from bot.sandbox import elements
from bot.sandbox.blocks import named
from bot.sandbox.world import Json

MOST_STACKED = 3


@dataclass
class Modal:
    """One view: a modal, or a home tab."""

    id: str
    user: str
    given: Json
    hash: str
    root_id: str
    previous_id: str = ""
    blocks: list[Json] = field(default_factory=list)
    state: dict[str, dict[str, Json]] = field(default_factory=dict)

    @property
    def is_home(self) -> bool:
        """Whether this is a home tab."""
        return bool(self.given["type"] == "home")


class Modals:
    """All views of a workspace."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._open: dict[str, list[Modal]] = {}
        self.homes: dict[str, Modal] = {}

    def of(self, user: str) -> list[Modal]:
        """The modals open for a person, newest last."""
        return list(self._open.get(user, ()))

    def find(self, view_id: str = "", external_id: str = "") -> Modal | None:
        """An open view by either of its names."""
        everything = [*itertools.chain.from_iterable(self._open.values()), *self.homes.values()]
        for modal in everything:
            if modal.id == view_id or (external_id and modal.given.get("external_id") == external_id):
                return modal
        return None

    def open(self, user: str, given: Json, *, on: Modal | None = None) -> Modal:
        """A new modal, on top of another or by itself."""
        modal = self._new(user, given)
        if on:
            modal.root_id, modal.previous_id = on.root_id, on.id
        self._open.setdefault(user, []).append(modal)
        return modal

    def publish(self, user: str, given: Json) -> Modal:
        """A person's home tab, new or anew."""
        home = self.homes.get(user)
        if home is None:
            home = self.homes[user] = self._new(user, given)
        else:
            self.change(home, given)
        return home

    def change(self, modal: Modal, given: Json) -> None:
        """Show something else in a view. What people have filled in stays where the field stays."""
        modal.given, modal.blocks, modal.hash = given, named(given["blocks"]), self._hash()
        before = modal.state
        modal.state = elements.state_of(modal.blocks)
        for block_id, fields in modal.state.items():
            kept = before.get(block_id, {})
            fields.update({action_id: kept[action_id] for action_id in fields if action_id in kept})

    def close(self, modal: Modal) -> None:
        """Take one modal away; the one beneath shows again."""
        self._open[modal.user] = [each for each in self._open.get(modal.user, []) if each is not modal]

    def clear(self, user: str) -> None:
        """Take all of a person's modals away."""
        self._open.pop(user, None)

    def _new(self, user: str, given: Json) -> Modal:
        view_id = f"V{next(self._numbers):06d}"
        modal = Modal(view_id, user, given, self._hash(), root_id=view_id, blocks=named(given["blocks"]))
        modal.state = elements.state_of(modal.blocks)
        return modal

    def _hash(self) -> str:
        return f"hash.{next(self._numbers)}"
