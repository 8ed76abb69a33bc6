"""What a generation has made, on its way from the service to the disk, and back from there."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.api import youthumb
from thumbnb.client.images.results import Result, Results
from thumbnb.client.ledger.prices import PICTURE, asked_for
from thumbnb.client.ledger.run_record import SavedResult
from thumbnb.client.runtime.job import land, report
from thumbnb.models import JobRecord, ResultRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.session import Session
    from thumbnb.models import ProjectStatus

logger = logging.getLogger(__name__)

# What the ledger adds to a result's record.
_OURS = frozenset({"position", "sha256"})

# A service may say that a job has ended before it shows all pictures: the seconds before
# each look, and how long after its start those that are missing are given up.
LOOKS = (0.0, 1.0, 2.0, 4.0, 8.0)
HORIZON = 600.0


async def collected(session: Session, entry: RunRecord, job: JobRecord | None = None) -> Results:
    """Return the results of a job that has ended well, saved to disk as they arrive.

    ``job`` is what was said with its end; pictures it does not show are asked for.
    Raises ProtocolError where there are none: the run stays open then, and so it does
    for a while where some are missing.
    """
    books = session.books
    job, whole = await _shown(session, entry, job)
    made = [_saved(number, record) for number, record in enumerate(_pictures(job))]
    report("fetching", 1.0, done=len(made), total=len(made))
    if whole or books.clock() - (entry.started or entry.created) > HORIZON:
        await books.made(entry.id, made, lasted(job))
    else:
        await books.write(books.ledger.put_results, entry.id, made)
    saved = await books.results(entry.id)
    results = Results(
        _results(session, job, entry.id, saved),
        project_id=entry.project_id,
        job=job,
        credits=entry.credits,
        run_id=entry.id,
    )
    land(results)
    # The pictures are made and paid: one that cannot be fetched just now is fetched
    # again when it is looked at.
    await asyncio.gather(*(item.load.aio() for item in results), return_exceptions=True)
    return results


async def _shown(
    session: Session, entry: RunRecord, job: JobRecord | None
) -> tuple[JobRecord, bool]:
    """Look for the pictures of a job that has ended; return it, and whether all are there."""
    if job and len(job.images.results) >= _due(job, entry):
        return job, True
    for pause in LOOKS:
        await asyncio.sleep(pause)
        detailed = await session.ask(youthumb.detailed_status, entry.project_id or "")
        job = job_of(detailed, entry.job_id or "")
        if job and len(_pictures(job)) >= _due(job, entry):
            return job, True
    if job is None or not _pictures(job):
        raise errors.ProtocolError(
            f"YouThumb said that job {entry.job_id} has ended, and shows no picture of it "
            f"{sum(LOOKS):g} s later.",
            hint="",
            service=youthumb.SERVICE,
        )
    logger.warning(
        "Job %s shows %d of its %d pictures: client.resume() looks for the others.",
        job.id, len(_pictures(job)), _due(job, entry),
    )  # fmt: skip
    return job, False


def _due(job: JobRecord, entry: RunRecord) -> int:
    """Return how many pictures a job is to show: as it says itself, or as many as were paid."""
    return asked_for(job) or int((entry.credits or 0.0) / PICTURE) or 1


async def landed(session: Session, entry: RunRecord, job: JobRecord) -> list[Result]:
    """Return the pictures of a job that is at work still; what is fetched of them is kept."""
    books = session.books
    made = [_saved(number, record) for number, record in enumerate(job.images.results)]
    await books.write(books.ledger.put_results, entry.id, made)
    return _results(session, job, entry.id, await books.results(entry.id))


async def recalled(session: Session, entry: RunRecord) -> Results | None:
    """Return the results of a run from disk; None where a picture is no longer there."""
    saved = await session.books.results(entry.id)
    results = Results(
        (_recalled(session, entry, item) for item in saved),
        project_id=entry.project_id,
        job=JobRecord(id=entry.job_id or "", status="completed"),
        credits=0.0,
        run_id=entry.id,
        cached=True,
    )
    here = await asyncio.gather(*(item.recall() for item in results))
    return results if here and all(here) else None


async def results_of(session: Session, job: JobRecord) -> list[Result]:
    """Return the pictures of a job; those of a run of ours know where they are on disk."""
    books = session.books
    entry = await books.write(books.ledger.of_job, session.place, job.id)
    saved = await books.results(entry.id) if entry else []
    return _results(session, job, entry.id if entry else None, saved)


def job_of(status: ProjectStatus, job_id: str) -> JobRecord | None:
    """Return a job of a project."""
    return next((job for job in status.jobs if job.id == job_id), None)


def lasted(job: JobRecord) -> float | None:
    """Return the seconds from a job's start to its end by the service's own clock."""
    ended = (job.model_extra or {}).get("updatedAt")
    try:
        took = datetime.fromisoformat(str(ended)) - datetime.fromisoformat(str(job.created_at))
    except (ValueError, TypeError):  # it does not say, or not in one time zone
        return None
    return took.total_seconds()


def _pictures(job: JobRecord) -> list[ResultRecord]:
    # A service that lists none may still name one.
    if job.images.results:
        return job.images.results
    url = job.generated_file_url
    return [ResultRecord(url=url)] if url else []


def _results(
    session: Session, job: JobRecord, run_id: int | None, saved: Sequence[SavedResult]
) -> list[Result]:
    places = {item.position: item for item in saved}
    return [
        Result(session, record, job_id=job.id, run_id=run_id, saved=places.get(number))
        for number, record in enumerate(_pictures(job))
    ]


def _recalled(session: Session, entry: RunRecord, item: SavedResult) -> Result:
    record = {name: value for name, value in vars(item).items() if name not in _OURS}
    return Result(
        session,
        ResultRecord.model_validate(record),
        job_id=entry.job_id,
        run_id=entry.id,
        saved=item,
    )


def _saved(position: int, record: ResultRecord) -> SavedResult:
    return SavedResult(
        position,
        id=record.id,
        url=record.url,
        width=record.width,
        height=record.height,
        seed=record.seed,
        scores=dict(record.scores or {}),
        report=[item.model_dump(exclude_none=True) for item in record.report],
    )
