"""What the services' answers say of jobs, through the poller, in the bytes they send."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import httpx
import pytest

from tests.client.polled_service import KEY, now, poller, run
from tests.client.stub import BASE, State
from thumbnb.api import videodb, youthumb
from thumbnb.api.transport import Transport
from thumbnb.client.polling import status_requests


@dataclass
class Projects:
    """YouThumb's side: {project: {job: (end, last word)}}."""

    jobs: dict[str, dict[str, tuple[float, str]]]
    listed: bool = True
    paths: list[str] = field(default_factory=list)

    async def handle(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/thumbnails").strip("/")
        self.paths.append(path)
        if path:
            project = path.partition("/")[0]
            return success_response({"projectId": project, "status": self.word(project), "jobs": [
                {"jobId": job, "status": last if end <= now() else "dreaming",
                 "errorMessage": "no face", "metadata": {"progress": min(1.0, now() / end)}}
                for job, (end, last) in self.jobs[project].items()
            ]})  # fmt: skip
        rows = [{"projectId": name, "status": self.word(name)} for name in self.jobs]
        return success_response({"projects": rows if self.listed else []})

    def word(self, project: str) -> str:
        jobs = self.jobs[project].values()
        return "processing" if any(end > now() for end, _ in jobs) else "completed"


def success_response(data) -> httpx.Response:
    return httpx.Response(200, json={"success": True, "data": data})


def to(service: Projects) -> Transport:
    return Transport(
        youthumb.SERVICE,
        f"{BASE}/api",
        key="k",
        key_header=youthumb.KEY_HEADER,
        wire=httpx.MockTransport(service.handle),
    )


def test_jobs_of_one_project_share_its_status_poll():
    service = Projects({"p": {"a": (20, "completed"), "b": (40, "failed")}})
    statuses, received = [], []

    async def hear(seen):
        received.append(seen)

    async def main():
        at_work, http = poller(), to(service)
        look = status_requests.of_project(http, "p", statuses.append)
        return await asyncio.gather(
            *(at_work.until_done(KEY, job, look, group="p", on_seen=hear) for job in ("a", "b"))
        )

    good, bad = run(main())
    assert (good.id, good.status) == ("a", "completed")
    assert (bad.id, bad.status, bad.error_message) == ("b", "failed", "no face")
    assert set(service.paths) == {"p/status"}
    assert len(statuses) == len(service.paths)
    assert all(0 <= seen.fraction <= 1 for seen in received)


@pytest.mark.parametrize("listed", [True, False])
def test_jobs_of_many_projects_share_list_polls_and_read_their_own_end(listed):
    service = Projects(
        {f"p{n}": {f"j{n}": (20.0 + n, "completed")} for n in range(12)}, listed=listed
    )

    async def main():
        http = to(service)
        at_work = poller(limit=90, list_request=status_requests.of_projects(http))

        async def one(n: int) -> float:
            look = status_requests.of_project(http, f"p{n}")
            job = await at_work.until_done(KEY, f"j{n}", look, group=f"p{n}")
            assert (job.id, job.status) == (f"j{n}", "completed")
            return now() - 20 - n

        return await asyncio.gather(*(one(n) for n in range(12)))

    lags = run(main())
    own = len([path for path in service.paths if path])
    if listed:
        assert max(lags) < 3
        assert own < 12 + 8  # each once, and the last of all when it was alone
    else:
        assert own > 24


@pytest.mark.parametrize("fails", [False, True])
def test_a_videodb_answer_is_followed_to_its_end(fails):
    state = State(polls=3, fail_jobs="no such frame" if fails else "")
    wire = httpx.MockTransport(state.handle)

    async def main():
        http = Transport(videodb.SERVICE, BASE, key="k", key_header="x-access-token", wire=wire)
        state.job({"id": "img-1"})
        look = status_requests.of_answer(http, f"{BASE}/async-response/job-0")
        received = []

        async def hear(seen):
            received.append(seen)

        at_work = poller()
        answer = await at_work.until_done(KEY, "job-0", look, long_poll=True, on_seen=hear)
        return answer, [seen.fraction for seen in received], at_work.schedule.to_json()

    answer, fractions, learned = run(main())
    assert fractions == [0.4, 0.4, 0.4]
    if fails:
        assert isinstance(answer, videodb.Failed)
        assert learned == []
    else:
        assert answer == videodb.Done({"id": "img-1"})
        assert learned


def test_late_older_answer_is_ignored():
    received: list[str] = []

    async def main() -> None:
        words = iter([0, 1])
        came, held = [[asyncio.Event(), asyncio.Event()] for _ in range(2)]

        async def handle(request: httpx.Request) -> httpx.Response:
            mine = next(words)
            came[mine].set()
            await held[mine].wait()
            return success_response({"projectId": "p", "status": ["processing", "completed"][mine]})

        http = Transport(
            youthumb.SERVICE,
            f"{BASE}/api",
            key="k",
            key_header=youthumb.KEY_HEADER,
            wire=httpx.MockTransport(handle),
        )
        look = status_requests.of_project(http, "p", lambda found: received.append(found.status))
        first = asyncio.ensure_future(look(["j"]))
        await came[0].wait()
        second = asyncio.ensure_future(look(["j"]))
        await came[1].wait()
        held[1].set()
        await second
        held[0].set()
        await first

    asyncio.run(main())
    assert received == ["completed"]
