"""Killed at any moment, it goes on after the restart: real server processes, ``kill -9``."""

from __future__ import annotations

import threading

import pytest

from tests.service.tools import (
    Server,
    ServiceHarness,
    Source,
    frame_number,
    plain,
    until,
    write_video,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lecture(tmp_path_factory):
    """One long group of pictures: an exact storyboard of it takes a while."""
    path = tmp_path_factory.mktemp("lecture") / "lecture.mp4"
    return write_video(path, count=200, size=(640, 360)).read_bytes()


def ended(server: Server, url: str) -> dict:
    """Ask at a job's address, on the port the server has now, until the job has ended."""
    path = url[url.index("/async-response") :]

    def poll():
        body = server.http.get(path).json()
        return body if body["status"] != "processing" else None

    return until(poll, f"The end of {path}")


def states(server: Server) -> dict[str, str]:
    return dict(server.rows("SELECT id, state FROM jobs"))


def later(server: Server, method: str, path: str, **options) -> dict:
    answer = server.http.request(method, path, headers={"prefer": "respond-async"}, **options)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_jobs_queued_and_running_end_after_any_number_of_kills(tmp_path, lecture):
    server = Server(tmp_path)
    video = server.upload(lecture)
    sheet = later(server, "GET", f"/video/{video['id']}/storyboard?count=24&exact=true")
    until(lambda: states(server)[sheet["id"]] == "running", "A running storyboard")
    jobs = [(n, later(server, "POST", f"/video/{video['id']}/thumbnail", json={"time": n + 0.5}))
              for n in range(6)]  # fmt: skip
    server.kill()
    assert "running" in states(server).values() or "queued" in states(server).values()

    before = 0
    for _ in range(2):  # once more after every further job that came to its end
        server = Server(tmp_path)

        def advanced(server=server, before=before):
            found = list(states(server).values()).count("done")
            return found if found > before else None

        before = until(advanced, "Another job's end")
        server.kill()

    with Server(tmp_path) as server:
        for n, job in jobs:
            done = ended(server, job["output_url"])
            assert done["status"] == "done", done
            path = done["data"]["url"].replace(server.url, "")
            assert frame_number(server.http.get(path).content) == (n * 10 + 5) % 40
        assert ended(server, sheet["output_url"])["data"]["count"] == 24
        assert server.rows("SELECT count(*) FROM images WHERE role = 'thumbnail'") == [(6,)]
        assert server.rows("SELECT count(*) FROM previews") == [(1,)]
        until(
            lambda: not list((tmp_path / "unfinished").iterdir()),
            "An empty folder of unfinished files",
        )
        kept = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
        named = server.rows("SELECT DISTINCT sha256 FROM used_files")
        assert sorted(path.name for path in kept) == sorted(row[0] for row in named)


def test_download_cut_by_a_kill_is_repeated_by_any_process(tmp_path, talk):
    """First the restarted server, then a process that was there all the time, takes it up."""
    halfway, go = threading.Event(), threading.Event()

    def halting(handler):
        if go.is_set():
            plain(handler, talk)
            return
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(talk)))
        handler.end_headers()
        handler.wfile.write(talk[:1000])
        handler.wfile.flush()
        halfway.set()
        handler.rfile.read(1)  # until the client is gone

    with Source(halting) as source:
        server = Server(tmp_path, "--allow-private-urls")
        first = later(
            server, "POST", "/collection/default/upload", json={"url": source.url + "/one.mp4"}
        )
        assert halfway.wait(180)
        until(lambda: list((tmp_path / "unfinished").iterdir()), "An unfinished file")
        server.kill()
        assert states(server)[first["id"]] == "running"
        assert server.rows("SELECT count(*) FROM videos") == [(0,)]

        halfway.clear()
        server = Server(tmp_path, "--allow-private-urls")
        assert halfway.wait(180), "the restarted server asks for it again"
        witness = ServiceHarness(tmp_path, allow_private_urls=True)
        try:
            witness.service.runner.queue.requeue_orphans()
            assert len(source.requested) == 2, "nobody takes it from a living process"
            go.set()
            server.kill()
            done = until(
                lambda: (
                    poll
                    if (poll := witness.get(f"/async-response/{first['id']}").json())["status"]
                    == "done"
                    else None
                ),
                "The end of the upload",
            )
            assert done["data"]["size"] == len(talk)
            assert witness.rows("videos") == 1
            assert source.requested == ["/one.mp4"] * 3
        finally:
            witness.close()
        with Server(tmp_path) as last:
            assert not list((tmp_path / "unfinished").iterdir())
            assert last.http.get(f"/video/{done['data']['id']}").status_code == 200


def test_an_upload_cut_by_a_kill_leaves_nothing(tmp_path, talk):
    server = Server(tmp_path)
    url = server.http.get("/collection/default/upload_url").json()["data"]["upload_url"]
    more = threading.Event()

    def slowly():
        yield b"--b\r\nContent-Disposition: form-data; name=file\r\n\r\n" + talk
        yield bytes(2 * 1024 * 1024)
        more.wait(30)
        yield b"\r\n--b--\r\n"

    import httpx

    def send():
        with pytest.raises(httpx.TransportError):
            httpx.post(
                url,
                content=slowly(),
                headers={"content-type": "multipart/form-data; boundary=b"},
                trust_env=False,
            )

    thread = threading.Thread(target=send)
    thread.start()
    until(
        lambda: any(p.stat().st_size > 0 for p in (tmp_path / "unfinished").iterdir()),
        "Half a file",
    )
    server.kill()
    more.set()
    thread.join(30)
    with Server(tmp_path) as server:
        assert not list((tmp_path / "unfinished").iterdir())
        assert [p for p in (tmp_path / "media").rglob("*") if p.is_file()] == []
        # The address still takes the whole file.
        path = url[url.index("/upload/") :]
        assert server.http.post(path, files={"file": talk}).is_success
        made = server.http.post("/collection/default/upload", json={"url": url})
        assert made.json()["data"]["length"] == pytest.approx(4.0)


def test_it_says_where_it_is_and_stops_in_order(tmp_path):
    server = Server(tmp_path)
    log = "".join(server.log)
    assert server.url in log
    assert server.token in log
    assert server.url.startswith("http://127.0.0.1:")
    server.stop()
    assert server.process.returncode == 0
    assert not list((tmp_path / "processes").iterdir())
    assert "Traceback" not in "".join(server.log)
    assert "signature=" not in "".join(server.log)
