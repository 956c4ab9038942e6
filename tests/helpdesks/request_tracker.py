"""A real Request Tracker on this machine, with a database of its own, and tickets in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from tests.bot.helpdesks.sample import AGENT, CUSTOMER, Said, Sample
from tests.helpdesks.serving import Client, free_port, mail, run, serving

SERVER = Path("/usr/share/request-tracker5/libexec/rt-server")
_SETUP = Path("/usr/sbin/rt-setup-database-5")
_PASSWORD = "a-long-password"
_CUSTOMER = "dana@customer.example"
_SENDER = f"{CUSTOMER} <{_CUSTOMER}>"

_CONFIG = """
Set($rtname, 'rt.example'); Set($Organization, 'rt.example'); Set($Timezone, 'UTC');
Set($WebDomain, '127.0.0.1'); Set($WebPort, {port}); Set($WebPath, '');
Set($DatabaseType, 'SQLite'); Set($DatabaseName, '{folder}/rt.sqlite');
Set($DatabaseUser, ''); Set($DatabasePassword, '');
Set($LogToSyslog, undef); Set($LogToSTDERR, 'warning'); Set($MailCommand, 'testfile');
Set($WebSessionClass, 'Apache::Session::File'); Set($MasonSessionDir, '{folder}/sessions');
1;
"""
# Rights as a company gives them: customers see their own tickets, agents all, Proofdesk reads and no more.
_DATA = """
our @Users = (
  {{ Name => '{customer}', EmailAddress => '{customer}', RealName => '{customer_name}', Password => '{password}' }},
  {{ Name => 'ben', EmailAddress => 'ben@desk.example', RealName => '{agent_name}', Password => '{password}',
     Privileged => 1 }},
  map {{ {{ Name => $_, EmailAddress => "$_\\@desk.example", Password => '{password}', Privileged => 1 }} }}
    qw(proofdesk newcomer),
);
our @CustomFields = ({{ Name => 'Plan', Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket' }});
our @ACL = (
  (map {{ {{ Right => $_, GroupDomain => 'SystemInternal', GroupType => 'Everyone' }} }}
    qw(SeeQueue CreateTicket ReplyToTicket SeeCustomField)),
  {{ Right => 'ShowTicket', GroupDomain => 'RT::System-Role', GroupType => 'Requestor' }},
  (map {{ {{ Right => $_, UserId => 'ben' }} }}
    qw(ShowTicket ShowTicketComments ShowOutgoingEmail CommentOnTicket ModifyTicket ModifyCustomField)),
  (map {{ {{ Right => $_, UserId => 'proofdesk' }} }} qw(ShowTicket ShowTicketComments)),
);
our @Final = (sub {{
  my $user = RT::User->new(RT->SystemUser);
  $user->Load('proofdesk');
  my (undef, undef, $token) = RT::AuthToken->new(RT->SystemUser)->Create(Owner => $user->id, Description => 'Tests');
  print "TOKEN=$token\\n";
}});
1;
"""


class RequestTracker(NamedTuple):
    """A running server, and one ticket in it."""

    port: int
    token: str
    """Of `user`, who may read tickets and comments and nothing else."""
    ticket: str = ""
    user: str = "proofdesk"
    password: str = _PASSWORD

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def link(self) -> str:
        """What an agent copies from the browser."""
        return f"{self.url}/Ticket/Display.html?id={self.ticket}"

    def opened(self, sample: Sample) -> "RequestTracker":
        """The same with a new ticket in it: the customer writes mails, the agent works with the API."""
        first, *others = sample.said
        self._mailed(first, sample.subject)
        newest = self.agent.done("GET", "/REST/2.0/tickets?query=id%3E0&orderby=id&order=DESC&per_page=1")
        opened = self._replace(ticket=newest.json["items"][0]["id"])
        opened.agent.done("PUT", f"/REST/2.0/ticket/{opened.ticket}", {"CustomFields": {"Plan": sample.plan}})
        for said in others:
            opened.say(said)
        return opened

    def say(self, said: Said, sender: str = _SENDER) -> None:
        """Adds something to the ticket; what is not by an agent is a mail."""
        if not said.by_agent:
            self._mailed(said, f"Re: [rt.example #{self.ticket}] Your question", sender)
            return
        written = {"Content": said.text, "ContentType": "text/plain"}
        if not said.internal:
            written = {"Content": said.html, "ContentType": "text/html"}
        verb = "comment" if said.internal else "correspond"
        self.agent.done("POST", f"/REST/2.0/ticket/{self.ticket}/{verb}", written)

    def say_all(self, texts: list[str]) -> None:
        """Adds replies of the agent."""
        written = [{"id": self.ticket, "Content": text, "ContentType": "text/plain"} for text in texts]
        self.agent.done("POST", "/REST/2.0/tickets/bulk/correspond", written)

    def noted(self, text: str) -> "RequestTracker":
        """The same with a ticket in it that the agent opened for the customer."""
        ticket = {"Queue": "General", "Requestor": _CUSTOMER, "Subject": "A call", "Content": text}
        return self._replace(ticket=self.agent.done("POST", "/REST/2.0/ticket", ticket).json["id"])

    @property
    def agent(self) -> Client:
        """Ben, who answers tickets."""
        return Client(self.port, "ben", self.password)

    def _mailed(self, said: Said, subject: str, sender: str = _SENDER) -> None:
        """Hands a mail in as `rt-mailgate` does."""
        message = mail(said, subject, sender, "support@rt.example").as_string()
        form = urlencode({"queue": "General", "action": "correspond", "message": message})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        told = Client(self.port).done("POST", "/REST/1.0/NoAuth/mail-gateway", form, **kind).body
        assert told.startswith("ok"), told


@contextmanager
def running(folder: Path) -> Iterator[RequestTracker]:
    """A server whose database is in a folder, with its people, their rights and a custom field."""
    port = free_port()
    (folder / "conf.d").mkdir()
    (folder / "sessions").mkdir()
    config, data = folder / "RT_SiteConfig.pm", folder / "data.pl"
    config.write_text(_CONFIG.format(port=port, folder=folder))
    data.write_text(_DATA.format(customer=_CUSTOMER, customer_name=CUSTOMER, agent_name=AGENT, password=_PASSWORD))
    environment = {"RT_SITE_CONFIG": str(config), "RT_SITE_CONFIG_DIR": str(folder / "conf.d"), "TMPDIR": str(folder)}
    setup = (_SETUP, "--dba", "root", "--dba-password", "none", "--action")
    run(*setup, "init", "--skip-create", **environment)
    told = run(*setup, "insert", "--datafile", data, **environment)
    assert "[error]" not in told, told
    tracker = RequestTracker(port, token=told.partition("TOKEN=")[2].split()[0])
    command = (SERVER, "--host", "127.0.0.1", "--port", str(port), "--max-workers", "2")
    with serving(lambda: tracker.agent.done("GET", "/REST/2.0/rt"), folder / "server.log", *command, **environment):
        yield tracker
