"""Every drawing: filled in whole, drawn by resvg, named in all languages."""

from __future__ import annotations

import pytest

from thumbnb.render import objects
from thumbnb.render.objects.illustration import parse
from thumbnb.render.objects.lint import faults, shared_names
from thumbnb.render.objects.vocabulary.matches import synonyms

NAMES = sorted(objects.drawings())


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_has_no_faults(name):
    assert faults(objects.describe(name)) == []


def test_a_name_means_one_drawing():
    assert shared_names(objects.drawings().values()) == []


def test_synonyms_stand_for_drawings_and_are_names_of_none():
    owned = {
        (language, word)
        for drawing in objects.drawings().values()
        for language, words in drawing.words.items()
        for word in words
    }
    found = set()
    for name, by_language in synonyms().items():
        assert name in NAMES or name.startswith("twemoji-"), "a picture of the long tail"
        for language, words in by_language.items():
            for word in words:
                assert (language, word) not in owned, f"{word} is a name in a drawing's file"
                assert (language, word) not in found, f"{word} is a synonym twice"
                found.add((language, word))


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('fill="$fur+2"', 'fill="$hide"', "cannot be filled in: 'hide'"),
        ('fill="$fur+2"', 'fill="var(--fur)"', "resvg does not draw 'var('"),
        ('fill="$fur+2"', 'fill="url(#fur-cube)"', "#fur-cube is not defined"),
        ('fill="$fur+2"', 'fill="$fur+2" filter="url(#puf8)"', "#puf8 is not defined"),
        ("</svg>", "<g></svg>", "not XML: mismatched tag"),
        ('cx="256" cy="256"', 'cx="500" cy="256"', "it touches the right edge"),
        ('r="230"', 'r="30"', "it fills only"),
        ('r="230"', 'r="0"', "nothing is drawn"),
        ('fr = "balle"', "", "no words in fr"),
        ('en = "ball"', 'en = "ball, Ball"', "en says ball twice"),
        ('fur = "#aa8844"', 'fur = "#aa8844"\nhat = "#000000"', "the colour hat is not used"),
    ],
)
def test_a_broken_drawing_is_reported(tmp_path, was, becomes, fault):
    whole = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">\n<metadata>\n[words]\n'
        'en = "ball"\nde = "Ball"\nes = "pelota"\nfr = "balle"\npt = "bola"\n'
        '[slots]\nfur = "#aa8844"\n</metadata>\n'
        '<circle cx="256" cy="256" r="230" fill="$fur+2"/></svg>'
    )
    assert was in whole
    file = tmp_path / "ball.svg"
    file.write_text(whole, "utf-8")
    assert faults(parse(file)) == []
    file.write_text(whole.replace(was, becomes), "utf-8")
    found = faults(parse(file))
    assert any(fault in one for one in found), found


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('fur = "#aa8844"', 'fur = "brown"', "fur is 'brown', not #rrggbb"),
        ("[words]", 'faces = "up"\n[words]', "faces 'up'"),
        ("[words]", "stand = true\n[words]", "unknown metadata"),
    ],
)
def test_wrong_metadata_is_reported(tmp_path, was, becomes, fault):
    file = tmp_path / "ball.svg"
    text = '<svg><metadata>\n[words]\nen = "ball"\n[slots]\nfur = "#aa8844"\n</metadata></svg>'
    file.write_text(text.replace(was, becomes), "utf-8")
    with pytest.raises(ValueError, match=fault):
        parse(file)
