"""Paid requests with an Idempotency-Key: carried out once, however often and when they come."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.service.maker import PROMPT, Maker, denied, photo
from tests.service.tools import Server, refusal


def keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


@pytest.mark.slow
def test_three_starts_with_one_key_cost_one(maker):
    project = maker.create()
    before = maker.credits
    answers = [
        maker.call("POST", f"/thumbnails/{project}/start", headers=keyed("k1")) for _ in range(3)
    ]
    assert [a.status_code for a in answers] == [200] * 3
    assert len({a.content for a in answers}) == 1
    assert [a.headers.get("idempotent-replayed") for a in answers] == [None, "true", "true"]
    assert maker.credits == before - 1
    assert maker.rows("generations") == 1


@pytest.mark.slow
def test_sixteen_at_once_cost_one(maker, gate):
    """Each brings a picture in first, so that all are under way before any is paid."""
    project = maker.create("@image1 on a desk")
    picture = maker.asset(content=photo((2000, 1200)))
    body = {"contentImages": [{"url": picture["url"]}], "advancedOptions": {"variations": 2}}
    before = maker.credits

    def start(_):
        return maker.call("POST", f"/thumbnails/{project}/start", body, headers=keyed("k1"))

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(start, range(16)))
    assert {a.status_code for a in answers} == {200}
    assert len({a.content for a in answers}) == 1
    assert maker.credits == before - 2
    assert maker.rows("generations") == 1


def test_a_key_is_forgotten_after_a_day(tmp_path):
    maker = Maker(tmp_path)
    improve = ("POST", "/thumbnails/prompts/improve")
    for key in ("old", "new"):
        assert maker.call(*improve, {"prompt": PROMPT}, headers=keyed(key)).status_code == 200
    with maker.service.database.write() as rows:
        rows.execute("UPDATE idempotency_keys SET created_at = '2020-01-01' WHERE key = 'old'")
    maker.close()
    maker = Maker(tmp_path)
    other = {"prompt": "Another"}
    assert maker.call(*improve, other, headers=keyed("old")).status_code == 200
    assert maker.call(*improve, other, headers=keyed("new")).status_code == 409
    maker.close()


def test_another_request_with_the_key_is_refused(maker):
    project, other = maker.create(), maker.create()
    path = f"/thumbnails/{project}/start"
    assert maker.call("POST", path, headers=keyed("k1")).status_code == 200
    before = maker.credits
    for method, where, body in [
        ("POST", path, {"title": "Other"}),
        ("POST", f"/thumbnails/{other}/start", None),
        ("POST", "/thumbnails/prompts/improve", {"prompt": PROMPT}),
    ]:
        assert "Idempotency-Key" in denied(
            maker.call(method, where, body, headers=keyed("k1")), 409
        )
    refusal(
        maker.post("/collection/default/generate/image", {"prompt": "x"}, headers=keyed("k1")), 409
    )
    assert maker.credits == before


def test_the_same_request_written_otherwise_is_the_same(maker):
    project = maker.create()
    path = f"/api/thumbnails/{project}/start"
    first = maker.http.post(
        path, content=b'{"title":"A","prompt":"A red car"}', headers=keyed("k1")
    )
    again = maker.http.post(
        path, content=b' {"prompt": "A red car",\n "title": "\\u0041"}', headers=keyed("k1")
    )
    assert (first.status_code, again.content) == (200, first.content)


def test_without_a_key_each_start_costs(maker):
    project = maker.create()
    assert maker.start(project) != maker.start(project)


def test_what_was_refused_may_be_tried_again_with_its_key(tmp_path, small):
    maker = Maker(tmp_path / "home", credits=0.5)
    try:
        project = maker.create()
        path = f"/thumbnails/{project}/start"
        denied(maker.call("POST", path, headers=keyed("k1")), 402)
        denied(maker.call("POST", path, {"title": 5}, headers=keyed("k1")), 400)
        maker.service.credits.grant = 5.0
        assert maker.call("POST", path, headers=keyed("k1")).status_code == 200
        assert maker.call("POST", path, headers=keyed("k1")).headers["idempotent-replayed"]
        assert maker.credits == 4.0
    finally:
        maker.close()


def test_prompts_are_sold_once(shop):
    face = shop.asset("face")
    for path, body in [
        ("/thumbnails/prompts/improve", {"prompt": PROMPT}),
        ("/thumbnails/prompts/from-reference", {"assetId": face["id"]}),
    ]:
        before = shop.credits
        answers = [shop.call("POST", path, body, headers=keyed(path)) for _ in range(3)]
        assert len({a.content for a in answers}) == 1
        assert answers[0].status_code == 200
        assert shop.credits == before - 0.5


def test_a_retry_is_paid_once(maker, monkeypatch):
    from thumbnb import render

    with monkeypatch.context() as patch:
        patch.setattr(render, "compose", lambda *_, **__: 1 / 0)
        failed = maker.make()
    assert failed["status"] == "failed"
    before = maker.credits
    path = f"/thumbnails/jobs/{failed['jobId']}/retry"
    answers = [maker.call("POST", path, headers=keyed("r")) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert maker.credits == before - 1


def test_the_same_answer_after_its_job_is_gone(maker):
    project = maker.create()
    path = f"/thumbnails/{project}/start"
    first = maker.call("POST", path, headers=keyed("k1"))
    job = first.json()["data"]["jobId"]
    maker.finish(project, job)
    assert maker.call("DELETE", f"/thumbnails/jobs/{job}").status_code == 200
    assert maker.call("DELETE", f"/thumbnails/{project}").status_code == 200
    assert maker.call("POST", path, headers=keyed("k1")).content == first.content


def test_pictures_from_a_prompt_are_made_once(desk):
    path, body = "/collection/default/generate/image", {"prompt": "dawn over the sea"}
    images = [desk.post(path, body, headers=keyed("p")).json()["data"] for _ in range(3)]
    assert len({image["id"] for image in images}) == 1
    refusal(desk.post(path, {"prompt": "dusk"}, headers=keyed("p")), 409)


def test_thumbnails_and_uploads_have_one_answer_for_a_key(desk, video, talk):
    path = f"/video/{video['id']}/thumbnail"
    first = desk.post(path, {"time": 1}, headers=keyed("t")).json()["data"]
    assert desk.post(path, {"time": 1.0}, headers=keyed("t")).json()["data"]["id"] == first["id"]
    refusal(desk.post(path, {"time": 2}, headers=keyed("t")), 409)
    # Also where the frame was there before, and nothing had to be made.
    assert desk.post(path, {"time": 1}, headers=keyed("u")).json()["data"]["id"] == first["id"]
    refusal(desk.post(path, {"time": 3}, headers=keyed("u")), 409)
    url = desk.send(talk)
    made = [
        desk.post("/collection/default/upload", {"url": url}, headers=keyed("v")).json()["data"][
            "id"
        ]
        for _ in range(2)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "\x7f"])
def test_a_key_has_to_be_one(shop, key):
    path = "/thumbnails/prompts/improve"
    said = denied(shop.call("POST", path, {"prompt": PROMPT}, headers=keyed(key)), 400)
    assert "Idempotency-Key" in said
    assert shop.rows("charges") == shop.rows("charges")


@pytest.mark.slow
def test_a_key_outlives_a_kill_at_any_moment(tmp_path):
    """Kill -9 right after the start was sent: what came of it, the next start finds out."""
    made: set[str] = set()
    for attempt in range(4):
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
            if attempt < 3:
                time.sleep(0.004 * attempt)
                server.kill()
            asker.join(60)
            if attempt == 3:
                assert server.rows("SELECT count(*) FROM generations") == [(1,)]
                assert server.rows("SELECT count(*) FROM charges") == [(1,)]
    assert len(made) == 1


def test_the_key_is_written_with_what_it_paid_for(tmp_path, monkeypatch):
    """A start that fails in the middle of its transaction leaves neither."""
    maker = Maker(tmp_path / "home")
    try:
        project = maker.create()

        def broken(*_, **__):
            raise ZeroDivisionError

        with monkeypatch.context() as patch:
            patch.setattr(maker.service.credits, "charge", broken)
            denied(maker.call("POST", f"/thumbnails/{project}/start", headers=keyed("k")), 500)
        assert (maker.rows("idempotency_keys"), maker.rows("jobs")) == (0, 0)
    finally:
        maker.close()
