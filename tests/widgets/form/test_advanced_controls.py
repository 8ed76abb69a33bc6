"""The advanced options as controls."""

from __future__ import annotations

import pytest

import thumbnb as tb


@pytest.fixture
def controls():
    return tb.AdvancedControls()


def test_every_option_is_there_with_its_values(controls):
    fields = {field["name"]: field for field in controls.fields}
    assert set(fields) == set(tb.AdvancedOptions.model_fields)
    assert fields["variations"]["choices"] == [1, 2, 3, 4]
    assert fields["text_position"]["choices"] == [
        "top", "center", "bottom", "none", "keep-original",
    ]  # fmt: skip
    assert (fields["background_blur"]["low"], fields["background_blur"]["high"]) == (0, 100)
    assert fields["negative_prompt"]["max_length"] == 500


def test_unset_is_not_a_value(controls):
    assert controls.options == tb.AdvancedOptions()
    controls.values = {"background_blur": 0, "text_position": "none"}
    assert controls.options == tb.AdvancedOptions(background_blur=0, text_position="none")
    controls.values = {}
    assert controls.options.background_blur is None


def test_options_are_followed_both_ways(controls):
    seen = []
    controls.observe(lambda change: seen.append(change.new), "options")
    controls.values = {"variations": 2}
    controls.options = tb.AdvancedOptions(variations=3, clothing_style="sporty")
    assert controls.values == {"variations": 3, "clothing_style": "sporty"}
    assert [each.variations for each in seen] == [2, 3]
    assert controls.summary == "variations 3, clothing style sporty"
    controls.reset()
    assert controls.values == {}
    assert controls.summary == ""


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"negative_prompt": "x" * 501}, "up to 500 characters, not one of 501"),
        ({"variations": 9}, "1 to 4"),
        ({"background_blur": True}, "0 to 100"),
        ({"colour": "red"}, "no option 'colour'"),
    ],
)
def test_what_the_browser_sends_is_judged_again(controls, values, words):
    controls.options = tb.AdvancedOptions(variations=2)
    controls.values = values
    assert words in controls.fault
    assert controls.options == tb.AdvancedOptions(variations=2)
    controls.values = {"variations": 4}
    assert controls.fault == ""


def test_it_takes_options_or_a_mapping():
    given = tb.AdvancedOptions(variations=4)
    assert tb.AdvancedControls(given).options is given
    assert tb.AdvancedControls({"variations": 4}).options == given
    with pytest.raises(tb.ThumbnbError, match="1 to 4"):
        tb.AdvancedControls({"variations": 5})
