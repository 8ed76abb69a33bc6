"""The row of a job in words and numbers, as JSON for the browser."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.client.images.image import StoredImage
from thumbnb.client.ledger import prices
from thumbnb.widgets.core.text import error_text, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.client.images.results import Result
    from thumbnb.client.runtime.job import Job

# Once more would change nothing, or would be paid a second time for what may be under way.
_RETRY_IS_USELESS = (
    errors.InvalidInput,
    errors.MediaError,
    errors.Rejected,
    errors.AccessDenied,
    errors.NotFound,
)
_MAY_GO_ON = (errors.OutcomeUnknown, errors.DeadlineExceeded)


def job_row(job: Job[Any], *, detached: bool = False) -> dict[str, Any]:
    """Return what is to be seen of a job; ``detached``: it is no longer watched here."""
    state = "detached" if detached and not job.done() else job.state
    progress, eta = job.progress, job.eta
    return {
        "name": title(job),
        "state": state,
        "status_text": shortened(_words(job, state), 80),
        "next_step": shortened(_next(job, state)),
        "code": "job.result()" if state == "done" else "",
        "fraction": 1.0 if state == "done" else share(job),
        "done": progress.done,
        "total": progress.total,
        "elapsed": round(job.elapsed, 2),
        "eta": [round(eta.p50, 1), round(eta.p90, 1)] if eta and state == "running" else None,
        "credits": job.cost,
        "is_paid": job.resume_code is not None,
        "can_retry": can_repeat(job),
    }


def title(job: Job[Any]) -> str:
    """Return what a job does, and of what: ``Generate thumbnail: talk at 0:05.0``."""
    name = job.name.replace("_", " ").capitalize()
    return shortened(f"{name}: {job.subject}" if job.subject else name, 100)


def saved_text(job: Job[Any]) -> str:
    """Return what a saved notebook says of a job: one that runs has ended when it is read."""
    if job.done():
        return repr(job)[1:-1]
    subject = f" of {job.subject[:60]}" if job.subject else ""
    since = datetime.now().astimezone() - timedelta(seconds=job.elapsed)
    after = f": {job.resume_code} says what came of it" if job.resume_code else ""
    return f"Job {job.name}{subject}, begun on {since:%Y-%m-%d at %H:%M}{after}"


def share(job: Job[Any]) -> float | None:
    """Return how much of it is done (0-1), by its variations where it says no more."""
    progress = job.progress
    if progress.fraction is not None:
        return min(1.0, max(0.0, progress.fraction))
    if progress.total and progress.done is not None:
        return min(1.0, progress.done / progress.total)
    return None


def images_of(job: Job[Any]) -> Sequence[StoredImage]:
    """Return the images a job has made so far."""
    made = job.result() if job.state == "done" else job.partial
    found = [made] if isinstance(made, StoredImage) else made
    if not isinstance(found, list | tuple):
        return ()
    return [item for item in found if isinstance(item, StoredImage)]


def unfinished_of(job: Job[Any]) -> list[tuple[int, Result]]:
    """Return what the images that a job's engine is painting look like, by position."""
    return [(image.position, image) for image in job.unfinished]


def can_repeat(job: Job[Any]) -> bool:
    """Return whether to offer that it is done once more: it failed, and that may help."""
    error = job.exception()
    return (
        job.repeat is not None
        and error is not None
        and not isinstance(error, _RETRY_IS_USELESS + _MAY_GO_ON)
    )


def _words(job: Job[Any], state: str) -> str:
    if state == "running":
        words = job.progress.text
        return words[:1].upper() + words[1:]
    return {"detached": "Left running"}.get(state, state.capitalize())


def _next(job: Job[Any], state: str) -> str:
    """Say what came of it, or what to do now."""
    back = job.resume_code
    if state == "done":
        cost = f", {prices.amount(job.cost)}" if job.cost is not None else ""
        return f"{_made(job)} in {job.elapsed:.1f} s{cost}"
    if state == "detached":
        return "It goes on: job.result() waits for it" + (f", as does {back}." if back else ".")
    if state == "cancelled":
        return job.what_cancelling_left or "The work was dropped."
    if state == "failed":
        error = job.exception()
        return error_text(error) if error else ""
    return ""


def _made(job: Job[Any]) -> str:
    result = job.result()
    if count := len(images_of(job)):
        return f"{count} image{'' if count == 1 else 's'}"
    if result is None:
        return "Done"
    return shortened(repr(result), 120)
