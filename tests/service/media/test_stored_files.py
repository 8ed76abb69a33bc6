"""The service's files: what is cleared up after whom, and that nothing else is ever removed."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.tools import ServiceHarness, refusal, until, write_video
from thumbnb import frames
from thumbnb.service.media.file_store import FileStore
from thumbnb.service.store.database import open_database
from thumbnb.service.store.maintenance import Maintenance
from thumbnb.service.store.process_lease import Lease

if TYPE_CHECKING:
    from collections.abc import Iterator

Files = dict[str, bytes]


class Process:
    """What a process keeps files with."""

    def __init__(self, home: Path) -> None:
        self.database = open_database(home)
        self.lease = Lease(home / "processes")
        self.files = FileStore(home, self.database, self.lease)

    def keep(self, content: bytes) -> Path:
        """Put a file in its place without a row, and die before the new file is gone."""
        new_file = self.files.new_file()
        new_file.write(content)
        new_file.seal()
        with self.database.write():
            return self.files.path(self.files.keep(new_file))

    def end(self) -> None:
        self.database.close()
        self.lease.close()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path)
    yield process
    process.end()


@pytest.fixture
def other(tmp_path: Path, process: Process) -> Iterator[Process]:
    other = Process(tmp_path)
    yield other
    other.end()


def stored(home: Path) -> Files:
    """All the files that are kept, by name."""
    return {p.name: p.read_bytes() for p in (home / "media").rglob("*") if p.is_file()}


def test_unfinished_files_of_dead_processes_only_are_removed(
    process: Process, other: Process
) -> None:
    with process.files.new_file() as new_file:
        abandoned = other.files.new_file()
        assert process.files.clean_up() == []
        assert abandoned.path.exists(), "its owner lives"
        other.lease.close()
        assert process.files.clean_up() == []
        assert not abandoned.path.exists()
        assert new_file.path.exists()
        abandoned._file.close()
    assert not new_file.path.exists()


def test_service_cleans_up_after_a_dead_service_of_its_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thumbnb.service.service.DEATH_SECONDS", 0.01)
    service, other = ServiceHarness(tmp_path), Process(tmp_path)
    try:
        abandoned = other.files.new_file()
        abandoned.seal()
        other.lease.close()
        until(lambda: not abandoned.path.exists(), "The end of what the dead was writing")
    finally:
        service.close()
        other.end()


def test_file_without_a_row_is_removed_with_the_dead_process_that_wrote_it(
    process: Process, other: Process
) -> None:
    path = other.keep(b"theirs")
    assert path.read_bytes() == b"theirs"
    other.lease.close()
    assert process.files.clean_up() == []
    assert not path.exists()


def test_failed_second_upload_keeps_the_existing_file(
    tmp_path: Path, process: Process, other: Process
) -> None:
    path = process.keep(b"same")
    for new_file in (tmp_path / "unfinished").iterdir():
        new_file.unlink()  # acknowledged long ago; then its database was lost
    other.keep(b"same")
    other.lease.close()
    assert process.files.clean_up() == [path]
    assert path.read_bytes() == b"same"


def test_disk_without_hard_links_still_keeps_files(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    with process.files.new_file() as new_file:
        new_file.write(b"moved")
        new_file.seal()
        with process.database.write():
            path = process.files.path(process.files.keep(new_file))
    assert path.read_bytes() == b"moved"


def test_removal_is_recorded_with_the_row_and_survives_a_crash(
    tmp_path: Path, talk: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = ServiceHarness(tmp_path)
    video = harness.upload(talk)
    harness.data(f"/video/{video['id']}/storyboard?count=4")
    assert len(stored(tmp_path)) == 3
    with monkeypatch.context() as patch:
        patch.setattr(FileStore, "remove_unused", lambda _: None)  # it dies just before
        assert harness.http.delete(f"/video/{video['id']}").status_code == 200
    harness.close()
    assert len(stored(tmp_path)) == 3
    again = ServiceHarness(tmp_path)
    again.close()
    assert stored(tmp_path) == {}


@pytest.mark.slow
@pytest.mark.parametrize("lost", ["missing", "empty", "older"])
def test_a_lost_database_costs_no_file(
    tmp_path: Path, talk: bytes, lost: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The start moves nothing, says how many files have no row and where, and what to do."""
    database = tmp_path / "service.sqlite3"
    harness = ServiceHarness(tmp_path)
    harness.close()
    shutil.copyfile(database, tmp_path / "backups" / "older")
    harness = ServiceHarness(tmp_path)
    video = harness.upload(talk)
    harness.thumbnail(video, time=1)
    harness.close()
    before = stored(tmp_path)
    assert len(before) == 3
    if lost == "missing":
        database.unlink()
    else:
        content = b"" if lost == "empty" else (tmp_path / "backups" / "older").read_bytes()
        database.write_bytes(content)
    for name in ("service.sqlite3-wal", "service.sqlite3-shm"):
        (tmp_path / name).unlink(missing_ok=True)

    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            harness = ServiceHarness(tmp_path)
        assert "3 files" in caplog.text
        assert str(tmp_path / "media") in caplog.text
        assert "thumbnb home repair" in caplog.text
        assert stored(tmp_path) == before
        # It goes on working, everyday removals too, and still takes nothing else.
        mine = harness.upload(write_video(tmp_path / "unfinished" / "x.mp4", seed=2).read_bytes())
        harness.http.delete(f"/video/{mine['id']}")
        harness.close()
        assert stored(tmp_path) == before


def test_names_that_are_not_ours_are_never_touched(tmp_path: Path) -> None:
    ServiceHarness(tmp_path).close()
    theirs = [tmp_path / "media" / "holiday.mp4", tmp_path / "media" / "ab" / "notes.txt",
              tmp_path / "unfinished" / "letter.txt", tmp_path / "processes" / "list"]  # fmt: skip
    for path in theirs:
        path.parent.mkdir(exist_ok=True)
        path.write_text("theirs")
    ServiceHarness(tmp_path).close()
    assert [path.read_text() for path in theirs] == ["theirs"] * 4


def test_second_upload_during_ingest_is_refused_without_harm(
    tmp_path: Path, talk: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, go = threading.Event(), threading.Event()
    opening = frames.open

    def held(path: Path, *options: Any) -> Any:
        entered.set()
        assert go.wait(180)
        return opening(path, *options)

    monkeypatch.setattr(frames, "open", held)
    harness = ServiceHarness(tmp_path)
    url = harness.send(talk)
    job = harness.post(
        "/collection/default/upload", {"url": url}, headers={"prefer": "respond-async"}
    ).json()["data"]
    assert entered.wait(180)
    different = write_video(tmp_path / "unfinished" / "x.mp4", seed=2).read_bytes()
    body = refusal(harness.http.post(url, files={"file": ("b.mp4", different)}), 409)
    assert body["error_code"] == "UPLOAD_IN_USE"
    assert harness.http.post(url, files={"file": ("a.mp4", talk)}).status_code == 200, (
        "the same again"
    )
    go.set()

    def ended() -> Any:
        found = harness.get(job["output_url"]).json()
        return found if found["status"] != "processing" else None

    done = until(ended, "The end of the upload")
    assert done["status"] == "done", done
    sent = harness.http.get(done["data"]["stream_url"], headers={"x-access-token": ""})
    assert sent.content == talk
    harness.close()


@pytest.mark.slow
def test_sending_again_and_again_around_the_upload_loses_no_file(tmp_path: Path) -> None:
    """The race as it was measured: a second sending at any moment of the first one's ingest."""
    contents = [write_video(tmp_path / f"{n}.mp4", count=6, seed=n).read_bytes() for n in range(2)]
    harness = ServiceHarness(tmp_path / "home")
    for turn in range(12):
        url = harness.send(contents[0])
        again = threading.Timer(
            turn * 0.003, harness.http.post, (url,), {"files": {"file": ("b", contents[1])}}
        )
        again.start()
        answer = harness.post("/collection/default/upload", {"url": url})
        again.join()
        assert answer.status_code == 200, answer.text
        file = harness.http.get(answer.json()["data"]["stream_url"])
        assert file.status_code == 200
        assert file.content in contents
    harness.close()


def test_files_are_private_and_whole(tmp_path: Path, process: Process) -> None:
    path = process.keep(b"x" * 1000)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.name == hashlib.sha256(b"x" * 1000).hexdigest()


@pytest.mark.slow
def test_crash_between_file_and_row_is_cleaned_up(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib\n"
        "from tests.service.media.test_stored_files import Process\n"
        "process = Process(pathlib.Path(sys.argv[1]))\n"
        "process.keep(b'never acknowledged')\n"
        "os._exit(9)\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=False, timeout=300, cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.returncode == 9
    assert len(stored(tmp_path)) == 1
    process = Process(tmp_path)
    assert process.files.clean_up() == []
    process.end()
    assert stored(tmp_path) == {}
    with contextlib.suppress(FileNotFoundError):
        assert list((tmp_path / "unfinished").iterdir()) == []


def test_maintenance_goes_on_after_a_failure_and_ends_when_closed() -> None:
    done = threading.Event()
    turns: list[int] = []

    def task() -> None:
        turns.append(len(turns))
        if len(turns) < 3:
            raise OSError(28, "No space left on device")
        done.set()

    maintenance = Maintenance(task, interval=0.01)
    assert done.wait(180)
    maintenance.close()
    count = len(turns)
    assert not maintenance._thread.is_alive()
    assert len(turns) == count
