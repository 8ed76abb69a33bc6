"""Who may come in: this service's token, the names it answers to, and signed addresses."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import os
import secrets
import socket
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from thumbnb import files
from thumbnb.service.refusal import Refusal
from thumbnb.service.store.process_lease import exclusively

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TOKEN_VARIABLE = "THUMBNB_TOKEN"  # noqa: S105 - the name of a variable
UNAUTHORIZED = "UNAUTHORIZED"
# The name our own client uses inside the kernel, where there is no address.
KERNEL_HOST = "thumbnb.localhost"
_WILDCARDS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - recognised, not bound


def kept_secret(path: Path) -> str:
    """Read the secret in a file that only its owner may read, making it the first time."""
    with exclusively(path.with_suffix(".lock")):
        if path.exists() and (text := path.read_text().strip()):
            return text
        text = secrets.token_urlsafe(32)
        files.write_file(path, text + "\n")
        return text


class Access:
    """The door of the service, the same for every protocol it speaks.

    File and upload addresses carry a signature instead of the token, so that
    a browser or a notebook can use them. It signs the path, does not expire (a
    saved notebook still shows its pictures) and ends with the item it names.
    """

    def __init__(self, home: Path, token: str | None = None, hosts: Iterable[str] = ()) -> None:
        self.token = token or os.environ.get(TOKEN_VARIABLE) or kept_secret(home / "token")
        self._key = kept_secret(home / "signing-key").encode()
        self._hosts = {"127.0.0.1", "localhost", "::1", KERNEL_HOST} | {h.lower() for h in hosts}
        if not self._hosts.isdisjoint(_WILDCARDS):
            self._hosts |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    def admit(self, presented: str | None) -> None:
        """Let the holder of the token in, refuse anyone else."""
        if not presented:
            raise Refusal(401, UNAUTHORIZED, "The token of this service is missing.")
        if not hmac.compare_digest(presented.encode(), self.token.encode()):
            raise Refusal(401, UNAUTHORIZED, "This is not the token of this service.")

    def answers_to(self, host: str) -> bool:
        """Whether a Host header names us.

        A page elsewhere can make its own name lead to this machine and so read
        what we answer; it cannot make a browser send our name instead of its own.
        """
        name = _without_port(host).lower()
        if name in self._hosts:
            return True
        # Bound to everything, we cannot list our addresses; but a literal
        # address is no name that anyone could have pointed at us.
        return not self._hosts.isdisjoint(_WILDCARDS) and _is_address(name)

    def sign(self, path: str) -> str:
        """Give the path with its signature."""
        return f"{path}?signature={self._signature(path)}"

    def signed(self, path: str, signature: str | None) -> bool:
        """Whether this signature was made here for this path."""
        return hmac.compare_digest((signature or "").encode(), self._signature(path).encode())

    def own(self, url: str, folder: str) -> str | None:
        """Give what follows ``/folder/`` in an address signed here; None for any other.

        Whoever's name for us stands before it: the signature says that it is ours.
        """
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        _, found, name = parts.path.rstrip("/").rpartition(f"/{folder}/")
        signature = parse_qs(parts.query).get("signature", [""])[0]
        return name if found and self.signed(f"/{folder}/{name}", signature) else None

    def _signature(self, path: str) -> str:
        digest = hmac.digest(self._key, path.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:24]).decode()


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
