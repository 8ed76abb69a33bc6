"""Matching a run whose answer was lost to a job of its project. Decisions only: nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.client.ledger.run_record import RunState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.models import JobRecord


@dataclass(frozen=True)
class JobMatch:
    """The match of a run: its job, or the number of jobs that may be its own."""

    job_id: str | None
    possible: int


def match_job(jobs: Iterable[JobRecord], run: RunRecord, runs: Sequence[RunRecord]) -> JobMatch:
    """Find the job of a run among those of its project; ``runs`` are all runs of the project.

    A run gets a job only when there are enough for all runs that may want one, because a
    wrong one would let the right one be paid again.
    """
    others = [other for other in runs if other.id != run.id]
    rivals = [other for other in others if is_rival(other, run)]
    possible = possible_jobs(unclaimed_jobs(jobs, run, others), run, rivals)
    wanting = [rival for rival in rivals if may_want(rival, run, possible)]
    return JobMatch(possible[0].id if len(possible) > len(wanting) else None, len(possible))


def unclaimed_jobs(
    jobs: Iterable[JobRecord], run: RunRecord, others: Sequence[RunRecord]
) -> list[JobRecord]:
    """Return the jobs that were not there before the run and are no other run's, oldest first."""
    taken = {other.job_id for other in others} | set(run.known)
    return sorted(
        (job for job in jobs if job.id not in taken), key=lambda job: job.created_at or ""
    )


def possible_jobs(
    jobs: Sequence[JobRecord], run: RunRecord, rivals: Sequence[RunRecord]
) -> list[JobRecord]:
    """Return the jobs that may be a run's: those of its label, else those of no run's label."""
    if same := [job for job in jobs if has_label(job, run)]:
        return same
    labels = {rival.label for rival in rivals} | {run.label}
    return [job for job in jobs if job.user_prompt is None or job.user_prompt not in labels]


def has_label(job: JobRecord, run: RunRecord) -> bool:
    """Whether a job is listed under the text that the run was sent with."""
    return bool(run.label) and job.user_prompt == run.label


def is_rival(other: RunRecord, run: RunRecord) -> bool:
    """Whether another run may want the same job: it is open, and has none yet.

    The takes of one request are as good as each other; but one whose start was answered has
    a job, and goes before one whose answer was lost.
    """
    if not other.open or other.job_id is not None:
        return False
    same_request = other.request_hash == run.request_hash
    return not same_request or (was_answered(other) and not was_answered(run))


def was_answered(run: RunRecord) -> bool:
    """Whether the service has confirmed the start of a run."""
    return run.state == RunState.RUNNING


def may_want(rival: RunRecord, run: RunRecord, possible: Sequence[JobRecord]) -> bool:
    """Whether a rival may want one of the jobs that may be the run's.

    Where the jobs are of the run's label, only rivals of that label do; where the run's start
    was answered, only rivals that were answered, too; and none wants a job that it knew before
    it was sent.
    """
    if any(has_label(job, run) for job in possible) and rival.label != run.label:
        return False
    if was_answered(run) and not was_answered(rival):
        return False
    return any(job.id not in rival.known for job in possible)
