"""Layered files show, stacked, what the thumbnail shows; words in an SVG are text."""

from __future__ import annotations

import io
import re
import sys
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from psd_tools import PSDImage

from thumbnb import render
from thumbnb.errors import InvalidInput
from thumbnb.render import export

SIZE = (640, 360)
SVG = "{http://www.w3.org/2000/svg}"


def rendered(preset, title):
    """A thumbnail with a person, a thing, effects and words, and its layers."""
    brief = render.Brief(prompt="Excited creator beside a rocket", title=title, preset=preset)
    done = render.compose(brief, seed=3, size=SIZE)
    scene = render.Scene.model_validate(done.scene)
    return done.image, export.separate_layers(scene, SIZE, brief.images())


@pytest.fixture(scope="module")
def viral():
    return rendered("mrbeast-viral", "I LEFT EARTH")


@pytest.fixture(scope="module")
def mystery():
    return rendered("mystery-dark", "شيء لا يصدق")


def difference(one, other):
    one, other = (np.asarray(each.convert("RGB"), dtype=float) for each in (one, other))
    return np.abs(one - other).mean()


@pytest.mark.slow
@pytest.mark.parametrize("which", ["viral", "mystery"])
def test_the_layers_of_a_psd_stacked_are_the_thumbnail(which, request):
    image, layers = request.getfixturevalue(which)
    document = PSDImage.open(io.BytesIO(export.write_psd(layers, SIZE)))
    assert document.size == SIZE
    assert [layer.name for layer in document] == [layer.name for layer in layers]
    assert difference(document.composite(), image) < 1.0


def test_each_thing_has_a_layer_of_its_own(viral):
    names = [layer.name for layer in viral[1]]
    assert names[-1] == "Headline: I LEFT EARTH"
    assert {"Painting", "Sunburst", "Person"} <= set(names)
    [person] = [layer for layer in viral[1] if layer.name == "Person"]
    alpha = np.asarray(person.image.getchannel("A"))
    assert 0.2 < (alpha > 250).mean() < 0.95, "a person has an outline and hides what is behind"
    assert person.image.width < SIZE[0]


def test_the_words_of_an_svg_are_text_over_images(viral):
    _, layers = viral
    root = ET.fromstring(export.write_svg(layers, SIZE))
    assert (root.get("width"), root.get("height")) == ("640", "360")
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert set(" ".join(texts).split()) == {"I", "LEFT", "EARTH"}
    assert len(list(root.iter(f"{SVG}image"))) == len(layers) - 1
    style = root.find(f"{SVG}defs/{SVG}style").text
    assert re.search(r"@font-face .*base64,[\w+/]{1000,}", style)
    assert len(style) < 100_000, "of the typeface only the letters go along"


@pytest.mark.slow
def test_a_text_from_right_to_left_says_so_and_starts_at_the_right(mystery):
    root = ET.fromstring(export.write_svg(mystery[1], SIZE))
    texts = list(root.iter(f"{SVG}text"))
    assert texts
    assert all(text.get("direction") == "rtl" for text in texts)


@pytest.mark.slow
def test_a_title_with_marks_of_xml_stays_text():
    _, layers = rendered("free", "A < B & <script>C")
    root = ET.fromstring(export.write_svg(layers, SIZE))
    assert "<" in "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert not list(root.iter(f"{SVG}script"))


def test_without_psd_tools_it_says_what_to_install(viral, monkeypatch):
    monkeypatch.setitem(sys.modules, "psd_tools", None)
    with pytest.raises(InvalidInput, match=r"thumbnb\[export\]"):
        export.write_psd(viral[1], SIZE)


def test_other_words_leave_the_scene_as_it_is():
    brief = render.Brief(prompt="A rocket over the sea", title="UP AND AWAY", preset="free")
    own, other = (
        render.compose(brief, seed=5, size=SIZE, other_title=title) for title in (None, "WEIT WEG")
    )
    assert other.title == "WEIT WEG"

    def without_words(done):
        return [layer for layer in done.scene["layers"] if layer["kind"] != "words"]

    assert without_words(own) == without_words(other)
    assert Image.Image.tobytes(own.image) != Image.Image.tobytes(other.image)
