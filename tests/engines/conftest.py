"""An image server, and a home with an engine that paints there."""

from __future__ import annotations

import pytest

import thumbnb as tb
from tests.engines.image_server import KEY, OWNERS, ImageServer, State
from thumbnb.client import connect as connecting
from thumbnb.service.tasks import generation_task

each_dialect = pytest.mark.parametrize(
    "dialect",
    [pytest.param(name, marks=() if name == "openai" else pytest.mark.slow) for name in OWNERS],
)


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch):
    for name in ("OPENAI_API_KEY", "THUMBNB_ENGINE_URL", "THUMBNB_ENGINE_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("THUMBNB_WORKERS", "threads")
    monkeypatch.setattr(generation_task, "SIZE", (640, 360))


@pytest.fixture
def state():
    return State()


@pytest.fixture
def server(state):
    with ImageServer(state) as server:
        yield server


@pytest.fixture
def engine(server):
    """Make the engine of the server's state; ``dialect`` as the state has it unless given."""

    def make(**options):
        options = {"key": KEY, "dialect": server.state.dialect, **options}
        return tb.engines.OpenAIImages(server.state.model, base_url=server.url, **options)

    return make


@pytest.fixture
def connect(tmp_path):
    """Connect to the embedded service of one home, with engines."""
    clients = []

    def make(engine, **options):
        client = tb.connect(engine=engine, home=tmp_path, quiet=True, embedded=True, **options)
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()
    connecting.close_embedded()
