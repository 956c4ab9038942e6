"""Wording: texts reduced to what they say, so that the same words match whatever their dress."""

import re

STRUCK = "\u205f"
"""A space that stands in a passage for each character that its document strikes out."""

# Characters that look like, and mean the same as, a plain one. A value may be longer than its key.
_TYPOGRAPHY = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
    "…": "...",
    "ﬁ": "fi",
    "ﬂ": "fl",
}
_INVISIBLE = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_PIECE = re.compile(
    rf"""
    \\(?P<escaped>[!-/:-@\[-`{{-~])
    | (?P<drop>[{_INVISIBLE}]
        | [ \t]{{0,9}}{STRUCK}+(?=[.,;:!?)])                # what was struck out before a stop
        | ^[ \t]{{0,80}}(?:[-*+]|\#{{1,6}}|>)[ \t]+      # bullets, heading and quotation marks
        | (?:^|[ \t|]{{0,9}}\n)[ \t]{{0,80}}\|?[ \t]{{0,9}}:?-{{3}}[-:| \t]*$      # the line below a table's header
        | !\[[^\]\n]{{0,400}}\]\([^)\n]{{0,400}}\)             # images
        | \*+ | ~~ | (?<!\w)_+(?=\w) | (?<=\w)_+(?!\w) | ``?`? )
    | \[(?P<label>[^\]\[\n]{{0,400}})\]\([^)\n]{{0,400}}\)
    | (?P<space>[\s|]+)
    | (?P<char>.)
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


class Wording:
    """A text without markup, typography and line breaks, that still knows where each character came from."""

    def __init__(self, source: str) -> None:
        self.text: str
        self._origins: list[int]
        characters: list[str] = []
        origins: list[int] = []
        for piece in _PIECE.finditer(source):
            if piece["drop"] is not None:
                continue
            if piece["label"] is not None:
                label = Wording(piece["label"])
                characters.extend(label.text)
                origins.extend(piece.start("label") + origin for origin in label._origins)
            elif piece["space"] is not None:
                if characters and characters[-1] != " ":
                    characters.append(" ")
                    origins.append(piece.start())
            elif piece["escaped"] is not None:
                characters.append(piece["escaped"])
                origins.append(piece.start("escaped"))
            else:
                for character in _TYPOGRAPHY.get(piece["char"], piece["char"]):
                    characters.append(character)
                    origins.append(piece.start())
        self.text = "".join(characters).rstrip()
        self._origins = origins

    def find(self, words: str) -> tuple[int, int] | None:
        """Where `words` stand, as a span of the source; whole words only. None where they do not.

        They are looked for as markup, and where that is nowhere, as they are shown: `<id>` may be a word.
        """
        return self._find(Wording(words).text) or self._find(Wording(_PUNCTUATION.sub(r"\\\g<0>", words)).text)

    def _find(self, words: str) -> tuple[int, int] | None:
        wanted = words.strip(" ").casefold()
        if not wanted:
            return None
        # casefold() may change lengths ("ß"), so both sides are folded one character at a time.
        folded, places = _fold(self.text)
        start = folded.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if _whole(folded, start, end):
                return self._origins[places[start]], self._origins[places[end - 1]] + 1
            start = folded.find(wanted, start + 1)
        return None


def _fold(text: str) -> tuple[str, list[int]]:
    folded = [(part, place) for place, character in enumerate(text) for part in character.casefold()]
    return "".join(part for part, _ in folded), [place for _, place in folded]


def _whole(text: str, start: int, end: int) -> bool:
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    # "3" is not found in "3.5", nor "5" in "1,500".
    decimal_before = start > 1 and text[start].isdigit() and text[start - 1] in ".," and text[start - 2].isdigit()
    decimal_after = end + 1 < len(text) and text[end - 1].isdigit() and text[end] in ".," and text[end + 1].isdigit()
    return not (cut_before or cut_after or decimal_before or decimal_after)


_STEP = re.compile(r"[ \t]*\d+[.)][ \t]+|[ \t]*\|")


def plain(text: str) -> str:
    """The text for a customer: no markup, but paragraphs, steps and rows on lines of their own."""
    lines = (Wording(line).text for line in _unmarked_lines(text))
    return "\n".join(line for line in lines if line).strip()


def _unmarked_lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        bullet = re.match(r"[ \t]*[-*+][ \t]+", line)
        if bullet:
            lines.append("• " + line[bullet.end() :])
        elif _STEP.match(line) or not lines or not line.strip() or not lines[-1].strip():
            lines.append(line)
        else:
            lines[-1] += " " + line.strip()
    return lines
