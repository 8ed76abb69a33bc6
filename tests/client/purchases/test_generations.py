"""Thumbnails from a prompt, against the stub: what a user does and sees."""

from __future__ import annotations

import asyncio
import io

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import thumbnb as tb
from tests.client import stub
from tests.client.youthumb_stub import PROMPT, YouThumbState, name_of, sent
from thumbnb import errors
from thumbnb.models import ResultRecord

# -- making ---------------------------------------------------------------------------


def test_images_are_there_as_they_come_and_are_fetched_once(client, state):
    state.early, state.rounds, seen, loads = True, 5, [], []
    project = client.create_project("a red balloon", options={"variations": 3})

    def watch(job):
        seen.append((job.progress.done, job.progress.total))
        if job.partial and not loads:
            loads.append(job.partial[0].load.submit())

    with stub.standing_still(client):
        job = project.start()
        job.watch(watch)
    results = job.result()
    reported = [pair for pair in seen if pair != (None, None)]
    assert reported == sorted(reported)
    assert reported[0][1] == 3
    assert reported[-1] == (3, 3)
    assert len({done for done, _ in reported}) > 2
    assert loads[0].result() == results[0].bytes
    assert list(job.partial) == results
    assert client.runs()["state"].tolist() == ["done"] * 3
    first = [r for r in state.requests if r.url.path == "/files/0.png"]
    assert len(first) == 1


def test_a_service_without_early_images_does_not_report_none_made(client, state):
    seen, project = [], client.create_project("a red balloon", options={"variations": 3})

    def watch(job):
        seen.append((job.progress.stage, job.progress.done, job.progress.total))

    with stub.standing_still(client):
        job = project.start()
        job.watch(watch)
    job.result()
    assert ("generating", None, 3) in seen
    assert seen[-1] == ("fetching", 3, 3)


def test_the_price_is_known_before_and_the_cost_after(client, state):
    assert client.price() == 1
    assert client.price(variations=4) == client.price(options={"variations": 4}) == 4
    with pytest.raises(errors.InvalidInput, match="1 to 4"):
        client.price(variations=5)
    project, seen = client.create_project("a red balloon", options={"variations": 2}), []
    with stub.standing_still(client):
        job = project.start(take=0)
        job.watch(lambda job: seen.append(job.cost))
    job.result()
    assert set(seen) == {2}
    assert job.cost == 2
    again = project.start(take=0)
    again.result()
    assert again.cost == 0
    state.balance = 0
    poor = project.start()
    with pytest.raises(errors.InsufficientCredits):
        poor.result()
    assert poor.cost == 0


def test_from_prompt_to_images(client, state, dialect):
    project = client.create_project(
        "Excited creator, bright yellow background",
        preset="mrbeast-viral",
        title="I LEFT EARTH FOREVER",
        options=tb.AdvancedOptions(variations=4, background_blur=60, text_position="top"),
    )
    assert project.status == "draft"
    job = project.start()
    results = job.result()
    assert [image.size for image in results.images] == [(64, 36)] * 4
    assert results.credits == 4
    assert state.balance == 6
    assert sent(state, "/api/thumbnails") == [
        {
            "prompt": "Excited creator, bright yellow background",
            "presetKey": "mrbeast-viral",
            "title": "I LEFT EARTH FOREVER",
            "advancedOptions": {"variations": 4, "backgroundBlur": 60, "textPosition": "top"},
        }
    ]
    assert sent(state, f"/api/thumbnails/{project.id}/start") == [None]
    assert project.status == "completed"


def test_a_start_is_a_job_that_can_be_awaited(project):
    async def cell():
        return await project.start(options={"variations": 2})

    assert len(asyncio.run(cell())) == 2


def test_results_are_a_frame_with_all_there_is_to_know(project):
    table = project.generate(options={"variations": 2}).to_frame()
    assert table["seed"].tolist() == [0, 1]
    assert table["credits"].tolist() == [1, 1]
    assert table["applied"].tolist() == [["title"]] * 2
    assert table["ignored"].tolist() == [["face_expression"]] * 2
    assert table["score_legibility"].tolist() == [0.9] * 2
    assert table["width"].tolist() == [1280] * 2
    assert tb.Results([]).to_frame().empty


def test_results_show_themselves(project, tmp_path):
    results = project.generate(options={"variations": 3})
    with Image.open(io.BytesIO(results._repr_jpeg_())) as sheet:
        assert sheet.width <= 640
    assert results[0]._repr_jpeg_()
    assert results[0].save(tmp_path / "a.png").is_file()
    assert results[0].report[0].reason == "set in Anton"


def test_overrides_are_sent_and_checked(project, state):
    project.generate(prompt="something else", title="", options={"variations": 2})
    assert state.started[-1] == {
        "prompt": "something else", "title": "", "advancedOptions": {"variations": 2},
    }  # fmt: skip
    with pytest.raises(errors.InvalidInput, match="3 to 2000"):
        project.generate(prompt="x")
    with pytest.raises(errors.InvalidInput, match="One style source"):
        project.generate(
            style_reference="https://h/x.png",
            source=tb.Result(project._session, ResultRecord(id="r-1")),
        )
    assert len(state.started) == 1


def test_a_start_may_have_its_own_source_and_no_person(client, state):
    person = name_of(7)
    project = client.create_project(PROMPT, person=person, style_reference="https://h/x.png")
    runs = [
        project.generate(template=client.templates()[0], take=0).run_id,
        project.generate(youtube_url="https://youtu.be/x", take=0).run_id,
        project.generate(person="", take=0).run_id,
    ]
    wanted = [{"templateId": "t-1"}, {"youtubeUrl": "https://youtu.be/x"}, {"personId": None}]
    assert state.started == wanted
    for run in map(client.run, runs):
        run.again()
    assert state.started == wanted * 2
    # Each of them is another request, and the same as one that was made so.
    made = client.create_project(PROMPT, person=person, template="t-1")
    assert made.generate(take=0).cached
    assert client.create_project(PROMPT, style_reference="https://h/x.png").generate(take=0).cached
    named = client.create_project(PROMPT, person="Mia", style_reference="https://h/x.png")
    assert named.generate(person="", take=0).cached
    with pytest.raises(errors.InvalidInput, match="One style source"):
        project.generate(template="t-1", youtube_url="https://youtu.be/x")
    with pytest.raises(errors.InvalidInput, match="YouTube"):
        project.generate(youtube_url="https://vimeo.com/1")


def test_an_old_failure_does_not_hide_a_new_success(project, state, dialect):
    state.ends = ["failed", "completed"]
    with pytest.raises(errors.JobFailed, match="the face was not found"):
        project.generate()
    results = project.generate()
    assert len(results) == 1
    assert project.status == "failed"  # so the service says of the whole
    assert len(project.results()) == 1


def test_an_unknown_status_means_wait(project, state):
    state.word = "simmering"
    assert len(project.generate()) == 1


def test_progress_is_reported(client, project):
    seen = []
    with stub.standing_still(client):
        job = project.start()
        job.watch(lambda j: seen.append((j.progress.stage, j.progress.fraction)))
    job.result()
    assert ("generating", 0.5) in seen
    assert seen.index(("generating", 0.5)) < seen.index(("fetching", 1.0))


@pytest.mark.slow
def test_too_few_credits_say_how_many(client, project, state):
    state.balance = 3
    with pytest.raises(errors.InsufficientCredits, match="costs 4 credits; 3 are left") as caught:
        project.generate(options={"variations": 4})
    assert (caught.value.cost, caught.value.balance) == (4, 3)
    assert not state.started
    state.ends, state.balance = ["failed"], 1
    with pytest.raises(errors.JobFailed):
        project.generate()
    with pytest.raises(errors.InsufficientCredits, match="costs 1 credit; 0 are left"):
        project.retry(name_of(1001))
    for words in (
        lambda: client.improve_prompt("a ballon"),
        lambda: client.prompt_from(client.templates()[0]),
    ):
        with pytest.raises(errors.InsufficientCredits, match=r"0\.5 credits; 0 are left") as caught:
            words()
        assert (caught.value.cost, caught.value.balance) == (0.5, 0)
    assert set(client.runs()["state"]) == {"void", "failed"}


def test_too_few_credits_are_reported_where_the_balance_cannot_be_read(client, state, monkeypatch):
    state.balance, answer = 0, state.answer
    gone = httpx.Response(404, json={"success": False, "error": "Not found"})
    hides = lambda r, c: gone if r.url.path.endswith("/usage") else answer(r, c)  # noqa: E731
    monkeypatch.setattr(state, "answer", hides)
    with pytest.raises(errors.InsufficientCredits, match=r"costs 0\.5 credits\. ") as caught:
        client.improve_prompt("a ballon")
    assert caught.value.balance is None


def test_a_deadline_leaves_the_job_to_be_followed(project, state):
    state.rounds = 1000
    with pytest.raises(errors.DeadlineExceeded, match="follow") as caught:
        project.generate(deadline=30)
    state.projects[project.id]["jobs"][0]["left"] = 0
    [job_id] = [job["jobId"] for job in state.projects[project.id]["jobs"]]
    assert job_id in str(caught.value)
    assert len(project.follow(job_id)) == 1
    assert len(state.started) == 1


def test_a_retry_is_a_new_job(project, state):
    state.ends = ["failed", "completed"]
    with pytest.raises(errors.JobFailed, match="retry"):
        project.generate()
    assert len(project.retry(name_of(1001))) == 1
    assert len(state.started) == 2


def test_jobs_are_listed_by_status_and_page(project, state):
    project.generate()
    state.forget()
    project.jobs()
    project.jobs(status="failed")
    project.jobs(status=["pending", "processing"], page=2, limit=10)
    asked = [(r.url.path.rpartition("/")[2], dict(r.url.params)) for r in state.requests]
    assert asked == [
        ("detailed-status", {}),
        ("status", {"status": "failed"}),
        ("status", {"page": "2", "limit": "10", "status": "pending,processing"}),
    ]
    for wrong, says in (({"page": 0}, "page"), ({"limit": 101}, "1 to 100")):
        with pytest.raises(errors.InvalidInput, match=says):
            project.jobs(**wrong)


REFUSED = {"refused", "busy"}
UNKNOWN = {"lost request", "lost answer", "broken", "broken after", "timed out after", "not json"}


@pytest.mark.slow
@given(
    faults=st.lists(st.sampled_from(["none", "unreachable", *REFUSED, *UNKNOWN]), max_size=10),
    old=st.booleans(),
)
def test_no_order_of_faults_pays_twice(faults, old):
    state = YouThumbState(old=old)
    client = stub.connect(state)
    try:
        project = client.create_project("a red balloon")
        state.forget()
        state.faults.extend(faults)
        try:
            results, error = project.generate(), None
        except errors.ThumbnbError as caught:
            results, error = None, caught
        fates = state.fates_of("POST", f"/api/thumbnails/{project.id}/start")
        assert set(fates[:-1]) <= REFUSED
        assert len(state.started) <= 1
        assert state.balance == 10 - len(state.started)
        assert error.hint if error else len(results) == len(state.started) == 1
    finally:
        state.faults.clear()
        client.close()
        client._session.runner.stop()


def test_the_key_goes_in_youthumbs_own_header(client, state):
    client.presets()
    assert state.requests[-1].headers["x-api-key"] == stub.KEY
    assert "x-access-token" not in state.requests[-1].headers


def test_a_401_says_that_it_may_be_the_rate_limit(client, state, monkeypatch):
    refused = httpx.Response(401, json={"success": False, "error": "Unauthorized"})
    monkeypatch.setattr(state, "answer", lambda *_: refused)
    with pytest.raises(errors.AuthenticationFailed, match="100 requests a minute"):
        client.presets()


@pytest.mark.parametrize(("sent", "tries", "waits"), [(1, 3, []), (45, 4, [15, 30, 60])])
def test_a_revoked_key_is_final_at_once_unless_it_may_be_the_rate_limit(
    client, state, monkeypatch, sent, tries, waits
):
    for _ in range(sent):
        client.presets()
    state.requests.clear()
    refused = httpx.Response(401, json={"success": False, "error": "Unauthorized"})
    told = []
    monkeypatch.setattr(state, "answer", lambda *_: refused)
    with stub.standing_still(client):
        job = client.presets.submit()
        job.watch(lambda job: told.append(job.progress.text))
    with pytest.raises(errors.AuthenticationFailed):
        job.result()
    assert len(state.requests) == tries
    assert [each for each in dict.fromkeys(told) if "refused" in each] == [
        f"the key was refused, perhaps for too many requests: again in {wait} s" for wait in waits
    ]


@pytest.mark.parametrize(
    ("status", "body", "kind", "says"),
    [
        (403, {"error": "Variations limit exceeded for your plan"}, errors.PlanLimit, "limit"),
        (403, {"error": "Forbidden"}, errors.AccessDenied, "Forbidden"),
        (400, {"error": "Invalid", "details": {"prompt": ["Too short", "Too dull"]}},
         errors.Rejected, "prompt: Too short, Too dull"),
        (429, {"error": "Too many parallel jobs running"}, errors.RateLimited, "parallel"),
    ],
)  # fmt: skip
def test_refusals_are_distinguished(project, state, monkeypatch, status, body, kind, says):
    answer = httpx.Response(status, json={"success": False, **body})
    monkeypatch.setattr(state, "answer", lambda *_: answer)
    with pytest.raises(kind, match=says) as caught:
        project.generate()
    if "details" in body:
        assert caught.value.details == body["details"]
