"""Documents and questions made by a seeded generator: as many as wanted, none of them anybody's."""

import random
from datetime import date

from knowledge.documents.document import DocumentVersion
from tests.knowledge.index.versions import version

PASSAGES_EACH = 5
_THINGS = (
    "invoice project workspace report template webhook calendar board client task export reminder label budget".split()
)
_VERBS = "create archive share rename export duplicate restore approve schedule import".split()
_PLACES = "settings page|team menu|billing tab|project list|profile page|admin console".split("|")


def documents(passages: int, seed: int = 7) -> list[DocumentVersion]:
    """About `passages` passages in documents of five sections each."""
    chance = random.Random(seed)  # noqa: S311 - Not a secret.
    return [_document(number, chance) for number in range(max(1, passages // PASSAGES_EACH))]


def _document(number: int, chance: random.Random) -> DocumentVersion:
    thing = chance.choice(_THINGS)
    sections = []
    for part in range(PASSAGES_EACH):
        verb, place = chance.choice(_VERBS), chance.choice(_PLACES)
        limit = chance.randint(2, 900)
        sections.append(
            f"## How to {verb} a {thing} {number}-{part}\n\n"
            f"Owners can {verb} up to {limit} {thing}s of series {number}-{part} each month from the {place}."
        )
    return version(f"doc-{number}", "\n\n".join(sections) + "\n", title=f"{thing.title()} series {number}")


def question(passages: int, seed: int) -> str:
    """A question that one of the documents answers."""
    chance = random.Random(seed)  # noqa: S311 - As above.
    number = chance.randrange(max(1, passages // PASSAGES_EACH))
    part = chance.randrange(PASSAGES_EACH)
    return f"How many {chance.choice(_THINGS)}s of series {number}-{part} can we have each month?"


TODAY = date(2026, 1, 15)
