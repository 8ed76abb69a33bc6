"""``thumbnb home check`` and ``repair``: what is lost is found, and brought back if it can be."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.tools import ServiceHarness, until
from tests.service.youthumb_harness import YouThumbHarness
from thumbnb import cli, errors, render
from thumbnb.service.recovery.check import check_service
from thumbnb.service.recovery.repair import repair_service
from thumbnb.storage import backups

if TYPE_CHECKING:
    from pathlib import Path

DATABASE = "service.sqlite3"


def stored(home: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (home / "media").rglob("*") if p.is_file()}


def lose(home: Path, how: str) -> None:
    """Have something happen to the database, its log and its index."""
    path = home / DATABASE
    for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (home / name).unlink(missing_ok=True)
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "zeros":
        path.write_bytes(bytes(path.stat().st_size))
    elif how == "torn":
        content = bytearray(path.read_bytes())
        for start in range(4096 * 8, len(content) - 4096, 4096 * 3):
            content[start : start + 4096] = b"\x5a" * 4096
        path.write_bytes(content)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = cli.main(["home", *arguments])
    return status, capsys.readouterr().out


@pytest.fixture
def filled(tmp_path: Path, talk: bytes, small: None) -> tuple[Path, dict[str, Any]]:
    """A home with a video, its thumbnail, and a generation; closed, with a copy of today."""
    home = tmp_path / "home"
    youthumb = YouThumbHarness(home)
    video = youthumb.upload(talk)
    image = youthumb.thumbnail(video, time=1)
    project = youthumb.create()
    job = youthumb.finish(project, youthumb.start(project))
    youthumb.service.database.back_up(at_once=True)
    youthumb.close()
    return home, {"video": video, "image": image, "project": project, "job": job}


@pytest.mark.slow
@pytest.mark.parametrize("how", ["missing", "empty", "zeros", "torn"])
def test_a_lost_database_is_brought_back_from_its_copy(
    filled: tuple[Path, dict[str, Any]], how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    home, made = filled
    before = stored(home)
    lose(home, how)
    if how in {"zeros", "torn"}:
        with pytest.raises(errors.StorageError, match="is damaged") as caught:
            ServiceHarness(home).service.database.read(
                "SELECT * FROM jobs, videos, images, pictures"
            )
        assert "thumbnb home repair" in str(caught.value)
        assert "the copy of 20" in str(caught.value)
    status, output = run(capsys, "check", "--home", str(home))
    assert status == 1, output
    assert stored(home) == before, "looking changes nothing"
    status, output = run(capsys, "repair", "--home", str(home))
    assert status == 0, output
    assert "brought back" in output
    assert stored(home) == before
    harness = YouThumbHarness(home)
    try:
        job = harness.job(made["project"], made["job"]["jobId"])
        assert job["status"] == "completed"
        assert len(job["images"]["results"]) == len(made["job"]["images"]["results"]) > 0
        for item in made["video"], made["image"]:
            address = item.get("stream_url") or item["url"]
            sent = harness.http.get(address, headers={"x-access-token": ""})
            assert sent.status_code == 200, "its address is what it was"
            assert sent.content in before.values()
        assert harness.rows("videos") == 1
    finally:
        harness.close()


def test_repair_restores_balance_default_person_and_order(
    tmp_path: Path,
) -> None:
    youthumb = YouThumbHarness(tmp_path)
    first, default = youthumb.person("Mia"), youthumb.person("Leo")
    youthumb.given("PUT", f"/persons/{default['id']}/default")
    youthumb.given("POST", "/thumbnails/prompts/improve", {"prompt": "A quiet lake"})
    before = youthumb.credits, [person["isDefault"] for person in youthumb.given("GET", "/persons")]
    youthumb.service.database.back_up(at_once=True)
    youthumb.close()
    lose(tmp_path, "missing")
    repair_service(tmp_path)
    repair_service(tmp_path)  # the second time there is nothing to bring back
    youthumb = YouThumbHarness(tmp_path)
    after = youthumb.credits, [person["isDefault"] for person in youthumb.given("GET", "/persons")]
    youthumb.close()
    assert after == before
    assert before[0] == 999.5
    assert sorted(before[1]) == [False, True]
    assert first["id"] != default["id"]


def test_quarantined_file_returns_with_the_database_that_names_it(tmp_path: Path) -> None:
    youthumb = YouThumbHarness(tmp_path)
    asset = youthumb.asset("face")
    youthumb.close()
    kept = tmp_path / "elsewhere.sqlite3"
    (tmp_path / DATABASE).rename(kept)
    assert len(repair_service(tmp_path).quarantined) == 1
    for part in ("", "-wal", "-shm"):
        (tmp_path / f"{DATABASE}{part}").unlink(missing_ok=True)
    kept.rename(tmp_path / DATABASE)
    assert not check_service(tmp_path).is_sound
    assert "came back" in " ".join(repair_service(tmp_path).lines())
    assert check_service(tmp_path).is_sound
    youthumb = YouThumbHarness(tmp_path)
    assert youthumb.http.get(asset["url"]).status_code == 200
    youthumb.close()


def test_a_database_rolled_back_gets_its_rows_again(tmp_path: Path, talk: bytes) -> None:
    harness = ServiceHarness(tmp_path)
    harness.close()
    older = (tmp_path / DATABASE).read_bytes()
    harness = ServiceHarness(tmp_path)
    video = harness.upload(talk)
    harness.service.database.back_up(at_once=True)
    harness.close()
    lose(tmp_path, "empty")
    (tmp_path / DATABASE).write_bytes(older)
    assert len(check_service(tmp_path).strays) == 2
    done = repair_service(tmp_path)
    assert done.rows >= 3
    assert check_service(tmp_path).is_sound
    again = ServiceHarness(tmp_path)
    assert again.data(f"/video/{video['id']}")["id"] == video["id"]
    again.close()


@pytest.mark.slow
def test_repair_without_backup_imports_by_hash_and_provenance(
    tmp_path: Path, talk: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """A video becomes a video, a thumbnail an image with its prompt; a cover is set aside."""
    harness = ServiceHarness(tmp_path)
    video = harness.upload(talk)
    made = render.compose(render.Brief(prompt="A quiet lake"), size=(640, 360))
    encoded = render.encode(made, "JPEG", max_bytes=10**6)
    with harness.service.files.new_file() as new_file:
        new_file.write(encoded)
        new_file.seal()
        with harness.service.database.write():
            harness.service.files.keep(new_file)
    harness.close()
    before = stored(tmp_path)
    assert len(before) == 3
    shutil.rmtree(tmp_path / "backups", ignore_errors=True)
    lose(tmp_path, "missing")
    status, output = run(capsys, "repair", "--home", str(tmp_path))
    assert "1 files are brought in again as videos" in output
    assert "1 thumbnails were brought in again" in output
    assert "1 files of which nothing is known" in output
    assert status == 0
    aside = [p for p in (tmp_path / "quarantine").iterdir() if p.is_file()]
    assert [p.read_bytes() in before.values() for p in aside] == [True]
    harness = ServiceHarness(tmp_path)
    try:
        found = until(lambda: harness.data("/video")["videos"], "The video")
        assert harness.http.get(found[0]["stream_url"]).content == talk
        assert found[0]["id"] != video["id"]
        [image] = harness.data("/image")["images"]
        assert image["name"] == "A quiet lake"
        assert harness.picture(image).size == (640, 360)
        assert harness.get(f"/image/{image['id']}").status_code == 200
    finally:
        harness.close()
    _, output = run(capsys, "repair", "--home", str(tmp_path), "--delete-quarantine")
    assert "1 files were deleted" in output
    assert not [p for p in (tmp_path / "quarantine").iterdir() if p.is_file()]


def test_file_with_a_wrong_hash_is_quarantined(tmp_path: Path, talk: bytes) -> None:
    ServiceHarness(tmp_path).close()
    path = tmp_path / "media" / "ab" / ("ab" + "0" * 62)
    path.parent.mkdir()
    path.write_bytes(talk)
    done = repair_service(tmp_path)
    assert [each.read_bytes() for each in done.quarantined] == [talk]
    assert check_service(tmp_path).is_sound


def test_what_lost_its_job_is_had_again(tmp_path: Path, talk: bytes, small: None) -> None:
    home = tmp_path / "home"
    harness = ServiceHarness(home)
    video = harness.upload(talk)
    image = harness.thumbnail(video, time=1)
    harness.service.database.back_up(at_once=True)
    harness.close()
    for copy in (home / "backups").glob("*.sqlite3"):
        with contextlib.closing(sqlite3.connect(copy)) as rows, rows:
            rows.execute("DELETE FROM jobs")  # as where their pages are damaged
    lose(home, "missing")
    repair_service(home)
    with contextlib.closing(ServiceHarness(home)) as harness:
        assert harness.thumbnail(video, time=1)["id"] == image["id"]


@pytest.mark.slow
def test_a_row_without_files_that_damage_took_comes_from_the_copy(tmp_path: Path) -> None:
    home = tmp_path / "home"
    youthumb = YouThumbHarness(home)
    project = youthumb.create()
    youthumb.service.database.back_up(at_once=True)
    youthumb.close()
    with contextlib.closing(sqlite3.connect(home / DATABASE)) as rows, rows:
        rows.execute("DELETE FROM projects")
    lose(home, "torn")
    repair_service(home)
    with contextlib.closing(YouThumbHarness(home)) as youthumb:
        assert youthumb.rows("projects") == 1, project


@pytest.mark.slow
def test_a_second_video_of_the_same_file_outlives_a_database_rolled_back(
    tmp_path: Path, talk: bytes, small: None
) -> None:
    home = tmp_path / "home"
    with contextlib.closing(ServiceHarness(home)) as harness:
        harness.upload(talk)
    older = (home / DATABASE).read_bytes()
    with contextlib.closing(ServiceHarness(home)) as harness:
        second = harness.upload(talk)
        harness.service.database.back_up(at_once=True)
    lose(home, "missing")
    (home / DATABASE).write_bytes(older)
    repair_service(home)
    with contextlib.closing(ServiceHarness(home)) as harness:
        assert harness.http.get(f"/video/{second['id']}").status_code == 200
        assert harness.rows("videos") == 2


def test_a_home_in_use_is_not_repaired(tmp_path: Path) -> None:
    harness = ServiceHarness(tmp_path)
    with pytest.raises(errors.InvalidInput, match="A service is at work"):
        repair_service(tmp_path)
    harness.close()
    assert repair_service(tmp_path).lines() == ["There was nothing to repair."]


@pytest.mark.slow
def test_what_was_deleted_is_not_brought_back(tmp_path: Path, talk: bytes) -> None:
    harness = ServiceHarness(tmp_path)
    kept, gone = harness.upload(talk), harness.upload(talk + b"\0")
    harness.service.database.back_up(at_once=True)
    harness.http.delete(f"/video/{gone['id']}")
    harness.close()
    repair_service(tmp_path)
    again = ServiceHarness(tmp_path)
    assert [video["id"] for video in again.data("/video")["videos"]] == [kept["id"]]
    again.close()


def test_there_is_no_home_to_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["home", "check", "--home", str(tmp_path / "nowhere")]) == 2
    assert "There is no home" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_copies_are_made_daily_and_two_are_kept(tmp_path: Path) -> None:
    harness = ServiceHarness(tmp_path)
    path, database = tmp_path / DATABASE, harness.service.database
    first = backups.copies(path)
    assert len(first) == 1
    database.back_up()
    assert backups.copies(path) == first, "one of today is there"
    for _ in range(3):
        database.back_up(at_once=True)
    found = backups.copies(path)
    assert len(found) == backups.KEPT
    assert first[0] not in found
    for copy in found:
        assert copy.stat().st_mode & 0o777 == 0o600
        with sqlite3.connect(copy) as rows:
            assert rows.execute("SELECT count(*) FROM collections").fetchone() == (1,)
        rows.close()
    harness.close()
    # Those of a database that is lost do not give way to those of the next one.
    lose(tmp_path, "missing")
    for _ in range(3):
        harness = ServiceHarness(tmp_path)
        harness.service.database.back_up(at_once=True)
        harness.close()
    assert set(found) <= set(backups.copies(path))
    assert len(backups.copies(path)) == 2 * backups.KEPT


@pytest.mark.slow
def test_a_damaged_database_pushes_out_no_sound_copy(
    filled: tuple[Path, dict[str, Any]],
) -> None:
    home, _ = filled
    before = {copy: copy.read_bytes() for copy in backups.copies(home / DATABASE)}
    lose(home, "torn")
    rows = sqlite3.connect(home / DATABASE)
    with pytest.raises(sqlite3.DatabaseError):
        backups.back_up(rows, home / DATABASE)
    rows.close()
    assert {copy: copy.read_bytes() for copy in backups.copies(home / DATABASE)} == before
