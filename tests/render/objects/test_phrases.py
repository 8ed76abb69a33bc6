"""Phrases that mean something else than the things their words name."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from thumbnb.render.objects.vocabulary.matches import find
from thumbnb.render.objects.vocabulary.phrases import blank_phrases

PHRASES = [
    phrase.strip()
    for line in tomllib.loads(
        files("thumbnb.render.objects.vocabulary").joinpath("phrases.toml").read_text("utf-8")
    ).values()
    for phrase in line.split(",")
]


def test_no_phrase_takes_the_name_of_a_thing_away():
    named = [phrase for phrase in PHRASES if any(m.word == phrase for m in find(phrase))]
    assert named == []
    assert len(PHRASES) == len({*PHRASES})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("two price drops today", "two             today"),
        ("Movie-stars and a trophy", "            and a trophy"),
        ("a drop of water", "a drop of water"),
        ("", ""),
    ],
)
def test_a_phrase_is_blanked_and_all_else_keeps_its_place(text, left):
    assert blank_phrases(text) == left
