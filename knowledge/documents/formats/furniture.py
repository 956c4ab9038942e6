"""Furniture: what stands around the text of a page and is no part of it."""

import re

from knowledge.documents.formats.prose import one_line
from knowledge.documents.formats.tree import Node

_NEVER = frozenset(
    "applet audio canvas datalist del embed head iframe input link map meta meter noscript object optgroup option "
    "progress rp rt s script select strike style svg template textarea video".split()
)
"""What is never text, or was struck out."""
_PARTS = frozenset("aside dialog footer form header menu nav".split())
_ROLES = frozenset(
    "alertdialog banner complementary contentinfo dialog menu menubar navigation search searchbox tooltip".split()
)
_TEXT = frozenset("code dd dt h1 h2 h3 h4 h5 h6 li pre table tbody td th thead tr".split())
_BOXES = frozenset("div ol section ul".split())
_MAYBE = frozenset({"aside", "form", "header"})
_HEADINGS = frozenset("dt h1 h2 h3 h4 h5 h6 summary".split())
_MAIN = frozenset({"article", "h1", "main"})
_FOLDED = re.compile(r"-(?:accordion|answer|collaps\w*|details|expand\w*|faq|panel|tab|tabs)-")
_HIDDEN = re.compile(r"display ?: ?none|visibility ?: ?hidden")
_UNSELECTED = re.compile(r"user-select ?: ?none")
_PERMALINKS = frozenset({"", "#", "¶", "§", "🔗", "link", "permalink"})

# Whole names, for words that are also part of the names of real text.
_NAMES = frozenset(
    "-announcement- -author- -avatar- -banner- -byline- -comments- -copyright- -feedback- -footer- -header- "
    "-helpful- -hp-sidebar- -logo- -main-menu- -menu- -meta- -nav- -navigation- -page-footer- -page-header- "
    "-page-metadata- -pager- -popup- -ratings- -related- -search- -share- -sharing- -sidebar- -site-footer- "
    "-site-header- -skip- -social- -sphinxsidebar- -subscribe- -tags- -toc- -toolbar- -topbar- -votes- "
    "-wy-nav-side-".split()
)
_NUMBERS = frozenset("-gutter- -line-number- -line-numbers- -linenos- -lineno- -blob-num-".split())
_WORDS = re.compile(
    r"-(?:announcement-bar|article-(?:actions?|attachments|author|comments|footer|info-bar|meta|more-questions|nav|relatives"
    r"|return-to-top|share|sidebar|subscribe|tags|toc|votes?)|author-(?:bio|box|info)|avatar|back-to-top|breadcrumbs?|cky"
    r"|clipboard-copy|comments?-(?:area|form|list|section)|consent-(?:banner|manager|sdk)|cookie-?(?:alert|banner|bar|bot|consent"
    r"|dialog|law|modal|notice|notification|popup|wall)s?|cookie-?consent|copy-(?:button|link)|cybot\w*|didomi\w*"
    r"|doc-(?:footer|sidebar|toc|version-badge|version-banner)|edit-(?:link|page|this-page)|entry-(?:footer|meta)"
    r"|feedback-(?:bar|box|buttons?|container|form|prompt|section|widget)|gdpr-(?:banner|bar|consent|modal|notice|popup)|hash-link|header-?(?:anchor|link)"
    r"|heading-anchor|anchor-link|last-(?:modified|updated)|likes-section|nav-?bar|newsletter|onetrust|osano|page-nav|pagination"
    r"|post-(?:meta|navigation)|powered-by|prev-next|reaction-?(?:picker|prompt)|reactions|read-?time|reading-time"
    r"|recent(?:ly)?-(?:articles|viewed)|related-?(?:articles?|content|links|posts|topics)|rst-footer-buttons|line-?numbers?|linenos?"
    r"|screen-reader-text|search-(?:bar|box|container|form)|share-(?:bar|buttons?|links)|shared?addy|side-?(?:bar|nav)|skip-?(?:link"
    r"|nav|navigation|to-content|to-main)|social-(?:links|share|sharing)|sr-only|sub-nav|subscribe-(?:box|form)|table-of-contents"
    r"|tag-list|toc-(?:collapsible|container|desktop|dropdown|list|mobile|wrapper)|on-this-page|usercentrics\w*|visually-hidden"
    r"|vote-(?:buttons?|up|down)|was-this-helpful|wy-breadcrumbs)-"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OTHER = re.compile(r"[^a-z0-9]+")


def names_of(node: Node) -> list[str]:
    """The classes of a node, and its id where that is no place in a text, each in lower case as -one-two-."""
    written = node.attributes.get("class", "").split()
    if node.tag not in {"section", "h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "a", "span"}:
        written += node.attributes.get("id", "").split()
    return [f"-{_OTHER.sub('-', _CAMEL.sub('-', name).lower()).strip('-')}-" for name in written]


def without_furniture(root: Node) -> Node:
    """The page without what a reader of its text passes over, and without text that is hidden or struck out."""
    holders = _holders(root)
    waiting = [root]
    while waiting:
        node = waiting.pop()
        node.children = [
            child for child in node.children if isinstance(child, str) or not _is_furniture(child, node, holders)
        ]
        waiting += node.nodes()
    return root


def _holders(root: Node) -> set[int]:
    """The nodes that hold a main part or its title, by their identity."""
    holders: set[int] = set()
    path: list[Node] = []
    waiting: list[tuple[Node, int]] = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        del path[depth:]
        path.append(node)
        if node.tag in _MAIN or node.get("role") == "main":
            holders.update(map(id, path))
        waiting += [(child, depth + 1) for child in node.nodes()]
    return holders


def _is_furniture(node: Node, around: Node, holders: set[int]) -> bool:
    tag, style, role = node.tag, node.get("style"), node.get("role")
    if tag in _NEVER or "line-through" in style:
        return True
    if id(node) in holders or tag in {"html", "body"}:
        return False
    names = names_of(node)
    if _is_hidden(node, style) and not (role in {"tabpanel", "region"} or any(map(_FOLDED.search, names))):
        return True
    if tag == "button":
        return not (around.tag in _HEADINGS or "aria-expanded" in node.attributes or _has_words(around))
    if tag == "a" and node.get("href").startswith("#") and one_line(node.text()).lower() in _PERMALINKS:
        return True
    if tag in _PARTS or role in _ROLES:
        return tag not in _MAYBE or not _says_something(node, names)
    if tag in _TEXT:
        return bool(_UNSELECTED.search(style)) or not _NUMBERS.isdisjoint(names)
    return any(_WORDS.search(name) or (tag in _BOXES and name in _NAMES) for name in names)


def _is_hidden(node: Node, style: str) -> bool:
    return "hidden" in node.attributes or node.get("aria-hidden") == "true" or bool(_HIDDEN.search(style))


def _has_words(node: Node) -> bool:
    return any(isinstance(child, str) and child.strip() for child in node.children)


def _says_something(node: Node, names: list[str]) -> bool:
    """Whether a part that mostly is furniture is a callout, a header with its heading or a form around a text."""
    if node.tag == "header":
        return node.first(lambda inner: inner.tag in _HEADINGS) is not None
    if node.tag == "form":
        return node.first(lambda inner: inner.tag in {"h2", "h3", "p"}) is not None
    if any(_WORDS.search(name) for name in names):
        return False
    linked = sum(len(link.text()) for link in node.below() if link.tag == "a")
    return linked * 2 < len(node.text())
