"""A client of the stub server, on a runner of its own that ends with the test."""

from __future__ import annotations

import pytest

from tests.client import stub


@pytest.fixture
def state():
    return stub.State()


@pytest.fixture
def client(state):
    client = stub.connect(state)
    yield client
    client.close()
    client._session.runner.stop()


@pytest.fixture
def video(client):
    return client.video("m-1")
