"""Thumbnails of many rows: paid once, whatever happens."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import thumbnb as tb
from thumbnb import errors

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def table():
    return pd.DataFrame(
        {"topic": ["kites", "guitars", "boats"], "title": ["Fly", "Play", None]}, index=[7, 8, 9]
    )


def brief(**more):
    return {"prompt": "{topic}, bright", "title": "{title}", "preset": "tech-review", **more}


def test_each_row_has_its_thumbnail_and_what_it_cost(client, state, table):
    made = tb.batch(table, **brief(), out="thumbs/{slug}.png", client=client)
    assert made.index.tolist() == [7, 8, 9]
    assert made["path"].tolist() == ["thumbs/fly.png", "thumbs/play.png", "thumbs/boats-bright.png"]
    assert made["credits"].tolist() == [1, 1, 1]
    assert made["error"].tolist() == ["", "", ""]
    assert state.balance == 997
    prompts = {job["prompt"] for project in state.projects.values() for job in project["jobs"]}
    assert prompts <= {"kites, bright", "guitars, bright", "boats, bright", None}
    assert len({image.bytes for image in made["image"]}) == 3


def test_what_was_paid_is_not_paid_again(client, kernels, state, table):
    tb.batch(table.head(2), **brief(), out="thumbs", client=client)
    assert state.balance == 998
    Path("thumbs/fly.jpg").unlink()
    batch = tb.Batch(table, **brief(), out="thumbs", client=kernels())
    plan = batch.plan()
    assert (plan.rows, plan.done, plan.to_make, plan.price) == (3, 2, 1, 1)
    made = batch.run(budget=1)
    assert made["credits"].tolist() == [0, 0, 1]
    assert Path("thumbs/fly.jpg").exists()
    assert state.balance == 997
    assert tb.batch(table, **brief(), client=kernels())["credits"].tolist() == [0, 0, 0]
    assert tb.batch(table, **brief(), take=1, client=kernels())["credits"].tolist() == [1, 1, 1]


def test_two_rows_of_the_same_brief_are_paid_once(client, state):
    table = pd.DataFrame({"topic": ["kites", "kites"], "title": ["Fly", "Fly"]})
    batch = tb.Batch(table, **brief(), out="{row}.png", client=client)
    assert batch.plan().price == 1
    made = batch.run(budget=1)
    assert made["error"].tolist() == ["", ""]
    assert state.balance == 999
    assert Path("1.png").read_bytes() == Path("2.png").read_bytes()


def test_a_row_that_fails_says_why_and_what_it_cost(client, state, table):
    state.fails = ["guitars"]
    made = tb.batch(table, **brief(), client=client)
    assert [error == "" for error in made["error"]] == [True, False, True]
    assert made["credits"].tolist()[0] == 1
    assert made.failed.index.tolist() == [8]


def test_a_batch_that_costs_more_than_its_budget_sends_nothing(client, state, table):
    with pytest.raises(errors.BudgetExceeded, match=r"3 rows .* costs 3 credits; its budget is 2"):
        tb.batch(table, **brief(), budget=2, client=client)
    state.balance = 1
    with pytest.raises(errors.BudgetExceeded, match="the account has 1"):
        tb.batch(table, **brief(), client=client)
    assert state.started == []


def test_rows_that_are_wrong_cost_nothing_and_stop_no_other(client, state):
    table = pd.DataFrame({
        "topic": ["kites", None, "x" * 2000, "boats"], "preset": ["tech-review"] * 3 + ["tech"],
        "title": ["a", "b", "c", "d"],
    })  # fmt: skip
    made = tb.batch(table, **brief(preset="{preset}"), client=client)
    assert made["error"].tolist()[0] == ""
    for error, said in zip(
        made["error"][1:], ("'topic' is empty", "2000 characters", "no preset 'tech'"), strict=True
    ):
        assert said in error
    assert made["credits"].tolist() == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"prompt": "{topik}"}, "Did you mean {topic}?"),
        ({"options": {"variation": 2}}, "variation"),
        ({"preset": "no-such"}, "no preset 'no-such'"),
        ({"images": ["nowhere.png"]}, "no image 'nowhere.png'"),
        ({"locales": {"de": "{title_de}"}}, "no column 'title_de'"),
        ({"locales": {"not a language": "title"}}, "names no language"),
        ({"frames": "best"}, "Which column has the videos?"),
    ],
)
def test_error_of_all_rows_is_reported_before_anything_is_sent(client, state, table, how, said):
    with pytest.raises(errors.InvalidInput) as raised:
        tb.batch(table, **brief(**how), client=client)
    assert said in str(raised.value)
    assert state.started == []


def test_a_person_that_the_account_does_not_have_is_the_fault_of_its_row(client, state):
    state.persons["p-1"] = {"id": "p-1", "name": "Ann Lee"}
    table = pd.DataFrame({"topic": ["kites", "boats"], "who": ["Ann Lee", "Anne Lee"]})
    plan = tb.Batch(table, prompt="{topic}, bright", person="{who}", client=client).plan()
    assert list(plan.faults) == [1]
    assert "no person 'Anne Lee', but 'Ann Lee'" in plan.faults[1]
    assert not state.projects


def test_images_of_columns_and_variations_of_a_row(client, state, table):
    from PIL import Image

    Image.new("RGB", (64, 36), "navy").save("photo.png")
    given = table.assign(photo="photo.png").head(1)
    made = tb.batch(
        given, **brief(images=["{photo}"], options={"variations": 2}), out="out", client=client
    )
    assert made["path_2"].tolist() == ["out/fly-2.jpg"]
    assert made["credits"].tolist() == [2]
    [job] = [job for project in state.projects.values() for job in project["jobs"]]
    assert "@image1" in job["prompt"]


def test_a_plan_says_what_it_costs_and_sends_nothing(client, state, table):
    plan = tb.Batch(table, **brief(), client=client).plan()
    assert (plan.price, plan.balance) == (3, 1000)
    assert "3 credits" in repr(plan)
    assert "3 credits" in plan._repr_html_()
    assert state.started == []


def test_a_number_of_a_column_is_set_as_its_digits(client, state):
    table = pd.DataFrame({"topic": ["kites"], "year": [2024]})
    made = tb.batch(table, prompt="{topic}, bright", title="{year}", out="out", client=client)
    assert made["path"].tolist() == ["out/2024.jpg"]
    assert made["error"].tolist() == [""]
