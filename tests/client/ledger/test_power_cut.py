"""A power cut at any request loses nothing that was acknowledged, and bills nothing twice.

The command ``python -m tests.benchmarks power`` does it with more generations and faults.
"""

from __future__ import annotations

import sys

import pytest

from tests.client.kills.power_cut import play

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


@pytest.mark.slow
@pytest.mark.parametrize("faults", [[], ["none", "lost answer"], ["none", "refused", "busy"]])
def test_a_power_cut_at_every_request(tmp_path, monkeypatch, faults):
    assert play(tmp_path, monkeypatch, ["a red balloon", "a blue boat"], faults) > 6
