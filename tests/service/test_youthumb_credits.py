"""Credits: a generation takes them once, together with its job, and gives them back if it fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.service.maker import PROMPT, Maker, denied
from thumbnb import render
from thumbnb.errors import InvalidInput
from thumbnb.service.settings import Settings


def broken(*_, **__):
    raise ZeroDivisionError("the paint ran out")


@pytest.mark.slow
def test_a_credit_a_variation_and_making_a_project_is_free(maker):
    project_id = maker.create(advancedOptions={"variations": 2})
    assert maker.credits == 1000
    begun = maker.given("POST", f"/thumbnails/{project_id}/start")
    assert begun["creditsConsumed"] == 2
    assert maker.credits == 998
    maker.finish(project_id, begun["jobId"])
    assert maker.credits == 998
    usage = maker.given("GET", "/usage")
    assert usage["creditsUsed"] == 2
    assert usage["usage"] == {"generation": 2}


@pytest.mark.slow
def test_too_few_credits_take_none_and_begin_nothing(tmp_path, gate):
    maker = Maker(tmp_path, credits=3.0)
    try:
        project_id = maker.create()
        answer = maker.call(
            "POST", f"/thumbnails/{project_id}/start", {"advancedOptions": {"variations": 4}}
        )
        assert answer.status_code == 402
        assert answer.json() == {"success": False, "error": "Insufficient credits"}
        assert maker.credits == 3
        assert maker.project(project_id)["status"] == "draft"
        assert maker.rows("jobs") == maker.rows("generations") == maker.rows("charges") == 0
        maker.start(project_id, advancedOptions={"variations": 3})
        assert maker.credits == 0
        denied(maker.call("POST", f"/thumbnails/{project_id}/start"), 402)
        denied(maker.call("POST", "/thumbnails/prompts/improve", {"prompt": PROMPT}), 402)
    finally:
        gate.set()
        maker.close()


def test_starts_at_the_same_moment_never_take_more_than_there_is(tmp_path, gate):
    maker = Maker(tmp_path, credits=5.0)
    try:
        project_id = maker.create()
        with ThreadPoolExecutor(12) as pool:
            path = f"/thumbnails/{project_id}/start"
            statuses = list(pool.map(lambda _: maker.call("POST", path).status_code, range(12)))
        assert sorted(statuses) == [200] * 5 + [402] * 7
        assert maker.credits == 0
        assert maker.rows("generations") == maker.rows("charges") == 5
    finally:
        gate.set()
        maker.close()


@pytest.mark.slow
def test_a_failed_job_gives_its_credits_back_and_a_retry_takes_them_again(maker, monkeypatch):
    project_id = maker.create(advancedOptions={"variations": 3})
    with monkeypatch.context() as patch:
        patch.setattr(render, "compose", broken)
        failed = maker.finish(project_id, maker.start(project_id))
    assert failed["status"] == "failed"
    assert maker.credits == 1000
    begun = maker.given("POST", f"/thumbnails/jobs/{failed['jobId']}/retry")
    assert begun["creditsConsumed"] == 3
    assert maker.credits == 997
    done = maker.finish(project_id, begun["jobId"])
    assert done["status"] == "completed"
    assert done["metadata"]["retryOfJobId"] == failed["jobId"]
    assert done["metadata"]["seed"] != failed["metadata"]["seed"]
    assert maker.credits == 997


def test_help_with_prompts_costs_half_a_credit(maker):
    made = maker.given("POST", "/thumbnails/prompts/improve", {"prompt": PROMPT})
    assert made["creditsConsumed"] == 0.5
    assert maker.credits == 999.5
    denied(maker.call("POST", "/thumbnails/prompts/improve", {"prompt": "x"}), 400, prompt=1)
    assert maker.credits == 999.5


def test_the_plan_may_allow_fewer_variations(tmp_path):
    maker = Maker(tmp_path, max_variations=2)
    try:
        project_id = maker.create(advancedOptions={"variations": 3})
        said = denied(maker.call("POST", f"/thumbnails/{project_id}/start"), 403)
        assert said == "Variations limit exceeded for your plan"
        assert maker.credits == 1000
    finally:
        maker.close()


def test_the_environment_says_what_the_account_starts_with(tmp_path, monkeypatch):
    monkeypatch.setenv("THUMBNB_CREDITS", "7.5")
    maker = Maker(tmp_path)
    assert maker.credits == 7.5
    maker.close()
    for wrong in ("many", "-1", "nan", "inf"):
        monkeypatch.setenv("THUMBNB_CREDITS", wrong)
        with pytest.raises(InvalidInput, match="THUMBNB_CREDITS"):
            Settings()
