"""Site: which addresses belong to a website, and what its pages are called."""

from ipaddress import ip_address

from yarl import URL

from bot.errors import SourceError
from bot.helpdesks.addresses import is_address, may_be_asked
from knowledge.sources import SourceSettings

_LONGEST = 2_000
"""Characters of an address; endless ones are traps."""


class Site:
    """A website as desk.yaml names it: its own host below the path of its address, and further hosts as a whole."""

    def __init__(self, settings: SourceSettings) -> None:
        """Raises `SourceError` where its address is none that may be read."""
        self.private = settings.private
        try:
            self._scheme = URL(settings.address).scheme
            self.home = self._tidy(URL(settings.address.rstrip("/"))).with_query(None)
            further = tuple(self._tidy(URL(f"{self._scheme}://{host}")) for host in settings.hosts)
            self.roots = (self.home.origin(), *(host.origin() for host in further))
        except ValueError as error:
            raise SourceError("its address or hosts are not written as such; correct them.") from error
        self._prefix = self.home.raw_path.rstrip("/")
        for root in self.roots:
            self._check(root)

    def has(self, address: URL) -> bool:
        """Whether an address is at one of its hosts, reached as the site is reached."""
        return address.scheme == self._scheme and address.origin() in self.roots

    def holds(self, address: URL) -> bool:
        """Whether it is one of its pages."""
        if not self.has(address):
            return False
        path = address.raw_path
        return address.origin() != self.roots[0] or path == self._prefix or path.startswith(self._prefix + "/")

    def joined(self, base: URL, reference: str) -> URL | None:
        """Where a reference leads to, without fragment and always in https; none where it is no address."""
        if len(reference) > _LONGEST:
            return None
        try:
            address = self._tidy(base.join(URL(reference.strip())))
        except (ValueError, IndexError):  # yarl stumbles over some brackets.
            return None
        return address if address.host else None

    def written(self, base: URL, reference: str) -> URL | None:
        """The page that a reference leads to, as it is written there; none where it is not of this site."""
        address = self.joined(base, reference)
        return address if address and self.holds(address) else None

    def page(self, base: URL, reference: str) -> URL | None:
        """The page that a reference leads to, without its query; none where it is not of this site."""
        address = self.written(base, reference)
        return address.with_query(None) if address else None

    def key(self, address: URL) -> str:
        """What names a page for good: its path; before it the host, where that is a further one."""
        host = "" if address.origin() == self.roots[0] else address.authority
        return (host + address.raw_path.rstrip("/")) or "/"

    def closed(self, host: str) -> str:
        """What is told of a host that may not be asked."""
        return (
            f"{host} leads to a private address, so it was not asked; if it is in your own network, write "
            "`private: true` for it in desk.yaml"
        )

    def _tidy(self, address: URL) -> URL:
        """An address as it is compared; one in http becomes one in https, where the site is read by that."""
        address = address.with_fragment(None).with_user(None)
        if address.is_default_port():
            address = address.with_port(None)
            if address.scheme == "http" and self._scheme == "https":
                address = address.with_scheme("https")
        return address

    def _check(self, root: URL) -> None:
        host = root.host or ""
        if is_address(host) and not may_be_asked(host, private=self.private):
            raise SourceError(f"{self.closed(host)}.")
        at_home = self.private and is_address(host) and ip_address(host).is_loopback
        if not host or (root.scheme != "https" and not (root.scheme == "http" and at_home)):
            raise SourceError("websites are read by https alone; write its address with https://.")
