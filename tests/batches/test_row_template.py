"""Texts with columns in braces."""

from __future__ import annotations

import pandas as pd
import pytest

from thumbnb import errors
from thumbnb.batches.rows.row_template import RowFault, parse_row_template

COLUMNS = ("topic", "n", "two words")


def fill(text, **values):
    return parse_row_template(text, "prompt", COLUMNS).fill(values)


def test_columns_are_filled_in_as_they_are_written():
    assert fill("{topic}, {two words}!", topic="a", **{"two words": "b"}) == "a, b!"
    assert fill("{n:03d} {{as it is}}", n=7) == "007 {as it is}"


def test_a_whole_number_of_a_column_with_gaps_has_no_point():
    column = pd.Series([3, None])
    assert fill("part {n}", n=column.tolist()[0]) == "part 3"


def test_a_column_alone_gives_its_value_itself():
    value = object()
    assert parse_row_template("{n}", "images", COLUMNS).value({"n": value}) is value


@pytest.mark.parametrize("empty", [None, float("nan"), pd.NA, pd.NaT, " "])
def test_an_empty_cell_is_the_fault_of_its_row(empty):
    with pytest.raises(RowFault, match="'topic' is empty"):
        fill("{topic}!", topic=empty)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{topik}", "Did you mean {topic}?"),
        ("{}", "no column ''"),
        ("{topic", "cannot be read"),
        ("{topic!r}", "more than a column"),
        ("{n:{topic}}", "more than a column"),
        ("{topic.__class__}", "no column 'topic.__class__'"),
    ],
)
def test_what_no_row_can_fill_is_reported_at_once(text, said):
    with pytest.raises(errors.InvalidInput) as raised:
        fill(text, topic="a", n=1)
    assert said in str(raised.value)
    assert "prompt" in str(raised.value)


def test_bad_template_format_is_an_error_of_its_row():
    with pytest.raises(RowFault, match="has no form"):
        fill("{topic:d}", topic="a")
