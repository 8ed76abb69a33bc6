"""Paid requests with an Idempotency-Key: carried out once, however often and when they come."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.service.tools import Server, refusal
from tests.service.youthumb_harness import PROMPT, YouThumbHarness, denied, photo


def keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


@pytest.mark.slow
def test_three_starts_with_one_key_cost_one(youthumb):
    project = youthumb.create()
    before = youthumb.credits
    answers = [
        youthumb.call("POST", f"/thumbnails/{project}/start", headers=keyed("k1")) for _ in range(3)
    ]
    assert [a.status_code for a in answers] == [200] * 3
    assert len({a.content for a in answers}) == 1
    assert [a.headers.get("idempotent-replayed") for a in answers] == [None, "true", "true"]
    assert youthumb.credits == before - 1
    assert youthumb.rows("generations") == 1


@pytest.mark.slow
def test_sixteen_at_once_cost_one(youthumb, gate):
    """Each brings a picture in first, so that all are under way before any is paid."""
    project = youthumb.create("@image1 on a desk")
    picture = youthumb.asset(content=photo((2000, 1200)))
    body = {"contentImages": [{"url": picture["url"]}], "advancedOptions": {"variations": 2}}
    before = youthumb.credits

    def start(_):
        return youthumb.call("POST", f"/thumbnails/{project}/start", body, headers=keyed("k1"))

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(start, range(16)))
    assert {a.status_code for a in answers} == {200}
    assert len({a.content for a in answers}) == 1
    assert youthumb.credits == before - 2
    assert youthumb.rows("generations") == 1


@pytest.mark.slow
def test_a_key_is_forgotten_after_a_day(tmp_path):
    youthumb = YouThumbHarness(tmp_path)
    improve = ("POST", "/thumbnails/prompts/improve")
    for key in ("old", "new"):
        assert youthumb.call(*improve, {"prompt": PROMPT}, headers=keyed(key)).status_code == 200
    with youthumb.service.database.write() as rows:
        rows.execute("UPDATE idempotency_keys SET created_at = '2020-01-01' WHERE key = 'old'")
    youthumb.close()
    youthumb = YouThumbHarness(tmp_path)
    other = {"prompt": "Another"}
    assert youthumb.call(*improve, other, headers=keyed("old")).status_code == 200
    assert youthumb.call(*improve, other, headers=keyed("new")).status_code == 409
    youthumb.close()


def test_another_request_with_the_key_is_refused(youthumb):
    project, other = youthumb.create(), youthumb.create()
    path = f"/thumbnails/{project}/start"
    assert youthumb.call("POST", path, headers=keyed("k1")).status_code == 200
    before = youthumb.credits
    for method, where, body in [
        ("POST", path, {"title": "Other"}),
        ("POST", f"/thumbnails/{other}/start", None),
        ("POST", "/thumbnails/prompts/improve", {"prompt": PROMPT}),
    ]:
        assert "Idempotency-Key" in denied(
            youthumb.call(method, where, body, headers=keyed("k1")), 409
        )
    refusal(
        youthumb.post("/collection/default/generate/image", {"prompt": "x"}, headers=keyed("k1")),
        409,
    )
    assert youthumb.credits == before


def test_the_same_request_written_otherwise_is_the_same(youthumb):
    project = youthumb.create()
    path = f"/api/thumbnails/{project}/start"
    first = youthumb.http.post(
        path, content=b'{"title":"A","prompt":"A red car"}', headers=keyed("k1")
    )
    again = youthumb.http.post(
        path, content=b' {"prompt": "A red car",\n "title": "\\u0041"}', headers=keyed("k1")
    )
    assert (first.status_code, again.content) == (200, first.content)


def test_without_a_key_each_start_costs(youthumb):
    project = youthumb.create()
    assert youthumb.start(project) != youthumb.start(project)


def test_what_was_refused_may_be_tried_again_with_its_key(tmp_path, small):
    youthumb = YouThumbHarness(tmp_path / "home", credits=0.5)
    try:
        project = youthumb.create()
        path = f"/thumbnails/{project}/start"
        denied(youthumb.call("POST", path, headers=keyed("k1")), 402)
        denied(youthumb.call("POST", path, {"title": 5}, headers=keyed("k1")), 400)
        youthumb.service.credits.grant = 5.0
        assert youthumb.call("POST", path, headers=keyed("k1")).status_code == 200
        assert youthumb.call("POST", path, headers=keyed("k1")).headers["idempotent-replayed"]
        assert youthumb.credits == 4.0
    finally:
        youthumb.close()


def test_prompts_are_sold_once(shared_youthumb):
    face = shared_youthumb.asset("face")
    for path, body in [
        ("/thumbnails/prompts/improve", {"prompt": PROMPT}),
        ("/thumbnails/prompts/from-reference", {"assetId": face["id"]}),
    ]:
        before = shared_youthumb.credits
        answers = [shared_youthumb.call("POST", path, body, headers=keyed(path)) for _ in range(3)]
        assert len({a.content for a in answers}) == 1
        assert answers[0].status_code == 200
        assert shared_youthumb.credits == before - 0.5


def test_a_retry_is_paid_once(youthumb, monkeypatch):
    from thumbnb import render

    with monkeypatch.context() as patch:
        patch.setattr(render, "compose", lambda *_, **__: 1 / 0)
        failed = youthumb.make()
    assert failed["status"] == "failed"
    before = youthumb.credits
    path = f"/thumbnails/jobs/{failed['jobId']}/retry"
    answers = [youthumb.call("POST", path, headers=keyed("r")) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert youthumb.credits == before - 1


def test_the_same_answer_after_its_job_is_gone(youthumb):
    project = youthumb.create()
    path = f"/thumbnails/{project}/start"
    first = youthumb.call("POST", path, headers=keyed("k1"))
    job = first.json()["data"]["jobId"]
    youthumb.finish(project, job)
    assert youthumb.call("DELETE", f"/thumbnails/jobs/{job}").status_code == 200
    assert youthumb.call("DELETE", f"/thumbnails/{project}").status_code == 200
    assert youthumb.call("POST", path, headers=keyed("k1")).content == first.content


@pytest.mark.slow
def test_images_from_a_prompt_are_made_once(harness):
    path, body = "/collection/default/generate/image", {"prompt": "dawn over the sea"}
    images = [harness.post(path, body, headers=keyed("p")).json()["data"] for _ in range(3)]
    assert len({image["id"] for image in images}) == 1
    refusal(harness.post(path, {"prompt": "dusk"}, headers=keyed("p")), 409)


def test_thumbnails_and_uploads_have_one_answer_for_a_key(harness, video, talk):
    path = f"/video/{video['id']}/thumbnail"
    first = harness.post(path, {"time": 1}, headers=keyed("t")).json()["data"]
    assert harness.post(path, {"time": 1.0}, headers=keyed("t")).json()["data"]["id"] == first["id"]
    refusal(harness.post(path, {"time": 2}, headers=keyed("t")), 409)
    # Also where the frame was there before, and nothing had to be made.
    assert harness.post(path, {"time": 1}, headers=keyed("u")).json()["data"]["id"] == first["id"]
    refusal(harness.post(path, {"time": 3}, headers=keyed("u")), 409)
    url = harness.send(talk)
    made = [
        harness.post("/collection/default/upload", {"url": url}, headers=keyed("v")).json()["data"][
            "id"
        ]
        for _ in range(2)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "\x7f"])
def test_a_key_has_to_be_one(shared_youthumb, key):
    path = "/thumbnails/prompts/improve"
    message = denied(
        shared_youthumb.call("POST", path, {"prompt": PROMPT}, headers=keyed(key)), 400
    )
    assert "Idempotency-Key" in message
    assert shared_youthumb.rows("charges") == shared_youthumb.rows("charges")


@pytest.mark.slow
def test_a_key_outlives_a_kill_at_any_moment(tmp_path):
    """Kill -9 right after the start was sent: what came of it, the next start finds out."""
    made: set[str] = set()
    for attempt in range(3):
        with Server(tmp_path) as server:
            headers = {"x-api-key": server.token, **keyed("the-key")}
            if not attempt:
                project = server.http.post(
                    "/api/thumbnails", json={"prompt": PROMPT}, headers=headers
                ).json()["data"]["projectId"]

            def start(server=server, headers=headers, project=project):
                try:
                    answer = server.http.post(
                        f"/api/thumbnails/{project}/start", headers=headers, timeout=30
                    )
                except Exception:  # noqa: BLE001 - it was killed meanwhile
                    return
                made.add(answer.json()["data"]["jobId"])

            asker = threading.Thread(target=start)
            asker.start()
            if attempt < 2:
                time.sleep(0.006 * attempt)
                server.kill()
            asker.join(60)
            if attempt == 2:
                assert server.rows("SELECT count(*) FROM generations") == [(1,)]
                assert server.rows("SELECT count(*) FROM charges") == [(1,)]
    assert len(made) == 1


def test_the_key_is_written_with_what_it_paid_for(tmp_path, monkeypatch):
    """A start that fails in the middle of its transaction leaves neither."""
    youthumb = YouThumbHarness(tmp_path / "home")
    try:
        project = youthumb.create()

        def broken(*_, **__):
            raise ZeroDivisionError

        with monkeypatch.context() as patch:
            patch.setattr(youthumb.service.credits, "charge", broken)
            denied(youthumb.call("POST", f"/thumbnails/{project}/start", headers=keyed("k")), 500)
        assert (youthumb.rows("idempotency_keys"), youthumb.rows("jobs")) == (0, 0)
    finally:
        youthumb.close()
