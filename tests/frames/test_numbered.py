"""The videos of the tests leave the process that makes them as it was."""

from __future__ import annotations

import os

import pytest

from tests.frames.numbered import encode, steady


@pytest.mark.skipif(not hasattr(os, "sched_getscheduler"), reason="there is no such call here")
def test_an_encoder_does_not_take_the_machine_for_itself(tmp_path):
    encode(tmp_path / "av1.mp4", steady(4), codec="libsvtav1", options={"preset": "10"})
    assert os.sched_getscheduler(0) == os.SCHED_OTHER
