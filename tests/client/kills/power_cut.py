"""A power cut, simulated: of every file there is what was last synchronized with the disk.

Python's own synchronizations are recorded. SQLite's are its own; a transaction that is to be
durable synchronizes its log, so the log's length after each such transaction is recorded.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from thumbnb.storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASES = (".sqlite3", ".sqlite3-wal")


class Disk:
    """What is on the disk of a home, as far as it was synchronized."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._sizes: dict[int, int] = {}  # by inode: a file may get its name later
        self._names: dict[Path, set[str]] = {}
        self._logs: dict[Path, int] = {}

    @contextmanager
    def recorded(self, monkeypatch) -> Iterator[None]:
        """Record what is synchronized inside."""
        fsync, write = os.fsync, Database.write

        def recorded_fsync(fd):
            fsync(fd)
            path = Path(f"/proc/self/fd/{fd}").resolve()
            if path.is_dir():
                self._names[path] = {item.name for item in path.iterdir()}
            else:
                self._sizes[os.fstat(fd).st_ino] = os.fstat(fd).st_size

        @contextmanager
        def recorded_write(database, *, durable=True):
            with write(database, durable=durable) as rows:
                yield rows
            log = database.path.with_name(f"{database.path.name}-wal")
            if durable and log.exists():
                self._logs[log] = log.stat().st_size

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", recorded_fsync)
            patch.setattr(Database, "write", recorded_write)
            yield

    def cut(self, to: Path) -> Path:
        """Copy what a power cut would leave of the home to another folder."""
        for source in self.home.rglob("*"):
            copy = to / source.relative_to(self.home)
            if source.is_dir():
                copy.mkdir(parents=True, exist_ok=True)
            elif source.name.endswith("-shm"):
                continue
            elif source.name.endswith(DATABASES):
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, copy)
                if source.name.endswith("-wal"):
                    os.truncate(copy, self._logs.get(source, 0))
            elif source.name in self._names.get(source.parent, set()):
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, copy)
                os.truncate(copy, self._sizes.get(source.stat().st_ino, 0))
        return to


def play(folder: Path, monkeypatch, prompts: list[str], faults: list[str]) -> int:
    """Cut the power at every request of some generations; returns how many cuts there were.

    From each cut a client goes on: what was acknowledged is there, and nothing is paid twice.
    """
    from tests.client import stub
    from tests.client.youthumb_stub import YouThumbState

    state, disk = YouThumbState(balance=1000), Disk(folder / "home")
    cuts: list[tuple[Path, int, bool]] = []
    state.faults.extend(faults)
    answer = state.answer

    def cut_at(request, content):
        paid = request.method == "POST" and request.url.path.endswith("/start")
        cuts.append((disk.cut(folder / f"cut-{len(cuts)}"), len(state.started), paid))
        return answer(request, content)

    state.answer = cut_at  # type: ignore[method-assign]
    with disk.recorded(monkeypatch):
        client = stub.connect(state, home=disk.home)
        acknowledged = [client.create_project(prompt).generate(take=0) for prompt in prompts]
        cuts.append((disk.cut(folder / "end"), len(state.started), False))
        stop(client)
    state.answer = answer  # type: ignore[method-assign]
    pictures = [result.bytes for results in acknowledged for result in results]

    home, _, _ = cuts[-1]
    client, requests = stub.connect(state, home=home), len(state.requests)
    again = [client.run(number).result() for number in range(1, len(prompts) + 1)]
    assert [result.bytes for results in again for result in results] == pictures
    assert len(state.requests) == requests, "what was acknowledged is read from the disk"
    stop(client)

    for home, started, paid in cuts[:-1]:
        client = stub.connect(state, home=home)
        runs = client.open_jobs()
        # What the service was about to be asked for, or had been, is in the ledger.
        assert len(list(client.runs()["run"].unique())) >= started + paid
        for run in runs:
            run.result()
        assert len(state.started) == len(prompts)
        stop(client)
    return len(cuts)


def stop(client) -> None:
    client.close()
    client._session.runner.stop()
