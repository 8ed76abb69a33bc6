"""A take of a request is paid once, and served again: by what it comes to, and from disk."""

from __future__ import annotations

import warnings

import pytest
from PIL import Image

from tests.client.youthumb_stub import PROMPT
from thumbnb import errors


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
def test_another_request_is_another_image(kernels, state, other):
    client = kernels()
    client.create_project(PROMPT).generate(take=0)
    if "person" in other:
        client.create_project(PROMPT, **other).generate(take=0)
    else:
        client.create_project(PROMPT).generate(take=0, **other)
    assert len(state.started) == 2


def test_takes_are_identified_by_the_merged_brief(kernels, state):
    client = kernels()
    client.create_project(PROMPT, title="A", options={"background_blur": 9}).generate(take=0)
    project = client.create_project("another prompt", name="mine", title="B")
    again = project.generate(take=0, prompt=PROMPT, title="A", options={"background_blur": 9})
    assert again.cached


def test_images_are_known_by_their_bytes(kernels, state, tmp_path):
    image = Image.new("RGB", (8, 8), "blue")
    path = tmp_path.parent / f"{tmp_path.name}-a.png"  # not in the home
    image.save(path)
    data = path.read_bytes()
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


def test_a_pruned_image_is_fetched_again_free(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    first = project.generate(take=0)
    gone = client.result_store.prune(max_bytes=0)
    assert (gone.count, gone.results, client.result_store.size) == (1, 1, 0)
    again = client.create_project(PROMPT).generate(take=0)
    assert len(state.started) == 1
    assert again[0].bytes == first[0].bytes
    assert client.result_store.count == 1


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


@pytest.fixture
def drawing():
    return Image.new("RGB", (8, 8), "blue")


def test_an_image_goes_up_only_for_a_prompt_that_is_paid(kernels, state, drawing):
    kernels().prompt_from(drawing, take=0)
    client = kernels(budget=0)
    state.forget()
    assert client.prompt_from(drawing, take=0) == "a better one"
    with pytest.raises(errors.BudgetExceeded, match="Nothing was sent"):
        client.prompt_from(drawing)
    with pytest.raises(errors.BudgetExceeded, match="Nothing was sent"):
        kernels().prompt_from(drawing, max_credits=0.4)
    assert not state.requests
    assert kernels().prompt_from(drawing)
    assert len(state.assets) == 2
