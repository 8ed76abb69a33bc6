"""The names this service answers to: a Host header is checked whole before anything else."""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# The name our own client uses inside the kernel, where there is no address.
KERNEL_HOST = "thumbnb.localhost"
_WILDCARDS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - recognised, not bound

# RFC 9110: a name or an address, and perhaps a port; nothing before or after it.
_HOST = re.compile(
    r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?P<name>[\w.-]+))(?::[0-9]{1,5})?", re.ASCII
)


class HostNames:
    """The host names and addresses under which this service may be reached."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = {"127.0.0.1", "localhost", "::1", KERNEL_HOST} | set(map(_plain, names))
        # Bound to everything, we cannot list our addresses; but a literal
        # address is no name that anyone could have pointed at us.
        self._any_address = not self._names.isdisjoint(_WILDCARDS)
        if self._any_address:
            self._names |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    def match(self, host: str) -> bool:
        """Return whether a Host header names this service.

        A page elsewhere can make its own name lead to this machine and so read
        what we answer; it cannot make a browser send our name instead of its own.
        """
        parts = _HOST.fullmatch(host)
        if parts is None:
            return False
        name = (parts["address"] or parts["name"]).lower()
        return name in self._names or (self._any_address and _is_address(name))


def _plain(name: str) -> str:
    """Return a name as a Host header has it: ``bücher.example`` as ``xn--bcher-kva.example``."""
    try:
        return name.lower().encode("idna").decode()
    except UnicodeError:
        return name.lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
