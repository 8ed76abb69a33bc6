"""Helpers of the form's tests: an image file, and waiting for a trait."""

from __future__ import annotations

import io
import threading

from PIL import Image


def until(widget, name, wanted=lambda value: value):
    """Wait until a trait is as wanted; its value."""
    there = threading.Event()

    def check(_=None):
        if wanted(getattr(widget, name)):
            there.set()

    widget.observe(check, name)
    check()
    assert there.wait(180), f"{name} stayed {getattr(widget, name)!r}"
    return getattr(widget, name)


def png(colour: str = "red", size: tuple[int, int] = (64, 36)) -> bytes:
    """Return an image of one colour as a PNG file."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()
