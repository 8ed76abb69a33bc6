"""States of drawn things: each changes a thing, and leaves it where it stands."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from thumbnb.render.objects.states import STATES, in_state


def thing() -> Image.Image:
    image = Image.new("RGBA", (90, 120))
    ImageDraw.Draw(image).rectangle((8, 4, 82, 119), fill=(60, 150, 70, 255))
    return image


def flame(high: float) -> Image.Image:
    return Image.new("RGBA", (max(1, round(high / 2)), max(1, round(high))), (255, 120, 0, 255))


@pytest.mark.parametrize("state", sorted({*STATES} - {"asleep", "glowing"}))
def test_a_state_is_seen_and_the_thing_stays_where_it_is(state):
    before = thing()
    after, (aside, above) = in_state(before, state, flame, flame)
    assert after.size == (before.width + 2 * aside, before.height + above)
    same = after.crop((aside, above, aside + before.width, above + before.height))
    differs = np.abs(np.asarray(same, dtype=int) - np.asarray(before, dtype=int)).max(axis=2) > 24
    assert differs.mean() > 0.04
    box = after.getchannel("A").getbbox()
    assert box is not None
    assert box[3] >= after.height - 4
    assert in_state(before, state, flame, flame)[0].tobytes() == after.tobytes()


@pytest.mark.parametrize("state", ["", "glowing"])
def test_a_thing_in_no_state_is_as_it_was_drawn(state):
    assert in_state(thing(), state, flame)[0].tobytes() == thing().tobytes()
