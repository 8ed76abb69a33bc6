"""Ids that cannot be guessed, and the time of day as both protocols write it."""

from __future__ import annotations

import secrets
import uuid
from datetime import UTC, datetime, timedelta


def new_id(prefix: str) -> str:
    """Make an id such as ``m-1f0c...``."""
    return f"{prefix}-{secrets.token_hex(12)}"


def new_uuid() -> str:
    """Make an id as YouThumb writes them."""
    return str(uuid.uuid4())


def now(offset: timedelta = timedelta()) -> str:
    """Give the present time in UTC, or the one ``offset`` later, in ISO 8601 to the millisecond."""
    return iso_time(datetime.now(UTC) + offset)


def iso_time(moment: datetime) -> str:
    """Write a time in UTC in ISO 8601 to the millisecond."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
