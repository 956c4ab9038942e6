"""Marking: the cards of open drafts say when what they cite is not in force any more."""

from datetime import date

from bot.parts import Parts
from bot.tasks.showing import Showing
from storage.drafts import Drafts


class Marking:
    """Looks at open drafts when documents changed, were decided about or ended, whoever did it."""

    def __init__(self, parts: Parts, showing: Showing) -> None:
        self._parts = parts
        self._showing = showing
        self._looked: tuple[int, date] | None = None
        self._marked: set[str] = set()

    async def look(self) -> None:
        """Bring the cards up to date whose drafts stopped standing, or stand again. Looks once a change and a day."""
        library = self._parts.desk.library
        now = library.changes(), self._parts.now().date()
        if now == self._looked:
            return
        async with self._parts.database.reading() as tx:
            cited = await Drafts(tx, self._parts.workspace).cited()
        versions = {version for each in cited.values() for version in each}
        ended = {version for version in versions if not await library.in_force(*version)}
        outdated = {draft for draft, each in cited.items() if each & ended}
        await self._showing.drafts((outdated ^ self._marked) & cited.keys())
        self._looked, self._marked = now, outdated
