"""What people feel in a scene, the fog in it, and what comes before and after."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.planning.planner import plan
from thumbnb.render.scene import Cutout, Mist, ObjectLayer


@pytest.mark.parametrize(
    ("prompt", "title", "feels"),
    [
        ("a firefighter before a burning house", "Inside", "serious"),
        ("a mechanic and a broken car", "Repair it", "worried"),
        ("a woman crying with joy", "It happened", "excited"),
        ("a happy mechanic and a broken car", "Repair it", "happy"),
    ],
)
def test_nobody_smiles_before_a_fire_or_something_broken(prompt, title, feels):
    scene = plan(Brief(prompt=prompt, title=title, preset="youtube-studio"))
    (figure,) = [layer.figure for layer in scene.layers if isinstance(layer, Cutout)]
    assert figure is not None
    assert figure.expression == feels


def test_fog_lies_over_a_place_outdoors_only():
    def foggy(prompt: str) -> bool:
        layers = plan(Brief(prompt=prompt, preset="free")).layers
        return any(isinstance(layer, Mist) for layer in layers)

    assert foggy("a castle in thick fog")
    assert not foggy("a castle")
    assert not foggy("a cat in a kitchen, fog")


@pytest.mark.parametrize(
    ("prompt", "states"),
    [
        ("restoring a car, before and after", ["rusty", ""]),
        ("a rusty bicycle, before and after", ["rusty", ""]),
        ("garden with tulips, before and after", ["wilted", ""]),
        ("a cat, before and after", ["", ""]),
    ],
)
def test_before_a_machine_is_rusty_and_a_plant_withered(prompt, states):
    scene = plan(Brief(prompt=prompt, title="Look", preset="before-after"))
    shown = [layer.state for layer in scene.layers if isinstance(layer, ObjectLayer)]
    assert shown == states


def test_a_thing_against_somebody_is_shown_beside_them():
    scene = plan(Brief(prompt="a chef versus a robot", title="Man vs machine", preset="free"))
    assert [layer.name for layer in scene.layers if isinstance(layer, ObjectLayer)] == ["robot"]
    people = [layer.figure for layer in scene.layers if isinstance(layer, Cutout)]
    assert [figure.clothes for figure in people if figure] == ["chef"]


def test_a_guilty_dog_sits_by_what_it_has_chewed_and_does_not_rage():
    prompt = "Guilty golden retriever sitting next to a chewed up couch"
    layers = plan(Brief(prompt=prompt, title="Who did this?", preset="reaction-shocked")).layers
    shown = {layer.name: layer for layer in layers if isinstance(layer, ObjectLayer)}
    assert (shown["puppy"].mood, shown["sofa"].state) == ("guilty", "chewed")
