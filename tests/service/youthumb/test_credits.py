"""Credits: a generation takes them once, together with its job, and gives them back if it fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.service.youthumb_harness import PROMPT, YouThumbHarness, denied
from thumbnb import render
from thumbnb.errors import InvalidInput
from thumbnb.service.settings import Settings


def broken(*_, **__):
    raise ZeroDivisionError("the paint ran out")


@pytest.mark.slow
def test_a_credit_a_variation_and_making_a_project_is_free(youthumb):
    project_id = youthumb.create(advancedOptions={"variations": 2})
    assert youthumb.credits == 1000
    begun = youthumb.given("POST", f"/thumbnails/{project_id}/start")
    assert begun["creditsConsumed"] == 2
    assert youthumb.credits == 998
    youthumb.finish(project_id, begun["jobId"])
    assert youthumb.credits == 998
    usage = youthumb.given("GET", "/usage")
    assert usage["creditsUsed"] == 2
    assert usage["usage"] == {"generation": 2}


@pytest.mark.slow
def test_too_few_credits_take_none_and_begin_nothing(tmp_path, gate):
    youthumb = YouThumbHarness(tmp_path, credits=3.0)
    try:
        project_id = youthumb.create()
        answer = youthumb.call(
            "POST", f"/thumbnails/{project_id}/start", {"advancedOptions": {"variations": 4}}
        )
        assert answer.status_code == 402
        assert answer.json() == {"success": False, "error": "Insufficient credits"}
        assert youthumb.credits == 3
        assert youthumb.project(project_id)["status"] == "draft"
        assert (
            youthumb.rows("jobs") == youthumb.rows("generations") == youthumb.rows("charges") == 0
        )
        youthumb.start(project_id, advancedOptions={"variations": 3})
        assert youthumb.credits == 0
        denied(youthumb.call("POST", f"/thumbnails/{project_id}/start"), 402)
        denied(youthumb.call("POST", "/thumbnails/prompts/improve", {"prompt": PROMPT}), 402)
    finally:
        gate.set()
        youthumb.close()


@pytest.mark.slow
def test_starts_at_the_same_moment_never_take_more_than_there_is(tmp_path, gate):
    youthumb = YouThumbHarness(tmp_path, credits=5.0)
    try:
        project_id = youthumb.create()
        with ThreadPoolExecutor(12) as pool:
            path = f"/thumbnails/{project_id}/start"
            statuses = list(pool.map(lambda _: youthumb.call("POST", path).status_code, range(12)))
        assert sorted(statuses) == [200] * 5 + [402] * 7
        assert youthumb.credits == 0
        assert youthumb.rows("generations") == youthumb.rows("charges") == 5
    finally:
        gate.set()
        youthumb.close()


@pytest.mark.slow
def test_a_failed_job_gives_its_credits_back_and_a_retry_takes_them_again(youthumb, monkeypatch):
    project_id = youthumb.create(advancedOptions={"variations": 3})
    with monkeypatch.context() as patch:
        patch.setattr(render, "compose", broken)
        failed = youthumb.finish(project_id, youthumb.start(project_id))
    assert failed["status"] == "failed"
    assert youthumb.credits == 1000
    begun = youthumb.given("POST", f"/thumbnails/jobs/{failed['jobId']}/retry")
    assert begun["creditsConsumed"] == 3
    assert youthumb.credits == 997
    done = youthumb.finish(project_id, begun["jobId"])
    assert done["status"] == "completed"
    assert done["metadata"]["retryOfJobId"] == failed["jobId"]
    assert done["metadata"]["seed"] != failed["metadata"]["seed"]
    assert youthumb.credits == 997


def test_help_with_prompts_costs_half_a_credit(youthumb):
    made = youthumb.given("POST", "/thumbnails/prompts/improve", {"prompt": PROMPT})
    assert made["creditsConsumed"] == 0.5
    assert youthumb.credits == 999.5
    denied(youthumb.call("POST", "/thumbnails/prompts/improve", {"prompt": "x"}), 400, prompt=1)
    assert youthumb.credits == 999.5


def test_the_plan_may_allow_fewer_variations(tmp_path):
    youthumb = YouThumbHarness(tmp_path, max_variations=2)
    try:
        project_id = youthumb.create(advancedOptions={"variations": 3})
        message = denied(youthumb.call("POST", f"/thumbnails/{project_id}/start"), 403)
        assert message == "Variations limit exceeded for your plan"
        assert youthumb.credits == 1000
    finally:
        youthumb.close()


def test_the_environment_says_what_the_account_starts_with(tmp_path, monkeypatch):
    monkeypatch.setenv("THUMBNB_CREDITS", "7.5")
    youthumb = YouThumbHarness(tmp_path)
    assert youthumb.credits == 7.5
    youthumb.close()
    for wrong in ("many", "-1", "nan", "inf"):
        monkeypatch.setenv("THUMBNB_CREDITS", wrong)
        with pytest.raises(InvalidInput, match="THUMBNB_CREDITS"):
            Settings()
