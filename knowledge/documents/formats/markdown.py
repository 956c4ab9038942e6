"""Markdown of other systems: their front matter, and the marks of Docusaurus and MDX, are no part of a text."""

import re

import yaml
from markdown_it import MarkdownIt

from knowledge.documents.formats.page import Page
from knowledge.documents.inline import plain_words

_MARKDOWN = MarkdownIt("commonmark")
_BLOCKS = MarkdownIt("commonmark").disable("inline")
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<keys>.*?\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LONGEST_FRONT = 50_000
_MARKS = re.compile(
    r"""
    (?P<code>^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*\r?$|\Z)
        | (?<!`)(?P<ticks>`++).{1,2000}?(?<!`)(?P=ticks)(?!`))
    | \{/\*(?:(?!\{/\*).)*?\*/\}
    | ^import\s(?:["']|(?:(?!\n\s*\n|["']).){1,500}?\sfrom\s+["']).*?$
    | (?P<export>^export\s+(?:default|const|let|var|function|async|class|\{|\*)(?:(?!\n[ \t]*\r?\n).)*$)
    | ^[ \t>]*:{3,}(?P<box>[^\n]*)$
    | (?P<tag></?[A-Z](?=\w*[a-z])[\w.]*(?P<keys>(?:"[^"]*"|'[^']*'|(?>\{(?:[^{}]|\{[^{}]*\})*\})|[^<>"'{}])*+)>)
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_BOX = re.compile(r"\s*[\w-]*\s*(?:\[(?P<title>[^\]]*)\]|(?P<bare>[^{}]*))(?:\{.*\})?\s*")
_LABEL = re.compile(r"\slabel=(?:\{\s*)?[\"']([^\"']+)[\"']")


def markdown_of_markdown(text: str, *, mdx: bool = False) -> Page:
    """The text of a Markdown file of another system. `mdx` says that whatever looks like a component is one."""
    front = _FRONT.match(text)
    told = _told(front["keys"]) if front else None
    body = text[front.end() :] if front and told is not None else text
    body = _without_marks(body, mdx=mdx)
    return Page(title=(told or "") or _first_heading(body), markdown=body)


def _told(keys: str) -> str | None:
    """The title that front matter tells, or nothing; none where it is no front matter, but text between two rules."""
    try:
        node = yaml.compose(keys, yaml.SafeLoader) if len(keys) <= _LONGEST_FRONT else None
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    titles = (value.value for key, value in node.value if key.value == "title" and isinstance(value, yaml.ScalarNode))
    return " ".join(str(next(titles, "")).split())


def _first_heading(body: str) -> str:
    """The words of the first main heading."""
    tokens = _BLOCKS.parse(body)
    mains = (
        tokens[at + 1].content for at, each in enumerate(tokens) if (each.type, each.tag) == ("heading_open", "h1")
    )
    return next((plain_words(_MARKDOWN.parseInline(content)[0]) for content in mains), "")


def _without_marks(text: str, *, mdx: bool) -> str:
    def left(found: re.Match[str]) -> str:
        if found["code"] or (found["export"] and not mdx):
            return found[0]
        if found["tag"]:
            alone = not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip(" \t>")
            if not (mdx or alone):
                return found[0]
            label = _LABEL.search(found["keys"]) if found["tag"].startswith("<TabItem") else None
            return f"\n\n{label[1]}:\n\n" if label else ""
        box = _BOX.fullmatch(found["box"] or "")
        title = (box["title"] or box["bare"] or "").strip() if box else ""
        return f"\n{title}\n" if title else ""

    return _MARKS.sub(left, text)
