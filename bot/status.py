"""Status: what the desk says about itself: on or off, what waits, and a week's figures."""

from collections.abc import Callable, Sequence

from bot.clock import clock_problem
from bot.content import Reported
from bot.numbers import counted
from bot.parts import Parts
from bot.reports.sections import sections
from knowledge.drafting.review import Kind
from storage.posts import Posts
from storage.switch import Switch

_WEEK = 7
"""Days."""


class Status:
    """What the desk of one workspace says about itself."""

    def __init__(self, parts: Parts, problems: Callable[[], Sequence[str]]) -> None:
        """`problems` are those of the desk's files and documents; the last good ones are in force."""
        self._parts = parts
        self._problems = problems

    async def now(self) -> str:
        """Where the desk stands."""
        self._parts.team()  # Reads what changed in the desk's files, so that their problems are the present ones.
        async with self._parts.database.reading() as tx:
            switch = await Switch(tx, self._parts.workspace).state()
            uncertain = len(await Posts(tx, self._parts.workspace).uncertain_ones())
        waiting = len(await self._parts.board.waiting(limit=100))
        lines = [
            f"Proofdesk is {'on' if switch.on else 'off'}.",
            f"{await self._parts.desk.library.catalogue.count_in_force()} approved documents are in force today.",
            f"{counted(waiting, 'draft')} wait{'s' if waiting == 1 else ''} for a decision.",
        ]
        if uncertain:
            lines.append(f"{counted(uncertain, 'card')} could not be confirmed by Slack; look into the threads.")
        late = await clock_problem(self._parts.database, self._parts.workspace, self._parts.now())
        lines += [late] if late else []
        problems = [each for each in self._problems() if each != late]
        if problems:
            lines.append(f"{counted(len(problems), 'problem')} in the desk's files; the last good ones are in force:")
            lines += problems[:5]
        return "\n".join(lines)

    async def figures(self) -> Reported:
        """The last seven days."""
        report = await self._parts.reporter.last(_WEEK)
        return Reported(heading="The last 7 days", sections=sections(report))

    async def refusal(self, person: str, *, even_off: bool = False) -> str:
        """Why nothing is looked up for a person, or empty; with `even_off` it may be while the desk is off."""
        if not (even_off or await self.is_on()):
            return "Proofdesk is switched off; `/desk on` switches it on."
        kind = await self._parts.people.kind(person)
        return "" if kind is Kind.MEMBER else "I look things up for full members of this workspace only."

    async def is_on(self) -> bool:
        """Whether the desk drafts."""
        async with self._parts.database.reading() as tx:
            return (await Switch(tx, self._parts.workspace).state()).on
