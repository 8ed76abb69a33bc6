"""People of sport and dance are seen doing it, from head to foot."""

from __future__ import annotations

import pytest

from thumbnb import render


def shown(prompt):
    scene = render.plan(render.Brief(prompt=prompt, title="DAY 30", preset="vlog-travel"), 1, 0)
    figures = [layer.figure for layer in scene.layers if layer.kind == "cutout"]
    return figures[0].gesture, {layer.name for layer in scene.layers if layer.kind == "object"}


@pytest.mark.parametrize(
    ("prompt", "pose", "not_beside"),
    [
        ("A muscular man doing pull-ups in a park", "pullup", "muscle"),
        ("A woman doing squats with a barbell in a gym", "squat", "barbell"),
        ("A woman deadlifting a heavy barbell in a dark gym", "deadlift", "barbell"),
        ("A runner breaking the tape at the finish line", "finish", "tape-measure"),
        ("A trainer with the number 7 on his tank top doing pull-ups", "pullup", "tank"),
        ("A woman doing a plank on a yoga mat", "plank", "plank"),
        ("A muscular man doing push-ups on the beach", "plank", "muscle"),
        ("A firefighter walking out of smoke with an axe over her shoulder", "walk", "gear"),
        ("A skier racing down a snowy slope", "ski", "skis"),
        ("A snowboarder jumping over a rock", "snowboard", "skis"),
        ("A basketball player dunking over two defenders", "dunk", "basketball"),
        ("A goalkeeper diving to save a penalty", "dive", "trophy"),
        ("A ballet dancer on an empty theatre stage", "ballet", "theater-masks"),
        ("A paraglider floating over the Swiss Alps", "glide", "airplane"),
        ("A breakdancer in the subway", "dance", "train"),
        ("A backpacker sleeping on the floor of a train", "lie", "bed"),
        ("A man kicking a ball in a stadium", "kick", "whistle"),
        ("A skateboarder jumping down stairs", "skate", "skateboard"),
        ("A climber hanging by one hand from a rock wall", "hang", "twemoji-1f590"),
        ("A wingsuit pilot between two rock walls", "fall", "airplane"),
    ],
)
def test_people_do_their_sport(prompt, pose, not_beside):
    gesture, things = shown(prompt)
    assert gesture == pose
    assert not_beside not in things


def test_who_lifts_is_alone_and_others_look_on():
    brief = render.Brief(
        prompt="A strong woman deadlifting a barbell, people cheering", title="180 KG"
    )
    layers = render.plan(brief, 1, 0).layers
    poses = [layer.figure.gesture for layer in layers if layer.kind == "cutout"]
    assert poses.count("deadlift") == 1
    assert len(poses) > 1


def test_backpacks_that_two_carry_are_on_their_backs():
    brief = render.Brief(prompt="A couple carrying heavy backpacks, looking at a map", title="LOST")
    layers = render.plan(brief, 1, 0).layers
    assert "backpack" not in {layer.name for layer in layers if layer.kind == "object"}
    assert all("backpack" in layer.figure.worn for layer in layers if layer.kind == "cutout")
