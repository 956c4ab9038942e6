"""OpenAIModel: a language model behind any server that speaks OpenAI's chat completions.

Only this module imports openai, which is slow to load: import it where such a model is configured.
Errors never carry what the server or the library said, since that may repeat the ticket or the key. So they are raised
outside of handlers: not even their context leads to it.
"""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Final, NamedTuple, Self

import openai
from pydantic import AliasPath, BaseModel, Field, ValidationError

from knowledge.drafting.answer import ModelAnswer, ModelReply, TokenCount
from knowledge.drafting.brief import Brief
from knowledge.drafting.prompt import answer_schema, messages
from knowledge.errors import ModelCutOff, ModelError, ModelInvalid, ModelRefused, ModelUnreachable

_PAUSES: Final = (0.5, 2.0)
"""Seconds before each retry, or more if the server asks for it. A brief has two, however many requests it takes."""
_VERSION: Final = r"(?:[-@](?:\d{3,4}|\d{6}|\d{8}|\d{4}-\d\d-\d\d)|[-:]latest)?"
"""What a server may add to a model's id: `-2026-01-01` is the same model, `-mini` is another."""


@dataclass(eq=False, repr=False)
class OpenAIModel:
    """Asks for an answer in the schema, has it repaired once, and is patient within bounds.

    `client` must not retry by itself. `timeout` bounds each request from first to last byte, `deadline` all of them.
    """

    client: openai.AsyncOpenAI
    model: str
    _: KW_ONLY
    timeout: float = 60.0
    deadline: float = 90.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _schemas_known: bool = field(default=True, init=False)

    @property
    def name(self) -> str:
        """What is shown and stored as the draft's author."""
        return f"openai:{self.model}"

    async def close(self) -> None:
        """Ends the client's connections."""
        await self.client.close()

    async def compose(self, brief: Brief) -> ModelReply:
        """An answer that fits the schema. Raises `ModelError` where there is none."""
        patience = _Patience(iter(_PAUSES), asyncio.get_running_loop().time() + self.deadline)
        try:
            async with asyncio.timeout_at(patience.ends):
                return await self._compose(messages(brief), patience)
        except TimeoutError as error:
            raise _fault(error) from None

    async def _compose(self, talk: list[dict[str, str]], patience: "_Patience") -> ModelReply:
        prompt = written = 0
        for _ in ("first answer", "repair"):
            completion = await self._complete(talk, patience)
            prompt, written = prompt + completion.prompt_tokens, written + completion.completion_tokens
            content = completion.content_from(self.model)
            tokens = TokenCount(prompt=prompt, completion=written)
            try:
                return ModelReply(answer=ModelAnswer.model_validate_json(content), tokens=tokens)
            except ValidationError as error:
                talk = [*talk, {"role": "assistant", "content": content}, {"role": "user", "content": _repair(error)}]
        raise ModelInvalid("The model twice answered in the wrong form: try again, or choose another OPENAI_MODEL.")

    async def _complete(self, talk: list[dict[str, str]], patience: "_Patience") -> "_Completion":
        schema = answer_schema()
        if self._schemas_known:
            form = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
            # Servers that know no schemas say so in many ways, so any such refusal leads to a try without.
            with suppress(_RequestRefused):
                return await self._ask(patience, messages=talk, response_format=form)
        told = f"{talk[0]['content']}\n\nThe JSON object must fit this JSON schema: {json.dumps(schema)}"
        talk = [{**talk[0], "content": told}, *talk[1:]]
        completion = await self._ask(patience, messages=talk, response_format={"type": "json_object"})
        self._schemas_known = False  # Only now: a request is also refused when one ticket is too long.
        return completion

    async def _ask(self, patience: "_Patience", **request: Any) -> "_Completion":
        # Neither temperature nor a token limit: reasoning models refuse the one, older servers the other.
        create = self.client.chat.completions.with_raw_response.create
        while True:
            try:
                async with asyncio.timeout(self.timeout):
                    raw = await create(model=self.model, **request)
                return _Completion.read(raw.content)
            except (openai.APIError, TimeoutError) as error:
                fault, pause = _fault(error), patience.pause_after(error)
            if pause is None:
                raise fault
            await self.sleep(pause)


def openai_model(api_key: str, base_url: str | None, model: str, timeout: float = 60.0) -> OpenAIModel:
    """A model at `base_url`, or at OpenAI without one. The key may be empty for servers that ask for none."""
    # Below warnings these libraries log addresses and headers, and some versions bodies: customers' words and our key.
    # Set here, after their import, it wins over the variable OPENAI_LOG.
    for library in ("openai", "httpx2", "httpcore2"):
        logging.getLogger(library).setLevel(logging.WARNING)
    key = api_key.strip()
    if not (key.isascii() and key.isprintable()):
        raise ModelUnreachable("OPENAI_API_KEY holds characters that no key has: copy the key again.")
    # A redirect would carry the ticket to an address that nobody configured.
    http = openai.DefaultAsyncHttpxClient(timeout=timeout, follow_redirects=False)
    client = openai.AsyncOpenAI(api_key=key or "none", base_url=base_url or None, max_retries=0, http_client=http)
    return OpenAIModel(client, model, timeout=timeout)


class _Patience(NamedTuple):
    pauses: Iterator[float]
    ends: float

    def pause_after(self, error: Exception) -> float | None:
        """Seconds to wait before one more try; none where that would be in vain or too late."""
        pause = next(self.pauses, float("inf"))
        if isinstance(error, openai.APIStatusError):
            if error.code == "insufficient_quota" or not (error.status_code == 429 or error.status_code >= 500):
                return None
            with suppress(KeyError, ValueError):
                pause = max(pause, float(error.response.headers["retry-after"]))
        return pause if asyncio.get_running_loop().time() + pause < self.ends else None


class _Completion(BaseModel):
    """What we need of a chat completion: in everything else servers differ."""

    model: str
    finish_reason: str | None = Field(validation_alias=AliasPath("choices", 0, "finish_reason"))
    content: str | None = Field(default=None, validation_alias=AliasPath("choices", 0, "message", "content"))
    refusal: str | None = Field(default=None, validation_alias=AliasPath("choices", 0, "message", "refusal"))
    prompt_tokens: int = Field(default=0, validation_alias=AliasPath("usage", "prompt_tokens"))
    completion_tokens: int = Field(default=0, validation_alias=AliasPath("usage", "completion_tokens"))

    @classmethod
    def read(cls, body: bytes) -> Self:
        try:
            return cls.model_validate_json(body)
        except ValidationError:
            what = "a web page" if body.lstrip().startswith(b"<") else "something else than a chat completion"
        raise ModelInvalid(f"The model's address answered with {what}: check OPENAI_BASE_URL; it often ends in /v1.")

    def content_from(self, model: str) -> str:
        """The model's words; raises where they are another model's or no answer."""
        if not re.fullmatch(re.escape(model.removesuffix("-latest")) + _VERSION, self.model):
            raise ModelInvalid("Another model answered than was asked for: set OPENAI_MODEL to its exact id.")
        if self.finish_reason == "content_filter":
            raise ModelRefused(_FILTERED)
        if self.refusal:
            raise ModelRefused("The model declined to answer: write this reply by hand.")
        if self.finish_reason == "length":
            raise ModelCutOff("The model's answer was cut off: try again, or choose another OPENAI_MODEL.")
        if not self.content or self.content.isspace():
            raise ModelInvalid("The model's answer was empty: try again.")
        return self.content


class _RequestRefused(ModelRefused):
    """The server refused this request; another form of it may do."""


_FILTERED: Final = "The content filter stopped the model: write this reply by hand."
_FAULTS: Final[dict[object, tuple[type[ModelError], str]]] = {
    "connection": (ModelUnreachable, "No connection to the model: check OPENAI_BASE_URL and the network."),
    "timeout": (ModelUnreachable, "The model did not answer in time: try again in a few minutes."),
    "content_filter": (ModelRefused, _FILTERED),
    **dict.fromkeys(("insufficient_quota", 402), (ModelUnreachable, "The quota is used up: check the account.")),
    **dict.fromkeys((401, 403), (ModelUnreachable, "The key was refused: check OPENAI_API_KEY.")),
    404: (ModelUnreachable, "The model is not known there: check OPENAI_MODEL and OPENAI_BASE_URL."),
    429: (ModelUnreachable, "The model's server gets too many requests: try again in a few minutes."),
    300: (ModelUnreachable, "The model's address leads elsewhere: check OPENAI_BASE_URL."),
    400: (_RequestRefused, "The model's server refused the request: check that OPENAI_MODEL takes tickets this long."),
    500: (ModelUnreachable, "The model's server keeps failing: try again in a few minutes."),
}
"""By the server's error code, its status, or the hundred of its status; the first that is known counts."""


def _fault(error: Exception) -> ModelError:
    keys: tuple[object, ...] = ("connection",)
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        keys = ("timeout",)
    elif isinstance(error, openai.APIStatusError):
        keys = (error.code, error.status_code, error.status_code // 100 * 100)
    kind, sentence = next(_FAULTS[key] for key in keys if key in _FAULTS)
    return kind(sentence)


def _repair(error: ValidationError) -> str:
    problems = [f"{'.'.join(map(str, p['loc'])) or 'answer'}: {p['msg']}" for p in error.errors(include_url=False)[:3]]
    return f"That does not fit the form ({'; '.join(problems)}). Send the whole JSON object again and nothing else."
