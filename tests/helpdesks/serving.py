"""Servers of others that a test starts for itself, and an ordinary client to fill them with."""

import base64
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, NamedTuple

from tests.bot.helpdesks.sample import Said

_PATIENCE = 60.0
_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Speaks HTTP with a server on this machine, as one user of it."""

    def __init__(self, port: int, user: str = "", password: str = "", **headers: str) -> None:
        self._port = port
        pair = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._headers = {"User-Agent": "Tests", **({"Authorization": f"Basic {pair}"} if user else {}), **headers}

    def ask(self, verb: str, path: str, body: Any = None, **headers: str) -> Answer:
        """What is answered, whatever it is; a body that is no text is sent as JSON."""
        sent = body if isinstance(body, str | None) else json.dumps(body)
        kind = {} if isinstance(body, str | None) else {"Content-Type": "application/json"}
        connection = HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE)
        try:
            connection.request(verb, path, sent, {**self._headers, **kind, **headers})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())
        finally:
            connection.close()

    def done(self, verb: str, path: str, body: Any = None, **headers: str) -> Answer:
        """What is answered where it worked."""
        answer = self.ask(verb, path, body, **headers)
        assert 200 <= answer.status < 300, answer
        return answer


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def run(*command: str | Path, given: str = "", **environment: str) -> str:
    """What a command prints and complains of. It must succeed."""
    done = subprocess.run(  # noqa: S603 - A command of the test's own.
        command,
        input=given,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@contextmanager
def serving(ready: Callable[[], object], log: Path, *command: str | Path, **environment: str) -> Iterator[None]:
    """Runs a server until the test has done with it; it is ready once `ready` reaches it."""
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603 - As above.
            command,
            cwd=log.parent,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await(ready, process, log)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=_PATIENCE)


def _await(ready: Callable[[], object], process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            ready()
        except (OSError, HTTPException):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        else:
            return


def mail(said: Said, subject: str, sender: str, to: str) -> EmailMessage:
    """A mail as mail programs write it: plain and HTML, and what is attached."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{time.monotonic_ns()}@customer.example>"
    message.set_content(said.text)
    message.add_alternative(f"<html><body>{said.html}</body></html>", subtype="html")
    for name in said.files:
        if name.endswith(".txt"):
            message.add_attachment("This stands in a file.", filename=name)
        else:
            message.add_attachment(_PICTURE, maintype="image", subtype="png", filename=name)
    return message
