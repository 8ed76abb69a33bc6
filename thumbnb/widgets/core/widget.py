"""What all widgets share: strict keywords, an error area, and one way to do work.

``Widget`` is a widget with its own file for the browser; ``Panel`` (in its own module)
is made of ipywidgets controls. Both are a ``Face``.

Whoever executes a notebook by program stores every trait that is shared. So a trait is
small and has no secret: numbers, names, short texts, a few kilobytes at rest. Bytes
(pictures above all) go by message, as the answer to a question or by ``send``; keys stay
in Python. What is to be seen in a saved notebook is said by ``pictures()``.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
import threading
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import anywidget

from thumbnb import errors
from thumbnb.client.runtime.job import Job
from thumbnb.widgets.core import front_end_assets, message_order, trait_updates
from thumbnb.widgets.core.layout import Layout
from thumbnb.widgets.core.snapshot import Twin
from thumbnb.widgets.core.synced_traits import Text
from thumbnb.widgets.core.text import error_text

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from PIL import Image

logger = logging.getLogger(__name__)

# Traits of every ipywidget that are nobody's to give.
PLUMBING = ("comm", "keys", "log")

T = TypeVar("T")


class Face:
    """What every widget is.

    ``error`` is what went wrong, in words a user can act on; empty when all is well.
    It stands in the widget, because what a callback prints or raises is shown in no cell.
    Traits may be set from any thread.
    """

    # What the repr says, beside the class: cheap traits without secrets.
    told: ClassVar[tuple[str, ...]] = ()

    gestures: threading.RLock
    error: Any

    def __init__(self, **traits: Any) -> None:
        self.gestures = threading.RLock()
        self._work: dict[str, Job[Any]] = {}
        self._twin: Twin | None = None
        self._keeping = False
        self._only_known(traits)
        super().__init__(**{"layout": Layout(), **traits})

    def _only_known(self, given: dict[str, Any]) -> None:
        every = type(self).class_trait_names()  # type: ignore[attr-defined]
        names = [name for name in every if not name.startswith("_") and name not in PLUMBING]
        for name in given:
            if name not in names:
                near = get_close_matches(name, names, n=1)
                hint = f"Did you mean {near[0]}?" if near else f"It has {', '.join(sorted(names))}."
                raise errors.InvalidInput(f"{type(self).__name__} takes no {name!r}.", hint=hint)

    def _handle_msg(self, message: Any) -> None:
        with self.gestures:
            super()._handle_msg(message)  # type: ignore[misc]

    # -- work ---------------------------------------------------------------------

    def work(
        self,
        name: str,
        make: Callable[[], Coroutine[Any, Any, T]],
        *,
        then: Callable[[T], None] | None = None,
        latest: bool = False,
    ) -> Job[T]:
        """Do work on the client's thread and return its Job at once.

        ``then`` gets the result, where traits may be set; what goes wrong stands in
        ``error``. With ``latest``, work of the same name that is still under way is
        dropped: only the newest counts.
        """
        if latest and (before := self._work.get(name)):
            before.cancel()

        told = threading.Lock()  # it may end just when it begins to be watched

        def ended(job: Job[T]) -> None:
            if not job.done() or not told.acquire(blocking=False):
                return
            if job.state == "done":
                if then is not None and (not latest or self._work.get(name) is job):
                    result = job.result()
                    trait_updates.shared.call(self, self.guarded(lambda: then(result)))
            elif (error := job.exception()) is not None:
                trait_updates.shared.call(self, functools.partial(self.fail, error))

        job = Job(name, make)
        self._work[name] = job
        job.watch(ended)
        ended(job)
        return job

    def later(self, **traits: Any) -> None:
        """Set traits soon, from any thread, at most ten times a second."""
        trait_updates.shared.put(self, **traits)

    def guarded(self, handler: Callable[..., Any]) -> Callable[..., None]:
        """Return a callback for a control; what goes wrong in it stands in ``error``."""

        @functools.wraps(handler)
        def called(*args: Any) -> None:
            try:
                handler(*args)
            except Exception as error:  # noqa: BLE001  - a callback's error is shown in no cell
                self.fail(error)

        return called

    def fail(self, error: BaseException) -> None:
        """Show an error to the user."""
        ends = not threading.main_thread().is_alive()  # nobody reads it any more
        if ends or isinstance(error, errors.JobCancelled | asyncio.CancelledError):
            return
        if not isinstance(error, errors.ThumbnbError):
            logger.error("%s failed", type(self).__name__, exc_info=error)
        self.error = error_text(error)

    # -- showing ------------------------------------------------------------------

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.told)
        return f"<{type(self).__name__}{f' {shown}' if shown else ''}>"

    def pictures(self) -> Sequence[Image.Image]:
        """Return what stays in a saved notebook, for whoever reads it without a kernel."""
        return ()

    def keep(self) -> None:
        """Bring what stays in a saved notebook up to date; any thread may call."""
        twin = self._twin
        if twin is None or self._keeping:
            return
        self._keeping = True

        def show() -> None:
            self._keeping = False
            twin.show(self.pictures(), repr(self))

        trait_updates.shared.call(self, show)

    def _ipython_display_(self) -> None:
        self._twin = self._twin or Twin()
        self._twin.display(self._bundle(), self.pictures(), repr(self))

    def _bundle(self) -> dict[str, Any]:
        made = self._repr_mimebundle_()  # type: ignore[attr-defined]
        return dict(made[0] if isinstance(made, tuple) else made)


class Widget(Face, anywidget.AnyWidget):
    """A widget with a file of its own for the browser: ``static/<front>.js`` and ``.css``.

    Traits: ``error``. The browser may ask for something with ``ask(model, kind, ...)``;
    the coroutine marked ``@answers(kind)`` answers with JSON, or JSON and buffers, and
    an error reaches whoever asked.
    """

    error = Text(help="What went wrong, in words a user can act on.")

    _front: ClassVar[front_end_assets.Front]
    _answers: ClassVar[dict[str, Callable[..., Any]]] = {}

    def __init_subclass__(cls, front_file: str | tuple[str, ...] = "", **kwargs: Any) -> None:
        if front_file:
            parts = (front_file,) if isinstance(front_file, str) else front_file
            cls._front = front_end_assets.Front(*parts)
            cls._esm = cls._front.loader
        marked = {
            kind: value
            for value in vars(cls).values()
            if (kind := getattr(value, "_answers_to", ""))
        }
        cls._answers = {**cls._answers, **marked}
        super().__init_subclass__(**kwargs)

    def __init__(self, **traits: Any) -> None:
        self._told: set[str] = set()
        super().__init__(**traits)
        self.on_msg(self._asked)

    # -- what the browser changes -------------------------------------------------

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take a change as the notebook brings it: late, where an older one was under way."""
        theirs = sync_data
        ours: dict[str, Any] = {}
        if self._knows(sync_data):  # the message was quicker, and Python may be further on
            known = [name for name in sync_data if name in self._told]
            theirs = {name: value for name, value in sync_data.items() if name not in known}
            ours = self.get_state(known) if known else {}
        meant = self.meant(theirs)
        super().set_state({**meant, **ours})
        if meant is not theirs:  # what was just taken is not said back by itself
            self.send_state([name for name in meant if name in self.keys])
        self._note(sync_data)

    def _set(self, traits: dict[str, Any]) -> None:
        """Take a change that nothing held back; the browser knows it already."""
        shared = {name for name in traits if name in self.keys}
        self._told |= shared
        if self._knows(traits):
            return
        with self._lock_property(**traits), self.hold_trait_notifications():
            for name, value in self.meant(traits).items():
                if name in shared:
                    self.set_trait(name, value)
        self._note(traits)

    def meant(self, traits: dict[str, Any]) -> dict[str, Any]:
        """Return what a change of the browser means by now."""
        return traits

    def _knows(self, traits: dict[str, Any]) -> bool:
        """Whether a change has come already: each comes twice, see ``tell`` in kit.js."""
        who, count = traits.get("said") or ("", 1)
        return bool(count <= message_order.shared.count(who))

    def _note(self, traits: dict[str, Any]) -> None:
        if said := traits.get("said"):
            message_order.shared.note(*said)

    # -- what the browser runs and asks -------------------------------------------

    def open(self) -> None:
        """Begin to be a widget in the browser, and bring what it runs there."""
        super().open()
        self._front.follow(self)

    def _asked(self, _: Any, content: Any, buffers: Any) -> None:
        """Answer the browser, under the number it asked with."""
        if isinstance(content, dict) and content.get("kind") == "front":
            self._front.send(self)
            return
        if isinstance(content, dict) and content.get("kind") == "set":
            self.guarded(self._set)(content.get("traits"))  # here and now, in order
            return
        if not isinstance(content, dict) or content.get("kind") not in self._answers:
            logger.warning("%s was asked for what it does not know", type(self).__name__)
            return
        asked = dict(content)
        kind, number = asked.pop("kind"), asked.pop("number", None)
        if buffers:
            asked["buffers"] = buffers
        answer = self._answers[kind]

        async def reply() -> None:
            try:
                made = answer(self, **asked)
                made = await made if inspect.isawaitable(made) else made
                body, attached = made if isinstance(made, tuple) else (made, [])
            except Exception as error:  # it reaches whoever asked
                if not isinstance(error, errors.ThumbnbError):
                    logger.exception("%s could not answer %r", type(self).__name__, kind)
                self.send({"number": number, "error": error_text(error)})
            else:
                if number is not None:
                    self.send({"number": number, "answer": body}, attached)

        Job(kind, reply)


def answers(kind: str) -> Callable[[T], T]:
    """Mark the method that answers the browser's questions of a kind; see ``Widget``."""

    def mark(method: T) -> T:
        method._answers_to = kind  # type: ignore[attr-defined]  # noqa: SLF001
        return method

    return mark
