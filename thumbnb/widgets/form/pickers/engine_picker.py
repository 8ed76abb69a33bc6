"""The engine picker: the engines of the service, where there is more than one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.widgets.form.pickers.record_picker import RecordPicker

if TYPE_CHECKING:
    import pandas as pd

    from thumbnb.client.client import Client


class EnginePicker(RecordPicker):
    """Choose an engine by its name; hidden where there is only one.

    Traits: those of ``RecordPicker``; ``chosen`` is the engine's name, None for the client's
    own. ``reload()`` asks the service again which there are.
    """

    def __init__(self, client: Client) -> None:
        super().__init__(
            client,
            card=lambda name: {"label": str(name)},
            image=lambda _: None,
            label="Engine",
            none_label="The client's own",
            variant="pills",
        )
        self._update_display(0)
        self.reload()

    def reload(self) -> None:
        """Ask the service again which engines there are; free."""
        assert self._client is not None  # noqa: S101 - it was made with one
        self.start_job("engines", self._client.engines.aio, then=self._offer, latest=True)

    def _offer(self, engines: pd.DataFrame) -> None:
        self.offer(list(engines["name"]))
        self._update_display(len(engines))

    def _update_display(self, count: int) -> None:
        self.visible = count > 1 or bool(self.chosen)
