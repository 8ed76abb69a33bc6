"""Requests as odd programs write them, over real sockets: read as the standards say, or refused."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

import pytest

from tests.service.http.test_http_connections import rest
from tests.service.running import Running
from tests.service.youthumb_harness import YouThumbHarness
from thumbnb.errors import InvalidInput
from thumbnb.service import serve


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    youthumb = YouThumbHarness(tmp_path_factory.mktemp("home"))
    running = Running(youthumb, limit=8)
    yield running
    running.close()
    youthumb.close()


@pytest.fixture(scope="module")
def file(served):
    """The address of a file, without its origin, and its bytes."""
    made = served.harness.asset("face")
    parts = urlsplit(made["url"])
    return f"{parts.path}?{parts.query}", served.harness.http.get(made["url"]).content


def ask(served, target, *headers, host="127.0.0.1", method="GET", body=""):
    """Send a request; return the answer's status, head and body."""
    token = served.harness.service.token
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", f"x-api-key: {token}",
             f"x-access-token: {token}", "Connection: close", *headers]  # fmt: skip
    with served.connect() as client:
        client.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode("latin-1"))
        head, _, content = rest(client).partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode().lower(), content


# -- targets and hosts -----------------------------------------------------------------


def test_a_target_in_absolute_form_is_taken(served):
    for target in ("http://127.0.0.1/api/assets", "HTTP://localhost:80/api/assets?limit=1"):
        assert ask(served, target)[0] == 200
    assert b"thumbnb" in ask(served, "http://localhost")[2]


def test_the_host_of_an_absolute_target_counts_and_is_checked(served):
    for host in ("evil.example", "127.0.0.1@evil.example", "", "127.0.0.1:80@evil.example"):
        status, _, body = ask(served, f"http://{host}/api/assets")
        assert (status, b"is not called" in body) == (400, True), host
    served.harness.asset("face")
    body = ask(served, "http://localhost:81/api/assets", host="evil.example")[2]
    assert b"http://localhost:81/files/" in body
    assert b"evil" not in body


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1.", "user@127.0.0.1", "127.1", "0x7f.1", "[::1", "[::1%25lo]", "127.0.0.1/x",
     "127.0.0.1,localhost", "127.0.0.1 localhost", "a.localhost", "127.0.0.1:999999", ""],
)  # fmt: skip
def test_a_host_that_only_looks_like_ours_is_refused(served, host):
    assert ask(served, "/api/assets", host=host)[0] == 400


@pytest.mark.parametrize("host", ["127.0.0.1:1", "[::1]:8750", "LocalHost", "thumbnb.localhost"])
def test_our_hosts_are_taken(served, host):
    assert ask(served, "/api/assets", host=host)[0] == 200


def test_other_hosts_that_are_forwarded_make_no_links(served):
    served.harness.asset("face")
    given = ("X-Forwarded-Host: evil.example", "Forwarded: host=evil.example")
    assert b"evil" not in ask(served, "/api/assets", *given)[2]


@pytest.mark.parametrize(
    ("proxies", "origin"),
    [([], b"http://127.0.0.1/"), (["127.0.0.0/8"], b"https://127.0.0.1/"),
     (["192.0.2.1"], b"http://127.0.0.1/")],
)  # fmt: skip
def test_only_a_proxy_that_is_named_may_say_that_a_client_came_by_https(served, proxies, origin):
    served.harness.asset("face")
    running = Running(served.harness, limit=8, proxies=proxies)
    try:
        body = ask(running, "/api/assets", "X-Forwarded-Proto: https")[2]
    finally:
        running.close()
    assert origin + b"files/" in body


@pytest.mark.parametrize("proxy", ["*", "", "evil.example", "127.0.0.1/8", "::1%lo/64"])
def test_a_proxy_is_named_by_its_address(tmp_path, proxy):
    with pytest.raises(InvalidInput, match="no address of a proxy"):
        serve(port=0, home=tmp_path / "home", proxies=[proxy])
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "path",
    ["/files/..%2f..%2ftoken", "/files/../../token", "/files/%2e%2e%2fservice.sqlite3",
     "/collection%00", "/api/../collection", "/\\collection", "//evil.example/collection"],
)  # fmt: skip
def test_no_path_leads_elsewhere(served, path):
    assert ask(served, path)[0] == 404


def test_a_key_in_an_address_opens_nothing(served):
    token = served.harness.service.token
    with served.connect() as client:
        target = f"/collection?x-access-token={token}&token={token}"
        client.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert client.recv(64).startswith(b"HTTP/1.1 401")


def test_what_is_quoted_in_an_answer_is_short(served):
    for path in ("/" + "a" * 60_000, f"/api/thumbnails/{'a' * 6000}/status"):
        status, _, body = ask(served, path)
        assert status == 404
        assert len(body) < 1000


@pytest.mark.parametrize("protocol", ["websocket", "h2c"])
def test_another_protocol_is_not_spoken_and_fills_no_log(served, caplog, protocol):
    log = logging.getLogger("uvicorn.error")  # which passes nothing on
    log.addHandler(caplog.handler)
    try:
        asked = ("Connection: Upgrade", f"Upgrade: {protocol}")
        assert ask(served, "/api/assets", *asked)[0] == 200
    finally:
        log.removeHandler(caplog.handler)
    assert caplog.messages == []


# -- bodies ----------------------------------------------------------------------------


def test_a_body_of_two_lengths_is_refused_and_ends_the_connection(served):
    status, head, body = ask(
        served, "/api/thumbnails", "Transfer-Encoding: chunked", "Content-Length: 5",
        method="POST", body="0\r\n\r\n",
    )  # fmt: skip
    assert (status, b"two lengths" in body) == (400, True)
    assert "connection: close" in head


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('{"prompt":"abc","advancedOptions":' + '{"a":' * 300 + "1" + "}" * 301, "recursion"),
        ('{"prompt":"abc","advancedOptions":{"seed":' + "9" * 9999 + "}}", "number"),
        (r'{"prompt":"\ud800 lone"}', "hex escape"),
        ('{"prompt":"abc","advancedOptions":{"variations":1e999}}', "variations"),
        ("[" * 900_000, "more values"),
    ],
)
def test_json_that_is_too_much_is_refused_with_the_reason(served, body, says):
    length = f"Content-Length: {len(body)}"
    status, _, answer = ask(served, "/api/thumbnails", length, method="POST", body=body)
    assert status == 400
    assert says in answer.decode()


# -- ranges ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given", ["bytes=5-1", "bytes=abc", "items=0-1", "bytes=--1", "bytes=", "bytes=0-" + "9" * 99]
)
def test_a_range_that_is_none_is_ignored(served, file, given):
    path, content = file
    status, _, body = ask(served, path, f"Range: {given}")
    assert (status, body) == (200, content)


def test_ranges_are_parts_and_one_beyond_the_end_is_refused(served, file):
    path, content = file
    for given, part in [("bytes=0-0", content[:1]), ("bytes=-2", content[-2:]),
                        ("bytes=3-", content[3:])]:  # fmt: skip
        status, head, body = ask(served, path, f"Range: {given}")
        assert (status, body) == (206, part)
        assert "content-range: bytes" in head
    for given in ("bytes=99999999-", "bytes=-0"):
        assert ask(served, path, f"Range: {given}")[0] == 416
    assert ask(served, path, "Range: bytes=0-0", 'If-Range: "another"')[0] == 200
    assert ask(served, path, method="HEAD")[2] == b""
