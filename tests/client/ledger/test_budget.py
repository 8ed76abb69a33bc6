"""What may be spent: nothing is sent over it, and nothing is counted that was not paid."""

from __future__ import annotations

import pickle

import pytest

from tests.client.youthumb_stub import PROMPT
from thumbnb import errors


def test_nothing_is_sent_over_the_budget(kernels, state):
    client = kernels(budget=5)
    project = client.create_project(PROMPT, options={"variations": 4})
    project.generate()
    state.forget()
    with pytest.raises(
        errors.BudgetExceeded, match=r"4 images costs 4 .* budget of 5, 4 are spent.* 1 left"
    ) as caught:
        project.generate()
    error = caught.value
    assert (error.plan, error.price, error.left) == ("Generating 4 images", 4, 1)
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
def test_refunded_failures_cost_no_budget(kernels, state, metered):
    state.ends = ["failed"]
    client = kernels(budget=5)
    client._youthumb.metered = metered
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


@pytest.fixture
def elsewhere(kernels, state):
    """A project of four pictures that another client has made."""
    state.balance = 100
    return kernels().create_project(PROMPT, options={"variations": 4}).id


def found(client, project_id, how):
    return client.project(project_id) if how == "by its id" else client.projects()[0]


@pytest.mark.parametrize("how", ["by its id", "in the list"])
def test_the_budget_holds_for_a_project_of_another_client(kernels, state, elsewhere, how):
    client = kernels(budget=3)
    project = found(client, elsewhere, how)
    with pytest.raises(errors.BudgetExceeded, match="Generating 4 images costs 4"):
        project.generate()
    with pytest.raises(errors.BudgetExceeded, match="may cost 2 at most"):
        project.generate(max_credits=2)
    assert not state.started
    assert len(project.generate(options={"variations": 3})) == 3
    assert client.budget.left == 0


def test_a_price_that_is_known_or_paid_is_not_asked_for(kernels, state, elsewhere):
    first = kernels().project(elsewhere)
    first.generate(take=0)
    client = kernels(budget=0)
    project = client.project(elsewhere)
    project.record = project.record.model_copy(update={"projectMetadata": None})
    state.forget()
    assert project.generate(take=0).cached
    with pytest.raises(errors.BudgetExceeded):
        project.generate(options={"variations": 1})
    assert not state.requests


def test_a_service_without_prices_is_reserved_the_highest(kernels, state, elsewhere):
    state.old = True
    project = kernels(budget=3).project(elsewhere)
    with pytest.raises(errors.BudgetExceeded, match="up to 4 images"):
        project.generate()
    assert len(project.generate(options={"variations": 2})) == 2
    assert len(kernels(budget=4).project(elsewhere).generate()) == 4


@pytest.mark.parametrize("old", [False, True])
def test_the_budget_holds_for_a_job_of_another_client(kernels, state, elsewhere, old):
    state.old, state.ends = old, ["failed"]
    state.start(elsewhere, {})
    [job] = state.projects[elsewhere]["jobs"]
    job["left"] = 0
    client = kernels(budget=3)
    project = client.project(elsewhere)
    with pytest.raises(errors.BudgetExceeded, match="Retrying a job costs 4"):
        project.retry(job["jobId"])
    with pytest.raises(errors.JobFailed):
        project.follow(job["jobId"])
    with pytest.raises(errors.BudgetExceeded, match="Retrying a job costs 4"):
        project.retry(job["jobId"])
    assert len(state.started) == 1
    assert client.budget.left == 3
