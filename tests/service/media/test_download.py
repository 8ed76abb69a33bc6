"""Uploads by address: what strangers name must not lead into this machine or its network."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading

import pytest

from tests.service.tools import ServiceHarness, Source, plain, refusal
from thumbnb.service.media import public_address
from thumbnb.service.media.download import download
from thumbnb.service.media.public_address import check_url, is_public
from thumbnb.service.refusal import Refusal

INSIDE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1",
    "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
    "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1",
    "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
]  # fmt: skip
OUTSIDE = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700:4700::1111",
    "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_inside(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_outside(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/", "data:video/mp4,x",
        "//example.org/a", "example.org/a.mp4", "http://", "https:///a", "http://user@example.org/",
        "http://user:pass@example.org/a", "http://example.org:99999/", "http://[::1", "\x00",
    ],
)  # fmt: skip
def test_addresses_never_asked(url):
    with pytest.raises(Refusal) as caught:
        check_url(url)
    assert caught.value.status == 400


def test_an_address_may_hold_spaces_and_any_language():
    assert check_url("https://example.org/a b/ü.mp4?q=ö#t") == (
        "https://example.org/a%20b/%C3%BC.mp4?q=%C3%B6"
    )
    assert check_url("https://example.org/a%20b") == "https://example.org/a%20b"


def ask(harness: ServiceHarness, url: str, **more: str):
    return harness.post("/collection/default/upload", {"url": url, **more})


def nothing_left(harness: ServiceHarness) -> bool:
    return harness.files() == [] and harness.rows("videos") == 0


@pytest.fixture
def own(tmp_path):
    """A service that may fetch from this machine, as one's own server is allowed to."""
    harness = ServiceHarness(
        tmp_path / "home",
        allow_private_urls=True,
        max_upload=100_000,
        download_seconds=20,
    )
    yield harness
    harness.close()


def test_this_machine_is_not_reachable(fresh, talk):
    with Source(lambda handler: plain(handler, talk)) as source:
        for url in (source.url, source.url.replace("127.0.0.1", "localhost")):
            body = refusal(ask(fresh, url + "/talk.mp4"), 400)
            assert body["error_code"] == "ADDRESS_REFUSED"
        assert source.requested == []
    assert nothing_left(fresh)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1"])
def test_nor_by_odd_spellings_of_its_address(fresh, talk, host):
    with Source(lambda handler: plain(handler, talk)) as source:
        refusal(ask(fresh, source.url.replace("127.0.0.1", host)), 400)
        assert source.requested == []


def test_the_address_checked_is_the_one_connected_to(fresh, talk, monkeypatch):
    """A name that leads outside when checked and inside when connected to."""
    answers = ["93.184.216.34", "127.0.0.1"]
    looked_up, connected = [], []

    with Source(lambda handler: plain(handler, talk)) as source:
        port = int(source.url.rpartition(":")[2])

        def lookup(host, service, *_, **__):
            looked_up.append(host)
            address = answers[min(len(looked_up), 2) - 1]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, service))]

        def connect(self, address):
            connected.append(address)
            raise ConnectionRefusedError

        with monkeypatch.context() as patch:
            patch.setattr(socket, "getaddrinfo", lookup)
            patch.setattr(socket.socket, "connect", connect)
            body = refusal(ask(fresh, f"http://rebinding.example:{port}/a"), 400)
        assert body["error_code"] == "DOWNLOAD_FAILED"
        assert looked_up == ["rebinding.example"], "it is looked up once"
        assert connected == [("93.184.216.34", port)]


def test_of_a_names_addresses_only_public_ones_are_tried(fresh, monkeypatch):
    connected = []

    def lookup(host, service, *_, **__):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, service))
            for address in ("127.0.0.1", "10.0.0.1", "93.184.216.34")
        ]

    def connect(self, address):
        connected.append(address[0])
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", lookup)
        patch.setattr(socket.socket, "connect", connect)
        refusal(ask(fresh, "http://mixed.example/a"), 400)
    assert connected == ["93.184.216.34"]


def test_a_redirect_is_checked_like_the_first_address(fresh, talk, monkeypatch):
    """The first host is let through as if it were public; where it points is judged as ever."""
    with Source(lambda handler: plain(handler, talk)) as inner:

        def redirect(handler):
            handler.send_response(302)
            handler.send_header("Location", inner.url.replace("127.0.0.1", "127.0.0.2") + "/talk")
            handler.end_headers()

        with Source(redirect) as outer:
            allowed = ipaddress.ip_address("127.0.0.1")
            monkeypatch.setattr(
                public_address,
                "is_public",
                lambda a: ipaddress.ip_address(a) == allowed or is_public(a),
            )
            body = refusal(ask(fresh, outer.url + "/start"), 400)
            assert body["error_code"] == "ADDRESS_REFUSED"
            assert outer.requested == ["/start"]
        assert inner.requested == []
    assert nothing_left(fresh)


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "http://u:p@e.org/"]
)
def test_a_redirect_to_what_is_never_asked(own, target):
    def redirect(handler):
        handler.send_response(301)
        handler.send_header("Location", target)
        handler.end_headers()

    with Source(redirect) as source:
        message = refusal(ask(own, source.url), 400)["message"]
    assert message.startswith(f"{source.url} redirects "), message
    assert ("file:" in message) == target.startswith("file:")
    assert nothing_left(own)


def test_redirects_end_somewhere(own):
    def redirect(handler):
        handler.send_response(302)
        handler.send_header("Location", f"/{len(source.requested)}")
        handler.end_headers()

    with Source(redirect) as source:
        body = refusal(ask(own, source.url), 400)
        assert "redirects too often" in body["message"]
        assert len(source.requested) <= 7


@pytest.mark.slow
def test_ones_own_server_can_be_opened(own, talk):
    with Source(lambda handler: plain(handler, talk)) as source:
        made = ask(own, source.url + "/my%20talk.mp4?x=1").json()["data"]
        assert made["name"] == "my talk"
        assert made["size"] == len(talk)
        assert own.get(made["stream_url"]).content == talk
        named = ask(own, source.url + "/a.mp4", name="Named").json()["data"]
        assert named["name"] == "Named"


def test_a_host_may_be_named_in_any_language(own, talk, monkeypatch):
    """Its name is looked up and told to the server as the network writes it."""
    looked_up, reported = [], []

    def answer(handler):
        reported.append(handler.headers["Host"])
        plain(handler, talk)

    with Source(answer) as source:
        port = int(source.url.rpartition(":")[2])

        def lookup(host, service, *_, **__):
            looked_up.append(host.decode() if isinstance(host, bytes) else host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", service))]

        with monkeypatch.context() as patch:
            patch.setattr(socket, "getaddrinfo", lookup)
            made = ask(own, f"http://bücher.example:{port}/löwe.mp4")
    assert made.json()["data"]["name"] == "löwe"
    assert looked_up == ["xn--bcher-kva.example"]
    assert reported == [f"xn--bcher-kva.example:{port}"]


def test_slow_servers_cost_no_threads(own):
    """Downloads wait side by side on one loop; a cancelled one is over at once."""
    slow = threading.Event()

    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"x")
        slow.wait(30)

    async def many(url: str) -> None:
        with contextlib.ExitStack() as drafts:
            tasks = [
                asyncio.ensure_future(
                    download(
                        f"{url}/{n}",
                        drafts.enter_context(own.service.files.new_file()),
                        limit=100,
                        seconds=30,
                        allow_private=True,
                    )
                )
                for n in range(64)
            ]
            while len(source.requested) < len(tasks):  # noqa: ASYNC110 - a server on threads
                await asyncio.sleep(0.01)
            async with asyncio.timeout(10):  # a thread is free while all of them wait
                await asyncio.to_thread(threading.get_ident)
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=5)
            assert all(task.cancelled() for task in tasks)

    with Source(drip) as source:
        asyncio.run(many(source.url))
        slow.set()
    assert nothing_left(own)


def test_proxies_of_the_environment_are_not_used(own, talk, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with Source(lambda handler: plain(handler, talk)) as source:
        assert ask(own, source.url).status_code == 200


def test_it_says_what_the_address_answered(own):
    with Source(lambda handler: plain(handler, b"no", status=404)) as source:
        message = refusal(ask(own, source.url + "/a?secret=1"), 400)["message"]
    assert message == f"{source.url}/a answered 404."
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        refusal(ask(own, closed), 400)
    with Source(lambda handler: plain(handler, b"<html>not a video</html>")) as source:
        assert refusal(ask(own, source.url), 400)["error_code"] == "NOT_A_VIDEO"
    assert nothing_left(own)


def test_a_server_without_tls_is_refused(own, talk):
    with Source(lambda handler: plain(handler, talk)) as source:
        refusal(ask(own, source.url.replace("http:", "https:")), 400)
        assert source.requested == []


def test_what_is_too_large_is_refused_told_or_counted(own):
    with Source(lambda handler: plain(handler, b"", length=10**9)) as source:
        assert refusal(ask(own, source.url), 413)["error_code"] == "TOO_LARGE"

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(bytes(64 * 1024))

    with Source(endless) as source:
        assert refusal(ask(own, source.url), 413)["error_code"] == "TOO_LARGE"
    assert nothing_left(own)


def test_what_ends_early_is_not_taken_for_the_whole(own, talk):
    with Source(lambda handler: plain(handler, talk[:500], length=len(talk))) as source:
        message = refusal(ask(own, source.url), 400)["message"]
    assert "ended after 500 of" in message
    assert nothing_left(own)


@pytest.mark.parametrize("where", ["body", "headers"])
def test_a_server_that_drips_is_cut_off(tmp_path, where):
    """It is never silent for long, and would never end by itself."""
    harness = ServiceHarness(tmp_path / "home", allow_private_urls=True, download_seconds=0.5)
    ended = threading.Event()

    def drip(handler):
        try:
            if where == "body":
                handler.send_response(200)
                handler.end_headers()
            else:
                handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while True:
                handler.wfile.write(b"x")
                ended.wait(0.01)
        finally:
            ended.set()

    try:
        with Source(drip) as source:
            message = refusal(ask(harness, source.url), 400)["message"]
            assert "took longer" in message
            assert ended.wait(180)
        assert nothing_left(harness)
    finally:
        harness.close()
