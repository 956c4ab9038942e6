"""A small desk that starts quickly: one document, found by words alone, and the sample workspace's people."""

from pathlib import Path

from bot.starter import make_desk
from tests.conftest import document

QUESTION = "When are yearly plans refunded in full?"
QUOTE = "Yearly plans are refunded in full when you ask within 14 days of buying."
_PEOPLE = """
channels:
  intake: [C0INTAKE, C0RANDOM]
  escalations: C0BILLING
roles:
  agents: [S0AGENTS]
  seniors: [S0SENIORS]
"""


def small_desk(folder: Path) -> Path:
    """Makes the desk."""
    make_desk(folder, sample=False)
    document(folder, "refunds", QUOTE)
    with (folder / "desk.yaml").open("a", encoding="utf-8") as file:
        file.write(_PEOPLE)
    return folder
