"""Collecting the results of a generation: from the service to the disk, and from there."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.api import youthumb
from thumbnb.client.images.results import Result, Results
from thumbnb.client.ledger.prices import PER_IMAGE, cost_of_job, variations_of_job
from thumbnb.client.ledger.run_record import SavedResult
from thumbnb.client.purchases.draft_request import merge_changes, subject_of
from thumbnb.client.runtime.progress import report_partial, report_progress
from thumbnb.models import JobRecord, ResultRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.session import Session
    from thumbnb.models import ProjectStatus

logger = logging.getLogger(__name__)

# What the ledger adds to a result's record.
_OURS = frozenset({"position", "sha256"})

# A service may say that a job has ended before it shows all images: the seconds before
# each look, and how long after its start those that are missing are given up.
LOOKUP_PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0)
COLLECT_SECONDS = 600.0


async def collect(session: Session, run: RunRecord, job: JobRecord | None = None) -> Results:
    """Return the results of a job that has ended well, saved to disk as they arrive.

    ``job`` is what was said with its end; images it does not show are asked for.
    Raises ProtocolError where there are none: the run stays open then, and so it does
    for a while where some are missing.
    """
    ledger = session.ledger
    job, whole = await _shown(session, run, job)
    if (cost := cost_of_job(job)) is not None:
        await ledger.correct_cost(run.id, cost)
        run = await ledger.run(run.id)
    for item in (job.metadata or {}).get("missing") or ():
        logger.warning("Run %d has an image fewer: %s", run.id, item.get("reason"))
    made = [_saved(number, record) for number, record in enumerate(_images_of(job))]
    report_progress("fetching", 1.0, done=len(made), total=len(made))
    if whole or ledger.clock() - (run.started or run.created) > COLLECT_SECONDS:
        await ledger.mark_made(run.id, made, duration_of(job))
    else:
        await ledger.put_results(run.id, made)
    saved = await ledger.results_of(run.id)
    results = Results(
        _results(session, job, run, saved),
        project_id=run.project_id,
        job=job,
        credits=run.credits,
        run_id=run.id,
    )
    report_partial(results)
    # The images are made and paid: one that cannot be fetched just now is fetched
    # again when it is looked at.
    await asyncio.gather(*(item.load.aio() for item in results), return_exceptions=True)
    return results


async def _shown(session: Session, run: RunRecord, job: JobRecord | None) -> tuple[JobRecord, bool]:
    """Look for the images of a job that has ended; return it, and whether all are there."""
    if job and len(job.images.results) >= _due(job, run):
        return job, True
    for pause in LOOKUP_PAUSES:
        await asyncio.sleep(pause)
        detailed = await session.request(youthumb.detailed_status, run.project_id or "")
        job = job_of(detailed, run.job_id or "")
        if job and len(_images_of(job)) >= _due(job, run):
            return job, True
    if job is None or not _images_of(job):
        raise errors.ProtocolError(
            f"YouThumb said that job {run.job_id} has ended, and shows no image of it "
            f"{sum(LOOKUP_PAUSES):g} s later.",
            hint="",
            service=youthumb.SERVICE,
        )
    logger.warning(
        "Job %s shows %d of its %d images: client.resume() looks for the others.",
        job.id, len(_images_of(job)), _due(job, run),
    )  # fmt: skip
    return job, False


def _due(job: JobRecord, run: RunRecord) -> int:
    """Return how many images a job is to show: as it says itself, or as many as were paid."""
    if job.status == "completed" and (cost := cost_of_job(job)):
        return int(cost / PER_IMAGE)  # fewer than were asked for, where it was cancelled
    return variations_of_job(job) or int((run.credits or 0.0) / PER_IMAGE) or 1


async def collect_partial(session: Session, run: RunRecord, job: JobRecord) -> list[Result]:
    """Return the images of a job that is at work still; what is fetched of them is kept."""
    ledger = session.ledger
    made = [_saved(number, record) for number, record in enumerate(job.images.results)]
    await ledger.put_results(run.id, made)
    return _results(session, job, run, await ledger.results_of(run.id))


def unfinished_images(session: Session, job: JobRecord) -> list[Result]:
    """Return what the images that an engine is painting look like by now; they are not kept."""
    return [
        Result(session, item, job_id=job.id, saved=SavedResult(_position(item)))
        for item in job.images.partial
    ]


def _position(record: ResultRecord) -> int:
    position = (record.model_extra or {}).get("position")
    return position if isinstance(position, int) else 0


async def read_saved_results(session: Session, run: RunRecord) -> Results | None:
    """Return the results of a run from disk; None where an image is no longer there."""
    saved = await session.ledger.results_of(run.id)
    results = Results(
        (_recalled(session, run, item) for item in saved),
        project_id=run.project_id,
        job=JobRecord(id=run.job_id or "", status="completed"),
        credits=0.0,
        run_id=run.id,
        cached=True,
    )
    here = await asyncio.gather(*(item.recall() for item in results))
    return results if here and all(here) else None


async def results_of(session: Session, job: JobRecord) -> list[Result]:
    """Return the images of a job; those of a run of ours know where they are on disk."""
    ledger = session.ledger
    run = await ledger.run_of_job(session.service_url, job.id)
    saved = await ledger.results_of(run.id) if run else []
    return _results(session, job, run, saved)


def job_of(status: ProjectStatus, job_id: str) -> JobRecord | None:
    """Return a job of a project."""
    return next((job for job in status.jobs if job.id == job_id), None)


def duration_of(job: JobRecord) -> float | None:
    """Return the seconds from a job's start to its end by the service's own clock."""
    ended = (job.model_extra or {}).get("updatedAt")
    try:
        took = datetime.fromisoformat(str(ended)) - datetime.fromisoformat(str(job.created_at))
    except (ValueError, TypeError):  # it does not say, or not in one time zone
        return None
    return took.total_seconds()


def _images_of(job: JobRecord) -> list[ResultRecord]:
    # A service that lists none may still name one.
    if job.images.results:
        return job.images.results
    url = job.generated_file_url
    return [ResultRecord(url=url)] if url else []


def _results(
    session: Session, job: JobRecord, run: RunRecord | None, saved: Sequence[SavedResult]
) -> list[Result]:
    places = {item.position: item for item in saved}
    subject = _subject(run) if run else subject_of({"prompt": job.user_prompt})
    return [
        Result(
            session,
            record,
            job_id=job.id,
            run_id=run.id if run else None,
            saved=places.get(number),
            subject=subject,
        )
        for number, record in enumerate(_images_of(job))
    ]


def _subject(run: RunRecord) -> str:
    """Return what a run's images are of."""
    draft, changes = run.request.get("draft") or {}, run.request.get("changes") or {}
    known = {"prompt": run.prompt, "preset_key": run.preset}
    return subject_of({**known, **merge_changes(draft, changes)})


def _recalled(session: Session, run: RunRecord, item: SavedResult) -> Result:
    record = {name: value for name, value in vars(item).items() if name not in _OURS}
    return Result(
        session,
        ResultRecord.model_validate(record),
        job_id=run.job_id,
        run_id=run.id,
        saved=item,
        subject=_subject(run),
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
        engine=record.engine,
        cost=record.cost,
        currency=record.currency,
    )
