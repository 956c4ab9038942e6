"""Approved documents that contradict each other: neither is quoted, and both are shown side by side."""

from pathlib import Path

from tests.office import said
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.test_documents import DOCS

_OTHER = """---
id: browser-notes
title: Browser notes
status: approved
approved_by: Ines Vogt
effective_from: 2026-01-01
owner: Ines Vogt
topic: product
---
## Supported browsers

Harborlight supports the latest four versions of Chrome, Firefox, Edge and Safari.
"""
_ASK = "How many of the latest versions of Chrome does Harborlight support?"


def contradicting(folder: Path) -> None:
    (folder / "documents" / "browser-notes.md").write_text(_OTHER, encoding="utf-8")


async def test_of_two_documents_that_disagree_neither_is_quoted_until_one_is_corrected(opened: Opened) -> None:
    async with opened(prepare=contradicting) as office:
        ts, card = await office.paste(_ASK)
        shown = said(card)
        assert "Approved documents disagree; neither is quoted" in shown
        assert "latest two versions" in shown
        assert "latest four versions" in shown
        assert "approved by Ines Vogt" in shown
        assert "versions of Chrome" not in (await office.draft(card)).draft.reply
        assert "approved documents disagree" in card["text"]

        (office.settings.desk / "documents" / "browser-notes.md").unlink()
        await office.bot.rounds.documents()
        await office.ben.say(card.get("channel", "C0INTAKE"), "redraft", ts)
        await office.shows(ts, "`v2`", "latest two versions of Chrome")


async def test_the_owners_are_told_once_of_a_contradiction(opened: Opened) -> None:
    async with opened(prepare=contradicting) as office:
        await office.sandbox.until(lambda: any("disagree" in said(each) for each in office.posted(DOCS)))
        await office.bot.worker.tell_owners()
        told = [each for each in office.posted(DOCS) if "disagree" in said(each)]
        assert len(told) == 1
        assert "latest four versions" in said(told[0])
        assert "Correct one of the two" in said(told[0])
