"""A widget's page without Jupyter: its module, its style, and a model that is only a model."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.watch import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MODEL = (Path(__file__).parent / "fake_model.js").read_text(encoding="utf-8")
# An address, so that the page is a secure context as a notebook's is.
ADDRESS = "http://127.0.0.1:9/blank"
HTML = '<!doctype html><html lang="en"><title>widget</title><main></main></html>'


class Blank:
    """A page in which a widget's module is rendered, and the kernel's side of it."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(locale="en-GB")
        self.context.set_default_timeout(60_000)
        self.context.route(
            ADDRESS, lambda route: route.fulfill(body=HTML, content_type="text/html")
        )
        self.watch = Watch(self.context)
        self.page: Page = self.context.new_page()
        self.passes_on = True
        self.page.goto(ADDRESS)

    def reset(self) -> None:
        """Make it as good as new for the next test."""
        self.page.goto(ADDRESS)
        self.page.set_viewport_size({"width": 1280, "height": 720})
        self.page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
        self.page.mouse.move(0, 0)
        self.watch.start()

    def install_clock(self) -> None:
        """Let the test turn the clock of the page, which no other test gets after that."""
        self.passes_on = False
        self.page.clock.install()

    def allow_clipboard(self) -> None:
        """Let the page write and read the clipboard; no other test gets it after that."""
        self.passes_on = False
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def mount(self, widget: Any, css: str = "", /, **traits: Any) -> Page:
        """Render an anywidget (a class, or an object with its state) or the text of a module.

        `traits` are set over the object's state. Returns playwright's page.
        """
        assets = getattr(widget, "_assets", None)  # ours have the text beside their state
        if isinstance(widget, str):
            esm = widget
        elif assets:
            esm, css = assets.module, assets.style
        else:
            esm, css = _text(widget._esm), _text(getattr(widget, "_css", ""))
        state = {} if isinstance(widget, (str, type)) else _state(widget)
        self.page.evaluate(MODEL)
        self.page.evaluate(
            "([esm, css, state]) => window.blank.mount(esm, css, state)",
            [esm, css, _packed(state | traits)],
        )
        return self.page

    def get(self, trait: str) -> Any:
        """The value that the module has set or was given."""
        return self.page.evaluate("name => blank.pack(blank.model.get(name))", trait)

    def push(self, **traits: Any) -> None:
        """Set traits as the kernel does."""
        self.page.evaluate("state => blank.push(state)", _packed(traits))

    def send(self, content: Any, *buffers: bytes) -> None:
        """Send a custom message as the kernel does."""
        self.page.evaluate(
            "([content, buffers]) => blank.receive(content, buffers)",
            [content, _packed(list(buffers))],
        )

    def lose_kernel(self) -> None:
        """Do what a notebook does when the kernel is restarted: say so once, send nothing more."""
        self.page.evaluate("() => blank.lose()")

    @property
    def sent(self) -> list[Any]:
        """The custom messages that the module sent to the kernel."""
        return self.page.evaluate("() => blank.sent")

    @property
    def saved(self) -> list[dict[str, Any]]:
        """What each `save_changes` carried to the kernel."""
        return self.page.evaluate("() => blank.pack(blank.saved)")

    @property
    def listeners(self) -> int:
        """How many callbacks of the module still hang on the model."""
        return self.page.evaluate("() => blank.listeners()")

    def render(self) -> None:
        """Show the same model in one more view."""
        self.page.evaluate("() => blank.render()")

    def unmount(self) -> None:
        """End all views, as the notebook does when their cell is run again."""
        self.page.evaluate("() => blank.unmount()")

    def close(self) -> None:
        self.context.close()


def _text(source: Any) -> str:
    return source.read_text(encoding="utf-8") if isinstance(source, Path) else str(source)


def _state(widget: Any) -> dict[str, Any]:
    internal = {"layout", "style", "tabbable", "tooltip", "comm", "keys"}
    return {
        name: value
        for name, value in widget.get_state().items()
        if not name.startswith("_") and name not in internal
    }


def _packed(value: Any) -> Any:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"__bytes__": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, dict):
        return {name: _packed(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_packed(item) for item in value]
    return value
