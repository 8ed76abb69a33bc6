"""The price of a generation before it is started: by its images, or the most it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.client.ledger import prices

if TYPE_CHECKING:
    from thumbnb.models import JobRecord


def generation_quote(images: int | None) -> tuple[float, str]:
    """Return the price of so many images, in credits, and what that buys; None: not known."""
    number = f"{images}" if images else f"up to {prices.MAX_VARIATIONS}"
    words = f"Generating {number} image{'' if images == 1 else 's'}"
    return prices.PER_IMAGE * (images or prices.MAX_VARIATIONS), words


def job_price(job: JobRecord | None) -> float:
    """Return what a job that was begun elsewhere has cost; the most, where it is not said."""
    images = prices.variations_of_job(job) if job else None
    return prices.PER_IMAGE * (images or prices.MAX_VARIATIONS)
