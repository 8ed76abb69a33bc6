"""The difference of two prompts, word by word."""

from __future__ import annotations

import pytest

from thumbnb.tuning.differences import prompt_difference


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a calm cat, in blue", "a very calm dog, in blue"),
        ("", "all of it is new"),
        ("all of it is gone", ""),
        ("don't stop", "don't ever stop"),
        ("two  spaces\nand a line ", "two spaces and a line"),
        ("Ein Fuß über 日本 🚀", "Ein Fuß unter 日本 🎯"),
        ("one two three", "three two one"),
    ],
)
def test_both_texts_can_be_read_from_the_parts(before, after):
    parts = prompt_difference(before, after)
    assert "".join(text for kind, text in parts if kind != "added") == before
    assert "".join(text for kind, text in parts if kind != "removed") == after


def test_only_the_words_that_differ_are_marked():
    parts = prompt_difference(
        "Calm creator with a yellow background", "Calm creator with a blue background"
    )
    assert [(kind, text.strip()) for kind, text in parts] == [
        ("same", "Calm creator with a"),
        ("removed", "yellow"),
        ("added", "blue"),
        ("same", "background"),
    ]
    assert prompt_difference("", "") == []
