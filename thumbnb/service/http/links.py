"""Absolute addresses of files, uploads and jobs, as the client that asks must see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.service.media.media_type import extension

if TYPE_CHECKING:
    from starlette.requests import Request

    from thumbnb.service.http.access import Access


@dataclass(frozen=True, slots=True)
class Links:
    """Absolute addresses, built from the address the client itself used."""

    base: str
    access: Access

    @classmethod
    def of(cls, request: Request, access: Access) -> Links:
        """Take the base from a request whose Host header has been checked."""
        return cls(str(request.base_url).rstrip("/"), access)

    def file(self, item_id: str, media_type: str) -> str:
        """Return the address of an item's file; good without the token."""
        return self.base + self.access.paths.sign(f"/files/{item_id}.{extension(media_type)}")

    def upload(self, upload_id: str) -> str:
        """Return the address that takes one file; good without the token."""
        return self.base + self.access.paths.sign(f"/upload/{upload_id}", lasting=True)

    def job(self, job_id: str) -> str:
        """Return the address that answers how a job stands."""
        return f"{self.base}/async-response/{job_id}"
