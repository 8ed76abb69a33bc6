"""A VideoDB in miniature, driven by a state object: what it holds and what goes wrong next.

It stands where the network is (``httpx.MockTransport``), so every rule of the
client is exercised, and under a clock that jumps, so nothing sleeps.
"""

from __future__ import annotations

import asyncio
import io
import json
import selectors
import shutil
import tempfile
import threading
import weakref
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from PIL import Image

from thumbnb.api import videodb, youthumb
from thumbnb.api.transport import Transport
from thumbnb.client.client import Client
from thumbnb.client.ledger.ledger import Ledger
from thumbnb.client.polling import status_requests
from thumbnb.client.requests.rate_limiter import PER_MINUTE
from thumbnb.client.runtime.runner import Runner
from thumbnb.client.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "sk-very-secret"
BASE = "https://api.videodb.example"


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next timer instead of waiting for it."""

    def __init__(self) -> None:
        self._ahead = 0.0
        loop = self

        class Selector(selectors.DefaultSelector):
            def select(self, timeout=None):
                events = super().select(0 if timeout else timeout)
                if timeout and not events:
                    loop._ahead += timeout
                return events

        super().__init__(Selector())

    def time(self) -> float:
        return super().time() + self._ahead

    def run_in_executor(self, executor, func, *args):  # a thread's real time would race the clock
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001
            future.set_exception(error)
        return future


def picture(size: tuple[int, int] = (64, 36), colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


@dataclass
class State:
    """What the stub holds, and the faults it will commit, in order."""

    polls: int = 0  # answers of "processing" before a job is done
    status_words: tuple[str, ...] = ("processing",)
    nested: bool = False  # the final answer under "response"
    ignores_size: bool = False
    length: float | None = 30.0
    faults: deque[str] = field(default_factory=deque)
    requests: list[httpx.Request] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    fates: list[str] = field(default_factory=list)  # the fault each request met
    made: list[dict[str, Any]] = field(default_factory=list)  # thumbnails really made
    jobs: dict[str, list[Any]] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    stored: list[str] = field(default_factory=list)  # names of the videos really made
    fail_jobs: str = ""  # jobs end failed, with this message

    def sent(self, method: str, path: str) -> list[httpx.Request]:
        return [r for r in self.requests if r.method == method and r.url.path == path]

    def fates_of(self, method: str, path: str) -> list[str]:
        """Return what became of each such request, in order."""
        met = zip(self.requests, self.fates, strict=True)
        return [fate for r, fate in met if r.method == method and r.url.path == path]

    def forget(self) -> None:
        """Drop the record of what was sent so far."""
        self.requests.clear()
        self.bodies.clear()
        self.fates.clear()

    # -- the service --

    async def handle(self, request: httpx.Request) -> httpx.Response:
        fault = self.faults.popleft() if self.faults else "none"
        if fault == "unreachable":
            raise httpx.ConnectError("no route", request=request)
        content = await request.aread()
        self.requests.append(request)
        self.bodies.append(content)
        self.fates.append(fault)
        match fault:
            case "lost request":
                raise httpx.ReadTimeout("", request=request)
            case "refused":
                return httpx.Response(429, headers={"retry-after": "3"}, json={"message": "slow"})
            case "busy":
                return httpx.Response(503, headers={"retry-after": "2"}, json={"message": "busy"})
            case "unauthorised":
                return httpx.Response(401, json={"success": False, "message": "who?"})
            case "broken":
                return httpx.Response(502, text="<html>bad gateway</html>")
        answer = self.answer(request, content)
        match fault:
            case "lost answer":
                raise httpx.RemoteProtocolError("peer closed", request=request)
            case "broken after":
                return httpx.Response(500, json={"success": False, "message": "sorry"})
            case "timed out after":  # a gateway lost patience, and knows nothing of the work
                return httpx.Response(504, headers={"retry-after": "1"}, text="gateway timeout")
            case "not json":
                return httpx.Response(200, text="{half")
        return answer

    def answer(self, request: httpx.Request, content: bytes) -> httpx.Response:
        method, path = request.method, request.url.path
        videos = [
            {"id": f"m-{n}", "collection_id": "c-1", "name": name, "length": self.length}
            for n, name in enumerate(["talk", *self.stored], 1)
        ]
        match method, path.strip("/").split("/"):
            case "GET", ["collection", name]:
                return ok({"id": "c-1" if name == "default" else name})
            case "GET", ["collection"]:
                return ok({"collections": [{"id": "c-1", "name": "mine", "colour": "blue"}]})
            case "GET", ["collection", _, "upload_url"]:
                return ok({"upload_url": f"{BASE}/put/u{len(self.uploads) + 1}?signature=s3cret"})
            case "POST", ["put", name]:
                self.uploads[name] = content
                return httpx.Response(200, text="thanks")
            case "POST", ["collection", _, "upload"]:
                self.stored.append(json.loads(content)["name"])
                made = {"id": f"m-{len(self.stored) + 1}", "collection_id": "c-1"}
                return self.job(made)
            case "GET", ["video"]:
                return ok({"videos": videos})
            case "GET", ["video", name] if found := [v for v in videos if v["id"] == name]:
                return ok(found[0])
            case "GET", ["video", "m-1", "thumbnail"]:
                return ok({"thumbnail_url": f"{BASE}/files/default.png"})
            case "POST", ["video", "m-1", "thumbnail"]:
                body = json.loads(content)
                number = len(self.made)
                made = {
                    "id": f"img-{number}",
                    "collection_id": "c-1",
                    "url": f"{BASE}/files/{number}.png?signature=s3cret",
                }
                self.made.append(body)
                return self.job(made)
            case "GET", ["video", "m-1", "thumbnails"]:
                return ok(
                    [
                        {"id": f"img-{n}", "collection_id": "c-1", "timestamp": made["time"]}
                        for n, made in enumerate(self.made)
                    ]
                )
            case "GET", ["files", name]:
                stem = name.partition(".")[0]
                known = stem.isdigit() and int(stem) < len(self.made)
                made = self.made[int(stem)] if known else {}
                size = (int(made.get("width") or 64), int(made.get("height") or 36))
                return httpx.Response(200, content=picture((64, 36) if self.ignores_size else size))
            case "POST", ["image", image, "generate_url"]:
                return ok({"signed_url": f"{BASE}/files/{image.removeprefix('img-')}.png"})
            case "GET", ["async-response", name]:
                left, result = self.jobs[name]
                if left > 0:
                    self.jobs[name][0] -= 1
                    word = self.status_words[left % len(self.status_words)]
                    return self.processing(name, word)
                if self.fail_jobs:
                    return httpx.Response(
                        200,
                        json={"success": False, "status": "failed", "message": self.fail_jobs},
                    )
                final = {"success": True, "data": result}
                return httpx.Response(
                    200, json={"status": "done", "response": final} if self.nested else final
                )
            case "DELETE", _:
                return httpx.Response(200, json={"success": True})
        return httpx.Response(404, json={"success": False, "message": f"no {path}"})

    def job(self, result: dict[str, Any]) -> httpx.Response:
        if not self.polls and not self.fail_jobs:
            return ok(result)
        name = f"job-{len(self.jobs)}"
        self.jobs[name] = [self.polls, result]
        return self.processing(name, "processing")

    def processing(self, name: str, word: str) -> httpx.Response:
        data = {"id": name, "output_url": f"{BASE}/async-response/{name}", "percentage": 40}
        return httpx.Response(200, json={"success": True, "status": word, "data": data})


def ok(data: Any) -> httpx.Response:
    return httpx.Response(200, json={"success": True, "data": data})


def connect(
    state: State,
    *,
    home: Path | None = None,
    deadline: float = 600.0,
    budget: float | None = None,
    loop: Callable[[], asyncio.AbstractEventLoop] = JumpingLoop,
) -> Client:
    """Return a client of the stub, on a runner whose clock jumps; its home ends with it."""
    http = Transport(
        videodb.SERVICE,
        BASE,
        key=KEY,
        key_header=videodb.KEY_HEADER,
        wire=httpx.MockTransport(state.handle),
    )
    runner = Runner(loop)
    jobs: deque[Any] = deque()
    ledger = Ledger(
        home or Path(tempfile.mkdtemp()),
        budget=budget,
        recovery=lambda run: client.open_run(run),  # noqa: PLW0108  - made below
    )
    if home is None:
        weakref.finalize(ledger, shutil.rmtree, ledger.store.folder.parent, ignore_errors=True)
    youthumb_transport = Transport(
        youthumb.SERVICE,
        f"{BASE}/api",
        key=KEY,
        key_header=youthumb.KEY_HEADER,
        wire=httpx.MockTransport(state.handle),
    )
    session = partial(Session, ledger=ledger, deadline=deadline, jobs=jobs, run_on=runner)
    client = Client(
        session(http, "stub"),
        session(
            youthumb_transport,
            "stub",
            rate=PER_MINUTE,
            list_request=status_requests.of_projects(youthumb_transport),
        ),
    )
    return client


@contextmanager
def standing_still(client):
    """Keep the client's loop from doing anything, so that a job can be watched from its start."""
    begin = threading.Event()

    async def hold():
        begin.wait(30)

    client._session.runner.start(hold())
    try:
        yield
    finally:
        begin.set()
