"""ErrorCases: the desk's test tickets, to which a draft that was wrong is added."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.errors import UsageError
from knowledge.drafting.ticket import Ticket
from knowledge.evals.error_case import error_case


class ErrorCases:
    """The folder of test tickets, as the desk names it now."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder

    def add(self, name: str, ticket: Ticket, wrong: Sequence[str]) -> bool:
        """Whether a case was written; false where one of this name is there, which stays as people left it.

        Raises `UsageError` where the folder cannot be written to, `DeskFileError` where the ticket makes no case.
        """
        folder = self._folder()
        path, written = folder / f"{name}.yaml", error_case(name, ticket, wrong)
        try:
            folder.mkdir(exist_ok=True)
            if path.exists():
                return False
            # Whole or not at all: half a case would be a broken file.
            begun = path.with_suffix(".part")
            begun.write_text(written, encoding="utf-8")
            begun.replace(path)
        except OSError as error:
            raise UsageError(
                f"{folder} cannot be written to ({error.strerror}), so the ticket is no test case yet; let the bot "
                "write there, then press the button again."
            ) from error
        return True
