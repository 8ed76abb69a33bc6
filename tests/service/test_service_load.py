"""A small profile of the benchmark ``service``: no errors under load, little memory in attacks."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks import service as bench
from tests.service.tools import Server

pytestmark = pytest.mark.slow


def test_many_clients_at_once_see_no_error(tmp_path, talk):
    with Server(tmp_path, THUMBNB_WORKERS="processes") as server:
        seen = bench.load(server, talk, clients=12, seconds=4)
    assert not seen.errors
    assert len(seen.seconds["poll"]) > 0
    assert "Traceback" not in "".join(server.log)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_hostile_files_all_at_once_take_little_memory(tmp_path, talk):
    files = bench.hostile_files(tmp_path)
    # These two take their whole time, which the others need not wait for.
    slow = {"endless JPEG", "4,000 edits"}
    with Server(tmp_path / "home", THUMBNB_WORKERS="processes") as server:
        server.upload(talk)
        memory = bench.Memory(server.process.pid)
        quick = {name: file for name, file in files.items() if name not in slow}
        reported = bench.send_hostile(server, quick)
        memory.stop()
        assert server.upload(talk)["length"] == pytest.approx(4), "it works as before"
    assert set(reported) == set(quick)
    assert 0 < memory.peak < 1500 * bench.MEGABYTE
    assert "Traceback" not in "".join(server.log)
