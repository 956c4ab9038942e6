"""The main part of a page: the smallest box that holds nearly all of its text."""

from knowledge.documents.formats.furniture import names_of
from knowledge.documents.formats.tree import Node

_ENOUGH = 0.6
"""The share of the text around it that a box must hold to be the main part."""
_ENOUGH_FOR_MAIN = 0.2
"""The same for what the page itself calls so."""
_BODIES = frozenset(
    "-article-body- -article-content- -content- -doc-content- -entry-content- -main-content- -markdown-body- "
    "-page-content- -post-content- -theme-doc-markdown- -wiki-content-".split()
)


def main_part(root: Node) -> Node:
    """Where the text of a page is; furniture is gone already. Its main tag, its article, its article's body."""
    _count(root)
    part = root
    for wanted, enough in ((_is_main, _ENOUGH_FOR_MAIN), (_is_article, _ENOUGH), (_is_content, _ENOUGH)):
        heaviest = max(filter(wanted, part.below()), key=lambda node: node.text_length, default=part)
        if heaviest.text_length > enough * part.text_length:
            part = heaviest
    return part


def _is_main(node: Node) -> bool:
    return node.tag == "main" or node.get("role") == "main"


def _is_article(node: Node) -> bool:
    return node.tag == "article" or node.get("role") == "article"


def _is_content(node: Node) -> bool:
    return node.get("itemprop") == "articlebody" or not _BODIES.isdisjoint(names_of(node))


def _count(root: Node) -> None:
    """Notes in each node how much text it holds. Links do not count, or a menu would weigh as much as a text."""
    for node in reversed([*root.below()]):
        if node.tag != "a":
            texts = (len(child.strip()) if isinstance(child, str) else child.text_length for child in node.children)
            node.text_length = sum(texts)
