"""Edits: what a person changed in a reply, sentence by sentence, in words and characters."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from knowledge.drafting.draft import Draft
from knowledge.drafting.facts import facts
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.sentences import sentences

_SAME_SENTENCE = 0.5
"""Share of words in common from which a sentence in another's place is that one, changed."""
_LONGEST = 2_000
"""Characters of a sentence that are compared one by one; the comparison grows with their square."""


class EditKind(StrEnum):
    """What was done to a sentence."""

    FACTS = "facts"
    """An amount, date, duration, number, address or name is another one now."""
    WORDING = "wording"
    ADDED = "added"
    REMOVED = "removed"


class SentenceEdit(Frozen):
    """What was done to one sentence. Counts and names only: nothing of what anybody wrote."""

    kind: EditKind
    words: int
    """Words that were taken out, put in or replaced."""
    characters: int
    document: str = ""
    """The first document that proves the sentence as it was; empty where it is no proven one."""


def edits(before: Draft, after: str, names: tuple[str, ...] = ()) -> tuple[SentenceEdit, ...]:
    """What a person made of a draft's reply, in the order of its sentences; nothing where they read the same.

    White space and line breaks count for nothing. `names` are the desk's product and plan names.
    """
    proofs = {" ".join(s.text.split()): s.citations[0].document for s in before.statements if s.citations}

    def document(sentence: str) -> str:
        return next((proof for text, proof in proofs.items() if sentence in text or text in sentence), "")

    return tuple(_edits(_sentences(before.reply), _sentences(after), document_of=document, names=names))


def _edits(
    old: Sequence[str], new: Sequence[str], *, document_of: Callable[[str], str], names: tuple[str, ...]
) -> Iterator[SentenceEdit]:
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left = list(new[j:j_end])
        for sentence in old[i:i_end]:
            become = next((each for each in left if _alike(sentence, each)), None)
            if become is None:
                yield _edit(EditKind.REMOVED, sentence, "", document_of(sentence))
                continue
            left.remove(become)
            kind = EditKind.WORDING if facts(sentence, names) == facts(become, names) else EditKind.FACTS
            yield _edit(kind, sentence, become, document_of(sentence))
        for sentence in left:
            yield _edit(EditKind.ADDED, "", sentence, "")


def _edit(kind: EditKind, before: str, after: str, document: str) -> SentenceEdit:
    return SentenceEdit(
        kind=kind,
        words=_changed(before.split(), after.split()),
        characters=_changed(before[:_LONGEST], after[:_LONGEST]),
        document=document,
    )


def _alike(one: str, other: str) -> bool:
    words = SequenceMatcher(None, one.casefold().split(), other.casefold().split(), autojunk=False)
    return words.ratio() >= _SAME_SENTENCE


def _changed(before: Sequence[str], after: Sequence[str]) -> int:
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(max(i_end - i, j_end - j) for tag, i, i_end, j, j_end in steps if tag != "equal")


def _sentences(text: str) -> list[str]:
    """The sentences of a reply as one run of words: a helpdesk breaks lines in its own way."""
    line = " ".join(text.split())
    return [line[each.start : each.end] for each in sentences(line)]
