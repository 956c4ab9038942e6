"""Confluence's storage format as HTML: of a macro its text, of a link its words; what a macro looks up is left out.

The format: confluence.atlassian.com/doc/confluence-storage-format-790796544.html.
"""

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

_LITERAL = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_AS = {
    "ac:caption": "p",
    "ac:plain-text-body": "pre",
    "ac:rich-text-body": "div",
    "ac:task": "li",
    "ac:task-list": "ul",
}
_UNREAD = frozenset("ac:adf-attribute ac:parameter ac:placeholder ac:task-id ac:task-status ac:task-uuid".split())
"""What is for the editor."""
_LINK_BODIES = frozenset({"ac:link-body", "ac:plain-text-link-body"})
_VERBATIM = frozenset({"code", "noformat"})
_TITLED = {**dict.fromkeys("code expand info note panel tip warning".split(), "p"), "status": "span"}
"""Macros that show their title, and as what."""
_MARKS = {"tick": "✅", "cross": "❌"}


def html_of_storage(storage: str) -> str:
    """The text of a page as HTML that any reader of HTML knows."""
    reader = _Reader("<ac:adf-fallback" in storage)
    reader.feed(_LITERAL.sub(lambda literal: escape(literal[1]), storage))
    reader.close()
    return "".join(reader.written)


class _Reader(HTMLParser):
    """Rewrites the tags that only Confluence knows; all others stay."""

    def __init__(self, told_twice: bool) -> None:  # noqa: FBT001 - One caller.
        super().__init__()
        self.written: list[str] = []
        self._never = _UNREAD | ({"ac:adf-node"} if told_twice else set())
        self._macros: list[str] = []
        self._open: list[tuple[str, str]] = []
        """Tags of Confluence, and what stands for each: a tag of HTML, nothing, or "unread"."""
        self._unread = 0
        self._link = ""
        """The words of a link that has none of its own."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        told = {name: value or "" for name, value in attrs}
        if tag == "time":
            self._write(escape(told.get("datetime", "")))
        elif ":" not in tag:
            self._write(self.get_starttag_text() or "")
        else:
            self._begin(tag, told)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes, and with it what was left open within."""
        if ":" not in tag:
            self._write(f"</{tag}>" if tag != "time" else "")
        elif any(tag == each for each, _ in self._open):
            ended = ""
            while ended != tag:
                ended, name = self._open.pop()
                self._end(ended, name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that holds nothing."""
        self.handle_starttag(tag, attrs)
        if ":" in tag:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self._write(escape(data))

    def _write(self, html: str) -> None:
        if not self._unread:
            self.written.append(html)

    def _begin(self, tag: str, told: Mapping[str, str]) -> None:
        macro = self._macros[-1] if self._macros else ""
        name = _AS.get(tag, "")
        if tag == "ac:structured-macro":
            self._macros.append(told.get("ac:name", ""))
        elif tag == "ac:link" or tag in _LINK_BODIES:
            self._link = ""
        elif tag == "ri:page":
            self._link = told.get("ri:content-title", "")
        elif tag == "ac:image":
            self._write(f'<img alt="{escape(told.get("ac:alt", ""))}">')
        elif tag == "ac:emoticon":
            self._write(escape(told.get("ac:emoji-fallback") or _MARKS.get(told.get("ac:name", ""), "")))
        elif tag == "ac:parameter" and told.get("ac:name") == "title":
            name = _TITLED.get(macro, "")
        if (tag in self._never and not name) or (tag == "ac:plain-text-body" and macro not in _VERBATIM):
            self._unread += 1
            name = "unread"
        self._write(f"<{name}>" if name else "")
        self._open.append((tag, name))

    def _end(self, tag: str, name: str) -> None:
        if name == "unread":
            self._unread -= 1
        elif name:
            self._write(f"</{name}>")
        if tag == "ac:structured-macro":
            self._macros.pop()
        elif tag == "ac:link":
            self._write(escape(self._link))
            self._link = ""
