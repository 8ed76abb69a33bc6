"""Where there is no page for a widget, what stands for it is shown, once."""

from __future__ import annotations

import pytest
from PIL import Image

import thumbnb as tb


@pytest.fixture
def displayed(monkeypatch):
    seen = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: seen.append(data))
    return seen


def grid():
    return tb.ImageGrid(Image.new("RGB", (32, 18), "teal"))


def test_in_a_terminal_it_is_shown_once(monkeypatch, displayed):
    monkeypatch.setattr("IPython.core.getipython.get_ipython", object)
    grid()._ipython_display_()
    assert [data["text/plain"] for data in displayed] == [repr(grid())]


def test_once_it_is_closed_its_images_are_shown(displayed):
    closed = grid()
    closed.close()
    closed._ipython_display_()
    assert [sorted(data) for data in displayed] == [["image/jpeg", "text/plain"]]


@pytest.mark.parametrize("given", ["nowhere.mp4", 5, object()])
def test_a_studio_says_what_it_cannot_open(given):
    with pytest.raises(tb.errors.InvalidInput, match="not"):
        tb.Studio(given)
    with pytest.raises(tb.errors.InvalidInput, match="client is what"):
        tb.Studio("a.mp4", video="b.mp4")
