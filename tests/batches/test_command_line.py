"""``thumbnb batch``, and what its exit code says."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from thumbnb import cli
from thumbnb.batches import command_line


@pytest.fixture
def table(videos):
    frame = pd.DataFrame({
        "video": ["videos/second.mp4", "videos/third.mp4", "videos/gone.mp4"], "at": [0.2, 0.4, 0.1]
    })  # fmt: skip
    frame.to_csv("talks.csv", index=False)
    return frame


def test_a_plan_makes_nothing_and_names_what_is_wrong(table, capsys):
    assert cli.main(["batch", "talks.csv", "--out", "thumbs/{slug}.jpg", "--plan"]) == 1
    said = capsys.readouterr().err
    assert "to make  2 rows" in said
    assert "row 3 (gone): There is no file 'videos/gone.mp4'" in said
    assert not Path("thumbs").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.csv"], "There is no file"),
        (["talks.csv", "--out", "{name}.jpg"], "no column 'name'"),
        (["talks.csv", "--size", "big"], "--size is like 1280x720"),
        (["talks.csv", "--option", "variations"], "--option is NAME=VALUE"),
        (["talks.csv", "--table", "done.xlsx"], "neither .csv"),
        (["talks.csv", "--table", "nowhere/done.csv"], "no folder"),
        (["talks.csv", "--dask", "nonsense://x"], "No Dask scheduler"),
    ],
)
def test_what_cannot_be_begun_is_exit_code_2(table, capsys, arguments, said):
    assert cli.main(["batch", *arguments]) == command_line.WRONG
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_the_exit_code_says_whether_all_rows_are_made(table, capsys):
    arguments = ["--frames", "at", "--out", "thumbs", "--table", "done.csv"]
    assert cli.main(["batch", "talks.csv", *arguments]) == command_line.SOME_FAILED
    done = pd.read_csv("done.csv")
    assert done["path"].tolist()[:2] == ["thumbs/second.jpg", "thumbs/third.jpg"]
    assert "no file" in done["error"][2]
    assert "2 of 3 rows are made" in capsys.readouterr().err
    assert cli.main(["batch", "videos/second.mp4", "videos/third.mp4"]) == command_line.DONE
