"""A whole generation that an engine paints: client, service, ledger."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "dialect",
    [
        "openai",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in (
                "vllm-omni",
                "sglang",
                "ollama",
                "sd-server",
                "litellm",
                "localai",
                "open",
            )
        ),
    ],
)
def test_four_variations_are_painted_and_lettered(state, engine, connect, dialect):
    state.dialect = dialect
    client = connect(engine(dialect=None))
    project = client.create_project("A fox in the snow", title="WILD", options={"variations": 4})
    results = project.generate()
    assert len(results) == 4
    assert {item.engine for item in results} == {"painter-1"}
    assert all(item.scores["cap_height"] > 8 for item in results), "the words are set here"
    assert state.painted == 4
    assert all("WILD" not in each["prompt"] for each in state.requests)
    runs = client.runs()
    assert list(runs["engine"]) == ["painter-1"] * 4
    assert list(runs["state"]) == ["done"] * 4


@pytest.mark.slow
def test_worker_processes_letter_what_was_painted(state, engine, connect, monkeypatch):
    monkeypatch.setenv("THUMBNB_WORKERS", "processes")
    client = connect(engine())
    [result] = client.create_project("A fox in the snow", title="WILD").generate()
    assert result.engine == "painter-1"
    assert result.scores["cap_height"] > 8


@pytest.mark.slow
def test_what_was_painted_gets_other_words_without_being_painted_again(state, engine, connect):
    client = connect(engine())
    [result] = client.create_project("A fox in the snow", title="WILD").generate()
    [german] = result.localize({"de": "NOCH WILDER"})["de"]
    assert german.image.size == result.size
    assert german.bytes != result.bytes
    assert state.painted == 1
