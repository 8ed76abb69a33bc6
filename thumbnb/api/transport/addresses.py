"""Web addresses: parsed, shown without their secrets, and the origin that a key belongs to."""

from __future__ import annotations

from functools import lru_cache

from thumbnb import errors
from thumbnb.api.transport.http_library import httpx
from thumbnb.text.short_repr import short_repr

MAX_PORT = 65535


def plain_url(url: str) -> str:
    """Return an address fit to be shown: no query, no password.

    >>> plain_url("https://store.example/a.jpg?signature=abc")
    'https://store.example/a.jpg'
    """
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise errors.InvalidInput(f"This is not a web address: {short_repr(url)}.") from None
    return str(parts.copy_with(query=None, fragment=None, userinfo=b""))


def parse_address(url: str) -> httpx.URL:
    """Return the address of a service, parsed. Raises InvalidInput for any other."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:  # ValueError: half a character
        raise errors.InvalidInput(f"This is not a web address: {short_repr(url)}.") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise errors.InvalidInput(
            f"A service's address starts with http:// or https://, not {plain_url(url)[:80]!r}."
        )
    check_port(parsed)
    return parsed


@lru_cache(maxsize=256)
def known_address(url: str) -> httpx.URL:
    """Return the address of a service, parsed, from memory: a poll goes to the same again."""
    return parse_address(url)


def check_port(url: httpx.URL) -> None:
    """Raise InvalidInput for an address with a port that there cannot be."""
    if url.port is not None and not 0 < url.port <= MAX_PORT:
        raise errors.InvalidInput(
            f"The port of {plain_url(str(url))[:200]} is a number from 1 to {MAX_PORT}."
        )


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Return the scheme, host and port of an address: where a key may go."""
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme, 0)
