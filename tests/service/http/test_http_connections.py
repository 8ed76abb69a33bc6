"""The server under clients that are slow, many, or gone: real sockets on the loopback."""

from __future__ import annotations

import contextlib
import logging
import resource
import socket
import time

import pytest

from tests.service.running import Running
from tests.service.tools import until
from thumbnb.service.http import connection


@pytest.fixture
def served(fresh, monkeypatch):
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.4)
    monkeypatch.setattr(connection, "BODY_SECONDS", 0.4)
    monkeypatch.setattr(connection, "READ_SECONDS", 0.4)
    running = Running(fresh, limit=8)
    yield running
    running.close()


def rest(client: socket.socket) -> bytes:
    """Read until the server closes."""
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while data := client.recv(65536):
            found += data
    return found


HEAD = "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nx-access-token: {}\r\nContent-Length: {}\r\n\r\n"


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "])
def test_half_a_head_is_given_up(served, sent):
    with served.connect() as client:
        client.sendall(sent)
        started = time.monotonic()
        assert rest(client).startswith(b"HTTP/1.1 408")
        assert time.monotonic() - started < 10
    assert served.ok()


@pytest.mark.slow
def test_half_a_head_after_a_whole_request_is_given_up_too(served):
    with served.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HTTP/1.1\r\nHo")
        assert rest(client).startswith(b"HTTP/1.1 200")


def test_a_head_that_drips_is_given_up(served):
    with served.connect() as client, contextlib.suppress(ConnectionError):
        started = time.monotonic()
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
        while time.monotonic() - started < 10:
            client.sendall(b"x")
            time.sleep(0.05)
        raise AssertionError("It never ended")


@pytest.mark.parametrize("path", ["/collection", "/upload/m-1"])
def test_half_a_body_is_given_up(served, path, caplog):
    """With the token and without: whatever reads the body hears that it is over."""
    with served.connect() as client:
        client.sendall(HEAD.format(path, served.harness.service.token, 1000).encode() + b'{"na')
        answer = rest(client)
        assert answer.startswith((b"HTTP/1.1 408", b"HTTP/1.1 403"))
    assert served.ok()
    assert "Traceback" not in caplog.text


def test_a_slow_but_steady_body_is_taken(served):
    body = b'{"name": "' + b"x" * 1500 + b'"}' + b" " * 60_000
    with served.connect() as client:
        client.sendall(HEAD.format("/collection", served.harness.service.token, len(body)).encode())
        for start in range(0, len(body), 6000):
            client.sendall(body[start : start + 6000])
            time.sleep(0.1)
        client.settimeout(10)
        assert client.recv(65536).startswith(b"HTTP/1.1 200")


def test_an_answer_that_nobody_reads_is_given_up(served):
    harness = served.harness
    with harness.service.files.new_file() as new_file:
        new_file.write(bytes(64 * 1024 * 1024))
        new_file.seal()
        with harness.service.database.write():
            sha256 = harness.service.files.keep(new_file)
    item = {"id": "big", "role": "bucket", "name": "big", "sha256": sha256, "size": new_file.size}
    row = {**item, "media_type": "image/png", "width": 1, "height": 1, "created_at": "2030"}
    with harness.service.database.write() as rows:
        from thumbnb.service.store.rows import insert

        insert(rows, "pictures", row)
    path = harness.service.access.paths.sign("/files/big.png")
    with served.connect() as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        until(lambda: not served.server.server_state.connections, "The end of the connection", 20)


def test_more_connections_than_allowed_are_reported_so(served):
    with contextlib.ExitStack() as opened:
        for _ in range(8):
            client = opened.enter_context(served.connect())
            client.sendall(b"GET / HT")
        with served.connect() as one_more:
            answer = rest(one_more)
        assert answer.startswith(b"HTTP/1.1 503")
        assert b"retry-after" in answer
    until(served.ok, "A place for the next")


def test_out_of_descriptors_is_a_line_and_no_traceback(fresh, caplog):
    """They are given back, and it goes on."""
    caplog.set_level(logging.WARNING)
    running = Running(fresh, limit=10_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        assert running.ok()
        with contextlib.ExitStack() as opened:
            clients = [opened.enter_context(socket.socket()) for _ in range(20)]
            spare = opened.enter_context(socket.socket())
            resource.setrlimit(resource.RLIMIT_NOFILE, (spare.fileno() + 1, hard))
            for client in clients:
                client.connect(("127.0.0.1", running.port))
            until(lambda: "limit of this machine" in caplog.text, "The line")
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        until(running.ok, "The service")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        running.close()
    assert "Traceback" not in caplog.text


def test_a_client_that_hangs_up_is_no_failure(served, caplog):
    """In the middle of a body, of an upload and of an answer."""
    caplog.set_level(logging.INFO, "thumbnb")
    caplog.set_level(logging.WARNING, "httpx")
    token = served.harness.service.token
    form = b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nhalf a fi'
    upload = served.harness.data("/collection/default/upload_url")["upload_url"]
    path = upload.partition("localhost")[2]
    for target, kind, body in [
        ("/collection", "application/json", b'{"na'),
        (path, "multipart/form-data; boundary=x", form),
        ("/api/assets", "multipart/form-data; boundary=x", form),
    ]:
        head = HEAD.format(target, token, 100_000).replace(
            "\r\n\r\n", f"\r\nx-api-key: {token}\r\nContent-Type: {kind}\r\n\r\n"
        )
        with served.connect() as client:
            client.sendall(head.encode() + body)
            time.sleep(0.1)
    until(lambda: not served.server.server_state.tasks, "The end of the requests")
    assert served.ok()
    assert caplog.text == ""
    assert [p for p in served.harness.files() if "unfinished" in p.parts] == []
