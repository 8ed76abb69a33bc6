"""An image server that speaks one of the dialects, as a state that a test sets and looks into."""

from __future__ import annotations

import base64
import io
import json
import socket
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from PIL import Image

KEY = "sk-secret-of-the-test"
OWNERS = {
    "openai": "system",
    "vllm-omni": "vllm-omni",
    "sglang": "sglang",
    "ollama": "library",
    "sd-server": "stable-diffusion.cpp",
    "litellm": "litellm",
    "localai": "localai",
    "open": "somebody",
}
EDITS = {"openai", "vllm-omni", "sglang", "litellm"}


@dataclass
class State:
    """How a server answers; ``faults`` are those of the next paid requests, one each.

    ``gate`` holds every paid answer back until it is set, ``between`` what comes after an
    unfinished image. ``requests`` are the paid ones as they came, ``painted`` counts the images
    it charged for, ``keys`` what stood in the header of each request, by path.
    """

    dialect: str = "openai"
    model: str = "painter-1"
    faults: deque[str] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    files: list[list[tuple[str, bytes]]] = field(default_factory=list)
    painted: int = 0
    keys: list[tuple[str, str | None]] = field(default_factory=list)
    gate: threading.Event | None = None
    between: threading.Event | None = None
    arrived: threading.Event = field(default_factory=threading.Event)
    image: bytes | None = None
    url: str | None = None
    needs_key: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)

    def picture(self, size: tuple[int, int], number: int) -> bytes:
        if self.image is not None:
            return self.image
        colour = ((40 + 60 * number) % 256, 90, (200 - 50 * number) % 256)
        return encoded(size, colour)


def encoded(size: tuple[int, int], colour: Any = (30, 90, 160), form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


class ImageServer:
    """The state behind an address: ``url`` ends in ``/v1``."""

    def __init__(self, state: State, port: int = 0) -> None:
        self.state = state

        class Handler(_Handler):
            pass

        Handler.state = state

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *_: Any) -> None:
                pass  # a client that hangs up is what some tests are about

        self._server = Quiet(("127.0.0.1", port), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self.origin}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for event in (self.state.gate, self.state.between):
            if event is not None:
                event.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    state: State
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        state = self.state
        state.keys.append((self.path, self.headers.get("Authorization")))
        if self.path == "/v1/models":
            if state.dialect == "no-models":
                return self._json(404, {"detail": "Not Found"})
            if state.dialect == "website":
                return self._bytes(200, b"<html>Welcome</html>", "text/html")
            if self._unauthorized():
                return None
            owner = OWNERS.get(state.dialect, "")
            model = {"id": state.model, "object": "model", "owned_by": owner}
            return self._json(200, {"object": "list", "data": [model]})
        if "/content" in self.path or self.path.startswith("/generated/"):
            if state.dialect == "sglang" and self._unauthorized():
                return None
            return self._bytes(200, state.picture((1536, 864), 1), "image/png")
        return self._json(404, {"error": {"message": f"no {self.path}", "type": "not_found"}})

    def do_POST(self) -> None:
        state = self.state
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        state.keys.append((self.path, self.headers.get("Authorization")))
        if self.path not in {"/v1/images/generations", "/v1/images/edits"}:
            return self._json(404, {"error": {"message": "no such path", "type": "not_found"}})
        edits = self.path.endswith("edits")
        if state.dialect == "website" or (edits and state.dialect not in EDITS):
            return self._json(404, {"detail": "Not Found"})
        if self._unauthorized():
            return None
        fields, files = self._read(body)
        with state.lock:
            state.requests.append({"path": self.path, **fields})
            state.files.append(files)
            fault = state.faults.popleft() if state.faults else ""
        state.arrived.set()
        if state.gate is not None:
            state.gate.wait(60)
        return self._paint(fields, edits, fault)

    def _paint(self, fields: dict[str, Any], edits: bool, fault: str) -> None:
        state = self.state
        if refused := self._refusal(fields, fault):
            return self._json(*refused)
        if fault == "endless":
            return self._endless()
        width, height = map(int, str(fields.get("size", "1024x1024")).split("x"))
        count = 1 if fault == "one" else int(fields.get("n", 1))
        with state.lock:
            first = state.painted
            state.painted += count
        if fault == "lost":  # painted and charged; the answer never comes
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        if fault == "500":
            return self._json(500, {"error": {"message": "it broke", "type": "server_error"}})
        pictures = [state.picture((width, height), first + n) for n in range(count)]
        if fault == "html":
            return self._bytes(200, b"<html>gateway</html>", "text/html")
        usage = {"input_tokens": 50, "output_tokens": 1000 * count}
        if fields.get("stream") in {True, "true"}:
            return self._stream(pictures[0], usage, fault, edits=edits)
        data = [self._item(each, edits) for each in pictures]
        return self._json(200, {"created": 1, "data": data, "usage": usage})

    def _refusal(self, fields: dict[str, Any], fault: str) -> tuple[int, Any, str | None] | None:
        state = self.state
        if fault == "429":
            error = {"message": "slow down", "type": "rate_limit_error", "code": "rate_limited"}
            return 429, {"error": error}, "0"
        if fault == "quota":
            error = {"message": "no money left", "type": "insufficient_quota"}
            return 429, {"error": {**error, "code": "insufficient_quota"}}, None
        if fault == "503":
            return 503, {"detail": "the model is loading"}, "0"
        if fault == "moderated":
            error = {"message": "Rejected by the safety system.", "code": "moderation_blocked"}
            return 400, {"error": error}, None
        if fault == "moderated by type":
            error = {"message": "This is not allowed.", "type": "ContentPolicyViolationError"}
            return 400, {"error": {**error, "code": "400"}}, None
        if fault == "moderated with 200":
            error = {"message": "This is not allowed.", "code": "content_filter"}
            return 200, {"error": error}, None
        if fault == "echo":
            return 400, {"error": {"message": f"What is {KEY}?", "type": "bad"}}, None
        if fault == "422":
            return 422, {"detail": [{"loc": ["body", "size"], "msg": "size is not allowed"}]}, None
        # What each server refuses by itself.
        form = fields.get("response_format")
        if state.dialect == "openai" and form is not None:
            return 400, {"error": {"message": "Unknown parameter: 'response_format'."}}, None
        if state.dialect == "sglang" and form == "url":
            return 400, {"error": {"message": "url is not supported"}}, None
        if state.dialect != "vllm-omni" and {"seed", "negative_prompt"} & set(fields):
            return 400, {"error": {"message": "Unknown parameter: 'seed'."}}, None
        if state.dialect != "openai" and "stream" in fields:
            return 400, {"error": {"message": "Unknown parameter: 'stream'."}}, None
        if state.model != fields.get("model"):
            return 404, {"error": {"message": f"no model {fields.get('model')}"}}, None
        return None

    def _item(self, picture: bytes, edits: bool) -> dict[str, Any]:
        state = self.state
        if state.url is not None:
            return {"url": state.url}
        if state.dialect == "sglang" and edits:
            return {"url": "/v1/images/img-7/content"}
        if state.dialect == "localai":
            return {"url": f"http://{self.headers['Host']}/generated/b6.png"}
        return {"b64_json": base64.b64encode(picture).decode()}

    def _stream(self, picture: bytes, usage: Any, fault: str, *, edits: bool) -> None:
        state = self.state
        kind = "image_edit" if edits else "image_generation"
        coded = base64.b64encode(picture).decode()
        events = [
            (f"{kind}.partial_image", {"b64_json": coded, "partial_image_index": 0}),
            (f"{kind}.completed", {"b64_json": coded, "usage": usage}),
        ]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        for name, data in events[:1] if fault == "broken" else events:
            text = f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n"
            self.wfile.write(text.encode())
            if state.between is not None and name.endswith("partial_image"):
                state.between.wait(60)
        self.close_connection = True

    # -- reading and writing ------------------------------------------------------

    def _unauthorized(self) -> bool:
        state = self.state
        if not state.needs_key or state.dialect not in {"openai", "litellm", "sglang"}:
            return False
        if self.headers.get("Authorization") == f"Bearer {KEY}":
            return False
        self._json(401, {"error": {"message": "Incorrect API key", "code": "invalid_api_key"}})
        return True

    def _read(self, body: bytes) -> tuple[dict[str, Any], list[tuple[str, bytes]]]:
        kind = self.headers.get("Content-Type", "")
        if not kind.startswith("multipart/"):
            return json.loads(body), []
        fields, files = {}, []
        for part in message_from_bytes(f"Content-Type: {kind}\n\n".encode() + body).walk():
            name = part.get_param("name", header="content-disposition")
            if name is None:
                continue
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            if part.get_filename():
                files.append((str(name), content))
            else:
                fields[str(name)] = content.decode()
        return fields, files

    def _json(self, status: int, value: Any, retry_after: str | None = None) -> None:
        self._bytes(status, json.dumps(value).encode(), "application/json", retry_after)

    def _bytes(self, status: int, body: bytes, kind: str, retry_after: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if retry_after is not None:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(body)

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        chunk, end = b"x" * 2**20, time.monotonic() + 30
        while time.monotonic() < end:
            self.wfile.write(chunk)
