"""The start of the form: what it makes, what is refused, and the Python that does the same."""

from __future__ import annotations

import pytest

import thumbnb as tb
from tests.widgets.form.helpers import png, until
from tests.widgets.page import control


@pytest.mark.slow
def test_submit_makes_and_starts_a_project(client):
    form = tb.PromptForm(client, prompt="A red door", title="OPEN", options={"variations": 2})
    start = control(form, "Generate")
    started = form.submit()
    assert start.disabled
    assert start.description == "Starting..."
    project, job = started.result(60)
    assert len(job.result(60)) == 2
    assert until(form, "job") is job
    assert form.project is project
    until(start, "disabled", lambda disabled: not disabled)
    assert client.jobs[-1] is job


def test_a_double_click_is_one_order(client):
    form = tb.PromptForm(client, prompt="A red door")
    before = len(client.projects())
    now = 100.0
    form._clock = lambda: now
    start = control(form, "Generate")
    start.click()
    start.click()
    first = until(form, "job")
    start.click()
    assert form.job is first
    assert len(client.projects()) == before + 1
    now += 5
    start.click()
    until(form, "job", lambda job: job is not first)
    assert len(client.projects()) == before + 2


def test_what_the_service_refuses_is_reported_in_the_form(client):
    form = tb.PromptForm(client, prompt="A red door", template="no-such-template")
    start = control(form, "Generate")
    form.submit()
    assert "template" in until(form, "error")
    until(start, "disabled", lambda disabled: not disabled)


def test_a_budget_that_is_too_small_is_reported_in_the_form(tmp_path):
    with tb.connect(embedded=True, home=tmp_path, budget=1, quiet=True) as client:
        form = tb.PromptForm(client, prompt="A red door", options={"variations": 4})
        form.submit()
        assert "4 credits" in until(form, "error")


def test_a_better_prompt_can_be_taken_back(client):
    form = tb.PromptForm(client, prompt="a cat")
    form.improve()
    better = until(form, "prompt", lambda prompt: prompt != "a cat")
    assert len(better) > len("a cat")
    control(form, "Undo").click()
    assert form.prompt == "a cat"


@pytest.mark.slow
def test_the_code_makes_the_same(client, sample_path, tmp_path, monkeypatch):
    frame = client.upload(sample_path).generate_thumbnail(time=3.0)
    path = tmp_path / "wall.png"
    path.write_bytes(png("blue", (640, 360)))
    form = tb.PromptForm(
        client,
        prompt='A "red" door',
        title="ÖFFNEN",
        preset="gaming-esports",
        options={"variations": 1},
    )
    for picture in (frame, path, png("green", (640, 360))):
        form.add_image(picture)
    code = form.code()
    made = {}
    monkeypatch.setattr(tb, "connect", lambda **_: client)
    exec(compile(code, "code", "exec"), made)
    assert len(made["job"].result(60)) == 1
    assert made["project"].prompt == 'A "red" door @image1 @image2 @image3'
    given = made["project"]._draft
    mine = client.create_project(**form.brief())._draft
    assert given == mine


def test_nothing_is_sent_by_filling_it_in(client, tmp_path):
    before = len(client.projects()), len(client.assets()), len(client.runs())
    form = tb.PromptForm(client, prompt="A red door", style_reference=png())
    form.add_image(png())
    assert form.valid
    form.code()
    assert (len(client.projects()), len(client.assets()), len(client.runs())) == before
