"""Inline: the words of a heading, cell or paragraph of Markdown without its markup."""

import re

from markdown_it.token import Token

_ANCHOR = re.compile(r"\s*\{#[\w-]+\}$")


def plain_words(inline: Token) -> str:
    """The words of an inline token as one line, without the anchor of a heading."""
    parts = (
        child.content if child.type in {"text", "code_inline"} else " "
        for child in inline.children or ()
        if child.type in {"text", "code_inline", "softbreak", "hardbreak"}
    )
    return _ANCHOR.sub("", " ".join("".join(parts).split()))
