"""Widgets side by side: their traits are linked by traitlets' own means, ours or anybody's."""

from __future__ import annotations

import ipywidgets
import pytest
from traitlets import dlink, link

import thumbnb as tb


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with tb.connect(embedded=True, home=tmp_path_factory.mktemp("links"), quiet=True) as client:
        yield client


def test_two_sliders_are_at_the_same_second():
    one, other = tb.TimestampSlider(), tb.TimestampSlider(value=7.0)
    tie = link((one, "value"), (other, "value"))
    assert other.value == 0.0
    one.value = 3.5
    assert other.value == 3.5
    other.set_state({"value": 4.25})  # as from the browser
    assert one.value == 4.25
    tie.unlink()
    one.value = 1.0
    assert other.value == 4.25


def test_two_forms_describe_the_same(client):
    one = tb.PromptForm(client, prompt="A red door", preset="mrbeast-viral")
    other = tb.PromptForm(client)
    for name in ("prompt", "title", "preset", "content_images"):
        link((one, name), (other, name))
    link((one.options, "options"), (other.options, "options"))
    assert (other.prompt, other.preset, other.valid) == ("A red door", "mrbeast-viral", True)
    other._prompt.set_state({"value": "A blue door"})
    one.title = "OPEN"
    other.options.set_state({"values": {"variations": 3}})
    assert one.brief() == other.brief()
    assert (one.prompt, one.price) == ("A blue door", 3)


def test_a_moment_a_fault_and_a_price_drive_controls_of_others(client):
    slider, form = tb.TimestampSlider(), tb.PromptForm(client)
    clock, go = ipywidgets.FloatText(), ipywidgets.Button()
    dlink((slider, "value"), (clock, "value"))
    dlink((form, "valid"), (go, "disabled"), lambda valid: not valid)
    dlink((form, "price"), (go, "description"), lambda price: f"{price:g} credits")
    slider.value, form.prompt = 2.5, "A red door"
    form.options.options = tb.AdvancedOptions(variations=2)
    assert (clock.value, go.disabled, go.description) == (2.5, False, "2 credits")
    form.prompt = ""
    assert go.disabled
