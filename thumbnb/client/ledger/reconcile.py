"""Which job a start has begun whose answer was lost. Decisions only: nothing here talks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.models import JobRecord


@dataclass(frozen=True)
class JobMatch:
    """What a project's jobs say of a run: its job, or the number of jobs that may be its."""

    job_id: str | None
    possible: int


def match_job(jobs: Iterable[JobRecord], entry: RunRecord, runs: Sequence[RunRecord]) -> JobMatch:
    """Find the job of a run among those of its project.

    ``runs`` are all runs of the project. A job that was there before, or that is
    another run's, is not it. Where starts are lost side by side, their prompts tell
    them apart; where even these are the same, the run gets a job only when there
    are enough for all, because a wrong one would let the right one be paid again.
    """
    others = [run for run in runs if run.id != entry.id]
    taken = {run.job_id for run in others} | set(entry.known)
    new = sorted((job for job in jobs if job.id not in taken), key=lambda job: job.created_at or "")
    answered = entry.state == "running"
    # The takes of one request are as good as each other, but who was answered has a job.
    rivals = [
        run
        for run in others
        if run.open
        and run.job_id is None
        and (run.request_hash != entry.request_hash or (run.state == "running" and not answered))
    ]
    told = {run.told for run in rivals} | {entry.told}
    mine = [job for job in new if entry.told and job.user_prompt == entry.told]
    if mine:
        rivals = [run for run in rivals if run.told == entry.told]
    else:
        mine = [job for job in new if job.user_prompt is None or job.user_prompt not in told]
    if answered:  # its start was answered: it goes before those that were lost
        rivals = [run for run in rivals if run.state == "running"]
    rivals = [run for run in rivals if any(job.id not in run.known for job in mine)]
    return JobMatch(mine[0].id if len(mine) > len(rivals) else None, len(mine))
