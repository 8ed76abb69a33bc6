"""The same brief and seed give the same pixels: again, in another process, and as on record."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.render.sheet_signatures import digest, is_same, made, records
from thumbnb.render.presets import PRESETS
from thumbnb.render.sheet import WAYS

ROOT = Path(__file__).parents[2]
TWICE = [("tech-review", "prompt"), ("vlog-travel", "frame")]
QUICK = [("tech-review", "prompt"), ("mystery-dark", "prompt"), ("office", "prompt")]
IN_ANOTHER_PROCESS = """
import json, sys
from tests.render.sheet_signatures import digest
print(json.dumps([digest(*each) for each in json.loads(sys.argv[1])]))
"""


@pytest.mark.parametrize(
    ("preset", "way"),
    [
        pytest.param(key, way, marks=[] if (key, way) in QUICK else pytest.mark.slow)
        for way in WAYS
        for key in PRESETS
    ],
)
def test_an_image_of_the_contact_sheet_is_as_on_record(preset, way):
    assert is_same(made(preset, way).signature, records()[f"{preset}-{way}"]), (
        "The image has changed. If that is meant, renew the records and say so in CHANGELOG.md: "
        "uv run python -m tests.render.sheet_signatures"
    )


def test_a_record_distinguishes_images():
    """Another title's place, palette or subject is more than what rounding does."""
    found = list(records().values())
    assert len(found) == len(PRESETS) * len(WAYS)
    assert not any(is_same(one, other) for one in found for other in found if one is not other)


@pytest.mark.slow
def test_the_pixels_are_the_same_again_and_in_another_process():
    here = [digest(*each) for each in TWICE]
    assert [digest(*each) for each in TWICE] == here
    done = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS, json.dumps(TWICE)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert json.loads(done.stdout) == here
