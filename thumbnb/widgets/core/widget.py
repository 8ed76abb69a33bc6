"""The base classes of all widgets: strict keywords, an error area, and jobs.

``WidgetBase`` is what Python has of it, ``Widget`` what the browser has: JavaScript of its own.

Whoever executes a notebook by program stores every synced trait. So a synced trait is
small and has no secret: numbers, names, short texts, a few kilobytes at rest. Bytes
(images above all) go by message, as the answer to a request or by ``send``; keys stay
in Python. What a saved notebook shows is returned by ``snapshot_images()``.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
import threading
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import anywidget

from thumbnb import errors
from thumbnb.client.runtime.job import Job
from thumbnb.widgets.core import front_end_assets, message_order, trait_updates
from thumbnb.widgets.core.cell_output import in_terminal, register_snapshot
from thumbnb.widgets.core.layout import Layout
from thumbnb.widgets.core.snapshot import METADATA, Snapshot, embedded_image, output
from thumbnb.widgets.core.synced_traits import Bool, Text
from thumbnb.widgets.core.text import error_text

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from PIL import Image

logger = logging.getLogger(__name__)

# Traits of ipywidgets that are no keywords.
INTERNAL = ("comm", "keys", "log")

# Seconds without an answer after which the browser is told that its request was received.
RECEIVED_AFTER = 2.0

T = TypeVar("T")


class WidgetBase:
    """What every widget has: strict keywords, jobs, an error area, a snapshot.

    ``error`` is what went wrong, in words a user can act on; empty when all is well.
    It stands in the widget, because what a callback prints or raises is shown in no cell.
    Traits may be set from any thread. ``event_lock`` is held while an event of the user
    is handled.
    """

    # The traits in the repr: cheap ones without secrets.
    repr_traits: ClassVar[tuple[str, ...]] = ()

    event_lock: threading.RLock
    error: Any
    if TYPE_CHECKING:
        comm: Any  # ipywidgets' own, which has no types
        model_id: Any

    def __init__(self, **traits: Any) -> None:
        self.event_lock = threading.RLock()
        self._jobs: dict[str, Job[Any]] = {}
        self._snapshot: Snapshot | None = None
        self._updating = False
        self._check_names(traits)
        super().__init__(**{"layout": Layout(), **traits})

    def _check_names(self, given: dict[str, Any]) -> None:
        every = type(self).class_trait_names()  # type: ignore[attr-defined]
        names = [name for name in every if not name.startswith("_") and name not in INTERNAL]
        for name in given:
            if name not in names:
                near = get_close_matches(name, names, n=1)
                hint = f"Did you mean {near[0]}?" if near else f"It has {', '.join(sorted(names))}."
                raise errors.InvalidInput(f"{type(self).__name__} takes no {name!r}.", hint=hint)

    def _handle_msg(self, message: Any) -> None:
        with self.event_lock:
            super()._handle_msg(message)  # type: ignore[misc]

    # -- jobs ---------------------------------------------------------------------

    def start_job(
        self,
        name: str,
        make: Callable[[], Coroutine[Any, Any, T]],
        *,
        then: Callable[[T], None] | None = None,
        latest: bool = False,
    ) -> Job[T]:
        """Start a coroutine on the client's thread and return its Job at once.

        ``then`` is called with the result, where traits may be set; what goes wrong
        stands in ``error``. With ``latest``, a job of the same name that still runs is
        cancelled: only the newest counts.
        """
        if latest and (before := self._jobs.get(name)):
            before.cancel()

        once = threading.Lock()  # it may end just when it begins to be watched

        def ended(job: Job[T]) -> None:
            if not job.done() or not once.acquire(blocking=False):
                return
            if job.state == "done":
                if then is not None and (not latest or self._jobs.get(name) is job):
                    result = job.result()
                    trait_updates.shared.call(self, self.catch_errors(lambda: then(result)))
            elif (error := job.exception()) is not None:
                trait_updates.shared.call(self, functools.partial(self.show_error, error))

        job = Job(name, make)
        self._jobs[name] = job
        job.watch(ended)
        ended(job)
        return job

    def set_later(self, **traits: Any) -> None:
        """Set traits soon, from any thread, at most ten times a second."""
        trait_updates.shared.set(self, **traits)

    def catch_errors(self, handler: Callable[..., Any]) -> Callable[..., None]:
        """Return a callback for a control that shows its errors in ``error``."""

        @functools.wraps(handler)
        def called(*args: Any) -> None:
            try:
                handler(*args)
            except Exception as error:  # noqa: BLE001  - a callback's error is shown in no cell
                self.show_error(error)

        return called

    def show_error(self, error: BaseException) -> None:
        """Show an error to the user."""
        is_exit = not threading.main_thread().is_alive()  # nobody reads it any more
        if is_exit or isinstance(error, errors.JobCancelled | asyncio.CancelledError):
            return
        if not isinstance(error, errors.ThumbnbError):
            logger.error("%s failed", type(self).__name__, exc_info=error)
        self.error = error_text(error)

    # -- showing ------------------------------------------------------------------

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.repr_traits)
        return f"<{type(self).__name__}{f' {shown}' if shown else ''}>"

    def snapshot_images(self) -> Sequence[Image.Image]:
        """Return the images that a saved notebook shows; none for the repr."""
        return ()

    def snapshot_text(self) -> str:
        """Return what a saved notebook says of it, where it has no images."""
        return repr(self)

    def update_snapshot(self) -> None:
        """Bring the saved notebook's snapshot up to date; any thread may call."""
        snapshot = self._snapshot
        if snapshot is None or self._updating:
            return
        self._updating = True

        def show() -> None:
            self._updating = False
            snapshot.update(self.snapshot_images(), self.snapshot_text())

        trait_updates.shared.call(self, show)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the outputs that show it: the widget, or what stands for it where it is none."""
        if in_terminal():
            return {"text/plain": repr(self)}, {}
        if getattr(self, "comm", None) is None:  # it is closed
            return self.plain_output(), METADATA
        made = super()._repr_mimebundle_(**kwargs)  # type: ignore[misc]
        bundle, metadata = made if isinstance(made, tuple) else (made or {}, {})
        register_snapshot(self)
        return {**bundle, "text/plain": self.snapshot_text()}, metadata

    def show_snapshot(self) -> None:
        """Show the snapshot in the cell that runs."""
        self._snapshot = self._snapshot or Snapshot()
        self._snapshot.display(self.snapshot_images(), self.snapshot_text())

    def plain_output(self) -> dict[str, Any]:
        """Return what stands for the widget where it cannot be shown: images, or its text."""
        return output(self.snapshot_images(), self.snapshot_text())

    def close(self) -> None:
        """Close it: its views go, and shown again it is what stands for it."""
        super().close()  # type: ignore[misc]
        vars(self).pop("_repr_mimebundle_", None)  # ipywidgets puts a None there

    def _get_embed_state(self, drop_defaults: bool = False) -> dict[str, Any]:
        """Return the state for a page without a kernel, where its images stand for it."""
        if images := self.snapshot_images():
            return embedded_image(images, self.get_state("layout")["layout"])  # type: ignore[attr-defined]
        state: dict[str, Any] = super()._get_embed_state(drop_defaults)  # type: ignore[misc]
        has_loader = "_esm" in self.keys  # type: ignore[attr-defined]
        if has_loader:  # it would wait for a kernel
            state["state"]["_esm"] = front_end_assets.text_module(self.snapshot_text())
        return state


class Widget(WidgetBase, anywidget.AnyWidget):
    """A widget with JavaScript of its own: ``front_end`` is its file, beside the Python file.

    Traits: ``error``; ``visible``, whether it is shown. The browser may ask for something with
    ``request(model, kind, ...)``; the method marked ``@handles(kind)`` returns the answer, JSON
    or (JSON, buffers), and an error reaches whoever asked.
    """

    error = Text(help="What went wrong, in words a user can act on.")
    visible = Bool(True, help="Whether it is shown.")

    _assets: ClassVar[front_end_assets.FrontEndAssets]
    _handlers: ClassVar[dict[str, Callable[..., Any]]] = {}

    def __init_subclass__(cls, front_end: str | Path = "", **kwargs: Any) -> None:
        if front_end:
            cls._assets = front_end_assets.assets(Path(inspect.getfile(cls)).parent / front_end)
            cls._esm = cls._assets.loader
        marked = {
            kind: value
            for value in vars(cls).values()
            if (kind := getattr(value, "_handled_kind", ""))
        }
        cls._handlers = {**cls._handlers, **marked}
        super().__init_subclass__(**kwargs)

    def __init__(self, **traits: Any) -> None:
        self._sent: set[str] = set()
        super().__init__(**traits)
        self.on_msg(self._on_browser_message)

    # -- what the browser changes -------------------------------------------------

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take a change as the notebook sends it: late, where an older one was under way."""
        new = sync_data
        current: dict[str, Any] = {}
        if self._is_received(sync_data):  # the message was quicker, and Python may be further on
            known = [name for name in sync_data if name in self._sent]
            new = {name: value for name, value in sync_data.items() if name not in known}
            current = self.get_state(known) if known else {}
        interpreted = self.interpret(new)
        super().set_state({**interpreted, **current})
        if interpreted is not new:  # what was just taken is not sent back by itself
            self.send_state([name for name in interpreted if name in self.keys])
        self._note_received(sync_data)

    def _set_traits(self, traits: dict[str, Any]) -> None:
        """Take a change that came as a message, which nothing holds back."""
        shared = {name for name in traits if name in self.keys}
        self._sent |= shared
        if self._is_received(traits):
            return
        with self._lock_property(**traits), self.hold_trait_notifications():
            for name, value in self.interpret(traits).items():
                if name in shared:
                    self.set_trait(name, value)
        self._note_received(traits)

    def interpret(self, traits: dict[str, Any]) -> dict[str, Any]:
        """Return what a change of the browser means, after what changed here meanwhile."""
        return traits

    def _is_received(self, traits: dict[str, Any]) -> bool:
        """Whether a change came already: each comes twice, see setTraits in message_order.js."""
        sender, number = traits.get("sent") or ("", 1)
        return bool(number <= message_order.shared.last(sender))

    def _note_received(self, traits: dict[str, Any]) -> None:
        if sent := traits.get("sent"):
            message_order.shared.received(*sent)

    # -- messages of the browser -------------------------------------------

    def open(self) -> None:
        """Open the widget in the browser, and send the JavaScript that it runs there."""
        super().open()
        self._assets.send_after_opening(self)

    def reopen(self) -> None:
        """Open it again where its notebook closed it: marimo does when a cell is run again."""
        if self.comm is not None and getattr(self.comm, "_closed", False):
            self.comm = None
            self.open()

    def _on_browser_message(self, _: Any, content: Any, buffers: Any) -> None:
        """Answer a request of the browser, under its number."""
        if isinstance(content, dict) and content.get("kind") == "assets":
            self._assets.send(self)
            return
        if isinstance(content, dict) and content.get("kind") == "set":
            self.catch_errors(self._set_traits)(content.get("traits"))  # here and now, in order
            return
        if not isinstance(content, dict) or content.get("kind") not in self._handlers:
            logger.warning("%s has no answer to a message", type(self).__name__)
            return
        body = dict(content)
        kind, number = body.pop("kind"), body.pop("number", None)
        if buffers:
            body["buffers"] = buffers
        handler = self._handlers[kind]

        async def reply() -> None:
            # The browser is told that what takes its time is under way.
            received = {"number": number, "received": True}
            loop = asyncio.get_running_loop()
            under_way = loop.call_later(RECEIVED_AFTER, self.send, received)
            try:
                made = handler(self, **body)
                made = await made if inspect.isawaitable(made) else made
                answer, attached = made if isinstance(made, tuple) else (made, [])
            except Exception as error:  # it reaches whoever asked
                if not isinstance(error, errors.ThumbnbError):
                    logger.exception("%s could not answer %r", type(self).__name__, kind)
                self.send({"number": number, "error": error_text(error)})
            else:
                if number is not None:
                    self.send({"number": number, "answer": answer}, attached)
            finally:
                under_way.cancel()

        Job(kind, reply)


def handles(kind: str) -> Callable[[T], T]:
    """Mark the method that answers the browser's requests of a kind; see ``Widget``."""

    def mark(method: T) -> T:
        method._handled_kind = kind  # type: ignore[attr-defined]  # noqa: SLF001
        return method

    return mark
