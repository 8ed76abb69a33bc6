"""The browser's side of a widget, and waiting for its traits."""

from __future__ import annotations

import threading


def when(widget, name, wanted):
    """Wait until a trait is as wanted, and return it."""
    seen = threading.Event()
    widget.observe(lambda _: wanted(getattr(widget, name)) and seen.set(), name)
    assert wanted(getattr(widget, name)) or seen.wait(20), getattr(widget, name)
    return getattr(widget, name)


def settled(widget):
    """Wait until the widget shows what it was told to show later."""
    done = threading.Event()
    widget.set_later(error=lambda: done.set() or widget.error)
    assert done.wait(20)


class Page:
    """What the browser's side of a widget asks and gets."""

    def __init__(self, widget):
        self._widget, self._handlers, self._came = widget, {}, threading.Condition()
        self._number = 0
        self.messages = []  # what was not asked for one by one
        widget.send = self._take

    def _take(self, content, buffers=None):
        with self._came:
            if "number" in content:
                self._handlers[content["number"]] = content, buffers
            else:
                self.messages.append((content, buffers))
            self._came.notify_all()

    def begin(self, kind, buffers=(), **body):
        self._number += 1
        content = {"kind": kind, "number": self._number, **body}
        self._widget._handle_custom_msg(content, list(buffers))
        return self._number

    def end(self, number):
        with self._came:
            assert self._came.wait_for(lambda: number in self._handlers, 20)
            content, buffers = self._handlers[number]
        if "error" in content:
            raise RuntimeError(content["error"])
        return content["answer"], buffers

    def ask(self, kind, buffers=(), **body):
        return self.end(self.begin(kind, buffers, **body))


def control(widget, name):
    """Return the control inside a widget that has this label or description, as a user finds it."""
    for each in getattr(widget, "children", ()):
        names = (getattr(each, trait, "") for trait in ("label", "description"))
        if any(text == name or text.startswith(f"{name} ") for text in names if text):
            return each
        if (found := control(each, name)) is not None:
            return found
    return None


def hints(widget):
    """Return the notes that are seen inside a widget."""
    children = getattr(widget, "children", ())
    own = [each.text for each in children if getattr(each, "text", "")]
    return [*own, *(hint for each in children for hint in hints(each))]
