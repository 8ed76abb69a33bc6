"""Where there is no page for a widget, what stands for it is shown, once."""

from __future__ import annotations

import base64
import io
import json
import re

import ipywidgets
import pytest
from ipywidgets.embed import dependency_state, embed_minimal_html
from PIL import Image

import thumbnb as tb
from thumbnb.widgets import TextField


def grid():
    return tb.ImageGrid(Image.new("RGB", (32, 18), "teal"))


def test_in_a_terminal_it_is_its_text(monkeypatch):
    monkeypatch.setattr("IPython.core.getipython.get_ipython", object)
    assert grid()._repr_mimebundle_() == ({"text/plain": repr(grid())}, {})


def test_once_it_is_closed_its_images_are_shown():
    closed = grid()
    closed.close()
    assert closed._repr_mimebundle_()[0].keys() == {"image/jpeg", "text/plain"}


def test_a_page_without_a_kernel_shows_its_image():
    """embed_minimal_html() of ipywidgets, whose page has no kernel to ask for anything."""
    keys, page = tb.KeyField(), io.StringIO()
    shown = [ipywidgets.VBox([grid()]), keys]
    embed_minimal_html(page, shown, state=dependency_state(shown))
    (state,) = re.findall(r'widget-state\+json">(.*?)</script>', page.getvalue(), re.DOTALL)
    models = json.loads(state)["state"].values()
    (picture,) = (model for model in models if model["model_name"] == "ImageModel")
    (value,) = picture["buffers"]
    with Image.open(io.BytesIO(base64.b64decode(value["data"]))) as image:
        assert image.size == (640, 360)
    assert [model["state"]["_esm"] for model in models if model["model_name"] == "AnyModel"] == [
        f'export default {{ render({{ el }}) {{ el.textContent = "{keys!r}"; }} }};'
    ]


def test_interact_takes_what_has_a_value():
    slider, field, seen = tb.TimestampSlider(), TextField(value="A"), []

    def show(time, title):
        seen.append((time, title))

    slider.length = 20.0
    made = ipywidgets.interactive(show, time=slider, title=field)
    slider.value = 3.0
    field.value = "B"
    assert made.children[:2] == (slider, field)
    assert seen[-2:] == [(3.0, "A"), (3.0, "B")]


@pytest.mark.parametrize("given", ["nowhere.mp4", 5, object()])
def test_a_studio_says_what_it_cannot_open(given):
    with pytest.raises(tb.errors.InvalidInput, match="not"):
        tb.Studio(given)
    with pytest.raises(tb.errors.InvalidInput, match="client is what"):
        tb.Studio("a.mp4", video="b.mp4")
