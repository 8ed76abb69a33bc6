"""Paid calls, written down: what is kept, what is served again, and what a new kernel finds."""

from __future__ import annotations

import asyncio
import json
import pickle
import sqlite3
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from PIL import Image

from tests.client import stub
from tests.client.maker_stub import Maker, name_of
from thumbnb import errors
from thumbnb.client.entry import Order
from thumbnb.client.ledger import Ledger
from thumbnb.client.schedule import Key, Schedule
from thumbnb.client.tables import MIGRATIONS
from thumbnb.database import Database


@pytest.fixture
def state():
    return Maker()


PROMPT = "Excited creator, yellow background"


def starts(state):
    return [r for r in state.requests if r.url.path.endswith("/start")]


# -- takes ----------------------------------------------------------------------------


def test_the_same_take_is_paid_once_and_served_from_disk(kernels, state):
    options = {"variations": 2}
    first = kernels().create_project(PROMPT, options=options).generate(take=0)
    assert (first.cached, first.credits) == (False, 2)
    other = kernels().create_project(PROMPT, options=options)
    state.forget()
    again = other.generate(take=0)
    assert not state.requests
    assert (again.cached, again.credits, again.run_id) == (True, 0, first.run_id)
    assert [r.bytes for r in again] == [r.bytes for r in first]
    assert [(r.seed, r.scores, r.applied, r.image.size) for r in again] == [
        (r.seed, r.scores, r.applied, r.image.size) for r in first
    ]
    assert not other.generate(take=1).cached
    assert len(state.started) == 2


@pytest.mark.parametrize(
    "other",
    [{"prompt": "something else"}, {"title": "HELLO"}, {"options": {"variations": 2}},
     {"preset": "tech-review"}, {"person": "Mia"}],
)  # fmt: skip
def test_another_request_is_another_picture(kernels, state, other):
    client = kernels()
    client.create_project(PROMPT).generate(take=0)
    if "person" in other:
        client.create_project(PROMPT, **other).generate(take=0)
    else:
        client.create_project(PROMPT).generate(take=0, **other)
    assert len(state.started) == 2


def test_what_it_comes_to_counts_not_where_it_was_said(kernels, state):
    client = kernels()
    client.create_project(PROMPT, title="A", options={"background_blur": 9}).generate(take=0)
    project = client.create_project("another prompt", name="mine", title="B")
    again = project.generate(take=0, prompt=PROMPT, title="A", options={"background_blur": 9})
    assert again.cached


def test_pictures_are_known_by_their_bytes(kernels, state, tmp_path):
    image = Image.new("RGB", (8, 8), "blue")
    image.save(tmp_path / "a.png")
    path, data = tmp_path / "a.png", (tmp_path / "a.png").read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        kernels().create_project("a @image1", content_images=[path]).generate(take=0)
        again = kernels().create_project("a @image1", content_images=[data]).generate(take=0)
        red = Image.new("RGB", (8, 8), "red")
        assert again.cached
        other = kernels().create_project("a @image1", content_images=[red]).generate(take=0)
    assert not other.cached


def test_a_take_that_is_under_way_is_waited_for_not_paid_twice(kernels, state):
    client = kernels()
    jobs = [client.create_project(PROMPT).start(take=0) for _ in range(5)]
    results = [job.result() for job in jobs]
    assert len(state.started) == 1
    assert len({r.run_id for r in results}) == 1
    assert sorted(r.credits for r in results) == [0, 0, 0, 0, 1]


def test_without_a_take_each_is_a_new_one(kernels, state):
    project = kernels().create_project(PROMPT)
    project.generate()
    project.generate()
    assert len(state.started) == 2
    assert project.generate(take=1).cached


def test_a_take_that_failed_may_be_tried_again(kernels, state):
    state.ends = ["failed"]
    project = kernels().create_project(PROMPT)
    with pytest.raises(errors.JobFailed):
        project.generate(take=0)
    state.ends = ["completed"]
    assert len(project.generate(take=0)) == 1


def test_a_pruned_picture_is_fetched_again_free(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    first = project.generate(take=0)
    gone = client.cache.prune(max_bytes=0)
    assert (gone.count, gone.results, client.cache.size) == (1, 1, 0)
    again = client.create_project(PROMPT).generate(take=0)
    assert len(state.started) == 1
    assert again[0].bytes == first[0].bytes
    assert client.cache.count == 1


# -- the table ------------------------------------------------------------------------


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


def test_the_table_tells_queueing_and_noticing_from_working(kernels, state, monkeypatch):
    client = kernels()
    books, loop = client._session.books, []

    async def now():
        loop.append(asyncio.get_running_loop())

    client._session.runner.start(now()).result(10)
    books.clock = loop[0].time
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
    gone = client.cache.prune(max_bytes=0)
    assert (gone.count, gone.results, gone.needed) == (2, 1, 1)
    assert half.exists()
    assert client.cache.count == 1
    assert client.cache.prune(days=1).count == 0
    with pytest.raises(errors.InvalidInput, match="what may go"):
        client.cache.prune()
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
    with pytest.raises(errors.InvalidInput, match="no run 99"):
        kernels().run(99)


def test_no_key_is_ever_in_the_home(kernels, tmp_path):
    client = kernels()
    client.create_project(PROMPT).generate()
    client.video("m-1").generate_thumbnail(time=1)
    client.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "ledger.sqlite3" for path in files)
    assert not [path for path in files if stub.KEY.encode() in path.read_bytes()]


# -- a new kernel ---------------------------------------------------------------------


def test_a_running_job_is_taken_up_by_a_new_kernel(kernels, state):
    state.rounds = 1000
    with pytest.raises(errors.DeadlineExceeded, match=r"client\.resume"):
        kernels().create_project(PROMPT).generate(deadline=30)
    second = kernels()
    [run] = second.open_jobs()
    assert (run.state, run.prompt) == ("running", PROMPT)
    for job in state.projects[run.entry.project_id]["jobs"]:
        job["left"] = 1
    [job] = second.resume()
    assert job.result()[0].bytes
    assert not second.open_jobs()
    assert second.resume() == []
    assert len(state.started) == 1


def test_a_picture_that_could_not_be_fetched_is_fetched_later(kernels, state, monkeypatch):
    answer = state.answer
    broken = lambda r, c: stub.httpx.Response(500) if "/files/" in r.url.path else answer(r, c)  # noqa: E731
    monkeypatch.setattr(state, "answer", broken)
    results = kernels().create_project(PROMPT).generate()
    assert len(results) == 1
    [run] = kernels().open_jobs()
    assert run.state == "made"
    monkeypatch.setattr(state, "answer", answer)
    later = kernels()
    [job] = later.resume()
    job.result()
    assert not later.open_jobs()
    assert later.cache.count == 1


def test_a_kernel_leaves_its_own_jobs_alone(kernels, state):
    state.rounds = 50
    client = kernels()
    job = client.create_project(PROMPT).start()
    assert len(job.result()) == 1
    assert client.resume() == []


def test_following_a_job_begun_elsewhere_keeps_its_pictures(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    state.start(project.id, {})  # in a browser
    project.follow(name_of(1001))
    assert client.runs()[["kind", "state", "credits"]].values.tolist() == [["follow", "done", 0]]
    with pytest.raises(errors.NotFound, match="no job"):
        project.follow("nothing")


def test_a_cancelled_job_says_what_it_cannot_stop(kernels, state):
    client = kernels()
    state.rounds = 10**6
    project = client.create_project(PROMPT)
    job = project.start()

    def cancel(job):
        if job.progress.stage == "generating":
            job.cancel()

    job.watch(cancel)
    with pytest.raises(errors.JobCancelled, match=r"it is paid: .*resume"):
        job.result()
    assert [run.state for run in client.open_jobs()] == ["running"]


def test_what_was_learned_of_durations_outlives_the_kernel(kernels, state):
    kernels().create_project(PROMPT, preset="neon").generate()
    later = kernels()
    books, key = later._session.books, Key("YouThumb", "generate", "neon")
    schedule = later._session.runner.start(books.schedule()).result(10)
    assert schedule.law(key) != Schedule().law(key)


def test_a_job_says_how_long_it_will_take(kernels, state):
    client, seen = kernels(), []
    project = client.create_project(PROMPT)
    with stub.standing_still(client):
        job = project.start()
        job.watch(lambda job: seen.append(job.eta))
    job.result()
    told = [eta for eta in seen if eta]
    assert told
    assert all(0 < eta.p50 < eta.p90 for eta in told)
    assert job.eta is None


def test_many_jobs_stay_under_the_rate_and_are_asked_for_together(kernels, state, monkeypatch):
    state.balance, state.rounds, times = 100, 30, []
    handle = state.handle

    async def timed(request):
        if "/files/" not in request.url.path:
            times.append((asyncio.get_running_loop().time(), request.url.path))
        return await handle(request)

    state.handle = timed
    client = kernels()
    jobs = [client.create_project(PROMPT).start() for _ in range(24)]
    assert len([job.result() for job in jobs]) == 24
    starts = [at for at, _ in times]
    # They are counted before they are sent, so a window here may be a moment longer.
    assert all(sum(at <= t < at + 59 for t in starts) <= 90 for at in starts)
    assert [path for _, path in times if path.endswith("/api/thumbnails")]


# -- lost answers ---------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["lost answer", "broken after", "not json"])
@pytest.mark.parametrize("old", [False, True])
def test_a_lost_answer_is_found_in_the_project(kernels, state, fault, old):
    state.old = old
    project = kernels().create_project(PROMPT)
    state.faults.append(fault)
    results = project.generate()
    assert len(results) == len(state.started) == 1


def test_a_lost_answer_among_other_starts_finds_its_own_job(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    project.generate()
    state.start(project.id, {})  # somebody else, before
    state.faults.extend(["none", "lost answer"])
    results = project.generate()
    assert results.job_id == name_of(1003)


@pytest.mark.parametrize("fault", ["lost request", "broken"])
def test_what_cannot_be_known_is_checked_and_resent_only_when_asked(kernels, state, fault):
    client = kernels()
    project = client.create_project(PROMPT)
    state.faults.append(fault)
    with pytest.raises(errors.OutcomeUnknown, match="shows no job") as caught:
        project.generate(take=0)
    error = caught.value
    assert error.check() is None
    assert not state.started
    state.forget()
    with pytest.raises(errors.OutcomeUnknown):
        project.generate(take=0)
    assert not starts(state)
    assert len(error.resend()) == 1
    assert len(state.started) == 1
    assert project.generate(take=0).cached


def test_of_two_sendings_the_one_that_was_carried_out_counts(kernels, state):
    first = kernels()
    project = first.create_project(PROMPT)
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown) as caught:
        project.generate(take=0)
    # It is sent again by a kernel that dies before the answer.
    entry = first.run(1).entry
    again = Order(
        entry.service, entry.place, "generate", entry.request, {"prompt": PROMPT},
        take=0, project_id=project.id,
    )  # fmt: skip
    assert again.digest == entry.request_hash
    first._session.books.ledger.open(again, entry.created, anew=True)
    state.start(project.id, {})
    later = kernels()
    later.resume()
    assert len(later.create_project(PROMPT).generate(take=0)) == 1
    assert len(caught.value.check()) == 1
    assert len(caught.value.resend()) == 1
    assert len(state.started) == 1


def test_a_start_that_arrives_late_is_found_by_a_check(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown) as caught:
        project.generate()
    state.start(project.id, {})
    assert len(caught.value.check()) == 1
    assert client.runs()["state"].tolist() == ["done"]


def test_an_old_start_without_effect_is_void_and_may_be_sent_again(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown):
        project.generate(take=0)
    later = kernels()
    later._session.books.clock = lambda: client._session.books.clock() + 3600
    assert len(later.create_project(PROMPT).generate(take=0)) == 1
    assert later.runs()["state"].tolist() == ["void", "done"]


def test_an_error_goes_through_a_pickle_and_says_the_way_back(kernels, state):
    project = kernels().create_project(PROMPT)
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown) as caught:
        project.generate()
    copy = pickle.loads(pickle.dumps(caught.value))
    with pytest.raises(errors.InvalidInput, match=r"client\.run\(1\)\.check\(\)"):
        copy.check()
    with pytest.raises(errors.InvalidInput, match="not a paid call"):
        errors.OutcomeUnknown("x").resend()


def test_lost_prompts_and_images_are_sent_again_only_when_asked(kernels, state, monkeypatch):
    client, answer, sent = kernels(), state.answer, []
    shelf, red = client.collection(), Image.new("RGB", (8, 8), "red")

    def extended(request, content):
        if not request.url.path.endswith(("/improve", "/from-reference", "/generate/image")):
            return answer(request, content)
        sent.append(json.loads(content))
        made = {"id": "img-0", "collection_id": "c-1", "url": f"{stub.BASE}/files/0.png"}
        return stub.ok(made) if "image" in request.url.path else answer(request, content)

    monkeypatch.setattr(state, "answer", extended)
    for number, call in enumerate(
        (lambda: client.improve_prompt("a ballon", context={"title": "UP"}),
         lambda: client.prompt_from(red, language="de"),
         lambda: shelf.generate_image("a cat"))
    ):  # fmt: skip
        state.faults.extend(["none"] * (number == 1) + ["lost request"])  # its picture goes up
        with pytest.raises(errors.OutcomeUnknown) as caught:
            call()
        assert caught.value.check() is None
        assert len(sent) == number
        made = caught.value.resend()
        assert caught.value.check() == caught.value.resend() or number == 2
        assert len(sent) == number + 1
    assert made.id == "img-0"
    assert sent[0] == {"prompt": "a ballon", "context": {"title": "UP"}}
    assert (sent[1]["language"], sent[2]["prompt"]) == ("de", "a cat")
    lost = [run.id for run in client.open_jobs()]
    for run in lost:
        client.run(run).abandon()
    assert client.open_jobs() == []


def test_a_take_of_a_prompt_is_paid_once(kernels, state):
    first = kernels().improve_prompt("a ballon", take=0)
    client = kernels()
    state.forget()
    job = client.improve_prompt.submit("a ballon", take=0)
    assert job.result() == first
    assert job.cost == 0
    assert not state.requests
    client.improve_prompt("a ballon")
    assert len(state.requests) == 1


def test_a_frame_of_a_hosted_video_is_kept_and_taken_up(kernels, state):
    client = kernels()
    video = client.video("m-1")
    frame = video.generate_thumbnail(time=3, width=32, height=18)
    [row] = client.runs().to_dict("records")
    assert (row["kind"], row["state"], row["id"]) == ("thumbnail", "done", frame.id)
    state.polls = 100
    with pytest.raises(errors.DeadlineExceeded):
        video.generate_thumbnail(time=4, width=32, height=18, deadline=5)
    state.jobs["job-0"][0] = 1
    later = kernels()
    [job] = later.resume()
    frame = job.result()
    assert (frame.time, frame.image.size) == (4, (32, 18))
    assert later.runs()["state"].tolist() == ["done", "done"]
    assert len(state.made) == 2


# -- budget ---------------------------------------------------------------------------


def test_nothing_is_sent_over_the_budget(kernels, state):
    client = kernels(budget=5)
    project = client.create_project(PROMPT, options={"variations": 4})
    project.generate()
    state.forget()
    with pytest.raises(
        errors.BudgetExceeded, match=r"4 pictures costs 4 .* budget of 5, 4 are spent.* 1 left"
    ) as caught:
        project.generate()
    error = caught.value
    assert (error.plan, error.price, error.left) == ("Generating 4 pictures", 4, 1)
    assert not state.requests
    assert len(project.generate(options={"variations": 1})) == 1
    assert (client.budget.spent, client.budget.left) == (5, 0)
    with pytest.raises(errors.BudgetExceeded):
        client.improve_prompt("a ballon")
    assert pickle.loads(pickle.dumps(caught.value)).price == 4


def test_a_call_has_a_limit_of_its_own(kernels, state):
    project = kernels().create_project(PROMPT, options={"variations": 4})
    with pytest.raises(errors.BudgetExceeded, match="3 at most"):
        project.generate(max_credits=3)
    assert not state.started
    assert len(project.generate(max_credits=4)) == 4
    with pytest.raises(errors.InvalidInput, match="number of credits"):
        project.generate(max_credits="much")


def test_side_by_side_the_budget_holds(kernels, state):
    state.balance = 100
    client = kernels(budget=7)
    project = client.create_project(PROMPT, options={"variations": 2})
    jobs = [project.start() for _ in range(10)]
    ends = []
    for job in jobs:
        try:
            ends.append(len(job.result()))
        except errors.BudgetExceeded:
            ends.append(0)
    assert sum(ends) == 6
    assert state.balance == 94
    assert (client.budget.spent, client.budget.reserved) == (6, 0)


def test_what_was_refused_or_served_costs_no_budget(kernels, state):
    client = kernels(budget=3)
    project = client.create_project(PROMPT)
    project.generate(take=0)
    project.generate(take=0)
    state.balance = 0
    with pytest.raises(errors.InsufficientCredits):
        project.generate()
    assert (client.budget.spent, client.budget.left) == (1, 2)


@pytest.mark.parametrize("metered", [True, False])
def test_what_failed_costs_no_budget_where_it_is_known_to_be_paid_back(kernels, state, metered):
    state.ends = ["failed"]
    client = kernels(budget=5)
    client._maker.metered = metered
    job = client.create_project(PROMPT, options={"variations": 2}).start()
    with pytest.raises(errors.JobFailed):
        job.result()
    cost = 2 if metered else 0
    assert (job.cost, client.budget.spent, client.budget.left) == (cost, cost, 5 - cost)
    assert client.runs()["credits"].tolist() == [cost]


def test_a_lost_start_stays_reserved_until_it_is_known(kernels, state):
    client = kernels(budget=1)
    project = client.create_project(PROMPT)
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown) as caught:
        project.generate()
    assert (client.budget.reserved, client.budget.left) == (1, 0)
    with pytest.raises(errors.BudgetExceeded):
        project.generate()
    client.run(caught.value.run).abandon()
    assert client.budget.left == 1


# -- the file -------------------------------------------------------------------------


def order(number=0, **facts):
    brief = {"prompt": f"prompt {number}"}
    return Order("YouThumb", "https://h.example/api", "generate", brief, brief, **facts)


def test_two_processes_write_one_ledger(tmp_path):
    code = """
import sys
from pathlib import Path
from tests.client.test_ledger import order
from thumbnb.client.ledger import Ledger
from thumbnb.client.schedule import Key, Schedule
from thumbnb.client.tables import MIGRATIONS
from thumbnb.database import Database
ledger = Ledger(Path(sys.argv[1]))
new = 0
for number in range(100):
    entry, mine = ledger.open(order(number, take=0), 1.0)
    new += mine
    ledger.claim(entry.id, f"job-{number}", 2.0, 1.0)
print(new)
"""
    path = tmp_path / "new" / "ledger.sqlite3"
    run = [sys.executable, "-c", code, str(path)]
    both = [subprocess.Popen(run, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    counts = [int(process.communicate(timeout=60)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(counts) == 100
    assert len(Ledger(path).tables()[0]["run"]) == 100


def test_a_job_belongs_to_one_run(tmp_path):
    ledger = Ledger(tmp_path / "l.sqlite3")
    first, second = (ledger.open(order(), 1.0)[0] for _ in range(2))
    assert ledger.claim(first.id, "job", 2.0, None)
    assert not ledger.claim(second.id, "job", 2.0, None)
    assert ledger.claim(first.id, "job", 2.0, None)
    assert not ledger.claim(first.id, "another", 2.0, None)
    assert [ledger.get(run.id).job_id for run in (first, second)] == ["job", None]


def test_an_older_ledger_is_brought_up_to_date(tmp_path):
    path = tmp_path / "l.sqlite3"
    old = Database(path, MIGRATIONS[:1])
    with old.write() as rows:
        rows.execute(
            "INSERT INTO runs (service, place, kind, request, request_hash, take, state, known, "
            "prompt, reserved, created, seconds) "
            "VALUES ('s', 'p', 'generate', '{}', 'h', 0, 'running', '[]', 'a cat', 1, 5, 7)"
        )
    old.close()
    ledger = Ledger(path)
    [entry] = ledger.open_runs(["p"])
    assert (entry.prompt, entry.state, entry.created) == ("a cat", "running", 5)
    ledger.learn([["YouThumb", "generate", "", 1.0, 2.0, 3.0, 4.0]])
    assert Ledger(path).learned() == [["YouThumb", "generate", "", 1.0, 2.0, 3.0, 4.0]]


def test_it_is_a_write_ahead_log(tmp_path):
    ledger = Ledger(tmp_path / "l.sqlite3")
    ledger.open(order(), 1.0)
    rows = sqlite3.connect(tmp_path / "l.sqlite3")
    assert rows.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    rows.close()


def test_a_newer_or_broken_ledger_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "l.sqlite3"
    ledger = Ledger(path)
    ledger.open(order(), 1.0)
    ledger.close()
    with sqlite3.connect(path) as rows:
        rows.execute("PRAGMA user_version = 99")
    rows.close()
    with pytest.raises(errors.InvalidInput, match="newer thumbnb"):
        Ledger(path).get(1)
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(errors.InvalidInput, match="cannot be used"):
        Ledger(path).get(1)
    assert path.read_bytes().startswith(b"not a database")
