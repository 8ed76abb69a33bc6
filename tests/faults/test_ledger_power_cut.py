"""An intent and a result that were acknowledged outlive a power cut at that very moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.faults.disk import Disk, library
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.ledger.result_store import ResultStore

if TYPE_CHECKING:
    from pathlib import Path

CODE = """
import os, signal, sys
from pathlib import Path
from tests.client.ledger.test_ledger import order
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.ledger.result_store import ResultStore
home = Path(sys.argv[1])
ledger = LedgerDatabase(home / "ledger.sqlite3")
digest = ResultStore(home / "results").put(b"paid for" * 1000)
run, _ = ledger.open_run(order(), 1.0)
ledger.claim_job(run.id, "job-1", 2.0, 1.0)
print(run.id, digest, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(library() is None, reason="there is no C compiler, or no Linux")
def test_a_power_cut_takes_no_intent_no_job_and_no_result(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(disk.home)],
        env={**os.environ, **disk.environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    run_id, digest = done.stdout.split()
    disk.cut_power()
    ledger = LedgerDatabase(disk.home / "ledger.sqlite3")
    run = ledger.run(int(run_id))
    ledger.close()
    assert run is not None
    assert run.job_id == "job-1"
    assert ResultStore(disk.home / "results").get(digest) == b"paid for" * 1000
