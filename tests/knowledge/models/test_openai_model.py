import asyncio
import json
import logging
import traceback
from collections.abc import AsyncIterator, Iterator
from typing import Any, NamedTuple

import pytest

from knowledge.drafting.answer import ModelReply, TokenCount
from knowledge.drafting.asks import Ask
from knowledge.drafting.brief import Brief
from knowledge.drafting.prompt import answer_schema, messages
from knowledge.errors import ModelCutOff, ModelError, ModelInvalid, ModelRefused, ModelUnreachable
from knowledge.interfaces import LanguageModel
from knowledge.models.openai_model import OpenAIModel, openai_model
from tests.builders import a_passage, an_answer
from tests.knowledge.models.completions_server import (
    Behaviour,
    CompletionsServer,
    completes,
    cuts,
    cuts_midway,
    drips,
    fails,
    hangs,
    sends,
    sends_text,
)

KEY = "sk-secret-4711"
TICKET = "My cat Zerberus ate the invoice."
BODY = f"You sent {KEY} and: {TICKET}"
"""What a talkative server says of a request, so that each error has something to leak."""
LIBRARIES = ("openai", "httpx2", "httpcore2")

QUOTE = "Yearly plans are refunded in full when you ask within 14 days of buying."
BRIEF = Brief(ticket=TICKET, asks=(Ask(text=TICKET),), passages={"P1": a_passage(QUOTE)})
ANSWER = an_answer((QUOTE, "P1", QUOTE), risks=("legal",))
GOOD = ANSWER.model_dump_json()
OK = completes(GOOD)
NO_SCHEMAS = fails(400, message=f"response_format json_schema is not supported. {BODY}")


class Naps(list[float]):
    """Sleeps in no time and remembers how long it should have been."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture(autouse=True)
def _levels_restored() -> Iterator[None]:
    levels = {library: logging.getLogger(library).level for library in LIBRARIES}
    yield
    for library, level in levels.items():
        logging.getLogger(library).setLevel(level)


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def model(server: CompletionsServer, naps: Naps) -> AsyncIterator[OpenAIModel]:
    made = openai_model(KEY, server.url, "gpt-x", timeout=5)
    made.sleep = naps
    yield made
    await made.close()


async def test_an_answer_and_what_it_cost(server: CompletionsServer, model: LanguageModel, naps: Naps) -> None:
    server.will(OK)
    assert await model.compose(BRIEF) == ModelReply(answer=ANSWER, tokens=TokenCount(prompt=100, completion=10))
    assert model.name == "openai:gpt-x"
    assert naps == []


async def test_asks_with_the_prompt_and_a_strict_schema(server: CompletionsServer, model: LanguageModel) -> None:
    server.will(OK)
    await model.compose(BRIEF)
    (seen,) = server.seen
    assert (seen.path, seen.key) == ("/v1/chat/completions", f"Bearer {KEY}")
    assert seen.body == {
        "model": "gpt-x",
        "messages": messages(BRIEF),
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": answer_schema()},
        },
    }


async def test_an_answer_without_statements_is_an_answer(server: CompletionsServer, model: LanguageModel) -> None:
    server.will(completes(an_answer().model_dump_json()))
    assert (await model.compose(BRIEF)).answer == an_answer()


@pytest.mark.parametrize("usage", [None, {}, {"total_tokens": 3}])
async def test_servers_that_do_not_count(server: CompletionsServer, model: LanguageModel, usage: Any) -> None:
    server.will(completes(GOOD, usage=usage))
    assert (await model.compose(BRIEF)).tokens == TokenCount()


@pytest.mark.parametrize(
    "hiccup", [fails(500), fails(502), sends_text("<html>502</html>", status=502), fails(429), cuts, cuts_midway]
)
async def test_a_passing_fault_is_tried_again(
    server: CompletionsServer, model: LanguageModel, naps: Naps, hiccup: Behaviour
) -> None:
    server.will(hiccup, OK)
    assert (await model.compose(BRIEF)).answer == ANSWER
    assert naps == [0.5]


async def test_retries_have_growing_pauses_and_an_end(
    server: CompletionsServer, model: LanguageModel, naps: Naps
) -> None:
    server.will(fails(500), fails(503), OK)
    assert (await model.compose(BRIEF)).answer == ANSWER
    assert naps == [0.5, 2.0]


@pytest.mark.parametrize(
    ("asked", "waited"), [("30", 30.0), ("1.5", 1.5), ("0", 0.5), ("-3", 0.5), ("soon", 0.5), ("nan", 0.5)]
)
async def test_waits_as_long_as_the_server_asks(
    server: CompletionsServer, model: LanguageModel, naps: Naps, asked: str, waited: float
) -> None:
    server.will(fails(429, Retry_After=asked), OK)
    assert (await model.compose(BRIEF)).answer == ANSWER
    assert naps == [waited]


async def test_retries_are_for_the_whole_brief(server: CompletionsServer, model: LanguageModel, naps: Naps) -> None:
    server.will(fails(500), completes("no JSON"), fails(500), fails(500))
    with pytest.raises(ModelUnreachable, match="keeps failing"):
        await model.compose(BRIEF)
    assert len(server.seen) == 4
    assert naps == [0.5, 2.0]


class Failure(NamedTuple):
    name: str
    behaviours: tuple[Behaviour, ...]
    error: type[ModelError]
    sentence: str
    naps: tuple[float, ...] = ()


WRONG = '{"statements": "none"}'
FAILURES = (
    Failure("failing", (fails(500, message=BODY),) * 3, ModelUnreachable, "keeps failing", (0.5, 2.0)),
    Failure("overloaded", (fails(503, message=BODY),) * 3, ModelUnreachable, "keeps failing", (0.5, 2.0)),
    Failure("too many requests", (fails(429, message=BODY),) * 3, ModelUnreachable, "too many requests", (0.5, 2.0)),
    Failure("wait too long", (fails(429, message=BODY, Retry_After="90"),), ModelUnreachable, "too many requests"),
    Failure("wait for ever", (fails(429, message=BODY, Retry_After="inf"),), ModelUnreachable, "too many requests"),
    Failure("no quota", (fails(429, code="insufficient_quota", message=BODY),), ModelUnreachable, "quota is used up"),
    Failure("no money", (fails(402, message=BODY),), ModelUnreachable, "quota is used up"),
    Failure("wrong key", (fails(401, message=BODY),), ModelUnreachable, "key was refused: check OPENAI_API_KEY"),
    Failure("key may not", (fails(403, message=BODY),), ModelUnreachable, "key was refused: check OPENAI_API_KEY"),
    Failure("no such model", (fails(404, message=BODY),), ModelUnreachable, "check OPENAI_MODEL"),
    Failure("redirect", (sends({}, 307, Location="http://127.0.0.1:9/v1"),), ModelUnreachable, "leads elsewhere"),
    Failure("connection cut", (cuts,) * 3, ModelUnreachable, "No connection", (0.5, 2.0)),
    Failure("answer cut", (cuts_midway,) * 3, ModelUnreachable, "No connection", (0.5, 2.0)),
    Failure("filtered question", (fails(400, code="content_filter", message=BODY),), ModelRefused, "content filter"),
    Failure("bad request", (fails(400, message=BODY),) * 2, ModelRefused, "refused the request"),
    Failure("refusal", (completes(None, refusal=BODY),), ModelRefused, "declined"),
    Failure("filtered answer", (completes(BODY, finish_reason="content_filter"),), ModelRefused, "content filter"),
    Failure("too long", (completes(GOOD[:40], finish_reason="length"),), ModelCutOff, "cut off"),
    Failure("too long but whole", (completes(GOOD, finish_reason="length"),), ModelCutOff, "cut off"),
    Failure("empty", (completes(""),), ModelInvalid, "empty"),
    Failure("blank", (completes(" \n"),), ModelInvalid, "empty"),
    Failure("none", (completes(None),), ModelInvalid, "empty"),
    Failure("no JSON", (completes(BODY),) * 2, ModelInvalid, "wrong form"),
    Failure("wrong schema", (completes(WRONG),) * 2, ModelInvalid, "wrong form"),
    Failure("words around", (completes(f"Sure! {GOOD}"),) * 2, ModelInvalid, "wrong form"),
    Failure("extra field", (completes(f'{{"decision": "refund", {GOOD[1:]}'),) * 2, ModelInvalid, "wrong form"),
    Failure("other model", (completes(GOOD, model="gpt-x-mini"),), ModelInvalid, "Another model"),
    Failure("login page", (sends_text(f"<!doctype html>{BODY}"),), ModelInvalid, "a web page: check OPENAI_BASE_URL"),
    Failure("page as JSON", (sends_text("<html>", "application/json"),), ModelInvalid, "a web page"),
    Failure("other JSON", (sends({"hello": BODY}),), ModelInvalid, "something else than a chat completion"),
    Failure("error as 200", (sends({"error": {"message": BODY}}),), ModelInvalid, "something else"),
    Failure("no choices", (sends({"model": "gpt-x", "choices": []}),), ModelInvalid, "something else"),
    Failure("broken JSON", (sends_text('{"model"', "application/json"),), ModelInvalid, "something else"),
    Failure("nothing", (sends_text("", "application/json"),), ModelInvalid, "something else"),
)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
async def test_each_failure_has_its_sentence(
    server: CompletionsServer, model: LanguageModel, naps: Naps, failure: Failure, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.will(*failure.behaviours)
    with pytest.raises(failure.error) as caught:
        await model.compose(BRIEF)
    assert failure.sentence in str(caught.value)
    assert str(caught.value).count(".") == 1  # One sentence, which
    assert ": " in str(caught.value)  # names the next step.
    assert len(server.seen) == len(failure.behaviours)
    assert tuple(naps) == failure.naps
    assert_tells_nothing(caught.value, caplog)


def assert_tells_nothing(error: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    told = [str(error), repr(error), *traceback.format_exception(error), caplog.text]
    told += [repr(vars(record)) for record in caplog.records]
    context = error.__context__
    while context:  # Error trackers walk even contexts that tracebacks leave out.
        told += [str(context), repr(context), repr(vars(context))]
        context = context.__context__
    assert not [each for each in told if KEY in each or "Zerberus" in each or "Authorization" in each]


@pytest.mark.parametrize("behaviour", [hangs, drips])
async def test_a_request_has_its_time_from_first_to_last_byte(
    server: CompletionsServer, model: OpenAIModel, naps: Naps, behaviour: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    model.timeout = 0.1
    server.will(behaviour, behaviour, behaviour)
    with pytest.raises(ModelUnreachable, match="did not answer in time") as caught:
        await model.compose(BRIEF)
    assert len(server.seen) == 3
    assert naps == [0.5, 2.0]
    assert_tells_nothing(caught.value, caplog)


async def test_a_brief_has_its_time_over_all_requests(
    server: CompletionsServer, model: OpenAIModel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    model.deadline = 0.2
    server.will(completes("no JSON"), hangs)
    with pytest.raises(ModelUnreachable, match="did not answer in time") as caught:
        await model.compose(BRIEF)
    assert len(server.seen) == 2
    assert_tells_nothing(caught.value, caplog)


async def test_no_pause_that_ends_after_the_deadline(server: CompletionsServer, model: OpenAIModel, naps: Naps) -> None:
    model.deadline = 10
    server.will(fails(429, Retry_After="11"))
    with pytest.raises(ModelUnreachable, match="too many requests"):
        await model.compose(BRIEF)
    assert naps == []


async def test_whoever_cancels_is_obeyed_at_once(server: CompletionsServer, model: LanguageModel) -> None:
    server.will(hangs)
    composing = asyncio.create_task(model.compose(BRIEF))
    await server.asked.wait()
    composing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await composing
    assert len(server.seen) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/v1", "127.0.0.1/v1"])
async def test_no_server_at_the_address(address: str, naps: Naps, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    model = openai_model(KEY, address, "gpt-x")
    model.sleep = naps
    with pytest.raises(ModelUnreachable, match="No connection to the model: check OPENAI_BASE_URL") as caught:
        await model.compose(BRIEF)
    assert naps == [0.5, 2.0]
    assert_tells_nothing(caught.value, caplog)
    await model.close()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("Sorry, here it comes", "answer: Invalid JSON"),
        (GOOD[:-1], "answer: Invalid JSON"),
        (WRONG, "statements: Input should be a valid array"),
        (f'{{"links": [], {GOOD[1:]}', "links: Extra inputs are not permitted"),
        ('{"statements": [{"text": "a"}], "missing_facts": [], "risks": []}', "statements.0.quotes: Field required"),
    ],
)
async def test_a_wrong_answer_is_repaired_once(
    server: CompletionsServer, model: LanguageModel, wrong: str, said: str
) -> None:
    server.will(completes(wrong), OK)
    reply = await model.compose(BRIEF)
    assert reply == ModelReply(answer=ANSWER, tokens=TokenCount(prompt=200, completion=20))
    asked = server.seen[1].body["messages"]
    assert asked[:2] == messages(BRIEF)
    assert asked[2] == {"role": "assistant", "content": wrong}
    assert said in asked[3]["content"]
    assert len(asked[3]["content"]) < 400


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("gpt-x", "gpt-x"),
        ("gpt-x", "gpt-x-2026-01-01"),
        ("gpt-x", "gpt-x-0613"),
        ("small-latest", "small-2506"),
        ("small-latest", "small-latest"),
        ("flash", "flash-002"),
        ("claude", "claude@20260101"),
        ("llama3.2", "llama3.2:latest"),
        ("org/model.v1", "org/model.v1"),
    ],
)
async def test_a_version_of_the_model_is_the_model(
    server: CompletionsServer, model: OpenAIModel, asked: str, answered: str
) -> None:
    model.model = asked
    server.will(completes(GOOD, model=answered))
    assert (await model.compose(BRIEF)).answer == ANSWER


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("gpt-x", "gpt-x-mini"), ("gpt-x", "gpt-x.5"), ("gpt-4.1", "gpt-401"), ("claude-4", "claude-4-5"), ("gpt-x", "")],
)
async def test_another_model_is_refused(
    server: CompletionsServer, model: OpenAIModel, asked: str, answered: str
) -> None:
    model.model = asked
    server.will(completes(GOOD, model=answered))
    with pytest.raises(ModelInvalid, match="Another model answered"):
        await model.compose(BRIEF)


async def test_a_server_without_schemas_gets_the_schema_in_words(
    server: CompletionsServer, model: LanguageModel
) -> None:
    server.will(NO_SCHEMAS, OK)
    assert (await model.compose(BRIEF)).answer == ANSWER
    second = server.seen[1].body
    assert second["response_format"] == {"type": "json_object"}
    assert [message["role"] for message in second["messages"]] == ["system", "user"]
    assert second["messages"][0]["content"].startswith(messages(BRIEF)[0]["content"])
    assert json.dumps(answer_schema()) in second["messages"][0]["content"]


async def test_the_missing_schemas_are_remembered(server: CompletionsServer, model: LanguageModel) -> None:
    server.will(NO_SCHEMAS, completes("no JSON"), OK, OK)
    await model.compose(BRIEF)
    await model.compose(BRIEF)
    assert [seen.body["response_format"]["type"] for seen in server.seen] == [
        "json_schema",
        "json_object",
        "json_object",
        "json_object",
    ]


async def test_one_refused_ticket_costs_later_ones_no_schema(server: CompletionsServer, model: LanguageModel) -> None:
    server.will(fails(400), fails(400), OK)
    with pytest.raises(ModelRefused):
        await model.compose(BRIEF)
    await model.compose(BRIEF)
    assert server.seen[2].body["response_format"]["type"] == "json_schema"


def every_library_at_debug() -> None:
    """What OPENAI_LOG=debug, or an application that debugs all, does."""
    for library in LIBRARIES:
        logging.getLogger(library).setLevel(logging.DEBUG)


async def speak_to(server: CompletionsServer, model: OpenAIModel) -> None:
    server.will(OK, sends_text(BODY), fails(429, message=BODY), OK)
    await model.compose(BRIEF)
    with pytest.raises(ModelInvalid):
        await model.compose(BRIEF)
    await model.compose(BRIEF)


async def test_the_libraries_log_nothing_of_a_request(
    server: CompletionsServer, naps: Naps, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    every_library_at_debug()
    model = openai_model(KEY, server.url, "gpt-x")
    model.sleep = naps
    await speak_to(server, model)
    await model.close()
    assert not [record for record in caplog.records if record.name.split(".")[0] in LIBRARIES]
    assert_tells_nothing(ModelError(), caplog)


async def test_left_alone_they_would_log(
    server: CompletionsServer, model: OpenAIModel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    every_library_at_debug()  # After the factory: what it guards against.
    await speak_to(server, model)
    assert {record.name.split(".")[0] for record in caplog.records} >= set(LIBRARIES)


@pytest.mark.parametrize("key", ["", "  "])
async def test_a_server_of_ones_own_needs_no_key(server: CompletionsServer, key: str) -> None:
    server.will(OK)
    model = openai_model(key, server.url, "gpt-x")
    await model.compose(BRIEF)
    await model.close()
    assert server.seen[0].key == "Bearer none"


async def test_white_space_around_a_pasted_key_is_no_part_of_it(server: CompletionsServer) -> None:
    server.will(OK)
    model = openai_model(f" {KEY}\n", server.url, "gpt-x")
    await model.compose(BRIEF)
    await model.close()
    assert server.seen[0].key == f"Bearer {KEY}"


@pytest.mark.parametrize("key", ["sk-secret…", "sk-\u200bsecret", "sk-secret\nsk-secret"])
def test_a_key_that_no_header_can_carry_is_found_at_once(key: str) -> None:
    with pytest.raises(ModelUnreachable, match="OPENAI_API_KEY") as caught:
        openai_model(key, None, "gpt-x")
    assert "secret" not in "".join(traceback.format_exception_only(caught.value))


@pytest.mark.parametrize("address", ["", None])
async def test_without_an_address_it_is_openai(address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    model = openai_model(KEY, address, "gpt-x")
    assert str(model.client.base_url) == "https://api.openai.com/v1/"
    await model.close()
