"""Addresses: which machines a request may go to, decided on the very address that is then connected to."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

# Networks that carry an IPv4 address inside: NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo (RFC 4380).
_CARRIERS = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


def may_be_asked(address: str, *, private: bool) -> bool:
    """Whether a request may go to an IP address: a public one, or with `private` one of a company's own network.

    Link-local addresses, where clouds keep their machines' secrets, are refused in any case.
    """
    ip: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified or (ip.is_reserved and not ip.is_loopback):
        return False
    return private or (
        ip.is_global and not any(ip in network for network in _CARRIERS if network.version == ip.version)
    )


def is_address(host: str) -> bool:
    """Whether a host is written as an IP address, so that no name is looked up."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


class Forbidden(OSError):
    """A name leads to an address that may not be asked."""


class CheckedResolver(AbstractResolver):
    """Looks names up and gives back only what may be asked; the connection is made to just that."""

    def __init__(self, *, private: bool) -> None:
        self._private = private
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a host. Raises `Forbidden` where one of them may not be asked."""
        found = await self._names.resolve(host, port, family)
        if not all(may_be_asked(each["host"], private=self._private) for each in found):
            raise Forbidden(host)
        return found

    async def close(self) -> None:
        """Nothing is kept open."""
        await self._names.close()
