"""HTML: the text of a help-centre page as Markdown, without the page around it."""

from knowledge.documents.formats.blocks import blocks_of
from knowledge.documents.formats.furniture import without_furniture
from knowledge.documents.formats.main_part import main_part
from knowledge.documents.formats.page import Page, page_of
from knowledge.documents.formats.prose import one_line
from knowledge.documents.formats.tidy import tidy
from knowledge.documents.formats.title import Head
from knowledge.documents.formats.tree import tree_of


def markdown_of_html(html: str, url: str = "", name: str = "") -> Page:
    """The main part of a page. Nothing is too broken or too deep; what is too large is refused under its name."""
    root = tree_of(html, name or url or "this page")
    head = Head(root, url)
    main = main_part(without_furniture(root))
    title = head.title([one_line(node.text()) for node in main.below() if node.tag == "h1"])
    return page_of(title, tidy(blocks_of(main)))
