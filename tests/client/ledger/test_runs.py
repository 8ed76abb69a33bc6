"""What the client tells of its runs, and what is kept of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image

from tests.client import stub
from tests.client.youthumb_stub import PROMPT, name_of
from thumbnb import errors


def test_runs_are_a_frame_with_all_it_takes_to_repeat_them(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT, preset="mrbeast-viral", options={"variations": 2})
    results = project.generate()
    client.improve_prompt("a ballon")
    state.balance = 0
    with pytest.raises(errors.InsufficientCredits):
        project.generate()
    table = kernels().runs()
    made = table[table["kind"] == "generate"]
    assert made["state"].tolist() == ["done", "done", "void"]
    assert made["credits"].tolist() == [1, 1, 0]
    assert made["preset"].tolist() == ["mrbeast-viral"] * 3
    assert made["seed"].tolist()[:2] == [0, 1]
    assert made["score_legibility"].tolist()[:2] == [0.9, 0.9]
    for path, result in zip(made["path"], results, strict=False):
        assert Path(path).read_bytes() == result.bytes
    assert "Insufficient" in made["error"].tolist()[2] or "costs" in made["error"].tolist()[2]
    [words] = table[table["kind"] == "improve"].to_dict("records")
    assert (words["credits"], words["state"], words["prompt"]) == (0.5, "done", "a ballon")


def test_the_table_separates_queueing_and_noticing_from_working(kernels, state, monkeypatch):
    client = kernels()
    ledger, loop = client._session.ledger, []

    async def now():
        loop.append(asyncio.get_running_loop())

    client._session.runner.start(now()).result(10)
    ledger.clock = loop[0].time
    state.rounds, status = 12, state.status

    def dated(key, *, detailed):
        found = status(key, detailed=detailed)
        for row in found["jobs"]:
            row["updatedAt"] = "2024-01-15T10:30:04.000Z"  # four seconds after its start
        if len(state.sent("GET", f"/api/thumbnails/{key}/status")) < 4:
            found["jobs"][0]["status"] = "pending"
        return found

    monkeypatch.setattr(state, "status", dated)
    client.create_project(PROMPT).generate()
    [row] = client.runs().to_dict("records")
    assert 0 < row["queue_seconds"] < row["seconds"]
    assert row["detect_seconds"] == pytest.approx(row["seconds"] - 4)


def test_a_home_without_runs_has_an_empty_table(kernels):
    table = kernels().runs()
    assert table.empty
    assert {"run", "state", "credits", "path", "request"} <= set(table.columns)


def test_pruning_keeps_what_is_needed_and_says_so(kernels, state, tmp_path):
    client = kernels(deadline=20)
    red, blue = (Image.new("RGB", (9, 9), colour) for colour in ("red", "blue"))
    client.create_project(PROMPT).generate(prompt="a @image1", content_images=[blue])
    state.rounds = 10**6
    with pytest.raises(errors.DeadlineExceeded):
        client.create_project("a @image1", content_images=[red]).generate()
    (tmp_path / "results" / "00").mkdir(exist_ok=True)
    half = tmp_path / "results" / "00" / ".half.part"
    half.write_bytes(b"somebody is at it")
    gone = client.result_store.prune(max_bytes=0)
    assert (gone.count, gone.results, gone.needed) == (2, 1, 1)
    assert half.exists()
    assert client.result_store.count == 1
    assert client.result_store.prune(days=1).count == 0
    with pytest.raises(errors.InvalidInput, match="what may go"):
        client.result_store.prune()
    with pytest.raises(errors.InvalidInput, match="no longer kept"):
        client.run(1).again()


def test_a_damaged_file_is_not_served(kernels, state):
    client = kernels()
    first = client.create_project(PROMPT).generate(take=0)
    [path] = client.runs()["path"]
    Path(path).write_bytes(b"x" * 99)
    again = kernels().create_project(PROMPT).generate(take=0)
    assert again[0].bytes == first[0].bytes
    assert len(state.started) == 1


def test_a_run_can_be_done_again_in_another_kernel(kernels, state):
    blue = Image.new("RGB", (8, 8), "blue")
    project = kernels().create_project("a @image1", content_images=[blue], title="ONE")
    run_id = project.generate(title="TWO", options={"variations": 2}).run_id
    run = kernels().run(run_id)
    assert run.request["changes"]["title"] == "TWO"
    results = run.again(prompt="a @image1 at night")
    assert len(results) == 2
    assert state.started[-1] == {
        "prompt": "a @image1 at night", "title": "TWO", "advancedOptions": {"variations": 2},
    }  # fmt: skip
    assert run.again(take=0).cached
    assert kernels().run(kernels().runs().loc[0, "run"]).id == run_id  # a number of numpy's
    with pytest.raises(errors.InvalidInput, match="no run 99"):
        kernels().run(99)


def test_a_run_done_again_costs_no_more_than_is_allowed(kernels, state):
    client = kernels()
    results = client.create_project(PROMPT, options={"variations": 2}).generate()
    state.ends = ["failed"]
    with pytest.raises(errors.JobFailed) as failed:
        client.create_project("a doomed one").generate()
    assert "retry" in str(failed.value)
    job_id = state.projects[name_of(2)]["jobs"][0]["jobId"]
    with pytest.raises(errors.JobFailed):
        client.project(name_of(2)).retry(job_id)
    client.improve_prompt("a ballon")
    client.prompt_from(Image.new("RGB", (8, 8), "blue"))
    state.forget()
    runs = {run.kind: run for run in map(client.run, set(client.runs()["run"]))}
    assert set(runs) == {"generate", "retry", "improve", "prompt_from"}
    for run in (client.run(results.run_id), *runs.values()):
        with pytest.raises(errors.BudgetExceeded, match=r"0\.4 at most"):
            run.again(max_credits=0.4)
    assert not state.requests
    assert client.run(results.run_id).again(max_credits=2, take=0).cached


def test_a_limit_is_refused_where_no_price_is_known(kernels):
    client = kernels()
    client.video("m-1").generate_thumbnail(time=1)
    with pytest.raises(errors.InvalidInput, match="max_credits"):
        client.run(1).again(max_credits=1)
    assert client.run(1).again()


def test_unknown_change_suggests_the_nearest_name(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    run = client.run(project.generate().run_id)
    for change in (run.again, project.start):
        with pytest.raises(errors.InvalidInput, match=r"takes no promt=\. Did you mean prompt="):
            change(promt="x")
        with pytest.raises(errors.InvalidInput, match=r"takes no zzz=\. It takes prompt, title, "):
            change(zzz=1)
    assert len(state.started) == 1


def test_no_key_is_ever_in_the_home(kernels, tmp_path):
    client = kernels()
    client.create_project(PROMPT).generate()
    client.video("m-1").generate_thumbnail(time=1)
    client.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "ledger.sqlite3" for path in files)
    assert not [path for path in files if stub.KEY.encode() in path.read_bytes()]


def test_results_are_numbered_from_one_as_they_show_themselves(kernels):
    client = kernels()
    results = client.create_project(PROMPT).generate()
    assert [result.number for result in results] == list(client.runs()["number"]) == [1]
