"""A real Roundup on this machine, with a tracker of its own, and issues in it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.bot.helpdesks.sample import AGENT, CUSTOMER, Said, Sample
from tests.helpdesks.serving import Client, free_port, mail, run, serving

_PASSWORD = "a-long-password"
_CUSTOMER = "dana@people.example"
_PATH = "/tracker"
_MODULE = (sys.executable, "-m")

# Roundup's own server starts for no root, so its WSGI application stands below a path as behind a company's proxy.
_SERVER = """
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server
from roundup.cgi.wsgi_handler import RequestDispatcher

class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

tracker = RequestDispatcher(sys.argv[1])

def below(environ, start_response):
    environ["SCRIPT_NAME"] = sys.argv[3]
    environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix(sys.argv[3])
    return tracker(environ, start_response)

make_server("127.0.0.1", int(sys.argv[2]), below, Server).serve_forever()
"""


class Roundup(NamedTuple):
    """A running server, and one issue in it."""

    port: int
    folder: Path
    issue: str = ""
    user: str = "proofdesk"
    password: str = _PASSWORD

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{_PATH}"

    @property
    def link(self) -> str:
        """What an agent copies from the browser."""
        return f"{self.url}/issue{self.issue}"

    def opened(self, sample: Sample) -> "Roundup":
        """The same with a new issue in it: the customer writes mails, the agent works with the API.

        What is internal is left out, for Roundup has nothing that only some may read.
        """
        first, *others = sample.said
        self._mailed(first, f"{sample.subject} [keyword={','.join(sample.tags)};plan={sample.plan};priority=urgent]")
        issues = self.agent.done("GET", f"{_PATH}/rest/data/issue?@sort=-id").json["data"]["collection"]
        opened = self._replace(issue=issues[0]["id"])
        for said in others:
            if not said.internal:
                opened.say(said)
        return opened

    def say(self, said: Said) -> None:
        """Adds something to the issue."""
        if not said.by_agent:
            self._mailed(said, f"Re: [issue{self.issue}] Your question")
            return
        written = {"content": said.html, "type": "text/html", "author": "ben"}
        message = self.agent.done("POST", f"{_PATH}/rest/data/msg", written).json["data"]["id"]
        self._add("messages", message)

    def say_all(self, texts: list[str]) -> None:
        """Adds messages of the agent."""
        self.admin_all(*(f"create msg author=ben content='{text}'" for text in texts))
        path = f"{_PATH}/rest/data/msg?@sort=-id&@page_size={len(texts)}"
        newest = self.agent.done("GET", path).json["data"]["collection"]
        self._add("messages", *(message["id"] for message in newest))

    def attach(self, name: str) -> None:
        """Adds a file to the issue alone, as the tracker's page does."""
        self._add("files", self.admin("create", "file", f"name={name}", "content=Signed.").strip())

    def _add(self, to: str, *ids: str) -> None:
        path = f"{_PATH}/rest/data/issue/{self.issue}"
        tag = self.agent.done("GET", path).json["data"]["@etag"]
        self.agent.done("PATCH", path, {"@op": "add", to: list(ids)}, **{"If-Match": tag})

    @property
    def agent(self) -> Client:
        """Ben, who answers issues, in a page of the tracker."""
        page = {"Origin": f"http://127.0.0.1:{self.port}", "Referer": f"{self.url}/", "X-Requested-With": "page"}
        return Client(self.port, "ben", self.password, **page)

    def admin(self, *command: str, given: str = "") -> str:
        """What Roundup's own command says."""
        return run(*_MODULE, "roundup.scripts.roundup_admin", "-i", self.folder, *command, given=given)

    def admin_all(self, *commands: str) -> None:
        """Carries out several of its commands at once."""
        self.admin(given="\n".join((*commands, "commit", "exit", "")))

    def _mailed(self, said: Said, subject: str) -> None:
        message = mail(said, subject, f"{CUSTOMER} <{_CUSTOMER}>", "issues@tracker.example").as_string()
        run(*_MODULE, "roundup.scripts.roundup_mailgw", self.folder, given=message)


@contextmanager
def running(folder: Path) -> Iterator[Roundup]:
    """A server of a classic tracker in a folder, with its people and a field of its own."""
    roundup = Roundup(free_port(), folder / "tracker")
    config = {
        "admin_email": "admin@tracker.example",
        "tracker_web": f"{roundup.url}/",
        "mail_domain": "tracker.example",
        "mail_host": "localhost",
        "mail_debug": folder / "mails",
        "tracker_email": "issues",
        "mailgw_subject_updates_title": "no",
    }
    roundup.admin("install", "classic", "sqlite", ",".join(f"{name}={value}" for name, value in config.items()))
    schema = roundup.folder / "schema.py"
    schema.write_text(schema.read_text().replace('IssueClass(db, "issue",', 'IssueClass(db, "issue", plan=String(),'))
    roundup.admin("initialise", _PASSWORD)
    people = {"dana": CUSTOMER, "ben": AGENT, roundup.user: "Proofdesk"}
    known = f"password={_PASSWORD} roles=User"
    roundup.admin_all(
        *(f"create user username={u} realname='{n}' address={u}@people.example {known}" for u, n in people.items()),
        *(f"create keyword name={tag}" for tag in ("billing", "vip")),
    )
    command = (sys.executable, "-c", _SERVER, roundup.folder, str(roundup.port), _PATH)
    with serving(lambda: roundup.agent.done("GET", f"{_PATH}/rest/data"), folder / "server.log", *command):
        yield roundup
