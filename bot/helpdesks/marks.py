"""Marks: what the tags around a text say of it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.helpdesks.sheet import Gap

_DROPPED = frozenset("script style head title template svg iframe object canvas audio video".split())
_GAPS = dict.fromkeys(
    "address article aside body caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "header html legend li main nav ol section summary ul".split(),
    Gap.LINE,
) | dict.fromkeys("blockquote h1 h2 h3 h4 h5 h6 hr p pre".split(), Gap.PARAGRAPH)
_TIGHT = re.compile(r"margin(?:-bottom)? ?: ?0\w*(?: 0\w*)* ?(?:;|!|$)")
_HIDDEN = re.compile(r"display ?: ?none|visibility ?: ?hidden")
_FONT_SIZE = re.compile(r"font-size ?: ?([\d.]*)")
_VERBATIM = re.compile(r"white-space ?: ?(?:pre|break-spaces)")

# What mail programs and helpdesks call an earlier message and the line before it, by class, id or name. The frames of
# Gmail and Proton are not among them: people write in those too, between the quotations.
_QUOTED = frozenset(
    "freshdesk_quote gmail_attr iosymail mail-editor-reference-message-container missive_quote moz-cite-prefix "
    "ms-outlook-mobile-reference-message name=messagereplysection name=quote olk_src_body_section reply-intro "
    "sh-quoted-content skiff_quote tutanota_quote yahoo_quoted zmail_extra".split()
)
_QUOTED_BLOCKS = ("_quote", "-quote", "-blockquote", "blockquote_zmail")
_HEADERS = frozenset("divrplyfwdmsg outlookmessageheader".split())
_OUTLOOK_BORDER = re.compile(r"border ?: ?none; ?border-top ?: ?solid #?\w+ 1\.0pt; ?padding ?: ?3\.0pt 0[a-z]{2}")
_SIGNATURE = frozenset(
    "applemailsignature gmail_signature gmail_signature_prefix moz-signature protonmail_signature_block "
    "signature".split()
)


class Marks(NamedTuple):
    """What the open tags say of the text in them."""

    dropped: bool = False
    vanishing: bool = False
    """Of no size, unless a tag within gives it one."""
    verbatim: bool = False
    """White space and line ends are meant."""
    quoted: bool = False
    signature: bool = False
    header: bool = False
    """The innermost tag begins an earlier message, which goes on to the end of all."""
    gap: Gap = Gap.NONE
    """Before and after the innermost tag."""

    def within(self, tag: str, attributes: Mapping[str, str]) -> "Marks":
        """The marks inside of one more tag."""
        if self.dropped or tag in _DROPPED:
            return self._replace(dropped=True, header=False)
        gap = _GAPS.get(tag, Gap.NONE)
        verbatim = self.verbatim or tag == "pre"
        if not attributes:
            return self._replace(verbatim=verbatim, header=False, gap=gap)
        names = _names(attributes)
        style = " ".join(attributes.get("style", "").lower().split())
        size = _FONT_SIZE.search(style)
        return Marks(
            dropped="hidden" in attributes or bool(_HIDDEN.search(style)),
            vanishing=bool(size[1]) and not size[1].strip("0.") if size else self.vanishing,
            verbatim=verbatim or bool(_VERBATIM.search(style)),
            quoted=self.quoted or bool(names & _QUOTED) or (tag == "blockquote" and _is_cited(attributes, names)),
            signature=self.signature or bool(names & _SIGNATURE),
            header=bool(names & _HEADERS) or bool(_OUTLOOK_BORDER.search(style)),
            gap=min(gap, Gap.LINE) if _is_tight(style, names) else gap,
        )


def _names(attributes: Mapping[str, str]) -> frozenset[str]:
    named = f"{attributes.get('class', '')} {attributes.get('id', '')} name={attributes.get('name', '')}"
    return frozenset(named.lower().split())


def _is_cited(attributes: Mapping[str, str], names: frozenset[str]) -> bool:
    return attributes.get("type", "").lower() == "cite" or any(name.endswith(_QUOTED_BLOCKS) for name in names)


def _is_tight(style: str, names: frozenset[str]) -> bool:
    """Whether a paragraph has no distance to the next, as all of Word's."""
    return bool(_TIGHT.search(style)) or any(name.startswith(("mso", "x_mso")) for name in names)
