"""Frames of many videos: the same rows, an image for each."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

import thumbnb as tb
from tests.service.tools import frame_number
from thumbnb import errors
from thumbnb.storage import files


def read(path):
    return Path(path).read_bytes()


def test_a_glob_becomes_a_table_with_an_image_for_each_video(videos, executor):
    table = tb.batch("videos/*.mp4", out="out/{slug}.jpg", executor=executor)
    assert table["video"].tolist() == [
        "videos/First Clip.mp4", "videos/second.mp4", "videos/third.mp4",
    ]  # fmt: skip
    assert table["path"].tolist() == ["out/first-clip.jpg", "out/second.jpg", "out/third.jpg"]
    assert table["error"].tolist() == ["", "", ""]
    assert table["credits"].tolist() == [0, 0, 0]
    assert all(0 < score <= 1 for score in table["score"])
    assert table["image"][0].image.size == (64, 36)
    _, made_of = tb.open_result("out/second.jpg")
    assert made_of["frame_of"] == "second.mp4"
    assert made_of["time"] == table["time"][1]


def test_rows_index_and_columns_stay_as_they_are(videos, executor):
    given = pd.DataFrame(
        {"film": ["videos/second.mp4", "videos/third.mp4"], "path": ["x", "y"], "n": [1, 2]},
        index=["b", "b"],
    )
    before = given.copy()
    table = tb.batch(given, video="film", frames=0.3, out="out/{n}.png", executor=executor)
    pd.testing.assert_frame_equal(given, before)
    pd.testing.assert_frame_equal(pd.DataFrame(table[["film", "path", "n"]]), before)
    assert table["result_path"].tolist() == ["out/1.png", "out/2.png"]
    assert table.name_of("path") == "result_path"
    assert frame_number(read("out/1.png")) == 3


def test_frames_at_times_of_columns_and_several_of_a_video(videos, executor):
    given = pd.DataFrame({
        "video": ["videos/second.mp4"] * 2, "intro": ["0:00.2", "0.1"], "outro": [0.9, 0.7],
    })  # fmt: skip
    table = tb.batch(given, frames=["intro", "outro"], out="out/{row}.png", executor=executor)
    assert table["path_2"].tolist() == ["out/1-2.png", "out/2-2.png"]
    assert [frame_number(image.image) for image in table["image"]] == [2, 1]
    assert [frame_number(image.image) for image in table["image_2"]] == [9, 7]
    table = tb.batch("videos/second.mp4", count=2, size=(32, 18), executor=executor)
    assert table["image_2"][0].image.size == (32, 18)
    assert Path(table["path"][0]).is_relative_to(os.environ["THUMBNB_HOME"])


def test_what_is_made_is_found_again_and_only_the_rest_is_made(videos, executor):
    how = {"source": "videos", "out": "out", "executor": executor}
    first = tb.batch(**how)
    assert len(executor.given) == 3
    files_before = {path: path.stat().st_mtime_ns for path in Path("out").iterdir()}
    again = tb.batch(**how)
    assert len(executor.given) == 3
    assert again["score"].tolist() == first["score"].tolist()
    assert {path: path.stat().st_mtime_ns for path in Path("out").iterdir()} == files_before
    # One image is lost, one is cut off, a video is another one now.
    Path("out/second.jpg").unlink()
    tb.batch(**how)
    assert executor.given[3:] == [str(videos / "second.mp4")]
    (videos / "third.mp4").write_bytes((videos / "second.mp4").read_bytes())
    tb.batch(**how)
    assert executor.given[4:] == [str(videos / "third.mp4")]


def test_what_two_rows_ask_for_is_made_once(videos, executor):
    table = tb.batch(["videos/second.mp4"] * 3, executor=executor)
    assert len(executor.given) == 1
    assert len(set(table["path"])) == 1


def test_changed_request_replaces_the_file_of_an_earlier_batch(videos, executor):
    tb.batch("videos/second.mp4", frames=0.1, out="a.png", executor=executor)
    tb.batch("videos/second.mp4", frames=0.5, out="a.png", executor=executor)
    assert frame_number(read("a.png")) == 5


def test_a_row_that_fails_stops_no_other(videos, executor):
    (videos / "noise.mp4").write_bytes(b"no video at all")
    given = [*sorted(map(str, videos.iterdir())), "videos/gone.mp4", str(videos), os.devnull]
    table = tb.batch(given, executor=executor)
    assert [error == "" for error in table["error"]] == [
        True, False, True, True, False, False, False,
    ]  # fmt: skip
    assert "not a video" in table["error"][1]
    assert "There is no file 'videos/gone.mp4'" in table["error"][4]
    assert "is a folder" in table["error"][5]
    assert "a device or a pipe" in table["error"][6]
    assert table.failed.index.tolist() == [1, 4, 5, 6]
    assert table["image"][1] is None


def test_a_time_that_is_none_is_the_fault_of_its_row(videos, executor):
    given = pd.DataFrame({"video": ["videos/second.mp4"] * 4, "at": ["0.2", "late", None, 99.0]})
    table = tb.batch(given, frames="at", out="{row}.jpg", executor=executor)
    assert table["error"].tolist()[0] == ""
    for error, said in zip(
        table["error"][1:], ("'late', not a time", "'at' is empty", "99"), strict=True
    ):
        assert said in error


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"out": "{name}.jpg"}, "no column 'name'"),
        ({"out": "out/same.jpg"}, "Rows 1 and 2 would both write 'out/same.jpg'"),
        ({"out": "out/{slug}.bmp"}, "not written as .bmp"),
        ({"out": "videos/second.mp4/{slug}.jpg"}, "is a file"),
        ({"frames": "when"}, "a column of times"),
        ({"frames": []}, "1 to 20 moments"),
        ({"frames": 0.5, "count": 3}, "count goes with"),
        ({"count": 0}, "count"),
        ({"video": "film"}, "no column 'film'"),
        ({"title": "{video}"}, "title goes with a prompt"),
        ({"executor": "cluster"}, "executor is"),
        ({"size": (0, 5)}, "width"),
        ({"outt": "x"}, "Did you mean out=?"),
        ({"concurrency": 0}, "concurrency"),
    ],
)
def test_what_is_wrong_with_all_rows_is_reported_first(videos, executor, how, said):
    with pytest.raises(errors.InvalidInput) as raised:
        tb.batch("videos/*.mp4", **{"executor": executor, **how})
    assert said in str(raised.value)
    assert executor.given == []
    assert not Path("out").exists()


def test_no_file_of_anybody_else_is_written_over(videos, executor):
    Image.new("RGB", (8, 8)).save("mine.jpg")
    mine = Path("mine.jpg").read_bytes()
    with pytest.raises(errors.InvalidInput, match="no batch has written"):
        tb.batch("videos/second.mp4", out="mine.jpg", executor=executor)
    assert Path("mine.jpg").read_bytes() == mine
    tb.batch("videos/second.mp4", out="mine.jpg", executor=executor, overwrite=True)
    assert Path("mine.jpg").read_bytes() != mine


@pytest.mark.parametrize(
    "names", [("Part A", "part a"), ("caf\u00e9", "cafe\u0301"), ("real/a", "link/a")]
)
def test_names_that_mean_one_file_are_the_same(videos, executor, names):
    Path("real").mkdir()
    Path("link").symlink_to("real")
    template = "{to}.png" if "/" not in names[0] else "{folder_name}/a.png"
    given = pd.DataFrame({"video": ["videos/second.mp4"] * 2, "to": names})
    given["folder_name"] = [name.split("/")[0] for name in names]
    with pytest.raises(errors.InvalidInput, match="Rows 1 and 2 would both write"):
        tb.batch(given, out=f"a/../{template}", executor=executor)


def test_a_folder_that_cannot_be_written_to_is_reported_before_the_first_row(videos, executor):
    Path("nowhere").symlink_to("gone")
    with pytest.raises(errors.InvalidInput, match="'nowhere' is a link to nothing"):
        tb.batch("videos/*.mp4", out="nowhere/{slug}.jpg", executor=executor)
    if Path("/proc").is_dir():  # it takes no files, whoever asks
        with pytest.raises(errors.InvalidInput, match="Nothing can be written into"):
            tb.batch("videos/*.mp4", out="/proc/thumbs/{slug}.jpg", executor=executor)


def test_a_value_of_a_column_leads_to_no_other_folder(videos, executor):
    given = pd.DataFrame({"video": ["videos/second.mp4"], "title": ["../../up/AC\\DC"]})
    table = tb.batch(given, out="out/{title}.jpg", executor=executor)
    assert table["path"].tolist() == ["out/up-AC-DC.jpg"]


def test_a_full_disk_ends_the_batch_and_keeps_what_is_there(videos, executor, monkeypatch):
    write, written = files.write_file, []

    def write_some(path, data, **how):
        if path.suffix == ".jpg":
            if written:
                raise OSError(errno.ENOSPC, "No space left on device")
            written.append(path)
        write(path, data, **how)

    monkeypatch.setattr(files, "write_file", write_some)
    table = tb.batch("videos/*.mp4", out="out", executor=executor, concurrency=1)
    assert table["error"].tolist()[0] == ""
    assert "No space left" in table["error"][1]
    assert table["error"][2].startswith("Not made: nothing more can be written")
    monkeypatch.setattr(files, "write_file", write)
    again = tb.batch("videos/*.mp4", out="out", executor=executor)
    assert again["error"].tolist() == ["", "", ""]
    assert len(executor.given) == 4


def test_a_table_shows_its_images_and_texts_stay_texts(videos, executor):
    given = pd.DataFrame({"video": ["videos/second.mp4"], "title": ["<script>alert(1)</script>"]})
    table = tb.batch(given, executor=executor)
    shown = table._repr_html_()
    assert '<img src="data:image/jpeg;base64,' in shown
    assert "<script>" not in shown
    sheet = table.contact_sheet(columns=2, captions="title")
    assert sheet.image.width >= 64
    with Image.open(sheet.save("sheet.jpg")) as image:
        assert image.size == sheet.image.size
    assert sheet._repr_jpeg_()
    assert type(table.head(1)) is pd.DataFrame
    with Image.open(io.BytesIO(table["image"][0]._repr_jpeg_())) as image:
        assert image.size == (64, 36)
    with pytest.raises(errors.InvalidInput, match="no column 'words'"):
        table.contact_sheet(captions="words")
