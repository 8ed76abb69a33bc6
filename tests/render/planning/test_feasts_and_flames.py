"""Many dishes fill a table before who eats them; flames behind somebody fill the frame."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.planning.planner import plan
from thumbnb.render.scene import Cutout, ObjectLayer


def _layers(prompt, preset="free"):
    return plan(Brief(prompt=prompt, title="TITLE", preset=preset)).layers


def _objects(layers):
    return [layer for layer in layers if isinstance(layer, ObjectLayer)]


@pytest.mark.parametrize(
    ("prompt", "dishes"),
    [
        ("a man eating burgers, fries, pizza, donuts and milkshakes", "burger fries pizza donut"),
        ("a girl at a table full of sushi, ramen, cheese and cola", "sushi ramen cheese soda"),
        ("family dinner with roast turkey, pie, vegetables and bread", "roast-turkey bread"),
    ],
)
def test_many_dishes_fill_a_table_before_who_eats_them(prompt, dishes):
    layers = _layers(prompt)
    names = [each.name for each in _objects(layers)]
    assert {*dishes.split(), "table-top"} <= {*names}
    person = max(i for i, layer in enumerate(layers) if isinstance(layer, Cutout))
    table = next(i for i, layer in enumerate(layers) if getattr(layer, "name", "") == "table-top")
    assert person < table
    assert all(layers.index(each) > table for each in _objects(layers) if each.name != "table-top")


def test_two_dishes_are_no_feast():
    assert "table-top" not in {each.name for each in _objects(_layers("a man with pizza and cola"))}


def test_flames_behind_somebody_fill_the_frame():
    layers = _layers("a chef with huge flames behind him in a kitchen")
    flames = [each for each in _objects(layers) if each.name == "fire"]
    assert len(flames) > 4
    across = [each.at[0] for each in flames]
    assert min(across) < 200
    assert max(across) > 1080
    person = next(i for i, layer in enumerate(layers) if isinstance(layer, Cutout))
    assert all(layers.index(each) < person for each in flames)


def test_a_campfire_beside_somebody_is_one():
    layers = _layers("a man by a campfire in the forest")
    assert sum(each.name == "fire" for each in _objects(layers)) <= 1
