"""Killed for good, on either side: nothing is lost and nothing is paid twice.

The command ``python -m tests.benchmarks kills`` does it two hundred times.
"""

from __future__ import annotations

import random

import pytest

from tests.client.kills.kill_batch import play

pytestmark = pytest.mark.slow


def test_a_batch_survives_the_kills_of_its_client_and_of_its_service(tmp_path):
    # The client while it starts its jobs, the service while it paints them.
    assert play(tmp_path, 2, random.Random(3), 5) == 2
