"""A kernel killed in the middle of a sweep: nothing is paid twice, and votes are kept.

The command ``python -m tests.benchmarks tuning`` does it twenty times.
"""

from __future__ import annotations

import random

import pytest

from tests.tuning.killed_sweep import play

pytestmark = pytest.mark.slow


def test_a_sweep_survives_the_kills_of_its_kernel(tmp_path):
    done, votes = play(tmp_path, 2, random.Random(1), 5)
    assert done == 2
    assert votes > 0
