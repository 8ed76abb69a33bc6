"""Files are whole or not there, private, and on the disk."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from thumbnb.storage import files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is synced and renamed, in order."""
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def recorded_fsync(descriptor: int) -> None:
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        done.append("sync folder" if folder else f"sync {os.fstat(descriptor).st_size} bytes")
        fsync(descriptor)

    def recorded_replace(source: str | Path, target: str | Path) -> None:
        done.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "replace", recorded_replace)
    monkeypatch.setattr(os, "rename", recorded_replace)
    return done


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_atomic_write_syncs_content_then_name(tmp_path: Path, steps: list[str]) -> None:
    files.write_file(tmp_path / "a", "thumb")
    assert [step for step in steps if step != "rename"] == ["sync 5 bytes", "sync folder"]
    assert (tmp_path / "a").read_text() == "thumb"
    assert mode(tmp_path / "a") == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_written_elsewhere_is_moved_as_durably(tmp_path: Path, steps: list[str]) -> None:
    source = tmp_path / "draft"
    with files.create_file(source) as file:
        file.write(b"video")
    assert mode(source) == 0o600
    files.move_file(source, tmp_path / "kept")
    assert [step for step in steps if step != "rename"] == ["sync 5 bytes", "sync folder"]
    assert (tmp_path / "kept").read_bytes() == b"video"
    assert not source.exists()


def test_what_fails_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    files.write_file(path, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_block_that_raises_writes_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with files.replace_file(tmp_path / "a") as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_opened_as_new(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"theirs")
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        files.create_file(tmp_path / "a")


def test_a_file_the_user_names_gets_the_usual_mode(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        files.write_file(tmp_path / "a.jpg", b"", mode=files.SHARED)
    finally:
        os.umask(before)
    assert mode(tmp_path / "a.jpg") == 0o644


def test_folders_are_private_and_those_that_were_there_stay(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o755)
    files.make_folder(tmp_path / "theirs" / "b" / "c")
    files.make_folder(tmp_path / "theirs" / "b" / "c")
    assert mode(tmp_path / "theirs") == 0o755
    assert mode(tmp_path / "theirs" / "b") == mode(tmp_path / "theirs" / "b" / "c") == 0o700


def test_hard_link_on_a_full_disk_leaves_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again once there is room; moved, it could not be."""
    source, path = tmp_path / "draft", tmp_path / "kept"
    source.write_bytes(b"video")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", full)
        with pytest.raises(OSError, match="No space"):
            files.link_file(source, path)
    assert source.read_bytes() == b"video"
    assert not path.exists()
    files.link_file(source, path)
    assert path.samefile(source)
    with pytest.raises(FileExistsError):
        files.link_file(source, path)
