"""The ledger's file: for several processes, of several ages, and never harmed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

from thumbnb import errors
from thumbnb.client.ledger.choices_database import Choice
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.ledger.migrations import MIGRATIONS
from thumbnb.client.ledger.result_store import Pruned, ResultStore
from thumbnb.client.ledger.run_record import TRANSITIONS, PaidCall, RunState, SavedResult
from thumbnb.storage.database import Database


def order(number=0, **facts):
    brief = {"prompt": f"prompt {number}"}
    return PaidCall("YouThumb", "https://h.example/api", "generate", brief, brief, **facts)


@pytest.mark.slow
def test_two_processes_write_one_ledger(tmp_path):
    code = """
import sys
from pathlib import Path
from tests.client.ledger.test_ledger import order
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
    counts = [int(process.communicate(timeout=300)[0]) for process in both]
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
        rows.execute(
            "INSERT INTO results (run_id, position, id, scores, report) "
            "VALUES (1, 0, 'r-1', '{}', '[]')"
        )
    old.close()
    ledger = LedgerDatabase(path)
    [entry] = ledger.open_runs(["p"])
    assert (entry.prompt, entry.state, entry.created) == ("a cat", "running", 5)
    assert [saved.id for saved in ledger.results_of(entry.id)] == ["r-1"]
    assert ledger.update_run(entry.id, RunState.CANCELLED, credits=0.0)
    assert ledger.open_run(order(), 1.0)[0].id == 2
    with sqlite3.connect(path) as rows:
        assert rows.execute("PRAGMA foreign_key_check").fetchall() == []
    rows.close()
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


@pytest.mark.parametrize("state", RunState)
def test_a_run_changes_its_state_only_as_the_table_says(tmp_path, state):
    ledger = LedgerDatabase(tmp_path / "ledger.sqlite3")
    for after in RunState:
        run, _ = ledger.open_run(order(), 1.0)
        with ledger._rows.write() as rows:
            rows.execute("UPDATE runs SET state = ? WHERE id = ?", (state, run.id))
        changed = ledger.update_run(run.id, after, error="changed")
        assert changed == (after in TRANSITIONS[state])
        assert ledger.run(run.id).state == (after if changed else state)


def test_every_way_of_a_run_ends():
    for state in RunState:
        reached, new = set(), {state}
        while new:
            reached |= new
            new = {after for before in new for after in TRANSITIONS[before]} - reached
        assert reached & {RunState.DONE, RunState.FAILED, RunState.VOID, RunState.CANCELLED}
    for state in (RunState.DONE, RunState.FAILED, RunState.CANCELLED):
        assert not TRANSITIONS[state]


@pytest.mark.parametrize("harm", ["missing", "empty", "damaged", "older"])
def test_results_outlive_their_ledger(tmp_path, harm):
    path = tmp_path / "ledger.sqlite3"
    ledger, store = LedgerDatabase(path), ResultStore(tmp_path / "results", LedgerDatabase(path))
    ledger.open_run(order(), 1.0)
    ledger.close()
    before = path.read_bytes()
    run, _ = ledger.open_run(order(1), 1.0)
    digest = store.put(b"a result")
    ledger.put_results(run.id, [SavedResult(0, sha256=digest)])
    ledger.close()
    match harm:
        case "missing":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "damaged":
            path.write_bytes(b"not a database" * 100)
        case "older":
            path.write_bytes(before)
    after = ResultStore(tmp_path / "results", LedgerDatabase(path))
    if harm == "damaged":
        with pytest.raises(errors.StorageError):
            after.prune(max_bytes=0)
    else:
        assert after.prune(max_bytes=0) == Pruned(unknown=1)
    assert after.get(digest) == b"a result"
    if harm != "damaged":
        assert after.prune(max_bytes=0, unknown=True) == Pruned(count=1, size=8)


def test_content_unlike_its_name_is_quarantined_with_a_log_line(tmp_path, caplog):
    store = ResultStore(tmp_path / "results")
    digest = store.put(b"a result")
    store.path(digest).write_bytes(b"a rotten")
    assert store.get(digest) is None
    assert "is damaged" in caplog.text
    [kept] = (tmp_path / "quarantine").iterdir()
    assert kept.read_bytes() == b"a rotten"
    assert store.put(b"a result") == digest
    assert store.get(digest) == b"a result"


def test_what_hinders_the_ledger_is_reported_with_what_to_do(tmp_path, monkeypatch):
    """By every call, and as an error of our own tree: a full disk, another program's lock."""
    path = tmp_path / "ledger.sqlite3"
    monkeypatch.setattr("thumbnb.storage.database.BUSY_SECONDS", 0.05)
    ledger = LedgerDatabase(path)
    run, _ = ledger.open_run(order(), 1.0)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        for call in (
            lambda: ledger.open_run(order(), 2.0),
            lambda: ledger.update_run(run.id, RunState.CANCELLED),
            lambda: ledger.choices.put("0" * 64, Choice(starred=True), 1.0),
            lambda: LedgerDatabase(path).open_run(order(), 2.0),
        ):
            with pytest.raises(errors.StorageUnavailable, match="Close what has it open"):
                call()
        other.execute("ROLLBACK")
    other.close()
    # As much of the disk as it has, and no more.
    ledger._rows._open().execute("PRAGMA max_page_count = 1")
    many = (ledger.open_run(order(number), 3.0) for number in range(500))
    with pytest.raises(errors.StorageUnavailable, match=r"is full. Make some room there"):
        list(many)
    assert ledger.run(run.id).state == run.state, "and nothing of it is changed"


def test_image_without_disk_space_is_reported_for_later(tmp_path):
    (tmp_path / "results").write_bytes(b"where its folder would be")
    with pytest.raises(errors.StorageUnavailable, match=r"client.resume\(\) then fetches"):
        ResultStore(tmp_path / "results").put(b"an image")
