"""Refusals: why a request or a job cannot be carried out, before a protocol gives it a shape."""

from __future__ import annotations

import errno
import math
import sqlite3
from typing import TYPE_CHECKING, Any

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import Mapping


# What is wrong may be quoted, and as long as a request can be (characters).
LONGEST_MESSAGE = 600


class Refusal(Exception):
    """A request or a job that cannot be carried out.

    ``message`` is one sentence for the person who asked, ``status`` the HTTP
    status, ``code`` a word for programs, ``details`` what is wrong by field,
    ``wait`` how long until it may do (seconds). Each protocol writes it its own way.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        details: Mapping[str, list[str]] | None = None,
        wait: float | None = None,
    ) -> None:
        if len(message) > LONGEST_MESSAGE:
            message = f"{message[:LONGEST_MESSAGE]}..."
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = dict(details or {})
        self.wait = wait

    @property
    def headers(self) -> dict[str, str]:
        """The headers that go with it."""
        return {} if self.wait is None else {"Retry-After": str(math.ceil(self.wait))}

    def to_json(self) -> dict[str, Any]:
        """Give the fields a job keeps."""
        return {"status": self.status, "code": self.code, "message": self.message}

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Refusal:
        """Read what a job kept."""
        return cls(int(fields["status"]), str(fields["code"]), str(fields["message"]))


def invalid(message: str, details: Mapping[str, list[str]] | None = None) -> Refusal:
    """Say that a request is wrong in itself, and in which fields where that is known."""
    return Refusal(400, "INVALID_REQUEST", message, details=details)


def missing(what: str, name: str) -> Refusal:
    """Say that there is no such thing."""
    return Refusal(404, "NOT_FOUND", f"There is no {what} {name!a} here.")


def too_large(what: str, limit: int) -> Refusal:
    """Say that a body or a download is beyond its limit (bytes)."""
    return Refusal(413, "TOO_LARGE", f"{what} is larger than the {limit:,} bytes allowed.")


_MEANING: tuple[tuple[type[errors.ThumbnbError], str], ...] = (
    (errors.NotAVideo, "NOT_A_VIDEO"),
    (errors.DamagedVideo, "DAMAGED_VIDEO"),
    (errors.InvalidInput, "INVALID_REQUEST"),
)


def refusal_of(error: errors.ThumbnbError) -> Refusal | None:
    """Give the refusal an error of the lower floors amounts to; None where it is our fault."""
    for kind, code in _MEANING:
        if isinstance(error, kind):
            return Refusal(400, code, str(error))
    return None


_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})
# How long until what is missing may be there again (seconds).
_EXHAUSTED_WAIT = 5.0


def refusal_of_system_error(error: BaseException) -> Refusal | None:
    """Return the refusal that a machine's limit amounts to; None for any other error.

    A full disk is 507, too many open files 503 with a wait: neither is a bug of ours.
    """
    if isinstance(error, Refusal):
        return error
    number = error.errno if isinstance(error, OSError) else None
    code = getattr(error, "sqlite_errorcode", None)
    if number in _FULL or code == sqlite3.SQLITE_FULL:
        return Refusal(507, "DISK_FULL", "There is no room left on the disk.")
    if number in _EXHAUSTED or code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY}:
        message = "The service is at the limit of this machine; try again in a moment."
        return Refusal(503, "BUSY", message, wait=_EXHAUSTED_WAIT)
    return None
