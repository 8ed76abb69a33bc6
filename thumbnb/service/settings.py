"""The limits of the service, in one place."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, field
from typing import Literal

from thumbnb import errors

Workers = Literal["processes", "threads"]

CREDITS_VARIABLE = "THUMBNB_CREDITS"
RATE_VARIABLE = "THUMBNB_REQUESTS_PER_MINUTE"
LINK_VARIABLE = "THUMBNB_LINK_HOURS"
WORKERS_VARIABLE = "THUMBNB_WORKERS"
DRAW_AHEAD_VARIABLE = "THUMBNB_DRAW_AHEAD"
NICENESS_VARIABLE = "THUMBNB_NICENESS"

# Lower than the service itself: a notebook stays smooth while its images are rendered, and
# polls are answered.
_USUAL_NICENESS, _MOST_NICENESS = 10, 19


def _given(variable: str, what: str) -> float | None:
    """Read a number from the environment; None where none is given."""
    given = os.environ.get(variable, "").strip()
    if not given:
        return None
    try:
        amount = float(given)
    except ValueError:
        amount = math.nan
    if not 0 <= amount < math.inf:
        raise errors.InvalidInput(
            f"{variable} is {given!r}.", hint=f"Set it to a number of {what}, such as 100."
        )
    return amount


def _credits() -> float:
    amount = _given(CREDITS_VARIABLE, "credits")
    return 1000.0 if amount is None else amount  # generous, as nobody is billed


def _rate() -> int | None:
    amount = _given(RATE_VARIABLE, "requests")
    return None if amount is None else int(amount)


def _link_hours() -> float | None:
    return _given(LINK_VARIABLE, "hours") or None


def _workers() -> Workers:
    given = os.environ.get(WORKERS_VARIABLE, "").strip()
    if given == "threads":
        return "threads"
    if given in {"", "processes"}:
        return "processes"
    raise errors.InvalidInput(
        f"{WORKERS_VARIABLE} is {given!r}.", hint="Set it to 'processes' or 'threads'."
    )


def _draw_ahead() -> bool:
    given = os.environ.get(DRAW_AHEAD_VARIABLE, "").strip().lower()
    if given in {"", "1", "on", "true", "yes"}:
        return True
    if given in {"0", "off", "false", "no"}:
        return False
    raise errors.InvalidInput(
        f"{DRAW_AHEAD_VARIABLE} is {given!r}.", hint="Set it to 'on' or 'off'."
    )


def worker_niceness() -> int:
    """Return how far worker processes stand back for others, 0 to 19 (``THUMBNB_NICENESS``)."""
    given = os.environ.get(NICENESS_VARIABLE, "").strip()
    if not given:
        return _USUAL_NICENESS
    if not given.isdecimal() or int(given) > _MOST_NICENESS:
        raise errors.InvalidInput(
            f"{NICENESS_VARIABLE} is {given!r}.", hint="Set it to a whole number from 0 to 19."
        )
    return int(given)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How the service is set up.

    ``hold`` is how many seconds a request waits for its job before the answer
    says where to ask; below the 30 s at which the official client gives up.
    ``max_upload`` in bytes, ``download_seconds`` for a whole download; for a
    image these are ``max_image`` and ``image_download_seconds``: short, for the request
    that names it waits.

    ``workers`` says where files are decoded and images rendered (else ``THUMBNB_WORKERS``):
    in processes, which can be ended, or in threads, which is also what is left where no
    process can be started. Processes stand back for others by ``THUMBNB_NICENESS`` (10; 0 on a
    machine that does nothing else). What takes longer is refused: ``ingest_seconds`` to look
    into a new video, ``image_seconds`` into a new image, ``frame_seconds`` for a frame of a
    stored video, ``preview_seconds`` for a storyboard or suggestions. ``proxy_bytes`` of memory
    are for frames made ahead of time around those that somebody looks at, of all videos.

    ``draw_ahead`` says whether a worker process draws the most common objects into the cache
    while nothing else is to be done (else ``THUMBNB_DRAW_AHEAD``): once on a machine, for a
    minute or two, below every other process.

    ``credits`` is what the account starts with (else ``THUMBNB_CREDITS``),
    ``max_variations`` what its plan allows of one generation, ``parallel_jobs`` how
    many may be queued or running, ``render_seconds`` how long one image may take:
    one that hangs fails its job and keeps no other waiting; ``paint_seconds`` how long an engine
    may take for one. ``requests_per_minute``
    of one key (else ``THUMBNB_REQUESTS_PER_MINUTE``) have no limit unless it is set.
    Beyond it ``rate_limit_status`` is answered: 401, which looks like a wrong key, as
    YouThumb's newer documents tell and its clients must bear; its oldest say 429.

    ``link_hours`` is how long the addresses of files are good (else
    ``THUMBNB_LINK_HOURS``); without it, and with 0, for as long as there is the file.
    """

    hold: float = 20.0
    allow_private_urls: bool = False
    max_upload: int = 16 * 1024**3
    download_seconds: float = 1800.0
    max_image: int = 32 * 1024**2
    image_download_seconds: float = 15.0
    workers: Workers = field(default_factory=_workers)
    ingest_seconds: float = 60.0
    image_seconds: float = 15.0
    frame_seconds: float = 30.0
    preview_seconds: float = 120.0
    proxy_bytes: int = 256 * 1024**2
    draw_ahead: bool = field(default_factory=_draw_ahead)
    credits: float = field(default_factory=_credits)
    max_variations: int = 4
    parallel_jobs: int = 64
    render_seconds: float = 120.0
    paint_seconds: float = 900.0
    requests_per_minute: int | None = field(default_factory=_rate)
    rate_limit_status: int = 401
    link_hours: float | None = field(default_factory=_link_hours)
