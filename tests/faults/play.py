"""Rounds of faults: the tests play a few of each, ``python -m tests.benchmarks faults`` many."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Self

from tests.faults.disk import Disk
from tests.faults.workload import Workload, contents
from tests.service.tools import Server, until

if TYPE_CHECKING:
    import random
    from pathlib import Path

# How long the work goes on before a fault comes, at most (seconds).
LONGEST = 3.0


class Servers:
    """The services of a round on one home; none of them outlives it."""

    def __init__(self, home: Path, **environment: str) -> None:
        self._home, self._environment = home, environment
        self._started: list[Server] = []

    def start(self) -> Server:
        server = Server(self._home, **self._environment)
        self._started.append(server)
        return server

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._started:
            server.kill()


def wait_for_work(workload: Workload) -> None:
    """Wait until a slow machine, too, has something that a fault could lose."""
    until(lambda: workload.acknowledged, "The first acknowledged request")


def kills(folder: Path, count: int, chance: random.Random) -> Workload:
    """Kill the service so many times, each at a random moment, and check after each."""
    folder.mkdir(exist_ok=True)
    home = folder / "home"
    workload = Workload(contents(folder), chance)
    with Servers(home) as servers:
        server = servers.start()
        for _ in range(count):
            workload.start(server)
            time.sleep(chance.uniform(0.0, LONGEST))
            wait_for_work(workload)
            server.kill()
            workload.stop()
            server = servers.start()
            workload.check(server)
        server.stop()
    return workload


def power_cuts(folder: Path, count: int, chance: random.Random) -> Workload:
    """Cut the power so many times: what was not synced is lost; check after each."""
    folder.mkdir(exist_ok=True)
    disk = Disk(folder)
    workload = Workload(contents(folder), chance)
    with Servers(disk.home, **disk.environment) as servers:
        server = servers.start()
        for _ in range(count):
            workload.start(server)
            time.sleep(chance.uniform(0.5, LONGEST))
            wait_for_work(workload)
            server.kill()
            workload.stop()
            disk.cut_power()
            server = servers.start()
            workload.check(server)
        server.stop()
    return workload


def full_disks(folder: Path, count: int, chance: random.Random) -> Workload:
    """Fill the disk so many times for a moment, while the service works; check at the end."""
    folder.mkdir(exist_ok=True)
    disk = Disk(folder)
    workload = Workload(contents(folder), chance)
    with Servers(disk.home, **disk.environment) as servers:
        server = servers.start()
        workload.start(server)
        for number in range(count):
            time.sleep(chance.uniform(0.2, 1.5))
            with disk.full():
                time.sleep(chance.uniform(0.05, 1.0))
                if number == count - 1:  # a slow machine may not have met it so far
                    until(lambda: workload.answers.get(507), "An answer of a full disk")
        time.sleep(1.0)
        workload.stop()
        workload.check(server)
        server.stop()
    return workload


def two_services(folder: Path, count: int, chance: random.Random) -> Workload:
    """Kill one of two services on one home, in turn, while the other works on."""
    folder.mkdir(exist_ok=True)
    home = folder / "home"
    workload, other = (Workload(contents(folder), chance) for _ in range(2))
    with Servers(home) as servers:
        one, two = servers.start(), servers.start()
        for _ in range(count):
            workload.start(one)
            other.start(two)
            time.sleep(chance.uniform(0.5, LONGEST))
            wait_for_work(workload)
            one.kill()
            workload.stop()
            other.stop()
            workload.check(two)
            other.check(two)
            one, two = two, servers.start()
            workload, other = other, workload
        one.stop()
        two.stop()
    return workload


def lost_databases(folder: Path, count: int, chance: random.Random) -> Workload:
    """Remove, empty, damage or roll back the database so many times, and repair the home."""
    from thumbnb.service.recovery.repair import repair_service

    folder.mkdir(exist_ok=True)
    home = folder / "home"
    workload = Workload(contents(folder), chance)
    path = home / "service.sqlite3"
    with Servers(home) as servers:
        server = servers.start()
        for _ in range(count):
            older = path.read_bytes()
            workload.start(server)
            time.sleep(chance.uniform(0.5, LONGEST))
            wait_for_work(workload)
            workload.stop()
            server.stop()
            back_up(home)
            before = {file.name for file in (home / "media").rglob("*") if file.is_file()}
            for name in ("-wal", "-shm"):
                path.with_name(path.name + name).unlink(missing_ok=True)
            how = chance.choice(("removed", "emptied", "rolled back", "damaged"))
            if how == "removed":
                path.unlink()
            elif how in {"emptied", "rolled back"}:
                path.write_bytes(b"" if how == "emptied" else older)
            else:
                content = bytearray(path.read_bytes())
                start = chance.randrange(0, len(content) - 8192, 4096)
                content[start : start + 8192] = chance.randbytes(8192)
                path.write_bytes(content)
            repair_service(home)
            after = {file.name for file in (home / "media").rglob("*") if file.is_file()}
            assert after == before, how
            # What was deleted just before its row was lost may come back with its file.
            workload.gone.clear()
            server = servers.start()
            workload.check(server)
        server.stop()
    shutil.rmtree(home / "quarantine", ignore_errors=True)
    return workload


def back_up(home: Path) -> None:
    """Make the day's copy now."""
    from thumbnb.service.store.database import open_database

    database = open_database(home)
    database.back_up(at_once=True)
    database.close()
