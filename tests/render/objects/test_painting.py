"""Drawing: sizes, colours, the cache, what is measured of a picture."""

from __future__ import annotations

import re
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from thumbnb.errors import InvalidInput
from thumbnb.render import objects
from thumbnb.render.objects.cache import trim
from thumbnb.render.objects.finish import finished
from thumbnb.render.objects.gallery import drawings
from thumbnb.render.objects.kit import fill_in
from thumbnb.render.objects.moods import MOODS
from thumbnb.render.objects.tint import tinted
from thumbnb.render.objects.tones import tone


def pixels(image):
    return np.asarray(image).astype(int)


def middle(image):
    """The mean colour of what is drawn."""
    art = pixels(image)
    return art[art[..., 3] > 200][:, :3].mean(axis=0)


def test_a_drawing_is_rgba_of_its_size():
    image = objects.draw("trophy", 96)
    assert (image.size, image.mode) == ((96, 96), "RGBA")
    assert pixels(image)[..., 3].max() == 255
    assert np.array_equal(pixels(image), pixels(objects.draw("trophy", 96)))


def test_colours_replace_slots():
    red, blue = middle(objects.draw("car", 96)), middle(objects.draw("car", 96, "#2040ff"))
    assert red[0] > red[2]
    assert blue[2] > blue[0]
    same = objects.draw("car", 96, {"paint": "#2040ff"})
    assert np.array_equal(middle(same), blue)


def test_wrong_input_is_reported():
    with pytest.raises(InvalidInput, match="No object is called 'unheard-of'"):
        objects.draw("unheard-of")
    with pytest.raises(ValueError, match="no colour 'hat'"):
        objects.draw("car", 96, {"hat": "#ffffff"})
    with pytest.raises(ValueError, match="not #rrggbb"):
        objects.draw("car", 96, {"paint": '"/><image href="x'})
    for size in (0, 15, 2049):
        with pytest.raises(InvalidInput, match="16 to 2048"):
            objects.draw("car", size)


def test_the_cache_keeps_what_was_drawn(tmp_path):
    folder = tmp_path / "objects"
    first = objects.draw("castle", 64, cache=folder)
    [file] = folder.iterdir()
    assert np.array_equal(pixels(objects.draw("castle", 64, cache=folder)), pixels(first))
    with Image.open(file) as kept:
        Image.new("RGBA", kept.size, "#00ff00").save(file)
    assert middle(objects.draw("castle", 64, cache=folder))[1] == 255, "it was drawn again"
    file.write_bytes(b"not a picture")
    assert np.array_equal(pixels(objects.draw("castle", 64, cache=folder)), pixels(first))
    objects.draw("castle", 64, {"roof": "#ff0000"}, cache=folder)
    objects.draw("castle", 65, cache=folder)
    assert len(list(folder.iterdir())) == 3


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert objects.draw("castle", 32, cache=blocked / "cache").size == (32, 32)


def test_the_oldest_go_first(tmp_path):
    import os

    for age in range(5):
        file = tmp_path / f"{age}.png"
        file.write_bytes(b"x")
        os.utime(file, (1000 - age, 1000 - age))
    trim(tmp_path, 2)
    assert sorted(file.stem for file in tmp_path.iterdir()) == ["0", "1"]


def test_extent_and_baseline_are_measured():
    art = Image.new("RGBA", (100, 100))
    art.paste("#ff0000", (20, 10, 80, 90))
    art.paste((0, 0, 0, 0), (20, 60, 40, 90))
    place = objects.measure(art)
    assert place.box == (0.2, 0.1, 0.8, 0.9)
    assert place.foot == (0.4, 0.8)
    assert place.baseline == 0.9
    assert place.aspect == pytest.approx(0.75)
    assert objects.measure(Image.new("RGBA", (10, 10))) is None


def test_the_finish_lights_the_rim_and_takes_loose_shadows_away():
    art = Image.new("RGBA", (512, 512))
    art.paste((90, 90, 90, 120), (0, 0, 512, 512))
    art.paste((90, 90, 90, 255), (100, 100, 400, 400))
    done = pixels(finished(art))
    assert done[50, 50, 3] == 0, "a shadow past the silhouette"
    assert done[250, 250].tolist() == [90, 90, 90, 255]
    top, left, bottom, right = done[[102, 250, 397, 250], [250, 102, 250, 397], 0]
    assert min(top, left) > 95
    assert max(bottom, right) < 85


def test_the_long_tail_is_lit():
    image = objects.draw("twemoji-1fa97", 96)
    assert image.size == (96, 96)
    top, bottom = pixels(image)[:48], pixels(image)[48:]
    assert top[top[..., 3] > 200][:, :3].mean() > bottom[bottom[..., 3] > 200][:, :3].mean()
    assert pixels(image)[0, :, 3].max() == 0


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ff0000", "#2fae6b", "#808080"])
def test_a_ramp_runs_from_dark_to_light(colour):
    from thumbnb.render.colour.mixing import rgb, to_oklab

    steps = [to_oklab([rgb(tone(colour, step))])[0][0] for step in range(-5, 6)]
    assert steps == sorted(steps)
    assert tone(colour, 0) == colour


@pytest.mark.slow
def test_without_resvg_words_are_found_and_drawing_says_what_is_missing():
    code = (
        "import sys\n"
        "sys.modules['resvg_py'] = None\n"
        "from thumbnb.render import objects\n"
        "assert not objects.can_draw() and objects.find('a puppy')\n"
        "try: objects.draw('puppy')\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=True
    )
    assert "MediaError" in done.stdout
    assert "pip install resvg-py" in done.stdout


def test_sheets_show_every_object_that_is_named(tmp_path):
    from thumbnb.render.objects.sheet import paint_sheets

    written = paint_sheets(tmp_path, ["car", "puppy"], large=64)
    assert {path.name for path in written} == {
        "large-01-light.png",
        "large-01-dark.png",
        "small.png",
    }
    with Image.open(tmp_path / "small.png") as small:
        assert small.size == (144, 144)


@pytest.mark.parametrize("name", ["bear", "lion", "horse", "puppy"])
def test_an_animal_is_drawn_in_each_mood(name):
    moods = {fill_in(drawings()[name], mood=mood) for mood in ("", *MOODS)}
    assert len(moods) == 1 + len(MOODS)


def test_what_has_no_face_has_no_mood():
    assert fill_in(drawings()["guitar"], mood="angry") == fill_in(drawings()["guitar"])


def test_the_main_hue_of_a_flat_image_is_replaced_with_its_shades():
    svg = '<svg><path fill="#55ACEE"/><path fill="#269"/><path fill="#fff"/></svg>'
    red = tinted(svg, "#d92b2b")
    assert '"#fff"' in red
    for colour in re.findall(r'fill="(#[0-9a-f]{6})"', red):
        assert int(colour[1:3], 16) > int(colour[5:7], 16)
