"""Small videos whose frames can be told apart, and ways to reach a service."""

from __future__ import annotations

import asyncio
import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self, cast

import av
import httpx
import numpy as np
from PIL import Image

from thumbnb.service import create_app
from thumbnb.service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from av.video.stream import VideoStream

FPS = 10
FRAMES = 40
SIZE = (192, 108)
BASE = "http://thumbnb.localhost"
# How long a server of its own may take to start, or a job to end, on a busy machine (seconds).
LONGEST = 300.0


def level(number: int) -> int:
    """The grey of the right half of frame ``number``."""
    return 30 + 5 * number


def write_video(
    path: Path,
    *,
    count: int = FRAMES,
    size: tuple[int, int] = SIZE,
    dark: int = 0,
    codec: str = "libx264",
    seed: int = 0,
) -> Path:
    """Write a video: a texture on the left, the frame's number as a grey on the right.

    The first ``dark`` frames are black.
    """
    width, height = size
    texture = np.random.default_rng(seed).integers(0, 255, (height, width // 2, 3), dtype=np.uint8)
    with av.open(str(path), "w") as container:
        stream = cast("VideoStream", container.add_stream(codec, rate=FPS, options={"crf": "12"}))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(count):
            picture = np.zeros((height, width, 3), np.uint8)
            if number >= dark:
                picture[:, : width // 2] = texture
                picture[:, width // 2 :] = level(number % FRAMES)
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return path


def frame_number(picture: bytes | Image.Image) -> int:
    """Read the number of the frame off its picture."""
    image = Image.open(io.BytesIO(picture)) if isinstance(picture, bytes) else picture
    width, height = image.size
    grey = image.convert("RGB").getpixel((width * 3 // 4, height // 2))
    assert isinstance(grey, tuple)
    return round((grey[1] - 30) / 5)


class Inside(httpx.BaseTransport):
    """Reaches an application in this process, on a loop that several threads may use at once."""

    def __init__(self, app: Any) -> None:
        self._inner = httpx.ASGITransport(app=app)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run_coroutine_threadsafe(self._handle(request), self._loop).result(60)

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        content = request.read()

        async def body() -> AsyncIterator[bytes]:
            for start in range(0, len(content), 100_000):
                yield content[start : start + 100_000]

        answer = await self._inner.handle_async_request(
            httpx.Request(request.method, request.url, headers=request.headers, content=body())
        )
        data = await answer.aread()
        return httpx.Response(answer.status_code, headers=answer.headers, content=data)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()


class ServiceHarness:
    """A service in this process, and requests to it as a client would make them."""

    def __init__(self, home: Path, *, token: str | None = None, **settings: Any) -> None:
        self.home = home
        self.app = create_app(home, token=token, settings=Settings(**settings))
        self.service = self.app.state.service
        self.http = httpx.Client(
            transport=Inside(self.app),
            base_url=BASE,
            headers={"x-access-token": self.service.token},
            timeout=180,
        )

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.http.get(path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return self.http.post(path, json=json, **options)

    def data(self, path: str, json: Any = None) -> Any:
        """Give the data of a good answer."""
        answer = self.get(path) if json is None else self.post(path, json)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def send(self, content: bytes, name: str = "talk") -> str:
        """Send a file to a fresh upload address; gives the address."""
        url: str = self.data(f"/collection/default/upload_url?name={name}")["upload_url"]
        answer = self.http.post(url, files={"file": (name, content)})
        assert answer.status_code == 200, answer.text
        return url

    def upload(self, content: bytes, name: str = "talk") -> dict[str, Any]:
        """Make a video of a file; gives its record."""
        url = self.send(content, name)
        return made(self.http, self.post("/collection/default/upload", {"url": url}))

    def thumbnail(self, video: dict[str, Any], **params: Any) -> dict[str, Any]:
        return made(self.http, self.post(f"/video/{video['id']}/thumbnail", params))

    def picture(self, image: dict[str, Any]) -> Image.Image:
        """Fetch a picture as a browser does, without the token."""
        answer = self.http.get(image["url"], headers={"x-access-token": ""})
        assert answer.status_code == 200, answer.text
        return Image.open(io.BytesIO(answer.content))

    def files(self) -> list[Path]:
        """Every file there is beside the database: kept ones and unfinished files."""
        return [
            path
            for folder in ("media", "unfinished")
            for path in sorted((self.home / folder).rglob("*"))
            if path.is_file()
        ]

    def rows(self, table: str) -> int:
        found = self.service.database.first(f"SELECT count(*) AS n FROM {table}")
        return int(found["n"])

    def close(self) -> None:
        self.service.close()
        self.http.close()


def refusal(answer: httpx.Response, status: int) -> dict[str, Any]:
    """Check that an answer is a refusal in the service's shape; gives it."""
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    assert body["success"] is False
    assert body["code"] == status
    assert body["error_code"] == body["error_code"].upper()
    assert len(body["message"]) > 10
    assert "Traceback" not in body["message"]
    return body


def made(http: httpx.Client, answer: httpx.Response) -> dict[str, Any]:
    """Give what a request made; on a busy machine it is answered before that is done."""
    end = time.monotonic() + LONGEST
    while answer.status_code == 200 and answer.json()["status"] == "processing":
        assert time.monotonic() < end, answer.text
        answer = http.get(answer.json()["data"]["output_url"])
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "done", answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


def until(condition: Callable[[], Any], what: str, seconds: float = 180) -> Any:
    """Wait for a state that another process or thread will reach."""
    deadline, pause = time.monotonic() + seconds, 0.002
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(pause)
        pause = min(1.3 * pause, 0.05)  # what takes long is not kept from the processor
    raise AssertionError(f"{what} never came")


class Server:
    """``thumbnb serve`` in a process of its own, on a free port of the loopback."""

    def __init__(self, home: Path, *flags: str, **environment: str) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys; from thumbnb.cli import main; sys.exit(main())",
                "serve",
                "--port=0",
                f"--home={home}",
                *flags,
            ],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )
        self.log: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url: str = until(self._address, f"The address of the server, in {self.log},", LONGEST)
        self.token = (home / "token").read_text().strip()
        self.http = httpx.Client(
            base_url=self.url, headers={"x-access-token": self.token}, timeout=180, trust_env=False
        )
        until(self._up, "The server", LONGEST)

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.log.append(line)

    def _address(self) -> str | None:
        assert self.process.poll() is None, self.log
        found = re.search(r"served at (http://\S+)", "".join(self.log))
        return found and found[1]

    def _up(self) -> bool:
        try:
            return self.http.get("/").status_code == 200
        except httpx.TransportError:
            return False

    def send(self, content: bytes, name: str = "talk") -> str:
        url: str = self.http.get("/collection/default/upload_url", params={"name": name}).json()[
            "data"
        ]["upload_url"]
        assert httpx.post(url, files={"file": (name, content)}, trust_env=False).is_success
        return url

    def upload(self, content: bytes) -> dict[str, Any]:
        url = self.send(content)
        return made(self.http, self.http.post("/collection/default/upload", json={"url": url}))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into the database from outside."""
        with sqlite3.connect(self.home / "service.sqlite3", timeout=30) as rows:
            found = rows.execute(sql).fetchall()
        rows.close()
        return found

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        self.http.close()
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(LONGEST)
        self._reader.join(LONGEST)
        assert self.process.stderr is not None
        self.process.stderr.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


class Source:
    """A web server that hands out what a test tells it to."""

    def __init__(self, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
        self.requested: list[str] = []
        source = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                source.requested.append(self.path)
                answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                pass  # a client that hangs up is what many of these tests are about

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def plain(
    handler: BaseHTTPRequestHandler, content: bytes, length: int | None = None, status: int = 200
) -> None:
    """Answer a request with some bytes, telling their length or another."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content) if length is None else length))
    handler.end_headers()
    handler.wfile.write(content)
