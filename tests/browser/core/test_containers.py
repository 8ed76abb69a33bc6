"""Every widget inside ipywidgets' boxes: as wide as there is room for, and no wider."""

from __future__ import annotations

import pytest
from PIL import Image

import thumbnb as tb

WIDGETS = """
import ipywidgets as W
import thumbnb as tb
from PIL import Image
client = tb.connect(quiet=True)
job = client.presets.submit()
job.result()

def widgets():
    made = {
        "slider": tb.TimestampSlider(),
        "grid": tb.ImageGrid([Image.new("RGB", (320, 180), "teal")] * 3),
        "form": tb.PromptForm(client, prompt="A red door"),
        "progress": tb.JobProgress(job),
        "key": tb.KeyField(),
        "strip": tb.ContentStrip(client),
        "options": tb.AdvancedControls(),
    }
    for name, widget in made.items():
        widget.add_class(f"probe-{name}")
    return made.values()
"""
BOXES = {
    "HBox": "W.HBox([w])",
    "VBox": "W.VBox([w])",
    "GridBox": "W.GridBox([w])",
    "AppLayout": "W.AppLayout(center=w)",
    "Tab": "W.Tab([w])",
    "Accordion": "W.Accordion([w], selected_index=0)",
    "narrow": "W.VBox([w], layout=W.Layout(width='300px'))",
    "row": "W.HBox([w, W.Label('beside it')])",
}
PROBE = """(names) => names.map((name) => {
    const el = document.querySelector(`.probe-${name}`);
    const room = el.closest(".jp-OutputArea-output").clientWidth;
    return { name, width: el.clientWidth, wide: el.scrollWidth - el.clientWidth, room };
})"""
NAMES = ["slider", "grid", "form", "progress", "key", "strip", "options"]


@pytest.mark.slow
@pytest.mark.parametrize("box", BOXES)
def test_a_widget_has_the_width_of_its_box(notebook, box):
    nb = notebook(WIDGETS, f"W.VBox([{BOXES[box]} for w in widgets()])")
    nb.page.wait_for_function(
        "names => names.every((name) => document.querySelector(`.probe-${name}`)?.clientWidth)",
        arg=NAMES,
    )
    found = nb.page.evaluate(PROBE, NAMES)
    room = 300 if box == "narrow" else found[0]["room"]
    for each in found:
        assert 200 <= each["width"] <= room, each
        assert each["wide"] <= 1, each


@pytest.mark.parametrize("width", [300, 900])
@pytest.mark.parametrize("kind", ["slider", "grid"])
def test_in_a_row_it_takes_the_room_there_is(blank, kind, width):
    images = [Image.new("RGB", (320, 180), "teal")] * 3
    page = blank.mount(tb.TimestampSlider() if kind == "slider" else tb.ImageGrid(images))
    page.add_style_tag(content=f"main {{ display: flex; width: {width}px }}")
    page.evaluate("document.querySelector('main').className = 'widget-hbox'")
    view = page.locator("main > .thumbnb")
    assert view.evaluate("el => el.clientWidth") == width
    assert view.evaluate("el => el.scrollWidth - el.clientWidth") <= 1
