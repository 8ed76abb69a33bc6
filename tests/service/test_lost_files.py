"""Rows whose files are not there: deleted after an older copy of the database was made, or lost."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.tools import ServiceHarness, refusal
from tests.service.youthumb_harness import YouThumbHarness, photo
from thumbnb import cli
from thumbnb.service.media.deletions import FILE, DeletionLog
from thumbnb.service.recovery.check import check_service
from thumbnb.service.recovery.repair import repair_service
from thumbnb.storage import backups

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATABASE = "service.sqlite3"


@contextlib.contextmanager
def service(home: Path) -> Iterator[YouThumbHarness]:
    with contextlib.closing(YouThumbHarness(home)) as harness:
        yield harness


def replace_database(home: Path, content: bytes | None) -> None:
    """Put another database, or none, in place of the home's."""
    for part in ("-wal", "-shm"):
        (home / f"{DATABASE}{part}").unlink(missing_ok=True)
    if content is None:
        (home / DATABASE).unlink()
    else:
        (home / DATABASE).write_bytes(content)


def lose(home: Path, sha256: str = "*") -> None:
    """Lose the file with this hash, or all."""
    for path in (home / "media").glob(f"??/{sha256}"):
        path.unlink()


def file_status(harness: ServiceHarness, asset: dict[str, Any]) -> tuple[int, str]:
    answer = harness.http.get(asset["url"], headers={"x-access-token": ""})
    return answer.status_code, "" if answer.is_success else answer.text


def delete(harness: YouThumbHarness, asset: dict[str, Any]) -> None:
    harness.given("DELETE", f"/assets/{asset['id']}")


@pytest.mark.parametrize("has_newer_copy", [False, True])
def test_an_older_database_names_a_file_that_was_deleted_since(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, *, has_newer_copy: bool
) -> None:
    with service(tmp_path) as harness:
        kept = harness.asset("face", photo(seed=1))
        gone = harness.asset("face", photo(seed=2))
    older = (tmp_path / DATABASE).read_bytes()
    with service(tmp_path) as harness:
        delete(harness, gone)
        if has_newer_copy:
            harness.service.database.back_up(at_once=True)
    replace_database(tmp_path, older)
    copies = backups.copies(tmp_path / DATABASE)
    found = check_service(tmp_path)
    assert (len(found.deleted), found.missing, found.strays) == (1, [], [])
    assert not found.is_sound
    with service(tmp_path):
        assert "1 files that" in caplog.text
    assert backups.copies(tmp_path / DATABASE) == copies, "a newer copy gives way to none of it"
    assert "deleted since" in " ".join(repair_service(tmp_path).lines())
    assert check_service(tmp_path).is_sound
    with service(tmp_path) as harness:
        assert file_status(harness, kept)[0] == 200
        assert file_status(harness, gone)[0] == 404


def test_what_was_deleted_after_the_copy_stays_deleted(tmp_path: Path) -> None:
    with service(tmp_path) as harness:
        kept = harness.asset("face", photo(seed=1))
        gone = harness.asset("face", photo(seed=2))
        harness.service.database.back_up(at_once=True)
        delete(harness, gone)
    replace_database(tmp_path, None)
    repair_service(tmp_path)
    assert check_service(tmp_path).is_sound
    with service(tmp_path) as harness:
        assert file_status(harness, kept)[0] == 200
        assert file_status(harness, gone)[0] == 404


def test_what_only_an_older_copy_knows_was_deleted_and_stays_so(tmp_path: Path) -> None:
    with service(tmp_path) as harness:
        kept, gone = (harness.asset("face", photo()) for _ in range(2))
        harness.service.database.back_up(at_once=True)
        delete(harness, gone)  # its file stays: the other's is the same
        harness.service.database.back_up(at_once=True)
    replace_database(tmp_path, None)
    repair_service(tmp_path)
    with service(tmp_path) as harness:
        assert file_status(harness, kept)[0] == 200
        assert file_status(harness, gone)[0] == 404


def test_a_lost_file_is_said_to_be_lost_until_it_is_sent_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with service(tmp_path) as harness:
        asset = harness.asset("face", photo())
    lose(tmp_path)
    found = check_service(tmp_path)
    assert (len(found.missing), found.deleted) == (1, [])
    assert "1 files that the database names are lost" in " ".join(found.lines())
    assert repair_service(tmp_path).lines() == ["There was nothing to repair."]
    with service(tmp_path) as harness:
        assert "thumbnb home check" in caplog.text
        status, text = file_status(harness, asset)
        assert (status, "is lost" in text, str(tmp_path) in text) == (500, True, False)
        harness.asset("face", photo())
        assert file_status(harness, asset)[0] == 200
    assert check_service(tmp_path).is_sound


def test_lost_files_are_given_up_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with service(tmp_path) as harness:
        asset = harness.asset("face", photo())
    lose(tmp_path)
    assert cli.main(["home", "repair", "--home", str(tmp_path)]) == 1
    assert "--forget-lost" in capsys.readouterr().out
    assert cli.main(["home", "repair", "--home", str(tmp_path), "--forget-lost"]) == 0
    assert "1 rows of things whose files are lost" in capsys.readouterr().out
    with service(tmp_path) as harness:
        assert file_status(harness, asset)[0] == 404


def test_a_row_of_a_copy_whose_file_is_lost_comes_back(tmp_path: Path) -> None:
    with service(tmp_path) as harness:
        kept = harness.asset("face", photo(seed=1))
        asset = harness.asset("face", photo(seed=2))
        [lost] = harness.service.database.read(
            "SELECT sha256 FROM pictures WHERE id = ?", (asset["id"],)
        )
        harness.service.database.back_up(at_once=True)
    lose(tmp_path, lost["sha256"])
    replace_database(tmp_path, None)
    repair_service(tmp_path)
    with service(tmp_path) as harness:
        assert file_status(harness, kept)[0] == 200
        status, text = file_status(harness, asset)
        assert (status, "is lost" in text) == (500, True), "it was acknowledged"


def test_a_generation_says_that_its_image_is_lost_and_costs_nothing(tmp_path: Path) -> None:
    with service(tmp_path) as harness:
        asset = harness.asset("face", photo())
        project = harness.create("@image1 in a garden", contentImages=[{"url": asset["url"]}])
        lose(tmp_path)
        job = harness.finish(project, harness.start(project))
        assert job["status"] == "failed"
        assert "is lost" in str(job)
        assert harness.credits == 1000


def test_a_lost_thumbnail_is_made_again_at_its_address(tmp_path: Path, talk: bytes) -> None:
    with contextlib.closing(ServiceHarness(tmp_path)) as harness:
        video = harness.upload(talk)
        sheet = f"/video/{video['id']}/storyboard"
        image, board = harness.thumbnail(video, time=1), harness.data(sheet)
        before = [harness.http.get(each["url"]).content for each in (image, board)]
        for each in before:
            [path] = [p for p in harness.files() if p.read_bytes() == each]
            path.unlink()
        assert file_status(harness, image)[0] == file_status(harness, board)[0] == 500
        again = [harness.thumbnail(video, time=1), harness.data(sheet)]
        assert [each["url"] for each in again] == [image["url"], board["url"]]
        assert [harness.http.get(each["url"]).content for each in again] == before
        lose(tmp_path)
        answer = harness.post(f"/video/{video['id']}/thumbnail", {"time": 2})
        assert "is lost" in refusal(answer, 500)["message"]


def test_the_log_of_deletions_outlives_a_torn_line_and_knows_when(tmp_path: Path) -> None:
    log, (one, two) = DeletionLog(tmp_path), ("1" * 64, "2" * 64)
    log.begin()
    log.note([one])
    with (tmp_path / FILE).open("ab") as file:
        file.write(f"\n{two} 20".encode())
    log.begin()
    log.note([two])
    found = log.read()
    for name in one, two:
        assert found.has(name, "2020-01-01T00:00:00.000Z")
        assert not found.has(name, "9999-01-01T00:00:00.000Z"), "it was sent again later"
    assert not found.has("3" * 64, "2020-01-01T00:00:00.000Z")
    assert found.reach_back_to("9999-01-01T00:00:00.000Z")
    assert not found.reach_back_to("2020-01-01T00:00:00.000Z")


def test_a_long_log_of_deletions_keeps_its_newer_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thumbnb.service.media.deletions.LONGEST", 1000)
    log, names = DeletionLog(tmp_path), [f"{n:064x}" for n in range(30)]
    log.begin()
    for name in names:
        log.note([name])
        assert (tmp_path / FILE).stat().st_size <= 1000
    kept = [log.read().has(name, "2020-01-01T00:00:00.000Z") for name in names]
    assert kept == sorted(kept)
    assert 5 <= sum(kept) < 30


def test_a_file_is_deleted_where_its_deletion_cannot_be_noted(tmp_path: Path) -> None:
    with service(tmp_path) as harness:
        asset = harness.asset("face", photo())
        (tmp_path / FILE).unlink()
        (tmp_path / FILE).mkdir()
        delete(harness, asset)
        assert not [path for path in harness.files() if "media" in path.parts]
