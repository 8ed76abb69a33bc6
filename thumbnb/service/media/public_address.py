"""Which addresses may be fetched: http(s) ones, of hosts on the public internet."""

from __future__ import annotations

import ipaddress
from urllib.parse import quote, urlsplit, urlunsplit

from thumbnb.service.refusal import invalid

SCHEMES = frozenset({"http", "https"})

# What people paste into an address may hold spaces and letters of any language.
_KEPT = "%/:=?&~+!$,;'@()*[]"
# Kept for protocols of the network itself; not every Python knows all of it as such.
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")


def is_public(address: str) -> bool:
    """Return whether an IP address is on the open internet, whatever form hides it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and (ip in _NAT64 or ip in _IPV4_COMPATIBLE):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    if ip in _PROTOCOLS:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def check_url(url: str) -> str:
    """Return an address in its plain form; refuse one that is never fetched.

    That is one not http(s), without a host, or with a password in it. Letters of any
    language in the host's name are fine.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise invalid(f"{ascii(url)[:200]} is not an address.") from None
    if parts.scheme.lower() not in SCHEMES:
        raise invalid("Only http and https addresses can be uploaded.")
    if not host:
        raise invalid("The address names no host.")
    if parts.username is not None or parts.password is not None:
        raise invalid("An address with a user name or password in it is not accepted.")
    path, query = (quote(part, safe=_KEPT) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))
