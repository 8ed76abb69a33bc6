"""Status requests: the state of jobs by one request each; failures are not retried here."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from thumbnb.api import videodb, youthumb
from thumbnb.client.polling.subscriptions import Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from thumbnb.api.transport import Transport
    from thumbnb.client.polling.poller import ListRequest
    from thumbnb.client.polling.subscriptions import StatusRequest
    from thumbnb.models import JobRecord, ProjectStatus

# A status we do not know is not an end.
ENDED = frozenset({"completed", "failed", "cancelled", "canceled"})

_PAGE = 100  # the most a list gives at once


def of_project(
    http: Transport,
    project_id: str,
    seen: Callable[[ProjectStatus], object] | None = None,
    *,
    images: bool = False,
) -> StatusRequest[JobRecord]:
    """Return the status request of a YouThumb project; ``seen`` gets its whole status.

    With ``images`` every dialect shows them; without, the newer alone.
    """
    request = youthumb.detailed_status if images else youthumb.status
    begun, newest = count(1), 0

    async def request_status(jobs: Collection[str]) -> Mapping[str, Observation[JobRecord]]:
        nonlocal newest
        mine = next(begun)
        found = await request(http, project_id)
        if seen and mine > newest:  # two may be under way, and the older come last
            newest = mine
            seen(found)
        return {job.id: _seen(job) for job in found.jobs if job.id in jobs}

    return request_status


def of_projects(http: Transport) -> ListRequest:
    """Return the request for YouThumb's list of projects that are at work.

    The list does not show jobs, so the value of what is seen is None; of a project that
    has ended, or is not among the newest, nothing is said.
    """

    async def list_request(places: Mapping[str, str]) -> Mapping[str, Observation[Any]]:
        listed = await youthumb.list_projects(http, limit=_PAGE)
        at_work = {project.id for project in listed if project.status not in ENDED}
        return {job: Observation(None) for job, project in places.items() if project in at_work}

    return list_request


def of_answer(http: Transport, output_url: str) -> StatusRequest[videodb.Answer]:
    """Return the status request of a VideoDB answer that comes later."""
    where = output_url

    async def request_status(jobs: Collection[str]) -> Mapping[str, Observation[videodb.Answer]]:
        nonlocal where
        answer = await videodb.poll(http, where)
        fraction = None
        if isinstance(answer, videodb.Pending):
            where = answer.output_url
            fraction = None if answer.percentage is None else answer.percentage / 100
        done = isinstance(answer, videodb.Done)
        ended = not isinstance(answer, videodb.Pending)
        return dict.fromkeys(
            jobs, Observation(answer, ended=ended, fraction=fraction, typical=done)
        )

    return request_status


def _seen(job: JobRecord) -> Observation[JobRecord]:
    progress = (job.metadata or {}).get("progress")
    return Observation(
        job,
        ended=job.status in ENDED,
        fraction=float(progress) if isinstance(progress, int | float) else None,
        typical=job.status == "completed",
    )
