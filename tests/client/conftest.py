"""A client of the stub server, on a runner of its own that ends with the test."""

from __future__ import annotations

import pytest

from tests.client import stub
from tests.client.youthumb_stub import PROMPT, YouThumbState


@pytest.fixture
def state():
    return YouThumbState()


@pytest.fixture
def client(state):
    client = stub.connect(state)
    yield client
    client.close()
    client._session.runner.stop()


@pytest.fixture
def project(client):
    return client.create_project(PROMPT, preset="mrbeast-viral")


@pytest.fixture(params=[False, True], ids=["newer service", "web documents"])
def dialect(request, state):
    state.old = request.param


@pytest.fixture
def video(client):
    return client.video("m-1")


@pytest.fixture
def kernels(state, tmp_path):
    """Start clients of one home, each as a kernel of its own."""
    clients = []

    def start(**options):
        client = stub.connect(state, home=tmp_path, **options)
        clients.append(client)
        return client

    yield start
    for client in clients:
        client.close()
        client._session.runner.stop()
