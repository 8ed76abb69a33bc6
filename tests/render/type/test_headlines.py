"""Headlines: line breaks, sizes, stress, scripts."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from thumbnb import render
from thumbnb.render.planning.headline import clean_title, split_kicker
from thumbnb.render.type import fonts, typesetting
from thumbnb.render.type.typesetting import Style, fit_lines, is_rtl, stressed, upper, width

ANTON = fonts.Face("Anton")
BOX = (50.0, 60.0, 600.0, 500.0)


def words(text):
    return [(w, False) for w in text.split()]


@given(
    st.lists(
        st.sampled_from(["A", "BOAT", "EXTRAORDINARY", "IN", "10,000"]), min_size=1, max_size=24
    )
)
def test_lines_stay_in_their_box_and_lose_no_word(texts):
    lines = fit_lines([(t, False) for t in texts], Style(ANTON, max_lines=5), BOX, "center")
    assert [w for line in lines for w, _ in line.words] == texts
    cap = typesetting.cap_height(ANTON)
    for line in lines:
        assert line.x >= BOX[0] - 0.01
        assert line.x + line.width <= BOX[0] + BOX[2] + 0.01
        assert line.y - line.size * cap >= BOX[1] - 0.01
        assert line.y <= BOX[1] + BOX[3] + 0.01
    for above, below in itertools.pairwise(lines):
        assert below.y - below.size * cap >= above.y, "lines do not overlap"


def test_fewer_words_are_larger():
    def least(text):
        return min(line.size for line in fit_lines(words(text), Style(ANTON), BOX, "center"))

    assert least("STOP") > least("STOP DOING THIS") > least("STOP DOING THIS EVERY SINGLE DAY")


@pytest.mark.parametrize(
    ("title", "strong"),
    [
        ("I left Earth forever", {"forever"}),
        ("$100 to $10,000", {"$10,000"}),
        ("7 days alone", {"7"}),
        ("This is *really* good", {"really"}),
        ("A *very big* deal", {"very", "big"}),
        ("We went to MARS today", {"MARS"}),
        ("Hello", set()),
    ],
)
def test_the_strongest_word_is_stressed(title, strong):
    assert {w for w, s in stressed(title) if s} == strong


def test_capitals_of_other_languages():
    assert upper("straße") == "STRAẞE"
    assert upper("şehir içi") == "ŞEHİR İÇİ"
    assert upper("éclair") == "ÉCLAIR"
    assert is_rtl("שלום world")
    assert is_rtl("123 مرحبا")
    assert not is_rtl("hello שלום")


def test_titles_are_cleaned_and_parted():
    assert clean_title(" a\n\tb\x00\u200b c ") == "a b c"
    assert clean_title("e\u0301") == "é"
    assert split_kicker("Review: is it any good?") == ("is it any good?", "Review")
    assert split_kicker("The best burger | Part 3") == ("The best burger", "Part 3")
    assert split_kicker("24: a day") == ("a day", "24")
    assert split_kicker("Just a title") == ("Just a title", None)
    assert split_kicker("10:30 is too late") == ("10:30 is too late", None)


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Hello", "Anton"),
        ("Привет", "Montserrat"),
        ("שלום", "Rubik"),
        ("مرحبا", "Cairo"),
        ("Łódź Çağ", "Anton"),
    ],
)
def test_a_face_is_found_for_every_script_of_the_packages(text, family):
    face, missing = fonts.face_for(text, ANTON)
    assert missing == ""
    assert face.family == family or not fonts.lacks(face, text)


def test_what_no_font_has_is_reported():
    unknown = "\U00012000\U00012001"
    _, missing = fonts.face_for(unknown, ANTON)
    if missing:
        brief = render.Brief(prompt="a city", title=unknown)
        done = render.compose(brief, size=(640, 360))
        assert ("title", "ignored") in {(t.option, t.outcome) for t in done.report}
    assert "Chinese" in fonts.advice("東")
    assert "Hindi" in fonts.advice("न")


def test_without_packages_pillows_own_face_is_there(monkeypatch):
    monkeypatch.setattr(fonts, "is_installed", lambda _: False)
    assert fonts.face_for("Hello", ANTON)[0] == fonts.PILLOW
    gone = fonts.Face("No Such Family")
    assert fonts.load(gone, 40).getlength("Hello") > 20


def letters_of(title):
    """Set a title on black and give the picture's light, with a word stressed in the middle."""
    brief = render.Brief(prompt="xyz", title=title, preset="free")
    scene = render.plan(brief)
    scene = scene.model_copy(update={"layers": tuple(x for x in scene.layers if x.kind == "words")})
    return scene.first("words"), np.asarray(
        render.paint(scene, (640, 360)).convert("L"), dtype=float
    )


def test_hebrew_runs_from_the_right():
    words_, picture = letters_of("אב גדהוזחטיכלמנס")
    (line, *_) = words_.lines
    first = line.words[0][0]
    assert first == "אב"
    if len(words_.lines) == 1:
        lit = np.nonzero(picture.max(axis=0) > 100)[0]
        gaps = np.diff(lit)
        widest = gaps.argmax()
        assert lit[-1] - lit[widest + 1] < lit[widest] - lit[0], (
            "the short first word is on the right"
        )


def test_words_set_one_by_one_lie_where_the_whole_line_has_them():
    layer, picture = letters_of("Wave after wave")
    face = fonts.Face(layer.face.family, layer.face.weight)
    for line in layer.lines:
        text = " ".join(w for w, _ in line.words)
        assert line.width == pytest.approx(width(face, text, layer.track) * line.size, abs=0.1)
    lit = np.nonzero(picture.max(axis=0) > 60)[0] * 2
    left = min(line.x for line in layer.lines)
    right = max(line.x + line.width for line in layer.lines)
    assert lit[0] == pytest.approx(left, abs=16)
    assert lit[-1] == pytest.approx(right, abs=16)


def test_a_veil_is_laid_where_letters_would_drown():
    bright = Image.new("RGB", (640, 360), (250, 250, 245))
    brief = render.Brief(
        prompt="@image1", title="Can you read this?", preset="vlog-travel", content_images=(bright,)
    )
    done = render.compose(brief, size=(640, 360))
    words_ = next(x for x in done.scene["layers"] if x["kind"] == "words")
    assert words_["legibility_ensured"]
    assert words_["veil"] > 0.3
    assert done.scores["contrast"] >= 4.5
    assert done.scores["legibility"] > 0.5
