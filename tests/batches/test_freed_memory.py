"""A worker that a cluster told to give memory back at once keeps it while it makes a row."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

CODE = """
import contextlib, resource, threading
from thumbnb.batches.workers import freed_memory
from thumbnb.batches.workers.freed_memory import keep_freed_memory

def pages(block):
    with block():
        bytearray(8_000_000)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        for _ in range(20):
            bytearray(8_000_000)
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

@contextlib.contextmanager
def twice():
    with keep_freed_memory(), keep_freed_memory():
        pass
    with keep_freed_memory():
        with keep_freed_memory():
            pass
        yield

@contextlib.contextmanager
def rested():
    for each in threading.enumerate():
        if isinstance(each, threading.Timer):
            each.join()
    yield

freed_memory.REST = 0.05
print(*map(pages, (contextlib.nullcontext, keep_freed_memory, twice, rested)))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc is told by mallopt")
def test_pages_are_asked_of_the_system_once_within_a_row():
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True,
        env={**os.environ, "MALLOC_TRIM_THRESHOLD_": "65536"},
    )  # fmt: skip
    before, within, nested, after = map(int, done.stdout.split())
    assert before > 20_000  # each of 20 buffers is 1,953 pages
    assert max(within, nested) < 2_000
    assert after > 20_000, "after a rest the process does as it was told"
