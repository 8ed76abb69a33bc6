"""Batches killed in the middle: nothing is lost, paid twice or made twice.

The command ``python -m tests.benchmarks batch`` does it twenty times.
"""

from __future__ import annotations

import random

import pytest

from tests.batches import killed_batch, killed_frames

pytestmark = pytest.mark.slow


def test_a_batch_of_thumbnails_survives_the_kills_of_its_process(tmp_path):
    assert killed_batch.play(tmp_path, 1, random.Random(1), count=3) == 1


def test_a_batch_on_a_cluster_survives_the_kills_of_its_parts(tmp_path):
    killed_frames.play(tmp_path, ["worker", "scheduler"], 5, random.Random(1))
