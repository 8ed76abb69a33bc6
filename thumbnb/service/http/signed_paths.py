"""Paths that are good without the token, because this service has signed them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

from thumbnb.service.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

HOUR = 3600.0
# A link that expires is the same for this part of its life: what shows it can keep the
# image, and an answer that holds it stays the same.
STEPS = 4


class SignedPath(NamedTuple):
    """A path signed here, as found in an address: the folder's item, and whether it is over."""

    name: str
    expired: bool


class SignedPaths:
    """Signs the paths of files and uploads, and recognises its own signatures.

    A browser or a notebook can use such an address without the token. It ends with the
    item it names, and after ``hours`` where they are given; else a saved notebook shows
    its images for ever. Whatever host's name stands before it, the signature is ours.
    """

    def __init__(
        self, key: bytes, hours: float | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._key = key
        self._hours = hours
        self._clock = clock

    def sign(self, path: str, *, lasting: bool = False) -> str:
        """Return the path with its signature; ``lasting`` ones do not expire."""
        if self._hours is None or lasting:
            return f"{path}?signature={self._signature(path)}"
        step = self._hours * HOUR / STEPS
        # From the start of a step: the life is at least what was asked for.
        expires = str(int((self._clock() // step + 1) * step + self._hours * HOUR))
        return f"{path}?expires={expires}&signature={self._signature(path, expires)}"

    def check(self, path: str, signature: str, expires: str = "") -> None:
        """Refuse a path that was not signed here, or whose time is over."""
        found = self._find(path, path, signature, expires)
        if found is None:
            raise Refusal(403, "BAD_SIGNATURE", "This address is not signed by this service.")
        if found.expired:
            raise Refusal(403, "EXPIRED", "This address has expired: ask for the item again.")

    def find(self, url: str, folder: str) -> SignedPath | None:
        """Return what follows ``/folder/`` in an address signed here; None for any other."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        _, found, name = parts.path.rstrip("/").rpartition(f"/{folder}/")
        if not found:
            return None
        query = parse_qs(parts.query)
        signature, expires = (query.get(field, [""])[0] for field in ("signature", "expires"))
        return self._find(name, f"/{folder}/{name}", signature, expires)

    def _find(self, name: str, path: str, signature: str, expires: str) -> SignedPath | None:
        expected = self._signature(path, expires)
        if not hmac.compare_digest(signature.encode(errors="replace"), expected.encode()):
            return None
        # What is signed was written here, so it is a number.
        return SignedPath(name, expired=bool(expires) and float(expires) < self._clock())

    def _signature(self, path: str, expires: str = "") -> str:
        signed = f"{path}\n{expires}" if expires else path
        digest = hmac.digest(self._key, signed.encode(errors="replace"), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:24]).decode()
