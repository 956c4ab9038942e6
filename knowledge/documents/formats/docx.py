"""DOCX: the text of a Word file as Markdown."""

from knowledge.documents.formats.blocks import blocks_of
from knowledge.documents.formats.docx_body import Body
from knowledge.documents.formats.docx_package import Package
from knowledge.documents.formats.docx_styles import Styles
from knowledge.documents.formats.docx_words import Words
from knowledge.documents.formats.page import Page, page_of
from knowledge.documents.formats.prose import one_line


def markdown_of_docx(content: bytes, name: str = "this Word file") -> Page:
    """The text of a Word file. Raises DeskFileError where it is locked, damaged or too large."""
    package = Package(content, name)
    styles = Styles(package.other("styles"), package.other("numbering"))
    words = Words(package.other("footnotes"), package.other("endnotes"))
    root = Body(styles, words).node(package.body())
    titles = (root.first(lambda node: node.get("role") == "title"), root.first(lambda node: node.tag == "h1"))
    title = next((one_line(node.text()) for node in titles if node), "")
    return page_of(title, blocks_of(root))
