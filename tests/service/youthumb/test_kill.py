"""Killed at any moment, a generation goes on: nothing lost, nothing doubled, paid once."""

from __future__ import annotations

import httpx
import pytest

from tests.service.tools import Server, until

pytestmark = pytest.mark.slow


def ask(server: Server, method: str, path: str, json=None) -> dict:
    answer = server.http.request(
        method, f"/api{path}", json=json, headers={"x-api-key": server.token}
    )
    assert answer.is_success, answer.text
    return answer.json()["data"]


def landed(server: Server, job_id: str) -> list[tuple]:
    return server.rows(
        "SELECT position, id FROM pictures WHERE role = 'result' "
        f"AND owner_id = '{job_id}' ORDER BY position"
    )


def test_a_generation_goes_on_after_every_kill(tmp_path):
    server = Server(tmp_path)
    body = {"prompt": "A sailing boat on the ocean", "advancedOptions": {"variations": 4}}
    project_id = ask(server, "POST", "/thumbnails", body)["projectId"]
    job_id = ask(server, "POST", f"/thumbnails/{project_id}/start")["jobId"]
    other = ask(server, "POST", f"/thumbnails/{project_id}/start")["jobId"]
    known: list[tuple] = []
    for kept in (0, 2):  # killed at once, and in the middle
        until(lambda kept=kept, on=server: len(landed(on, job_id)) >= kept, f"{kept} pictures")
        server.kill()
        found = landed(server, job_id)
        assert found[: len(known)] == known
        known = found
        server = Server(tmp_path)
    with server:

        def ended():
            data = ask(server, "GET", f"/thumbnails/{project_id}/detailed-status")
            return data if data["status"] != "processing" else None

        data = until(ended, "The end of both jobs")
        assert data["status"] == "completed", server.rows("SELECT id, error FROM jobs")
        jobs = {job["jobId"]: job for job in data["jobs"]}
        for made in (jobs[job_id], jobs[other]):
            results = made["images"]["results"]
            assert [r["variation"] for r in results] == [0, 1, 2, 3]
            assert len({r["id"] for r in results}) == 4
            assert len({r["seed"] for r in results}) == 1
        ids = [r["id"] for r in jobs[job_id]["images"]["results"]]
        assert ids[: len(known)] == [row[1] for row in known]
        for result in jobs[job_id]["images"]["results"]:
            path = result["url"][result["url"].index("/files/") :]
            assert server.http.get(path).headers["content-type"] == "image/jpeg"
        assert ask(server, "GET", "/usage")["creditsUsed"] == 8
        assert server.rows("SELECT count(*), sum(credits) FROM charges") == [(2, 8.0)]
        assert not list((tmp_path / "unfinished").iterdir())


def test_start_cut_by_a_kill_is_complete_or_absent(tmp_path):
    server = Server(tmp_path)
    project_id = ask(server, "POST", "/thumbnails", {"prompt": "A city at night"})["projectId"]
    url = f"{server.url}/api/thumbnails/{project_id}/start"
    with httpx.Client(headers={"x-api-key": server.token}, trust_env=False) as client:
        client.post(url)
        with client.stream("POST", url):
            server.kill()
    (jobs,) = server.rows("SELECT count(*) FROM jobs")
    (generations,) = server.rows("SELECT count(*) FROM generations")
    (charges,) = server.rows("SELECT count(*) FROM charges")
    assert jobs == generations == charges
    with Server(tmp_path) as server:
        used = ask(server, "GET", "/usage")["creditsUsed"]
        assert used == pytest.approx(charges[0])
