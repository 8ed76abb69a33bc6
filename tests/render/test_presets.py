"""Presets as data: whole, readable, and each its own."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tests.render.pictures import person
from thumbnb import errors, render
from thumbnb.render.colour.palette import contrast
from thumbnb.render.layout import LAYOUTS
from thumbnb.render.presets import PRESETS
from thumbnb.render.prompt.enhance import AXES
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Effects
from thumbnb.render.type import fonts

PALETTE_ROLES = {"ground", "deep", "glow", "ink", "accent", "plate", "line"}
KEYS = [
    "free", "mrbeast-viral", "reaction-shocked", "before-after", "challenge-experiment",
    "gaming-esports", "tech-review", "vlog-travel", "tutorial-educational", "cinematic-film",
    "dramatic-intense", "mystery-dark", "luxury-premium", "office", "youtube-studio",
]  # fmt: skip

CATEGORIES = {"gaming", "tech", "lifestyle", "business", "education", "entertainment", "other"}


def test_the_fifteen_are_there_in_the_order_of_the_service():
    assert list(PRESETS) == KEYS


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda p: p.key)
def test_a_preset_is_whole(preset):
    assert preset.name
    assert preset.emoji
    assert preset.category in CATEGORIES
    assert len(preset.description) > 20
    assert preset.version >= 1
    for palette in preset.palettes:
        assert set(palette) == PALETTE_ROLES
    assert len(preset.palettes) >= 2
    assert len(preset.layouts) >= 2
    assert set(preset.layouts) <= set(LAYOUTS)
    faces = [preset.headline.face, preset.label.face, *(v.face for v in preset.voices if v.face)]
    for face in faces:
        assert fonts.is_installed(fonts.Face(face.family, face.weight)), face


def values(preset):
    """Every pair of letters and what they lie on, filled in."""

    def filled(value, palette):
        return palette[value[1:]] if value.startswith("$") else value

    for palette in preset.palettes:
        for voice in preset.voices:
            effects = Effects(**voice.effects)
            if effects.plate != "none":
                letters = (
                    effects.stress if effects.plate == "word" else effects.stress + effects.fill
                )
                for colour in letters:
                    yield filled(colour, palette), filled(effects.plate_colour, palette)
            if effects.stroke >= 0.035:
                letters = effects.fill if effects.plate == "word" else effects.fill + effects.stress
                for colour in letters:
                    yield filled(colour, palette), filled(effects.stroke_colour, palette)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda p: p.key)
def test_letters_can_be_read_on_their_own_plates_and_strokes(preset):
    for letters, ground in values(preset):
        assert contrast(letters, ground) >= 4.5, (letters, ground)


def small(preset, **brief):
    done = render.compose(
        render.Brief(prompt="Somebody somewhere", title="What now?", preset=preset, **brief),
        size=(640, 360),
    )
    return np.asarray(done.image.resize((64, 36)), dtype=float)


@pytest.mark.slow
def test_every_preset_looks_like_no_other():
    pictures = {key: small(key, portraits=(person(),)) for key in PRESETS}
    for a, b in combinations(pictures, 2):
        assert np.abs(pictures[a] - pictures[b]).mean() > 18, (a, b)


def test_samples_and_templates_can_be_painted():
    assert render.sample("office", (640, 360)).size == (640, 360)
    found = render.templates()
    assert {t.category for t in found} >= CATEGORIES | {"reaction"}
    assert len({t.id for t in found}) == len(found)
    assert any(t.featured for t in found)
    for template in found:
        render.plan(template.brief, template.seed)


@pytest.mark.parametrize("key", PRESETS)
def test_prompts_get_better_by_rule(key):
    prompt = "A creator with @image1"
    better = render.enhance_prompt(prompt, key)
    assert better.startswith(prompt)
    assert len(better) > len(prompt) + 20
    assert render.enhance_prompt(prompt, key) == better
    assert render.enhance_prompt(better, key) == better, "nothing is said twice"
    assert len(render.enhance_prompt("x" * 2000, key)) <= 2000


@pytest.mark.parametrize("key", PRESETS)
def test_a_better_prompt_shows_what_the_prompt_showed(key):
    for prompt in ("a dragon", "three friends with a pizza", "my first million"):
        before, after = (parse_prompt(p) for p in (prompt, render.enhance_prompt(prompt, key)))
        assert after.things == before.things
        assert set(after.places) <= set(before.places)
        assert after.people.kinds == before.people.kinds


def test_each_axis_adds_its_own_part():
    prompt = "A creator talking"
    added = {}
    for axis in AXES:
        better = render.enhance_prompt(prompt, "mrbeast-viral", [axis])
        assert better.startswith(prompt)
        added[axis] = set(better.removeprefix(prompt).strip(", ").split(", "))
    assert "strong contrast" in added["readability"]
    assert "excited expression" in added["hook"]
    assert any("space for the title" in part for part in added["composition"])
    whole = render.enhance_prompt(prompt, "mrbeast-viral").removeprefix(prompt).strip(", ")
    assert set().union(*added.values()) == set(whole.split(", "))
    assert sum(map(len, added.values())) == len(whole.split(", ")), "no part serves two axes"
    with pytest.raises(errors.InvalidInput, match="no axis 'charm'"):
        render.enhance_prompt(prompt, axes=["charm"])
