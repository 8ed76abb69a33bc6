"""Where our files go, and that a folder is a home before anything in it is touched."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

import thumbnb as tb
from tests.service.tools import ServiceHarness, write_video
from thumbnb import errors
from thumbnb.client.connect import close_embedded
from thumbnb.client.keys import save_key
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.service import create_app
from thumbnb.storage.home import MARKER, home_folder, open_home

if TYPE_CHECKING:
    from collections.abc import Callable


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything in a folder: files with their bytes, folders with None."""
    return {
        str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


def modes(folder: Path) -> set[tuple[bool, int]]:
    """Return of each file and folder whether it is a folder, and its mode; a home is in use."""
    found = set()
    for path in [folder, *folder.rglob("*")]:
        with contextlib.suppress(FileNotFoundError):
            mode = path.stat().st_mode
            found.add((stat.S_ISDIR(mode), stat.S_IMODE(mode)))
    return found


def make_old_home(folder: Path) -> None:
    """A home as the version before made it: everything but a marker."""
    harness = ServiceHarness(folder)
    harness.post("/collection", {"name": "Mine", "description": "All"})
    harness.close()
    LedgerDatabase(folder / "ledger.sqlite3").open_runs(["x"])
    (folder / MARKER).unlink()


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "here"))
    assert home_folder() == tmp_path / "here"
    assert not home_folder().exists(), "open_home makes it"
    monkeypatch.setenv("THUMBNB_HOME", "~/there")
    assert home_folder() == Path.home() / "there"


def test_else_it_is_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUMBNB_HOME", "")
    assert home_folder() == Path(platformdirs.user_data_dir("thumbnb", appauthor=False))


def test_a_new_or_empty_folder_becomes_a_home_and_stays_the_same_one(tmp_path: Path) -> None:
    home = open_home(tmp_path / "a" / "home")
    assert json.loads((home.folder / MARKER).read_text()) == {"id": home.id, "schema": 1}
    assert open_home(home.folder) == home
    (tmp_path / "empty").mkdir(mode=0o755)
    (tmp_path / "empty" / ".DS_Store").touch()
    assert open_home(tmp_path / "empty").id != home.id
    assert stat.S_IMODE((tmp_path / "empty").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name",
    ["drafts/letter.txt", "processes/1234", "media/holiday.mp4", "media/ab/holiday.mp4",
     "results/a/b", "thesis.tex", "notes/a", "token.txt", "media", "token", "keys.json",
     "backups/2020/photos.zip", "quarantine/letter.txt", "notebooks/mine.ipynb"],
)  # fmt: skip
@pytest.mark.parametrize("opened", ["home", "service", "ledger"])
def test_a_folder_of_somebody_elses_is_refused_and_untouched(
    tmp_path: Path, name: str, opened: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"theirs")
    path.chmod(0o644)
    tmp_path.chmod(0o755)
    before, how = tree(tmp_path), modes(tmp_path)
    ways: dict[str, Callable[[Path], object]] = {
        "home": open_home,
        "service": create_app,
        "ledger": lambda folder: LedgerDatabase(folder / "ledger.sqlite3").open_runs(["x"]),
    }
    with pytest.raises(errors.InvalidInput, match="not empty and not a home") as caught:
        ways[opened](tmp_path)
    assert name.split("/", maxsplit=1)[0] in str(caught.value)
    assert tree(tmp_path) == before
    assert modes(tmp_path) == how


def test_a_database_of_somebody_elses_is_not_taken_for_ours(tmp_path: Path) -> None:
    theirs = sqlite3.connect(tmp_path / "ledger.sqlite3")
    theirs.execute("CREATE TABLE accounts (name TEXT)")
    theirs.close()
    before = tree(tmp_path)
    with pytest.raises(errors.InvalidInput, match=r"ledger\.sqlite3"):
        open_home(tmp_path)
    assert tree(tmp_path) == before


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "media").symlink_to(tmp_path / "theirs")
    with pytest.raises(errors.InvalidInput, match="media"):
        open_home(tmp_path / "home")


def test_a_home_of_the_version_before_gets_a_marker_and_loses_nothing(tmp_path: Path) -> None:
    make_old_home(tmp_path)
    (tmp_path / "notes.txt").write_text("the user's")  # beside our databases it may lie there
    (tmp_path / "drafts").mkdir()  # as that version had it
    (tmp_path / "drafts" / "letter.txt").write_text("the user's")
    for path in (tmp_path / "media", tmp_path / "service.sqlite3"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    before = tree(tmp_path)
    home = open_home(tmp_path)
    after = tree(tmp_path)
    assert after.pop(MARKER)
    assert after == before
    assert open_home(tmp_path).id == home.id
    assert stat.S_IMODE((tmp_path / "media").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "service.sqlite3").stat().st_mode) == 0o600
    again = ServiceHarness(tmp_path)
    found = again.data("/collection")["collections"]
    assert [each["name"] for each in found] == ["Default", "Mine"]
    again.close()
    assert (tmp_path / "drafts" / "letter.txt").read_text() == "the user's"


@pytest.mark.parametrize("lost", ["missing", "empty", "damaged"])
def test_old_home_without_databases_is_recognised_by_its_file_names(
    tmp_path: Path, lost: str
) -> None:
    make_old_home(tmp_path)
    for name in ("service.sqlite3", "ledger.sqlite3"):
        if lost == "missing":
            (tmp_path / name).unlink()
        else:
            (tmp_path / name).write_bytes(b"" if lost == "empty" else b"\x07" * 5000)
    open_home(tmp_path)
    assert (tmp_path / MARKER).exists()


def test_a_home_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text('{"id": "x", "schema": 99}')
    with pytest.raises(errors.InvalidInput, match="newer thumbnb"):
        open_home(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"\0\0\0", b"", b"[" * 9999, b'{"id": "x", "schema": 1e999}', b'{"id": null, "schema": 1}',
     b'{"id": "x", "schema": -1}', b'{"id": "x", "schema": ' + b"9" * 5000 + b"}", b"5"],
)  # fmt: skip
def test_a_damaged_marker_is_made_again(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "mine.ipynb").touch()
    (tmp_path / MARKER).write_bytes(content)
    home = open_home(tmp_path)
    assert open_home(tmp_path) == home


@pytest.mark.slow
def test_processes_that_begin_at_once_make_one_home(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from thumbnb.storage.home import open_home; sys.stdin.readline(); "
        "print(open_home(pathlib.Path(sys.argv[1])).id)"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "home")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    assert len({process.communicate(timeout=300)[0] for process in processes}) == 1
    assert [path.name for path in (tmp_path / "home").iterdir()] == [MARKER]


@pytest.mark.slow
def test_everything_in_a_home_is_its_owners_only(tmp_path: Path) -> None:
    before = os.umask(0o022)
    (tmp_path / "home").mkdir(mode=0o755)
    try:
        harness = ServiceHarness(tmp_path / "home")
        talk = write_video(tmp_path / "talk.mp4").read_bytes()
        harness.thumbnail(harness.upload(talk), time=1)
        client = tb.connect(embedded=True, home=tmp_path / "home", quiet=True)
        client.create_project("A quiet lake").generate()
        tb.batch([tmp_path / "talk.mp4"], client=client)
        save_key("YouThumb", "k" * 20, home=tmp_path / "home")
        found = modes(tmp_path / "home")
        client.close()
        close_embedded()
        harness.close()
    finally:
        os.umask(before)
    assert found == {(True, 0o700), (False, 0o600)}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    open_home(tmp_path / "home")
    (tmp_path / "home").chmod(0o500)
    with pytest.raises(errors.InvalidInput, match="cannot be used"):
        open_home(tmp_path / "home")
