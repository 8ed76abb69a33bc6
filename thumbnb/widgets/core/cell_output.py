"""What a cell shows of a widget: the widget itself, and its snapshot after it.

A widget says what it is by ``_repr_mimebundle_``, as those of ipywidgets do, so whatever takes
such a bundle (a display that is updated, an Output widget) takes ours. Whether the bundle is
then shown, and where, only whoever sends it knows. So a hook of the kernel's publisher sends
the snapshot after it; the result of a cell has its snapshot when the cell has run.
"""

from __future__ import annotations

import threading
from typing import Any, Protocol
from weakref import WeakValueDictionary

from thumbnb.widgets.core.snapshot import send_unsent

VIEW = "application/vnd.jupyter.widget-view+json"


class SnapshotWidget(Protocol):
    """A widget that has a snapshot."""

    model_id: Any

    def show_snapshot(self) -> None:
        """Show the snapshot in the cell that runs."""

    def plain_output(self) -> dict[str, Any]:
        """Return what stands for the widget where it cannot be shown."""


# By the id of their model, those that were asked for a bundle.
_widgets: WeakValueDictionary[str, Any] = WeakValueDictionary()
# Results of the cell that runs.
_results: list[Any] = []
# The publisher that has the hook: it keeps hooks by thread.
_hooked = threading.local()


def in_terminal() -> bool:
    """Whether what is displayed goes to IPython's own prompt, where there are no widgets."""
    from IPython.core import getipython  # noqa: PLC0415  - only where there is IPython

    shell = getipython.get_ipython()
    return shell is not None and getattr(shell, "kernel", None) is None


def register_snapshot(widget: SnapshotWidget) -> None:
    """Have a widget's snapshot follow it, wherever its bundle is shown."""
    from IPython.core import getipython  # noqa: PLC0415  - only where there is IPython

    shell: Any = getipython.get_ipython()
    if shell is None:
        return
    _widgets[widget.model_id] = widget
    shell.events.register("post_execute", _show_results)
    shell.events.register("post_run_cell", send_unsent)
    hook = shell.displayhook
    if getattr(hook, "msg", None) is not None or hook.is_active:  # ipykernel's has a message
        _results.append(widget)
        return
    publisher = shell.display_pub
    if getattr(_hooked, "publisher", None) is publisher or not hasattr(publisher, "register_hook"):
        return
    publisher.register_hook(_FollowHook(publisher))
    _hooked.publisher = publisher


def _show_results() -> None:
    while _results:
        _results.pop(0).show_snapshot()


class _FollowHook:
    """Sends a message that shows one of our widgets, then its snapshot."""

    def __init__(self, publisher: Any) -> None:
        self._publisher = publisher

    def __call__(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """Return a message that is still to be sent; None once it is."""
        data = message.get("content", {}).get("data") or {}
        view = data.get(VIEW)
        widget = _widgets.get(view.get("model_id", "")) if isinstance(view, dict) else None
        if widget is None:
            return message
        if message["msg_type"] != "display_data":
            # An output that is updated is one output: the image is part of it.
            data.update({**widget.plain_output(), **data})
            return message
        self._publisher.session.send(
            self._publisher.pub_socket, message, ident=self._publisher.topic
        )
        widget.show_snapshot()
        return None
