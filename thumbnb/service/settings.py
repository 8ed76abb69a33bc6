"""The limits of the service, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How the service is set up.

    ``hold`` is how many seconds a request waits for its job before it is told
    where to ask; below the 30 s at which the official client gives up.
    ``max_upload`` in bytes, ``download_seconds`` for a whole download.
    """

    hold: float = 20.0
    allow_private_urls: bool = False
    max_upload: int = 16 * 1024**3
    download_seconds: float = 1800.0
