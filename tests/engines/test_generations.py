"""A whole generation that an engine paints: client, service, ledger."""

from __future__ import annotations

import pytest

import thumbnb as tb
from tests.engines.conftest import each_dialect
from tests.service.tools import until


@each_dialect
def test_four_variations_from_the_form_to_the_ledger(state, engine, connect, dialect):
    state.dialect = dialect
    state.faults.append("503")
    client = connect(engine(dialect=None))
    form = tb.PromptForm(
        client, prompt="A fox in the snow", title="WILD", options={"variations": 4}
    )
    project, job = form.submit().result()
    results = job.result()
    assert len(results) == 4
    assert {item.engine for item in results} == {"painter-1"}
    assert all(item.scores["cap_height"] > 8 for item in results), "the words are set here"
    assert state.painted == 4
    assert all("WILD" not in each["prompt"] for each in state.requests)
    runs = client.runs()
    assert list(runs["engine"]) == ["painter-1"] * 4
    assert list(runs["state"]) == ["done"] * 4
    grid = tb.ImageGrid(job)
    until(lambda: len(grid.items) == 4, "The images in the grid")
    row = tb.JobProgress(job).rows[0]
    assert (row["state"], row["done"], row["total"]) == ("done", 4, 4)
    # A later kernel finds them, and pays for nothing.
    client.close()
    earlier = connect(engine(dialect=None)).project(project.id).results()
    assert [item.bytes for item in earlier] == [item.bytes for item in results]
    assert state.painted == 4


@pytest.mark.slow
def test_worker_processes_letter_what_was_painted(state, engine, connect, monkeypatch):
    monkeypatch.setenv("THUMBNB_WORKERS", "processes")
    client = connect(engine())
    [result] = client.create_project("A fox in the snow", title="WILD").generate()
    assert result.engine == "painter-1"
    assert result.scores["cap_height"] > 8


@pytest.mark.slow
def test_localized_title_reuses_the_painted_scene(state, engine, connect):
    client = connect(engine())
    [result] = client.create_project("A fox in the snow", title="WILD").generate()
    [german] = result.localize({"de": "NOCH WILDER"})["de"]
    assert german.image.size == result.size
    assert german.bytes != result.bytes
    assert state.painted == 1
