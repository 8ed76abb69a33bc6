"""What the ledger costs: an intent before a paid call, and the table of ten thousand results."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

import pandas as pd

from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.ledger.result_store import ResultStore
from thumbnb.client.ledger.run_record import PaidCall, RunState, SavedResult
from thumbnb.client.ledger.runs_table import runs_table


def order(number: int) -> PaidCall:
    brief = {
        "prompt": f"Excited creator {number % 500}, bright yellow background, rocket behind",
        "preset_key": "mrbeast-viral",
        "title": "I LEFT EARTH FOREVER",
        "advanced_options": {"variations": 4, "background_blur": 60, "text_position": "top"},
    }
    return PaidCall(
        "YouThumb", "https://youthumb.ai/api", "generate", {"draft": brief, "changes": {}}, brief,
        price=4, project_id=f"project-{number // 10}",
    )  # fmt: skip


def saved(run: int) -> list[SavedResult]:
    scores: dict[str, float | None] = {"legibility": 0.91, "contrast": 0.7, "composition": 0.8}
    report = [
        {"option": name, "outcome": "applied", "reason": f"{name} as it was asked for"}
        for name in ("title", "textPosition", "backgroundBlur", "faceExpression", "clothingStyle")
    ]
    return [
        SavedResult(n, f"r-{run}-{n}", f"https://h.example/{run}/{n}.png?signature=abc",
              f"{run * 4 + n:064x}", 1280, 720, run * 7 + n, scores, report)
        for n in range(4)
    ]  # fmt: skip


def fill(ledger: LedgerDatabase, runs: int) -> list[float]:
    """Write runs from intent to end; returns the milliseconds of each intent."""
    times = []
    for number in range(runs):
        started = time.perf_counter()
        entry, _ = ledger.open_run(order(number), time.time())
        times.append((time.perf_counter() - started) * 1000)
        ledger.claim_job(entry.id, f"job-{number}", time.time(), 4)
        ledger.put_results(entry.id, saved(number))
        ledger.update_run(entry.id, RunState.DONE, noticed=time.time(), saved=time.time())
    return times


def unsynchronized(ledger: LedgerDatabase, runs: int) -> list[float]:
    """Write intents that a power cut could undo; returns the milliseconds of each."""
    durable = ledger._rows.write
    ledger._rows.write = lambda **_: durable(durable=False)  # type: ignore[method-assign]
    times = []
    for number in range(runs):
        started = time.perf_counter()
        run, _ = ledger.open_run(order(number), time.time())
        times.append((time.perf_counter() - started) * 1000)
        with ledger._rows.write() as rows:
            rows.execute("DELETE FROM runs WHERE id = ?", (run.id,))
    ledger._rows.write = durable  # type: ignore[method-assign]
    return times


def main(argv: list[str] | None = None) -> None:
    """Print both, with the marks to keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows")
    rows = 1_000 if parser.parse_args(argv).quick else 10_000
    with tempfile.TemporaryDirectory() as folder:
        ledger, store = (
            LedgerDatabase(Path(folder) / "ledger.sqlite3"),
            ResultStore(Path(folder) / "results"),
        )
        times = fill(ledger, rows // 4)
        p95 = sorted(times)[int(len(times) * 0.95)]
        print(f"an intent on the disk, ms: {statistics.median(times):.2f}, p95 {p95:.2f} (mark: 5)")
        wait = statistics.median(times) - statistics.median(unsynchronized(ledger, 200))
        print(f"of it waiting for the disk, ms: {wait:.2f}")
        tables, own = [], []
        for _ in range(15):
            started, worked = time.perf_counter(), time.process_time()
            table = runs_table(ledger, store)
            tables.append((time.perf_counter() - started) * 1000)
            own.append((time.process_time() - worked) * 1000)
        assert len(table) == rows
        assert table["score_contrast"].eq(0.7).all()
        assert json.loads(table["request"].iloc[0])["draft"]["title"]
        assert isinstance(table, pd.DataFrame)
        print(f"runs() of {rows} rows, ms: {statistics.median(tables):.0f}, "
              f"worst {max(tables):.0f} (mark: 100); of the processor "
              f"{statistics.median(own):.0f}, worst {max(own):.0f}")  # fmt: skip
        started = time.perf_counter()
        ledger.open_runs(["https://youthumb.ai/api"])
        print(f"open_jobs(), ms: {(time.perf_counter() - started) * 1000:.2f}")
        ledger.close()
