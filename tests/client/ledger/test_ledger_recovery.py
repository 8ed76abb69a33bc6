"""A lost ledger: its runs come back from copies, and no result is lost for want of a run."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.client.ledger.test_ledger import order
from thumbnb import cli, errors
from thumbnb.client.ledger.ledger import Ledger
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.ledger.recovery import check_ledger, repair_ledger
from thumbnb.client.ledger.result_store import ResultStore
from thumbnb.client.ledger.run_record import RunState
from thumbnb.storage import backups

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = "ledger.sqlite3"


def lose(home: Path, how: str) -> None:
    for part in ("-wal", "-shm"):
        (home / f"{LEDGER}{part}").unlink(missing_ok=True)
    path = home / LEDGER
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if how == "empty" else b"\x07" * path.stat().st_size)


@pytest.mark.parametrize("how", ["missing", "empty", "damaged"])
def test_runs_come_back_from_the_copy_and_new_ones_stay(tmp_path: Path, how: str) -> None:
    ledger = LedgerDatabase(tmp_path / LEDGER)
    digest = ResultStore(tmp_path / "results").put(b"paid for")
    runs = [ledger.open_run(order(), float(n), force=True)[0] for n in range(3)]
    for run in runs:
        ledger.update_run(run.id, state=RunState.DONE)
    ledger._rows.back_up(at_once=True)
    ledger.close()
    lose(tmp_path, how)
    new = LedgerDatabase(tmp_path / LEDGER)
    if how == "damaged":
        with pytest.raises(errors.StorageError, match="thumbnb home repair"):
            new.run(1)
    else:
        new.open_run(order(), 99.0, force=True)
    new.close()
    assert check_ledger(tmp_path).is_sound == (how != "damaged")
    done = repair_ledger(tmp_path)
    assert "3 runs were brought back" in done[-1]
    again = LedgerDatabase(tmp_path / LEDGER)
    created = again.tables()[0]["created"]
    assert sorted(created) == [0.0, 1.0, 2.0, *([] if how == "damaged" else [99.0])]
    again.close()
    assert repair_ledger(tmp_path) == []
    assert ResultStore(tmp_path / "results").get(digest) == b"paid for"


def test_results_of_no_run_are_counted_and_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    LedgerDatabase(tmp_path / LEDGER).open_runs(["x"])
    digest = ResultStore(tmp_path / "results").put(b"given")
    assert check_ledger(tmp_path).without_runs == 1
    assert cli.main(["home", "repair", "--home", str(tmp_path)]) == 0
    assert "1 files" in capsys.readouterr().out
    assert ResultStore(tmp_path / "results").get(digest) == b"given"


def test_a_copy_is_made_of_a_ledger_that_was_there_before(tmp_path: Path) -> None:
    ledger = LedgerDatabase(tmp_path / LEDGER)
    ledger.open_run(order(), 1.0)
    assert backups.copies(tmp_path / LEDGER) == [], "not of one that has just been made"
    ledger.close()
    ledger.run(1)
    ledger.close()
    assert len(backups.copies(tmp_path / LEDGER)) == 1


def test_pruning_touches_only_names_that_results_have(tmp_path: Path) -> None:
    store = ResultStore(tmp_path / "results")
    store.put(b"a result")
    theirs = tmp_path / "results" / "ab" / "holiday.jpg"
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_bytes(b"theirs")
    assert store.count == 1
    assert store.prune(max_bytes=0, unknown=True).count == 1
    assert theirs.read_bytes() == b"theirs"


def test_a_new_ledger_beside_old_results_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = LedgerDatabase(tmp_path / LEDGER)
    database.run(1)
    assert caplog.text == ""
    ResultStore(tmp_path / "results").put(b"paid for")
    database.close()
    lose(tmp_path, "missing")
    database.run(1)
    assert "1 files" in caplog.text
    assert "thumbnb home repair" in caplog.text
    database.close()


def test_an_image_kept_before_any_run_does_not_seem_lost(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def keep() -> None:
        ledger = Ledger(tmp_path)
        await ledger.save_bytes(b"an image of a prompt")
        await ledger.open_runs([])
        ledger.close()

    asyncio.run(keep())
    assert not caplog.records
