"""Who gets in: the token, the names the service answers to, the signed addresses."""

from __future__ import annotations

import os
import socket
import stat
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.service.tools import ServiceHarness, refusal
from thumbnb.errors import InvalidInput
from thumbnb.service.http.access import Access, kept_secret
from thumbnb.service.server import _listen


def test_the_token_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    made = Access(tmp_path)
    assert len(made.token) >= 32
    for name in ("token", "signing-key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert (tmp_path / "token").read_text().strip() == made.token
    assert Access(tmp_path).token == made.token
    assert Access(tmp_path, token="chosen").token == "chosen"


def test_the_environment_can_choose_it(tmp_path, monkeypatch):
    monkeypatch.setenv("THUMBNB_TOKEN", "from-the-environment")
    assert Access(tmp_path).token == "from-the-environment"
    assert not (tmp_path / "token").exists()


def test_many_first_starts_at_once_agree_on_one(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(lambda _: kept_secret(tmp_path / "token"), range(64)))) == 1


def test_a_start_cut_short_leaves_no_empty_token(tmp_path):
    (tmp_path / "token").touch()
    (tmp_path / "token.new").write_text("half")
    assert len(Access(tmp_path).token) >= 32


@pytest.mark.skipif(os.name == "nt", reason="modes are a POSIX notion")
def test_the_home_is_private(tmp_path):
    harness = ServiceHarness(tmp_path / "a" / "home")
    harness.close()
    assert stat.S_IMODE((tmp_path / "a" / "home").stat().st_mode) == 0o700


def test_answers_are_not_held_back_by_the_network():
    """What asyncio does not know for TCP keeps Nagle's delay: 44 ms an answer."""
    with (
        _listen("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()) as _,
        listener.accept()[0] as accepted,
    ):
        assert accepted.proto == socket.IPPROTO_TCP
        with pytest.raises(InvalidInput, match="--port"):
            _listen("127.0.0.1", listener.getsockname()[1])
    with pytest.raises(InvalidInput):
        _listen("127.0.0.1", 70000)


def test_a_home_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput, match="THUMBNB_HOME"):
        ServiceHarness(tmp_path / "file" / "home")


@pytest.mark.parametrize("key", ["", "wrong", "ünicode", None])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/collection"),
        ("GET", "/video"),
        ("GET", "/image/img-1"),
        ("POST", "/video/m-1/thumbnail"),
        ("DELETE", "/video/m-1"),
        ("GET", "/async-response/job-1"),
        ("POST", "/collection/default/upload"),
    ],
)
def test_without_the_token_nothing_is_reported(harness, method, path, key):
    request = harness.http.build_request(method, path)
    del request.headers["x-access-token"]
    if key is not None:
        request.headers = httpx.Headers([*request.headers.raw, (b"x-access-token", key.encode())])
    refusal(harness.http.send(request), 401)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8750", 200),
        ("localhost:1", 200),
        ("LocalHost", 200),
        ("[::1]:8750", 200),
        ("thumbnb.localhost", 200),
        ("evil.example", 400),
        ("evil.example:8750", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost.evil.example", 400),
        ("192.168.1.7", 400),
        ("127.0.0.1:80@evil.example", 400),
        ("127.0.0.1@evil.example", 400),
        ("evil.example:80@127.0.0.1", 400),
        ("127.0.0.1:8750/evil", 400),
        ("127.0.0.1:8750#evil.example", 400),
        ("127.0.0.1\\evil.example", 400),
        ("127.0.0.1:", 400),
        ("127.0.0.1:80:80", 400),
        ("127.0.0.1 evil.example", 400),
        ("127.0.0.1, evil.example", 400),
        ("localhost.", 400),
        ("[::1", 400),
        ("[::1]evil.example", 400),
        ("", 400),
    ],
)
def test_it_answers_only_to_its_own_names(harness, host, status):
    answer = harness.get("/collection", headers={"host": host})
    if status == 200:
        assert answer.status_code == 200
    else:
        refusal(answer, status)


def test_server_on_all_addresses_refuses_unknown_host_names(tmp_path):
    access = Access(tmp_path, hosts=["0.0.0.0"])
    assert access.hosts.match("192.168.1.7:8750")
    assert access.hosts.match("[fe80::1]:8750")
    assert not access.hosts.match("evil.example")
    assert Access(tmp_path, hosts=["Studio.local"]).hosts.match("studio.LOCAL:80")


def test_a_name_may_be_written_in_any_language(tmp_path):
    access = Access(tmp_path, hosts=["Bücher.local"])
    assert access.hosts.match("xn--bcher-kva.local:8750")
    assert not access.hosts.match("bücher.local")


def test_two_host_headers_are_not_one_of_ours(harness):
    headers = [("host", "127.0.0.1"), ("host", "evil.example")]
    refusal(
        harness.http.send(httpx.Request("GET", "http://127.0.0.1/collection", headers=headers)), 400
    )


def test_addresses_are_built_from_the_one_the_client_used(harness, video):
    for host in ("localhost:1234", "127.0.0.1", "[::1]:99"):
        got = harness.get(f"/video/{video['id']}", headers={"host": host}).json()["data"]
        assert got["stream_url"].startswith(f"http://{host}/files/")
        assert got["thumbnail_url"].startswith(f"http://{host}/files/")


def test_only_what_was_signed_here_opens_a_file(harness, video, tmp_path):
    url = video["stream_url"]
    assert harness.http.head(url).status_code == 200
    refusal(harness.get(url.partition("?")[0]), 403)
    refusal(harness.get(url[:-1] + ("A" if url[-1] != "A" else "B")), 403)
    cover = video["thumbnail_url"]
    mixed = url.partition("?")[0] + "?" + cover.partition("?")[2]
    refusal(harness.get(mixed), 403)
    elsewhere = Access(tmp_path).paths.sign(f"/files/{video['id']}.mp4")
    refusal(harness.get(elsewhere), 403)
    refusal(harness.get("/files/..%2f..%2ftoken?signature=x"), 404)
    refusal(harness.http.post("/upload/m-1?signature=x", files={"file": b"x"}), 403)
    refusal(
        harness.http.post(harness.service.access.paths.sign("/upload/m-1"), files={"file": b"x"}),
        404,
    )


def test_addresses_of_files_may_expire(tmp_path, talk):
    harness = ServiceHarness(tmp_path / "home", link_hours=2.0)
    try:
        video = harness.upload(talk)
        url = video["stream_url"]
        assert "expires=" in url
        assert harness.get(url).content == talk
        assert harness.get(f"/video/{video['id']}").json()["data"]["stream_url"] == url, (
            "it is stable"
        )
        refusal(harness.get(url.replace("expires=", "expires=9")), 403)
        refusal(harness.get(f"{url.partition('?')[0]}?signature={url.rpartition('=')[2]}"), 403)
        paths, now = harness.service.access.paths, time.time()
        for hours, status in [(1.9, 200), (2.6, 403)]:
            paths._clock = lambda hours=hours: now + hours * 3600
            assert harness.get(url).status_code == status
        assert refusal(harness.get(url), 403)["error_code"] == "EXPIRED"
        assert harness.get(f"/video/{video['id']}").json()["data"]["stream_url"] != url
        # Who has the token may name it still, and an upload's life is its own.
        assert paths.find(url, "files").expired
        assert "expires=" not in harness.data("/collection/default/upload_url")["upload_url"]
    finally:
        harness.close()


@pytest.mark.parametrize("path", ["/collection", "/video", "/api/presets", "/api/thumbnails"])
def test_unchanged_lists_are_not_sent_twice(harness, path):
    key = {"x-api-key": harness.service.token}
    first = harness.get(path, headers=key)
    tag = first.headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        again = harness.get(path, headers={**key, "if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert harness.get(path, headers={**key, "if-none-match": '"other"'}).json() == first.json()
    head = harness.http.head(path, headers=key)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(first.content))
    assert head.headers["etag"] == tag
    assert harness.http.head(path, headers={**key, "if-none-match": tag}).status_code == 304


def test_unchanged_files_are_not_sent_twice(harness, video):
    url = video["stream_url"]
    first = harness.get(url)
    again = harness.get(url, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    part = {"range": "bytes=0-9", "if-range": first.headers["etag"]}
    assert harness.get(url, headers=part).content == first.content[:10]
    head = harness.http.head(url)
    assert (head.content, head.headers["content-length"]) == (b"", str(len(first.content)))


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/", "GET, HEAD"),
        ("/collection", "GET, HEAD, POST"),
        ("/video/m-1", "DELETE, GET, HEAD"),
        ("/video/m-1/thumbnail", "GET, HEAD, POST"),
        ("/files/a.jpg", "GET, HEAD"),
        ("/upload/m-1", "POST"),
        ("/api/thumbnails", "GET, HEAD, POST"),
        ("/api/thumbnails/x", "DELETE, GET, HEAD, PATCH"),
        ("/api/persons/x", "DELETE, GET, HEAD, PATCH"),
    ],
)
def test_a_wrong_method_is_reported_all_the_right_ones(harness, path, methods):
    answer = harness.http.request("PROPFIND", path, headers={"x-api-key": harness.service.token})
    assert (answer.status_code, answer.headers["allow"]) == (405, methods)


def test_no_other_site_is_invited(harness):
    answer = harness.get("/collection", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
    refusal(harness.http.options("/collection", headers={"origin": "https://evil.example"}), 405)


def test_no_documentation_page_loads_scripts_from_elsewhere(harness):
    for path in ("/docs", "/redoc"):
        refusal(harness.get(path), 404)


@pytest.mark.slow
def test_a_slash_more_or_less_makes_no_difference(harness, video):
    image = harness.thumbnail(video, time=1)
    paths = [
        "/collection",
        "/collection/default",
        "/video",
        f"/video/{video['id']}",
        f"/video/{video['id']}/thumbnail",
        f"/video/{video['id']}/thumbnails",
        f"/video/{video['id']}/storyboard",
        f"/video/{video['id']}/suggestions",
        "/image",
        f"/image/{image['id']}",
        image["output_url"],
    ]
    for path in paths:
        plain = harness.get(path)
        assert plain.status_code == 200, path
        assert harness.get(path + "/").json() == plain.json()
    base = "http://thumbnb.localhost/"
    assert harness.get(f"{base}/collection/default").status_code == 200, (
        "a base address ending in /"
    )
    for slash in ("", "/"):
        url = harness.data(f"/collection/default/upload_url{slash}")["upload_url"]
        assert url
        made = harness.post(f"/video/{video['id']}/thumbnail{slash}", {"time": 1})
        assert made.json()["data"]["id"] == image["id"]
        assert harness.post(f"/image/{image['id']}/generate_url{slash}").status_code == 200
        other = harness.thumbnail(video, time=2)
        assert harness.http.delete(f"/image/{other['id']}{slash}").status_code == 200
        painted = harness.post(f"/collection/default/generate/image{slash}", {"prompt": "dawn"})
        assert painted.status_code == 200
