"""Tidy: blocks of a page without those that speak of the page."""

import re
from collections.abc import Iterator, Sequence

from knowledge.documents.formats.block import Block

_LINKS_BELOW = re.compile(
    r"[#\s]*(?:in this (?:article|guide|page|section|topic)|on this page|(?:table of )?contents|jump to|quick links"
    r"|topics)\W*",
    re.IGNORECASE,
)
_READ_ON = re.compile(
    r"[#\s]*(?:(?:more|other|popular|promoted|recent|recently viewed|recommended|related|similar|suggested)"
    r" (?:articles|content|guides|links|pages|posts|resources|topics)|articles in this section|further reading"
    r"|learn more|more in .{1,40}|next steps|related|see also|what(?:'|’)?s next\??|you (?:may|might) also like)[:.…]*",
    re.IGNORECASE,
)
_OF_THE_PAGE = re.compile(
    r"[#\s]*(?:(?:was|is) this(?: \w+)? (?:helpful|useful)\?.{0,40}"
    r"|did (?:this|the)(?: \w+)? (?:answer|help|solve)\b.{0,40}\?|did you find (?:this|what you).{0,40}\?"
    r"|\d+ (?:out )?of \d+ (?:people )?found this helpful|(?:thanks|thank you) for your (?:feedback|rating|vote)"
    r"|have more questions\?.{0,40}|(?:back|return|scroll) to (?:the )?top|skip to (?:main |the )?content"
    r"|on this page|table of contents|edit this page(?: on \w+)?"
    r"|(?:copy|share)(?: this| the)?(?: article| link| page| url)"
    r"|(?:last )?(?:edited|modified|published|reviewed|updated)(?: about| at| on| over)?:?"
    r" (?:\d|an? (?:day|hour|month|week|year)|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|today|yesterday).{0,50}"
    r"|\d+ min(?:ute)?s? read|powered by \w+(?: \w+)?|(?:©|copyright (?:©|\(c\)|\d)).{0,100}|all rights reserved"
    r"|written by .{1,60}|caution|danger|important|info|note|tip|warning)[.!:…]*",
    re.IGNORECASE,
)
_LONGEST = 140


def tidy(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without questions to the reader, lists of links into the page and articles to read next."""
    kept: list[Block] = []
    for block in blocks:
        if block.links == "here" and block.text.count("\n"):
            if kept and _LINKS_BELOW.fullmatch(kept[-1].text):
                kept.pop()
        elif not _is_of_the_page(block):
            kept.append(block)
    return [*_without_read_on(kept)]


def _is_of_the_page(block: Block) -> bool:
    return (
        block.kind in {"paragraph", "heading"}
        and len(block.text) <= _LONGEST
        and _OF_THE_PAGE.fullmatch(block.text) is not None
    )


def _without_read_on(blocks: Sequence[Block]) -> Iterator[Block]:
    """Without a heading of what to read next where nothing but links is below it."""
    at = 0
    while at < len(blocks):
        end = at + 1
        if blocks[at].kind in {"heading", "paragraph"} and _READ_ON.fullmatch(blocks[at].text):
            while end < len(blocks) and blocks[end].links:
                end += 1
            if end > at + 1:
                at = end
                continue
        yield blocks[at]
        at += 1
