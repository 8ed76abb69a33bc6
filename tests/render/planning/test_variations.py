"""Variations: each legible, each unlike the others, in every preset and whatever is shown."""

from __future__ import annotations

import json
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.render.pictures import person, photo
from tests.render.sheet_signatures import made
from thumbnb import render
from thumbnb.render import sheet
from thumbnb.render.colour.mixing import to_oklab
from thumbnb.render.layout import LAYOUTS
from thumbnb.render.planning.cast.cast import Cast
from thumbnb.render.planning.variations import Design, choose_design
from thumbnb.render.presets import PRESETS

SOMEBODY = person().resize((320, 320))
WCAG_AA = 4.5
FOUR = range(4)

# Every preset shows one of the three ways four times, the other two once.
WHOLE = [(preset, sheet.WAYS[i % 3]) for i, preset in enumerate(PRESETS)]
EVERY = [(p, w, v) for p in PRESETS for w in sheet.WAYS for v in (FOUR if (p, w) in WHOLE else [0])]


def apart(one, two):
    """How far two pictures are apart to the eye, from afar; 100 is black to white."""
    lab = [to_oklab(np.asarray(image)) for image in (one, two)]
    return float(np.linalg.norm(lab[0] - lab[1], axis=-1).mean() * 100)


@pytest.mark.slow
@pytest.mark.parametrize(("preset", "way", "variation"), EVERY)
def test_every_title_is_legible(preset, way, variation):
    scores = made(preset, way, variation).scores
    assert scores["legibility"] > 0.55
    assert scores["contrast"] >= WCAG_AA
    assert scores["cap_height"] >= 8
    assert scores["badge_overlap"] == 0


@pytest.mark.slow
@pytest.mark.parametrize(("preset", "way"), WHOLE)
def test_four_variations_look_different(preset, way):
    four = [made(preset, way, v).small for v in FOUR]
    assert min(apart(a, b) for a, b in combinations(four, 2)) > 3.5


def test_a_place_comes_nearer_where_a_layout_comes_again():
    def painting(variation, prompt="A rocket before its launch at dusk"):
        brief = render.Brief(prompt=prompt, title="The last launch", preset="cinematic-film")
        return render.plan(brief, 3, variation).first("painting")

    assert [painting(v).zoom > 1 for v in FOUR] == [False, False, True, True]
    assert painting(2, "A man in a forest").zoom == 1, "somebody stands in it"
    assert painting(2, "A laptop").zoom == 1, "it fills the frame"


def test_images_that_are_nearly_the_same_would_be_found_out():
    one = made(*WHOLE[0]).small
    moved = one.transform(
        one.size, Image.Transform.AFFINE, (1, 0, 0.1, 0, 1, 0), Image.Resampling.BICUBIC
    )
    assert apart(one, one) == 0
    assert apart(one, moved) < 3.5


def looks(scene):
    """What may differ between variations: words, colours, what stands where."""
    words = scene.first("words")
    return json.dumps(
        [
            scene.layout,
            scene.palette,
            [layer.kind for layer in scene.layers],
            words and words.effects.model_dump(),
        ]
    )


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(
    preset=st.sampled_from(list(PRESETS)),
    prompt=st.sampled_from(["A talk", "The city at night", "Red mountains, @image1", "A man"]),
    title=st.sampled_from([None, "Who is there?", "A much longer title than anybody should set"]),
    images=st.integers(0, 2),
    portrait=st.booleans(),
    position=st.sampled_from([None, "top", "center", "bottom"]),
    seed=st.integers(0, 2**31),
)
def test_no_variation_comes_twice(preset, prompt, title, images, portrait, position, seed):
    brief = render.Brief(
        prompt=prompt,
        title=title,
        preset=preset,
        content_images=tuple(photo((320, 180), seed=i) for i in range(images)),
        portraits=(SOMEBODY,) * portrait,
        options=render.Options(text_position=position),
    )
    assert len({looks(render.plan(brief, seed, v)) for v in FOUR}) == 4


@pytest.mark.parametrize("images", [0, 1, 2])
def test_a_comparison_with_a_person_and_no_words_comes_in_four(images):
    brief = render.Brief(
        prompt="Red mountains, @image1",
        preset="before-after",
        content_images=tuple(photo((320, 180), seed=i) for i in range(images)),
        portraits=(SOMEBODY,),
    )
    scenes = [render.plan(brief, 0, v) for v in FOUR]
    assert len({looks(scene) for scene in scenes}) == 4
    heights = {scene.first("cutout").at[1] for scene in scenes}
    assert len(heights) == 2, "it is seen, not only said"


def designs(backs, layouts, palettes, voices):
    return [
        Design(Cast(subject="city", background_kind=back), LAYOUTS[name], palette, voice)
        for back in backs
        for name in layouts
        for palette in range(palettes)
        for voice in range(voices)
    ]


def test_designs_begin_with_the_signature_and_run_through_all():
    every = designs(["painting", "ground"], ["left", "right", "left-low"], 3, 2)
    assert choose_design(every, 0, 0) == every[0]
    run = [choose_design(every, 0, v) for v in range(len(every))]
    assert all(design in run for design in every)
    assert choose_design(every, 0, len(every)) == run[0]
    firsts = [choose_design(every, seed, 0) for seed in range(len(every))]
    assert all(design in firsts for design in every)


def test_what_shows_most_changes_first():
    every = designs(["painting", "ground"], ["left", "left-low", "right"], 2, 2)
    first, second = (choose_design(every, 0, v) for v in range(2))
    assert first.cast.background_kind != second.cast.background_kind
    assert first.layout.side != second.layout.side
    assert first.palette != second.palette
