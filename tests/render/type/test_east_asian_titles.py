"""Titles in Chinese and Japanese: set where a typeface is there, said aloud where none is."""

from __future__ import annotations

import string
import sys

import pytest

from tests.render.block_font import block_font
from thumbnb import render
from thumbnb.render.painters.text import letter_stencil
from thumbnb.render.type import fonts, typesetting

TITLE = "東京の夜景が本当に綺麗だった"
SMALL = (640, 360)


@pytest.fixture
def system(tmp_path, monkeypatch):
    """The system's folder of typefaces, empty; what was known of them is forgotten."""

    def forget():
        for known in (fonts._system_faces, fonts._has, fonts._path, fonts.load):
            known.cache_clear()
        typesetting.width.cache_clear()
        typesetting.cap_height.cache_clear()

    monkeypatch.setattr(fonts, "_system_folders", lambda: [tmp_path])
    monkeypatch.setitem(sys.modules, "noto_cjk", None)  # as without the extra
    forget()
    yield tmp_path
    forget()


@pytest.fixture
def installed(system):
    known = TITLE + string.ascii_uppercase + string.digits + "!?"
    (system / "NotoSansCJK-Bold.ttf").write_bytes(block_font(known))


def compose(title, preset="mrbeast-viral"):
    return render.compose(
        render.Brief(prompt="The city at night", title=title, preset=preset), size=SMALL
    )


def reasons(done, outcome):
    return " ".join(t.reason for t in done.report if (t.option, t.outcome) == ("title", outcome))


def lines(done):
    layer = next(x for x in done.scene["layers"] if x["kind"] == "words")
    return layer, [typesetting.joined([tuple(w) for w in q["words"]]) for q in layer["lines"]]


def test_missing_typeface_is_reported_and_sets_no_boxes(system):
    done = compose(TITLE)
    assert "Noto Sans CJK" in reasons(done, "ignored")
    assert "No words are set" in reasons(done, "ignored")
    assert not [x for x in done.scene["layers"] if x["kind"] == "words"]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("preset", ["mrbeast-viral", "cinematic-film", "office"])
def test_with_one_all_of_it_is_set_over_several_lines(preset):
    done = compose(TITLE, preset)
    layer, texts = lines(done)
    assert layer["face"]["family"] == "NotoSansCJK-Bold"
    assert "".join(texts) == TITLE, "nothing is lost, and no space or hyphen comes in"
    assert len(texts) >= 2
    assert not reasons(done, "ignored")
    assert "lacks some of its letters" in reasons(done, "approximated")
    assert done.scores["cap_height"] >= 8
    assert done.scores["contrast"] >= 4.5
    assert done.scores["badge_overlap"] == 0


@pytest.mark.usefixtures("installed")
def test_letters_stand_side_by_side_as_wide_as_they_are():
    face, missing = fonts.face_for(TITLE, fonts.Face("Anton"))
    assert not missing
    assert typesetting.width(face, "東京") == pytest.approx(2 * typesetting.width(face, "東"))
    layer, texts = lines(compose(TITLE))
    for line, text in zip(layer["lines"], texts, strict=True):
        assert line["width"] == pytest.approx(line["size"] * len(text), rel=0.02)


@pytest.mark.usefixtures("installed")
def test_a_title_in_two_scripts_is_set_in_the_face_that_has_both():
    layer, texts = lines(compose("TOKYO 東京 2024!"))
    assert layer["face"]["family"] == "NotoSansCJK-Bold"
    assert " ".join(texts) == "TOKYO 東京 2024!"


@pytest.mark.usefixtures("installed")
def test_what_the_fallback_lacks_is_left_out_and_named():
    done = compose(TITLE + "龍")
    _, texts = lines(done)
    assert "".join(texts) == TITLE
    assert "龍" in reasons(done, "approximated")


@pytest.mark.parametrize(
    ("title", "family"),
    [("世界一周の旅", "Noto Sans CJK JP"), ("我离开了地球", "Noto Sans CJK SC"),
     ("최고의 게임", "Noto Sans CJK KR")],
)  # fmt: skip
def test_with_the_package_each_language_has_its_own_typeface(title, family):
    done = compose(title)
    assert not reasons(done, "ignored")
    assert lines(done)[0]["face"]["family"] == family
    assert done.scores["legibility"] > 0.6


def test_a_character_that_languages_share_has_the_shape_of_each():
    shapes = {
        language: bytes(letter_stencil("直", fonts.Face(family, 700), 60, (20, 80)).mask.tobytes())
        for language, family in fonts.CJK.items()
    }
    assert shapes["ja"] != shapes["zh-Hans"]
