"""Clients of one home at a YouThumb in miniature; nothing sleeps."""

from __future__ import annotations

import pytest

from tests.client import stub
from tests.tuning.youthumb_stub import TuningYouThumbState


@pytest.fixture
def state():
    return TuningYouThumbState()


@pytest.fixture
def kernels(state, tmp_path):
    """Start clients of one home, each as a kernel of its own."""
    clients = []

    def start(**options):
        client = stub.connect(state, home=tmp_path / "home", **options)
        clients.append(client)
        return client

    yield start
    for client in clients:
        client.close()
        client._session.runner.stop()


@pytest.fixture
def client(kernels):
    return kernels()
