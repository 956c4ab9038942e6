"""Page: what a document in any format says, as Markdown."""

from collections.abc import Sequence
from itertools import pairwise

from knowledge.documents.formats.block import Block
from knowledge.documents.formats.prose import heading
from knowledge.drafting.frozen import Frozen


class Page(Frozen):
    """The text of one document."""

    title: str
    """Empty where the document does not say one."""
    markdown: str
    """Headings, paragraphs, lists, tables and code; nothing of the page around them. Empty where there is no text."""


def page_of(title: str, blocks: Sequence[Block]) -> Page:
    """The page of these blocks. Items that follow each other make one list; a title that is no heading becomes one."""
    if not blocks:
        return Page(title=title, markdown="")
    if title and not any(block.kind == "heading" and block.text.startswith("# ") for block in blocks):
        blocks = [Block("heading", heading(1, [title])), *blocks]
    written = [blocks[0].text]
    for above, block in pairwise(blocks):
        written += ["\n" if above.kind == block.kind == "item" else "\n\n", block.text]
    return Page(title=title, markdown="".join(written) + "\n")
