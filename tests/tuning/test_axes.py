"""What can be an axis, and which cells axes make."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import thumbnb as tb
from tests.client.stub import picture
from thumbnb import errors
from thumbnb.tuning.space.grid import coarse_first

PROMPT = "A red kite over the sea"


def prompts(sweep):
    return sorted(cell.fields["prompt"] for cell in sweep.cells)


def test_alternatives_in_a_text_make_all_combinations(client):
    sweep = tb.Sweep(client, prompt="{Excited|Calm} creator with {yellow|blue} background")
    assert prompts(sweep) == [
        "Calm creator with blue background",
        "Calm creator with yellow background",
        "Excited creator with blue background",
        "Excited creator with yellow background",
    ]
    assert [axis.name for axis in sweep.axes] == ["prompt 1", "prompt 2"]


def test_alternatives_have_the_name_they_are_given(client):
    sweep = tb.Sweep(client, prompt="A {colour=red|blue} kite", title="{YES|NO}")
    assert [axis.name for axis in sweep.axes] == ["colour", "title"]
    assert sweep.cells[0].labels == {"colour": "red", "title": "YES"}


def test_an_empty_alternative_leaves_no_gap(client):
    sweep = tb.Sweep(client, prompt="A {|big} kite {at night|}")
    assert prompts(sweep) == ["A big kite", "A big kite at night", "A kite", "A kite at night"]
    assert "(empty)" in sweep.axes[0].labels


def test_braces_that_are_meant_as_such_are_kept(client):
    sweep = tb.Sweep(client, prompt=r"A kite with \{braces\}", title=["A", "B"])
    assert set(prompts(sweep)) == {"A kite with {braces}"}


@pytest.mark.parametrize(
    "values",
    [[0, 50], (0, 50), range(0, 51, 50), np.array([0, 50]), pd.Series([0, 50]), {0, 50}],
    ids=["list", "tuple", "range", "array", "series", "set"],
)
def test_an_option_takes_every_kind_of_list(client, values):
    sweep = tb.Sweep(client, prompt=PROMPT, options={"background_blur": values})
    assert [cell.fields["options"] for cell in sweep.cells] == [
        {"background_blur": 0},
        {"background_blur": 50},
    ]


def test_prompts_come_from_a_file(client, tmp_path):
    path = tmp_path / "prompts.txt"
    path.write_text("A red kite\n\n# not this\nA blue kite\n", encoding="utf-8")
    assert prompts(tb.Sweep(client, prompt=path)) == ["A blue kite", "A red kite"]


def test_prompts_come_from_a_column(client, tmp_path):
    path = tmp_path / "prompts.csv"
    path.write_text("id,prompt\n1,A red kite\n2,A blue kite\n", encoding="utf-8")
    assert prompts(tb.Sweep(client, prompt=path)) == ["A blue kite", "A red kite"]


def test_a_piece_of_the_texts_is_replaced(client):
    sweep = tb.Sweep(client, prompt=PROMPT, title="RED", replace={"red": ["blue", "green"]})
    assert prompts(sweep) == [PROMPT.replace("red", word) for word in ("blue", "green", "red")]


def test_axes_that_change_the_same_text_are_all_in_it(client):
    sweep = tb.Sweep(
        client,
        prompt="A red {a=kite|ball} on a {b=red|blue} day",
        title="RED",
        preset=["tech-review", None],
        options={"negative_prompt": "no red {birds|planes}", "background_blur": [None, 20]},
        replace={"red": ["green"]},
    )
    assert len(sweep.cells) == len({cell.id for cell in sweep.cells}) == 64
    for cell in sweep.cells:
        text = f"A red {cell['a']} on a {cell['b']} day", f"no red {cell['negative_prompt']}"
        prompt, negative = (each.replace("red", cell["red"]) for each in text)
        options = {"negative_prompt": negative, "background_blur": cell["background_blur"]}
        wanted = {"prompt": prompt, "title": "RED", "preset": cell["preset"]}
        wanted["options"] = {name: value for name, value in options.items() if value is not None}
        assert cell.brief == {name: value for name, value in wanted.items() if value is not None}


def test_paired_axes_go_together(client):
    sweep = tb.Sweep(
        client,
        prompt=PROMPT,
        preset=["mrbeast-viral", "tech-review"],
        title=["WOW", "TESTED"],
        paired=[("preset", "title")],
    )
    assert [(c.fields["preset"], c.fields["title"]) for c in sweep.cells] == [
        ("mrbeast-viral", "WOW"),
        ("tech-review", "TESTED"),
    ]
    assert any("told apart" in note for note in sweep.plan().warnings)


def test_where_leaves_cells_out(client):
    sweep = tb.Sweep(
        client,
        prompt="A {red|blue} kite",
        preset=["mrbeast-viral", "tech-review"],
        where=lambda cell: (cell["prompt"], cell["preset"]) != ("blue", "tech-review"),
    )
    assert len(sweep.cells) == 3


def test_one_axis_at_a_time(client):
    sweep = tb.Sweep(
        client,
        prompt="A {red|blue|green} kite",
        options={"background_blur": [0, 25, 50]},
        one_at_a_time=True,
    )
    assert len(sweep.cells) == 5
    assert sweep.cells[0].labels == {"prompt": "red", "background_blur": "0"}
    assert not any("told apart" in note for note in sweep.plan().warnings)


@pytest.mark.slow
@pytest.mark.parametrize("by", ["spread", "random"])
def test_a_sample_of_a_huge_space_is_the_same_for_the_same_seed(client, by):
    def ids(seed):
        sweep = tb.Sweep(
            client,
            prompt=" ".join(f"{{n{n}=" + "|".join(f"w{n}{i}" for i in range(10)) + "}"
                            for n in range(9)),
            sample=12,
            sample_by=by,
            seed=seed,
        )  # fmt: skip
        return [cell.id for cell in sweep.cells]

    assert len(ids(1)) == len(set(ids(1))) == 12
    assert ids(1) == ids(1) != ids(2)


@pytest.mark.slow
def test_a_spread_sample_has_every_value(client):
    sweep = tb.Sweep(
        client,
        prompt="A {c=red|blue|green|white} kite, {w=calm|storm|rain}",
        options={"background_blur": [0, 50]},
        sample=12,
    )
    for axis in sweep.axes:
        assert {cell.labels[axis.name] for cell in sweep.cells} == set(axis.labels)


def test_takes_repeat_each_cell(client):
    sweep = tb.Sweep(client, prompt="A {red|blue} kite", takes=3)
    assert len(sweep.cells) == 6
    assert sorted(cell.take for cell in sweep.cells) == [0, 0, 1, 1, 2, 2]
    assert len({cell.id for cell in sweep.cells}) == 6


def test_cells_over_all_axes_come_first(client):
    sweep = tb.Sweep(
        client,
        prompt="A {red|blue|green} kite",
        options={"background_blur": range(0, 101, 10)},
        takes=2,
    )
    first = sweep.cells[:4]
    assert {cell.labels["background_blur"] for cell in first} == {"0", "100"}
    assert {cell.labels["prompt"] for cell in first} == {"red", "green"}
    assert [cell.take for cell in sweep.cells] == [0] * 33 + [1] * 33


def test_the_order_has_every_place_once():
    places = [(a, b) for a in range(5) for b in range(7)]
    assert sorted(coarse_first(places, (5, 7))) == list(range(35))


def test_a_cell_is_the_same_in_another_kernel(kernels):
    one, other = (tb.Sweep(kernels(), prompt="A {red|blue} kite", takes=2) for _ in range(2))
    assert [cell.id for cell in one.cells] == [cell.id for cell in other.cells]


def test_values_are_added(client):
    sweep = tb.Sweep(client, prompt=PROMPT, preset=["mrbeast-viral", "tech-review"])
    wider = sweep.extend(preset=["vlog-lifestyle"], options={"background_blur": [0, 50]}, takes=2)
    assert len(wider.cells) == 12
    again = sweep.extend(preset="vlog-lifestyle")
    assert {cell.id for cell in sweep.cells} < {cell.id for cell in again.cells}


async def awaited(cell):
    return True


GOOD = {"prompt": PROMPT}
BAD = {
    "unknown option": ({"options": {"background_blurr": [0, 5]}}, "background_blur"),
    "value out of range": ({"options": {"background_blur": [0, 150]}}, "Axis background_blur"),
    "option word": ({"options": {"text_position": ["top", "left"]}}, "Axis text_position"),
    "constant out of range": ({"options": {"background_blur": 150}}, "background_blur"),
    "option as a field": ({"background_blur": [0, 50]}, "options="),
    "unknown field": ({"prset": ["a", "b"]}, "preset"),
    "empty list": ({"preset": []}, "Axis preset has no values"),
    "one value": ({"preset": ["free"]}, "nothing varies"),
    "one alternative": ({"prompt": "A {red} kite"}, "nothing varies"),
    "brace left open": ({"prompt": "A {red|blue kite"}, "never closed"),
    "brace not open": ({"prompt": "A red|blue} kite"}, "not open"),
    "brace in brace": ({"prompt": "A {red|{blue|green}} kite"}, "inside another"),
    "alternative twice": ({"prompt": "A {red|red} kite"}, "twice"),
    "brace open in a list": ({"prompt": ["A {red", "A kite"]}, "axis prompt"),
    "value twice": ({"preset": ["a", "b", "a"]}, "Axis preset: value 3"),
    "a billion cells": (
        {"prompt": "A " + " ".join("{" + "|".join("abcdefghij") + "}" for _ in range(9))},
        "1,000,000,000 cells",
    ),
    "where raises": ({"title": ["A", "B"], "where": lambda cell: cell["colour"]}, "KeyError"),
    "where leaves none": ({"title": ["A", "B"], "where": lambda _: False}, "no cell"),
    "no prompt in a list": ({"prompt": ["A kite", None]}, "Axis prompt, value 2 of 2"),
    "title too long": ({"title": ["A", "B" * 201]}, "Axis title, value 2 of 2"),
    "prompt too long": ({"prompt": "{a|b} " + "x" * 2000}, "prompt is a text"),
    "same by two ways": (
        {"prompt": "A {red|blue} kite", "replace": {"blue": ["red"]}},
        "Two cells ask for the same",
    ),
    "no such text": ({"replace": {"yellow": ["blue"]}}, "Axis 'yellow'"),
    "paired lengths": (
        {"title": ["A", "B"], "preset": ["x", "y", "z"], "paired": [("title", "preset")]},
        "2 and 3 values",
    ),
    "paired name": ({"title": ["A", "B"], "paired": [("title", "blur")]}, "'blur'"),
    "frames without a video": ({"frames": [1, 2]}, "video"),
    "variations": ({"options": {"variations": [1, 4]}}, "takes="),
    "takes": ({"takes": 0}, "takes"),
    "sample": ({"title": ["A", "B"], "sample": 0}, "sample"),
    "sample by": ({"title": ["A", "B"], "sample": 1, "sample_by": "luck"}, "spread"),
    "style twice": ({"template": ["a", "b"], "youtube_url": "https://youtu.be/x"}, "one style"),
    "person name": ({"person": ["Ann", "B" * 101]}, "Axis person, value 2"),
    "no file": ({"prompt": Path("nowhere.txt")}, "cannot be read"),
    "no name of a file": ({"prompt": Path("a\0b")}, "no name of a file"),
    "a brace alone": ({"prompt": "A } kite"}, "not open"),
    "empty braces": ({"prompt": "A {} kite"}, "nothing varies"),
    "only empty alternatives": ({"prompt": "A {|} kite"}, "twice"),
    "an escaped brace closes nothing": ({"prompt": r"A {red|blue\} kite"}, "never closed"),
    "two axes of a name": ({"prompt": "A {title=a|b} kite", "title": ["A", "B"]}, "Two axes"),
    "a range of nothing": ({"options": {"background_blur": range(5, 5)}}, "has no values"),
    "a range without end": ({"options": {"background_blur": range(10**20)}}, "at most 100,000"),
    "an iterator without end": ({"title": itertools.repeat("A")}, "more than 100,000"),
    "no number": ({"options": {"background_blur": [0, math.nan]}}, "value 2 of 2"),
    "numbers that are one": ({"options": {"background_blur": [1, 1.0]}}, "again"),
    "options that are none": ({"options": ["background_blur"]}, "options is"),
    "where is no function": ({"title": ["A", "B"], "where": "A"}, "where is a function"),
    "where is awaited": ({"title": ["A", "B"], "where": awaited}, "awaited"),
    "where returns nothing": ({"title": ["A", "B"], "where": lambda _: None}, "lack a return"),
    "where has no truth": ({"title": ["A", "B"], "where": lambda _: np.ones(2)}, "ambiguous"),
    "a billion takes": ({"takes": 10**9}, "takes"),
    "too many by takes": ({"title": [*map(str, range(101))], "takes": 100}, "10,100 cells"),
    "seed": ({"title": ["A", "B"], "sample": 1, "seed": "x"}, "seed"),
    "sample by a list": ({"title": ["A", "B"], "sample": 1, "sample_by": ["x"]}, "spread"),
    "paired is no list": ({"title": ["A", "B"], "paired": 5}, "paired has groups"),
    "replace is no dict": ({"replace": ["red"]}, "replace is"),
    "video": ({"video": "film.mp4", "frames": [1, 2]}, "video is"),
    "no image": ({"content_images": [["nowhere.png"], []]}, "Axis content_images, value 1 of 2"),
    "half a character": ({"template": ["t-1", "\ud800"]}, "Axis template, value 2 of 2: template"),
    "no style image": ({"style_reference": ["nowhere.png", "x.png"]}, "Axis style_reference"),
    "a number as image": ({"content_images": 5}, "content_images: a int is no image"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_an_error_before_anything_is_sent(client, state, name):
    given, words = BAD[name]
    with pytest.raises(errors.InvalidInput) as caught:
        tb.Sweep(client, **{**GOOD, **given})
    assert words in str(caught.value)
    assert not state.requests


def test_images_that_differ_little_are_different_values(client):
    black = np.zeros((720, 1280, 3), np.uint8)
    other = black.copy()
    other[300:400, 300:400] = 200
    sweep = tb.Sweep(client, prompt="A kite @image1", content_images=[[black], [other]])
    assert len(sweep.cells) == 2
    with pytest.raises(errors.InvalidInput, match="again"):
        tb.Sweep(client, prompt="A kite @image1", style_reference=[black, black.copy()])


def test_an_image_that_cannot_be_read_is_an_error_at_its_axis(client, state):
    sweep = tb.Sweep(client, prompt=PROMPT, style_reference=[b"no image", picture()])
    with pytest.raises(errors.InvalidInput, match=r"Axis style_reference: .* that can be read"):
        sweep.run()
    assert not state.projects


def test_one_image_is_that_of_every_cell(client):
    image = np.zeros((9, 16, 3), np.uint8)
    for given in (image, [image], iter([image])):
        sweep = tb.Sweep(client, prompt="A {red|blue} kite @image1", content_images=given)
        assert [len(cell.brief["content_images"]) for cell in sweep.cells] == [1, 1]


def test_an_iterator_is_an_axis_that_can_grow(client):
    sweep = tb.Sweep(client, prompt=PROMPT, preset=iter(["mrbeast-viral", "tech-review"]))
    assert len(sweep.extend(preset="vlog-lifestyle").cells) == 3


def test_an_unknown_preset_is_an_error_before_anything_is_started(client, state):
    sweep = tb.Sweep(client, prompt=PROMPT, preset=["mrbeast-viral", "mrbeast-virl"])
    for way in (sweep.plan, sweep.run, sweep.start):
        with pytest.raises(errors.InvalidInput, match="Axis preset: there is no preset"):
            way()
    assert not state.projects


ANN = {"id": "0b5ad3d2-7fbb-4f0e-9a43-4b4d1f3a0001", "name": "Ann Lee"}
UNKNOWN_NAMES = {
    "person by name": ({"person": ["Ann Lee", "Anne Lee"]}, "Axis person: {} 'Anne Lee', but 'Ann"),
    "one person for all": ({"person": "ann lee"}, "person: {} 'ann lee', but 'Ann Lee'"),
    "person by id": ({"person": [None, ANN["id"][:-1] + "2"]}, "Axis person: {} with the id"),
    "person paired": (
        {"person": ["Ann Lee", "Bo"], "title": ["A", "B"], "paired": [("person", "title")]},
        "Axis person + title: {} 'Bo'",
    ),
    "template": ({"template": ["t-1", "t-9"]}, "Axis template: there is no template 't-9'"),
}


@pytest.mark.parametrize("name", UNKNOWN_NAMES)
def test_what_the_account_does_not_have_is_an_error_at_its_axis(client, state, name):
    state.persons[ANN["id"]] = ANN
    given, words = UNKNOWN_NAMES[name]
    sweep = tb.Sweep(client, prompt=PROMPT, **given)
    for way in (sweep.plan, sweep.start):
        with pytest.raises(errors.InvalidInput) as caught:
            way()
        assert words.format("there is no person") in str(caught.value)
    assert not state.projects


def test_persons_of_the_account_are_an_axis_by_name_by_id_and_as_objects(client, state):
    state.persons[ANN["id"]] = ANN
    [ann] = client.persons()
    for given in ("Ann Lee", ANN["id"].upper(), ann):
        assert tb.Sweep(client, prompt=PROMPT, person=[None, given]).plan().cells == 2


def test_an_unknown_engine_is_an_error_before_anything_is_started(client, state):
    with pytest.raises(errors.InvalidInput, match=r"Axis engine: .*nope"):
        tb.Sweep(client, prompt="A kite", engine=[None, "nope"]).run()
    assert state.started == []


@pytest.mark.slow
def test_where_may_never_hold_in_a_huge_space(client, monkeypatch):
    monkeypatch.setattr("thumbnb.tuning.sweep._SAMPLE_TRIES", 1000)
    slots = " ".join(f"{{n{n}={'|'.join('abcdefghij')}}}" for n in range(9))
    with pytest.raises(errors.InvalidInput, match="no cell"):
        tb.Sweep(client, prompt=slots, sample=3, sample_by="random", where=lambda _: False)
