"""A form on the embedded service, one service for a file of tests."""

from __future__ import annotations

import pytest

import thumbnb as tb


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with tb.connect(embedded=True, home=tmp_path_factory.mktemp("form"), quiet=True) as client:
        yield client


@pytest.fixture
def form(client):
    return tb.PromptForm(client, prompt="A red door")
