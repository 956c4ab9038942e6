import asyncio
import json
import re
from typing import Any

from aiohttp import web

from tests.knowledge.models.completions_server import Behaviour, CompletionsServer, completes, fails
from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.tickets import BROWSERS, PASSWORD

SENTENCE = "Harborlight supports the latest two versions of Chrome, Firefox, Edge and Safari."


def openai(server: CompletionsServer) -> dict[str, Any]:
    return {"model": "openai", "openai_base_url": server.url, "openai_model": "gpt-x"}


async def answers(request: web.Request) -> web.StreamResponse:
    """A model that quotes the passage it was given."""
    prompt = json.dumps((await request.json())["messages"], ensure_ascii=False)
    passage = re.findall(r"\bP\d+\b", prompt[: prompt.index(SENTENCE)])[-1]
    statement = {"text": SENTENCE, "quotes": [{"passage": passage, "text": SENTENCE}]}
    promise = {"text": "We refund you 500 euros today.", "quotes": [{"passage": passage, "text": SENTENCE}]}
    answer = {"statements": [statement, promise], "missing_facts": [], "risks": []}
    return await completes(json.dumps(answer))(request)


async def shown_failure(office: Office, server: CompletionsServer, *faults: Behaviour) -> tuple[str, dict[str, Any]]:
    server.will(*faults)
    ts = await office.ana.say(INTAKE, BROWSERS)
    return ts, await office.shows(ts, "✖ *No draft*")


async def test_a_model_that_fails_is_told_on_the_card_which_tries_again_when_asked(opened: Opened) -> None:
    async with CompletionsServer() as server, opened(**openai(server)) as office:
        ts, card = await shown_failure(office, server, fails(500), fails(500), fails(500))
        assert "The model's server keeps failing: try again in a few minutes." in said(card)
        assert button(card, "retry")
        server.will(answers)
        await office.ben.press(INTAKE, card["ts"], "retry")
        drafted = await office.shows(ts, '"redraft"', SENTENCE)
        assert "AI draft" in said(drafted)
        assert len(office.cards(ts)) == 1
        await office.ben.react(INTAKE, card["ts"], "white_check_mark")
        await office.shows(ts, "*Approved* by <@U0BEN>")


async def test_what_a_model_promises_without_a_proof_is_left_out_and_listed(opened: Opened) -> None:
    async with CompletionsServer(answers) as server, opened(**openai(server)) as office:
        ts = await office.ana.say(INTAKE, BROWSERS)
        card = await office.shows(ts, '"redraft"')
        assert "500 euros" not in (await office.draft(card)).draft.reply
        assert "“We refund you 500 euros today.”" in said(card)


async def test_trying_again_says_so_when_it_fails_again(opened: Opened) -> None:
    async with CompletionsServer() as server, opened(**openai(server)) as office:
        ts, card = await shown_failure(office, server, fails(401))
        assert "The key was refused" in said(card)
        server.will(fails(404))
        await office.ana.press(INTAKE, card["ts"], "retry")
        await office.shows(ts, "✖ *No draft*", "The model is not known there")
        assert len(office.cards(ts)) == 1


async def test_a_redraft_that_fails_leaves_the_version_on_the_card_and_tells_who_asked(opened: Opened) -> None:
    async with CompletionsServer(answers) as server, opened(**openai(server)) as office:
        ts = await office.ana.say(INTAKE, BROWSERS)
        card = await office.shows(ts, '"redraft"')
        server.will(fails(401))
        await office.ben.react(INTAKE, card["ts"], "repeat")
        told = await office.told(office.ben, "The version on the card stays as it is.", thread=ts)
        assert "The key was refused" in said(told)
        assert SENTENCE in said(office.cards(ts)[0])


async def test_a_failure_after_an_edit_of_the_message_can_be_tried_again_with_the_new_words(opened: Opened) -> None:
    async with CompletionsServer(answers) as server, opened(**openai(server)) as office:
        ts = await office.ana.say(INTAKE, PASSWORD + " " + BROWSERS)
        await office.shows(ts, '"redraft"')
        server.will(fails(401))
        await office.ana.edit(INTAKE, ts, BROWSERS)
        card = await office.shows(ts, "✖ *No draft*")
        server.will(answers)
        await office.ana.press(INTAKE, card["ts"], "retry")
        await office.shows(ts, "`v2`", SENTENCE)
        assert "forgotten" not in json.dumps(server.seen[-1].body)


async def test_a_look_up_without_a_model_says_so_in_private(opened: Opened) -> None:
    async with CompletionsServer(fails(401)) as server, opened(**openai(server)) as office:
        await office.ben.command("/kb", "which browsers do you support", INTAKE)
        await office.told(office.ben, "The key was refused")


async def test_a_reaction_to_a_card_without_a_draft_is_answered(opened: Opened) -> None:
    written = asyncio.Event()

    async def slowly(request: web.Request) -> web.StreamResponse:
        await written.wait()
        return await answers(request)

    async with CompletionsServer(slowly) as server, opened(**openai(server)) as office:
        ts = await office.ana.say(INTAKE, BROWSERS)
        card = await office.shows(ts, "Drafting a reply", "… writing")
        await office.ben.react(INTAKE, card["ts"], "white_check_mark")
        await office.told(office.ben, "There is no draft on this card yet", thread=ts)
        written.set()
        await office.shows(ts, '"redraft"')
        assert await office.decisions(card) == []
