"""``thumbnb home check`` and ``repair``: what is lost is found, and brought back if it can be."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.maker import Maker
from tests.service.tools import Desk, until
from thumbnb import backups, cli, errors, render
from thumbnb.service.recovery.check import check_service
from thumbnb.service.recovery.repair import repair_service

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
    maker = Maker(home)
    video = maker.upload(talk)
    image = maker.thumbnail(video, time=1)
    project = maker.create()
    job = maker.finish(project, maker.start(project))
    maker.service.database.back_up(at_once=True)
    maker.close()
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
            Desk(home).service.database.read("SELECT * FROM jobs, videos, images, pictures")
        assert "thumbnb home repair" in str(caught.value)
        assert "the copy of 20" in str(caught.value)
    status, said = run(capsys, "check", "--home", str(home))
    assert status == 1, said
    assert stored(home) == before, "looking changes nothing"
    status, said = run(capsys, "repair", "--home", str(home))
    assert status == 0, said
    assert "brought back" in said
    assert stored(home) == before
    desk = Maker(home)
    try:
        job = desk.job(made["project"], made["job"]["jobId"])
        assert job["status"] == "completed"
        assert len(job["images"]["results"]) == len(made["job"]["images"]["results"]) > 0
        for item in made["video"], made["image"]:
            address = item.get("stream_url") or item["url"]
            sent = desk.http.get(address, headers={"x-access-token": ""})
            assert sent.status_code == 200, "its address is what it was"
            assert sent.content in before.values()
        assert desk.rows("videos") == 1
    finally:
        desk.close()


def test_the_balance_the_default_person_and_the_order_come_back_with_the_rows(
    tmp_path: Path,
) -> None:
    maker = Maker(tmp_path)
    first, default = maker.person("Mia"), maker.person("Leo")
    maker.given("PUT", f"/persons/{default['id']}/default")
    maker.given("POST", "/thumbnails/prompts/improve", {"prompt": "A quiet lake"})
    before = maker.credits, [person["isDefault"] for person in maker.given("GET", "/persons")]
    maker.service.database.back_up(at_once=True)
    maker.close()
    lose(tmp_path, "missing")
    repair_service(tmp_path)
    repair_service(tmp_path)  # the second time there is nothing to bring back
    maker = Maker(tmp_path)
    after = maker.credits, [person["isDefault"] for person in maker.given("GET", "/persons")]
    maker.close()
    assert after == before
    assert before[0] == 999.5
    assert sorted(before[1]) == [False, True]
    assert first["id"] != default["id"]


def test_what_was_set_aside_comes_back_with_the_database_that_names_it(tmp_path: Path) -> None:
    maker = Maker(tmp_path)
    asset = maker.asset("face")
    maker.close()
    kept = tmp_path / "elsewhere.sqlite3"
    (tmp_path / DATABASE).rename(kept)
    assert len(repair_service(tmp_path).quarantined) == 1
    for part in ("", "-wal", "-shm"):
        (tmp_path / f"{DATABASE}{part}").unlink(missing_ok=True)
    kept.rename(tmp_path / DATABASE)
    assert not check_service(tmp_path).is_sound
    assert "came back" in " ".join(repair_service(tmp_path).lines())
    assert check_service(tmp_path).is_sound
    maker = Maker(tmp_path)
    assert maker.http.get(asset["url"]).status_code == 200
    maker.close()


def test_a_database_rolled_back_gets_its_rows_again(tmp_path: Path, talk: bytes) -> None:
    desk = Desk(tmp_path)
    desk.close()
    older = (tmp_path / DATABASE).read_bytes()
    desk = Desk(tmp_path)
    video = desk.upload(talk)
    desk.service.database.back_up(at_once=True)
    desk.close()
    lose(tmp_path, "empty")
    (tmp_path / DATABASE).write_bytes(older)
    assert len(check_service(tmp_path).strays) == 2
    done = repair_service(tmp_path)
    assert done.rows >= 3
    assert check_service(tmp_path).is_sound
    again = Desk(tmp_path)
    assert again.data(f"/video/{video['id']}")["id"] == video["id"]
    again.close()


def test_without_a_copy_files_are_brought_in_by_hash_and_provenance(
    tmp_path: Path, talk: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """A video becomes a video, a thumbnail an image with its prompt; a cover is set aside."""
    desk = Desk(tmp_path)
    video = desk.upload(talk)
    made = render.compose(render.Brief(prompt="A quiet lake"), size=(640, 360))
    encoded = render.encode(made, "JPEG", max_bytes=10**6)
    with desk.service.files.new_file() as new_file:
        new_file.write(encoded)
        new_file.seal()
        with desk.service.database.write():
            desk.service.files.keep(new_file)
    desk.close()
    before = stored(tmp_path)
    assert len(before) == 3
    shutil.rmtree(tmp_path / "backups", ignore_errors=True)
    lose(tmp_path, "missing")
    status, said = run(capsys, "repair", "--home", str(tmp_path))
    assert "1 files are brought in again as videos" in said
    assert "1 thumbnails were brought in again" in said
    assert "1 files of which nothing is known" in said
    assert status == 0
    aside = [p for p in (tmp_path / "quarantine").iterdir() if p.is_file()]
    assert [p.read_bytes() in before.values() for p in aside] == [True]
    desk = Desk(tmp_path)
    try:
        found = until(lambda: desk.data("/video")["videos"], "The video")
        assert desk.http.get(found[0]["stream_url"]).content == talk
        assert found[0]["id"] != video["id"]
        [image] = desk.data("/image")["images"]
        assert image["name"] == "A quiet lake"
        assert desk.picture(image).size == (640, 360)
        assert desk.get(f"/image/{image['id']}").status_code == 200
    finally:
        desk.close()
    _, said = run(capsys, "repair", "--home", str(tmp_path), "--delete-quarantine")
    assert "1 files were deleted" in said
    assert not [p for p in (tmp_path / "quarantine").iterdir() if p.is_file()]


def test_a_file_that_is_not_what_its_name_says_is_set_aside_and_kept(
    tmp_path: Path, talk: bytes
) -> None:
    Desk(tmp_path).close()
    path = tmp_path / "media" / "ab" / ("ab" + "0" * 62)
    path.parent.mkdir()
    path.write_bytes(talk)
    done = repair_service(tmp_path)
    assert [each.read_bytes() for each in done.quarantined] == [talk]
    assert check_service(tmp_path).is_sound


def test_a_home_in_use_is_not_repaired(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with pytest.raises(errors.InvalidInput, match="A service is at work"):
        repair_service(tmp_path)
    desk.close()
    assert repair_service(tmp_path).lines() == ["There was nothing to repair."]


def test_what_was_deleted_is_not_brought_back(tmp_path: Path, talk: bytes) -> None:
    desk = Desk(tmp_path)
    kept, gone = desk.upload(talk), desk.upload(talk + b"\0")
    desk.service.database.back_up(at_once=True)
    desk.http.delete(f"/video/{gone['id']}")
    desk.close()
    repair_service(tmp_path)
    again = Desk(tmp_path)
    assert [video["id"] for video in again.data("/video")["videos"]] == [kept["id"]]
    again.close()


def test_there_is_no_home_to_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["home", "check", "--home", str(tmp_path / "nowhere")]) == 2
    assert "There is no home" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_copies_are_made_daily_and_two_are_kept(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    path, database = tmp_path / DATABASE, desk.service.database
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
    desk.close()
    # Those of a database that is lost do not give way to those of the next one.
    lose(tmp_path, "missing")
    for _ in range(3):
        desk = Desk(tmp_path)
        desk.service.database.back_up(at_once=True)
        desk.close()
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
