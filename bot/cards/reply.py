"""The reply as it stands on a card: each proven sentence with its marks, each unproven one with a warning."""

from bot.cards.blocks import Run, quote
from bot.cards.mrkdwn import plain
from bot.cards.rendering import Block
from bot.cards.sources import numbered
from knowledge.drafting.draft import Draft

UNPROVEN = "[not proven]"


def marked(draft: Draft) -> list[Block]:
    """The reply with marks. The text to copy never carries them."""
    return quote(_runs(draft))


def unmarked(reply: str) -> list[Block]:
    """A reply of which nothing is known but its words."""
    return quote([Run(plain(reply))])


def proven(draft: Draft) -> list[Block]:
    """The proven sentences alone, with their marks."""
    sources = numbered(draft)
    runs: list[Run] = []
    for statement in draft.statements:
        between = "\n" if runs else ""
        runs.append(Run(f"{between}{plain(statement.text)} "))
        runs.append(
            Run("".join(f"[{sources[citation]}]" for citation in dict.fromkeys(statement.citations)), mark=True)
        )
    return quote(runs)


def _runs(draft: Draft) -> list[Run]:
    runs: list[Run] = []
    at = 0
    for end, mark in sorted(_marks(draft).items()):
        runs += [Run(plain(draft.reply[at:end]) + " "), Run(mark, mark=True)]
        at = end
    return [*runs, Run(plain(draft.reply[at:]))]


def _marks(draft: Draft) -> dict[int, str]:
    """Which marks stand where in the reply."""
    sources = numbered(draft)
    marks: dict[int, str] = {}
    marked_sentences = [
        (statement.text, "".join(f"[{sources[citation]}]" for citation in dict.fromkeys(statement.citations)))
        for statement in draft.statements
    ]
    after = 0
    for text, mark in [*marked_sentences, *((each.text, UNPROVEN) for each in draft.unproven)]:
        # Sentences stand in the reply in their order; where an edit moved one, it is looked for everywhere.
        place = draft.reply.find(text, after)
        place = draft.reply.find(text) if place < 0 else place
        if text and place >= 0:
            after = place + len(text)
            marks[after] = marks.get(after, "") + mark
    return marks
