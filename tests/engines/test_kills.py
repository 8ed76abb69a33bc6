"""Kills of client and service while an engine paints; many more of them in the benchmarks."""

from __future__ import annotations

import random

import pytest

from tests.engines.kill_batch import play


@pytest.mark.slow
def test_nothing_is_paid_twice_or_lost_over_kills(tmp_path, monkeypatch):
    monkeypatch.delenv("THUMBNB_WORKERS", raising=False)
    kills, states = play(tmp_path, 2, random.Random(3), 4)
    assert kills
    assert states["painted"]
