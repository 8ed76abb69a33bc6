"""What a client does while faults come, and what it may rely on afterwards."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from typing import TYPE_CHECKING, Any

import httpx

from tests.service.tools import Server, until, write_video
from thumbnb.service.recovery.check import check_service

if TYPE_CHECKING:
    import random
    from pathlib import Path

OK = 200
GONE = 404
FULL = 507


def contents(folder: Path, count: int = 6) -> list[bytes]:
    """Write some small videos that differ."""
    found = [write_video(folder / f"{n}.mp4", count=6, size=(96, 54), seed=n) for n in range(count)]
    return [path.read_bytes() for path in found]


class Workload:
    """Uploads, thumbnails, projects and deletions, one after the other, at random.

    What was acknowledged is noted: ``files`` by their path (with the hash of what a GET
    must give), ``gone`` paths, ``projects`` by id. ``answers`` counts the statuses.
    """

    def __init__(self, videos: list[bytes], chance: random.Random) -> None:
        self.videos = videos
        self.chance = chance
        self.files: dict[str, str] = {}
        self.gone: set[str] = set()
        self.projects: set[str] = set()
        self.answers: dict[int, int] = {}
        self.odd: list[str] = []
        self._ids: dict[str, list[str]] = {}
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def acknowledged(self) -> bool:
        """Whether there is something that must not be lost, or not come back."""
        return bool(self.files or self.gone or self.projects)

    def start(self, server: Server) -> None:
        """Work on a thread until ``stop``, or until the server is gone."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, args=(server,))
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(300)
            assert not self._thread.is_alive(), "a request never ended"

    def _run(self, server: Server) -> None:
        with (
            contextlib.suppress(httpx.HTTPError),
            httpx.Client(
                base_url=server.url,
                headers={"x-access-token": server.token, "x-api-key": server.token},
                timeout=240,
                trust_env=False,
            ) as http,
        ):
            while not self._stop.is_set():
                step = self.chance.choices(
                    (self._upload, self._thumbnail, self._delete, self._project), (4, 3, 2, 2)
                )[0]
                step(http)

    def _data(self, answer: httpx.Response) -> Any:
        """Give the data of a good answer; None of a refusal, which may only be a full disk's."""
        status = answer.status_code
        self.answers[status] = self.answers.get(status, 0) + 1
        if answer.is_success:
            body = answer.json()
            return body.get("data", body)
        if status != FULL:
            self.odd.append(f"{answer.request.method} {answer.request.url.path}: {answer.text}")
        return None

    def _upload(self, http: httpx.Client) -> None:
        address = self._data(http.get("/collection/default/upload_url"))
        if address is None:
            return
        content = self.chance.choice(self.videos)
        url = address["upload_url"]
        if self._data(http.post(url, files={"file": ("a.mp4", content)})) is None:
            return
        video = self._data(http.post("/collection/default/upload", json={"url": url}))
        if video and "stream_url" in video:
            path = _path(video["stream_url"])
            self.files[path] = hashlib.sha256(content).hexdigest()
            self._ids[video["id"]] = [path]

    def _thumbnail(self, http: httpx.Client) -> None:
        if not self._ids:
            return
        video_id = self.chance.choice(list(self._ids))
        wanted = {"time": self.chance.randrange(5) / 10, "width": self.chance.choice((96, 48))}
        image = self._data(http.post(f"/video/{video_id}/thumbnail", json=wanted))
        if image and "url" in image:
            path = _path(image["url"])
            sent = http.get(path)
            if sent.status_code == OK:
                self.files[path] = hashlib.sha256(sent.content).hexdigest()

    def _delete(self, http: httpx.Client) -> None:
        if len(self._ids) < 3:
            return
        video_id = self.chance.choice(list(self._ids))
        [path] = self._ids.pop(video_id)
        digest = self.files.pop(path)
        if self._data(http.delete(f"/video/{video_id}")) is not None:
            self.gone.add(path)
        elif http.get(path).status_code == OK:  # refused: it must still be what it was
            self.files[path], self._ids[video_id] = digest, [path]

    def _project(self, http: httpx.Client) -> None:
        made = self._data(http.post("/api/thumbnails", json={"prompt": "A quiet lake"}))
        if made is not None:
            self.projects.add(str(made["projectId"]))

    def check(self, server: Server) -> None:
        """Nothing acknowledged is lost or changed, nothing else is left behind."""
        assert self.odd == [], self.odd
        for path, digest in self.files.items():
            answer = server.http.get(path)
            log = "".join(server.log[-60:])
            assert answer.status_code == OK, f"{path} was acknowledged: {answer.text}\n{log}"
            assert hashlib.sha256(answer.content).hexdigest() == digest, path
        for path in self.gone:
            assert server.http.get(path).status_code == GONE, path
        headers = {"x-api-key": server.token}
        for project in self.projects:
            found = server.http.get(f"/api/thumbnails/{project}/detailed-status", headers=headers)
            assert found.status_code == OK, found.text + "".join(server.log[-60:])

        def unsettled() -> list[Any]:
            states = "SELECT kind, state, attempts FROM jobs WHERE state IN ('queued', 'running')"
            return [*server.rows(states), *(server.home / "unfinished").iterdir()]

        with contextlib.suppress(AssertionError):
            until(lambda: not unsettled(), "The end of all jobs, and of all unfinished files", 300)
        left = unsettled()
        assert left == [], f"{left}\n{''.join(server.log[-20:])}"
        findings = check_service(server.home)
        assert findings.is_sound, findings.lines()
        log = "".join(server.log)
        assert "Traceback" not in log, log
        assert "have no row" not in log, log


def _path(url: str) -> str:
    return str(httpx.URL(url).raw_path.decode())
