"""The ledger's file: for several processes, of several ages, and never harmed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

from thumbnb import errors
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.ledger.migrations import MIGRATIONS
from thumbnb.client.ledger.run_record import PaidCall
from thumbnb.database import Database


def order(number=0, **facts):
    brief = {"prompt": f"prompt {number}"}
    return PaidCall("YouThumb", "https://h.example/api", "generate", brief, brief, **facts)


def test_two_processes_write_one_ledger(tmp_path):
    code = """
import sys
from pathlib import Path
from tests.client.test_ledger import order
from thumbnb.client.ledger.ledger_database import LedgerDatabase
ledger = LedgerDatabase(Path(sys.argv[1]))
new = 0
for number in range(100):
    entry, mine = ledger.open_run(order(number, take=0), 1.0)
    new += mine
    ledger.claim_job(entry.id, f"job-{number}", 2.0, 1.0)
print(new)
"""
    path = tmp_path / "new" / "ledger.sqlite3"
    run = [sys.executable, "-c", code, str(path)]
    both = [subprocess.Popen(run, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    counts = [int(process.communicate(timeout=60)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(counts) == 100
    assert len(LedgerDatabase(path).tables()[0]["run"]) == 100


def test_a_job_belongs_to_one_run(tmp_path):
    ledger = LedgerDatabase(tmp_path / "ledger.sqlite3")
    first, second = (ledger.open_run(order(), 1.0)[0] for _ in range(2))
    assert ledger.claim_job(first.id, "job", 2.0, None)
    assert not ledger.claim_job(second.id, "job", 2.0, None)
    assert ledger.claim_job(first.id, "job", 2.0, None)
    assert not ledger.claim_job(first.id, "another", 2.0, None)
    assert [ledger.run(run.id).job_id for run in (first, second)] == ["job", None]


def test_an_older_ledger_is_brought_up_to_date(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    old = Database(path, MIGRATIONS[:1])
    with old.write() as rows:
        rows.execute(
            "INSERT INTO runs (service, place, kind, request, request_hash, take, state, known, "
            "prompt, reserved, created, seconds) "
            "VALUES ('s', 'p', 'generate', '{}', 'h', 0, 'running', '[]', 'a cat', 1, 5, 7)"
        )
    old.close()
    ledger = LedgerDatabase(path)
    [entry] = ledger.open_runs(["p"])
    assert (entry.prompt, entry.state, entry.created) == ("a cat", "running", 5)
    ledger.save_durations([["YouThumb", "generate", "", 1.0, 2.0, 3.0, 4.0]])
    assert LedgerDatabase(path).durations() == [["YouThumb", "generate", "", 1.0, 2.0, 3.0, 4.0]]


def test_it_is_a_write_ahead_log(tmp_path):
    ledger = LedgerDatabase(tmp_path / "ledger.sqlite3")
    ledger.open_run(order(), 1.0)
    rows = sqlite3.connect(tmp_path / "ledger.sqlite3")
    assert rows.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    rows.close()


def test_a_newer_or_broken_ledger_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    ledger = LedgerDatabase(path)
    ledger.open_run(order(), 1.0)
    ledger.close()
    with sqlite3.connect(path) as rows:
        rows.execute("PRAGMA user_version = 99")
    rows.close()
    with pytest.raises(errors.InvalidInput, match="newer thumbnb"):
        LedgerDatabase(path).run(1)
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(errors.StorageError, match="is damaged"):
        LedgerDatabase(path).run(1)
    assert path.read_bytes().startswith(b"not a database")
