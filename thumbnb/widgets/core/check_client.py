"""The client that a widget is given, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    from thumbnb.client.client import Client


def check_client(given: Any) -> Client:
    """Return a client. Raises InvalidInput for what is none."""
    from thumbnb.client.client import Client  # noqa: PLC0415  - when the first is given

    if not isinstance(given, Client):
        raise errors.InvalidInput(
            f"client is what tb.connect() returns, not {short_repr(given)}.",
            hint="client = tb.connect()",
        )
    return given
