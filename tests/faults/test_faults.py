"""Killed, cut off, full, shared, lost: nothing acknowledged is lost, and nothing is left behind.

A few rounds of each; ``python -m tests.benchmarks faults`` plays hundreds.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.faults import play
from tests.faults.disk import Disk, library

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

needs_disk = pytest.mark.skipif(library() is None, reason="there is no C compiler, or no Linux")


def test_kills(tmp_path: Path) -> None:
    assert play.kills(tmp_path, 2, random.Random(1)).acknowledged


@needs_disk
def test_power_cuts(tmp_path: Path) -> None:
    assert play.power_cuts(tmp_path, 1, random.Random(2)).acknowledged


@needs_disk
def test_a_full_disk(tmp_path: Path) -> None:
    workload = play.full_disks(tmp_path, 4, random.Random(3))
    assert workload.acknowledged
    assert set(workload.answers) <= {200, 201, 507}
    assert workload.answers.get(507), "the disk was full for some request"


def test_two_services_on_one_home(tmp_path: Path) -> None:
    assert play.two_services(tmp_path, 1, random.Random(4)).acknowledged


def test_a_lost_database(tmp_path: Path) -> None:
    assert play.lost_databases(tmp_path, 2, random.Random(5)).acknowledged


@needs_disk
def test_the_disk_forgets_what_was_not_synced(tmp_path: Path) -> None:
    """The instrument itself: a file written without a sync is not there after a cut."""
    import os
    import subprocess
    import sys

    disk = Disk(tmp_path)
    code = (
        "import pathlib, sys; from thumbnb.storage import files; home = pathlib.Path(sys.argv[1])\n"
        "files.write_file(home / 'synced', b'1')\n"
        "(home / 'not').write_bytes(b'2')\n"
        "files.make_folder(home / 'media')\n"
        "files.write_file(home / 'media' / 'a', b'3')\n"
        "(home / 'synced').write_bytes(b'4')\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(disk.home)],
        env={**os.environ, **disk.environment}, check=True, timeout=300,
    )  # fmt: skip
    disk.cut_power()
    found = {path.name: path.read_bytes() for path in disk.home.rglob("*") if path.is_file()}
    # The folder was synced again after ``not`` was made, so its name is there, and no byte.
    assert found == {"synced": b"1", "a": b"3", "not": b""}
    with disk.full():
        done = subprocess.run(
            [sys.executable, "-c", code, str(disk.home)], check=False, timeout=300,
            env={**os.environ, **disk.environment}, capture_output=True, text=True,
        )  # fmt: skip
    assert "No space left on device" in done.stderr
