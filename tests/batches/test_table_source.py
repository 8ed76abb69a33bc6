"""What a table can be given as."""

from __future__ import annotations

import pandas as pd
import pytest

from thumbnb import errors
from thumbnb.batches.rows.table_source import read_table


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.mp4", "a.MOV", "notes.txt", ".hidden.mp4"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def test_globs_folders_and_lists_are_tables_of_videos(folder):
    assert read_table("*.mp4")["video"].tolist() == ["b.mp4"]
    assert read_table(folder)["video"].tolist() == [str(folder / "a.MOV"), str(folder / "b.mp4")]
    assert read_table([folder / "b.mp4", "https://example.org/x.mp4"])["video"].tolist() == [
        str(folder / "b.mp4"),
        "https://example.org/x.mp4",
    ]
    assert read_table("b.mp4")["video"].tolist() == ["b.mp4"]
    assert read_table("s3://bucket/x.mp4")["video"].tolist() == ["s3://bucket/x.mp4"]
    assert read_table([{"topic": "a"}, {"topic": "b"}])["topic"].tolist() == ["a", "b"]


def test_csv_keeps_text_and_reads_real_numbers(folder):
    path = folder / "t.csv"
    path.write_text("\ufeffcode,views,share,title\n007,7,0.5,NA\n012,,1.5,\n", encoding="utf-8")
    table = read_table(path)
    assert table["code"].tolist() == ["007", "012"]
    assert table["views"].tolist()[0] == 7
    assert pd.isna(table["views"].tolist()[1])
    assert table["share"].tolist() == [0.5, 1.5]
    assert table["title"].tolist() == ["NA", ""]


def test_parquet_and_tab_separated_files_are_tables(folder):
    frame = pd.DataFrame({"video": ["a.mp4"], "n": [1]})
    frame.to_parquet(folder / "t.parquet")
    pd.testing.assert_frame_equal(read_table(folder / "t.parquet"), frame)
    (folder / "t.tsv").write_text("video\tn\na.mp4\t1\n")
    pd.testing.assert_frame_equal(read_table(folder / "t.tsv"), frame)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("*.webm", "No file matches"),
        ("gone.csv", "There is no file"),
        ("notes.txt", "neither a table"),
        ([], "has no rows"),
        ([1], "paths and addresses"),
        (5, "no table"),
        (None, "no table"),
        ({"a": 1}, "no table"),
        (b"x", "no table"),
        ("", "path"),
        ("empty.csv", "cannot be read"),
        ("latin.csv", "UTF-8"),
        ("cut.parquet", "cannot be read"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "two columns 'a'"),
    ],
)
def test_what_is_no_table_is_reported_in_a_sentence(folder, source, said):
    (folder / "empty.csv").write_bytes(b"")
    (folder / "latin.csv").write_bytes(b"title\n\xe9t\xe9\n")
    (folder / "cut.parquet").write_bytes(b"PAR1")
    with pytest.raises((errors.InvalidInput, errors.FileMissing)) as raised:
        read_table(source)
    assert said in str(raised.value)
