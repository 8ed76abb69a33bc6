"""One request as it goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.api.transport.addresses import plain_url

if TYPE_CHECKING:
    from thumbnb.api.multipart import Form, StreamedForm
    from thumbnb.api.transport.http_library import httpx


@dataclass(frozen=True)
class Request:
    """One request as it goes out.

    ``safe``: doing it twice is harmless; ``leave``: a redirect may lead to another server.
    """

    method: str
    url: httpx.URL
    safe: bool
    keyed: bool
    json: Any = None
    form: Form | None = None
    upload: StreamedForm | None = None
    idempotency_key: str | None = None
    prefer: str | None = None
    leave: bool = True

    def __str__(self) -> str:
        return f"{self.method} {plain_url(str(self.url))}"
