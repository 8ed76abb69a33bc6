"""Cards that stand for things of the client: what is chosen is the thing itself."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb.widgets.controls.card_picker import CardPicker
from thumbnb.widgets.core.text import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from thumbnb.client.client import Client


class RecordPicker(CardPicker):
    """Choose a preset, a template or a person.

    Traits: those of ``CardPicker``, and ``chosen``: the record or object of the card, or
    the id or name it was set to; None for none. What was chosen before the list is
    there, or is not on it, has a card all the same.
    """

    chosen = traitlets.Any(None, allow_none=True, help="What is chosen; None for none.")

    def __init__(
        self,
        client: Client,
        *,
        card: Callable[[Any], Mapping[str, Any]],
        image: Callable[[Any], Any],
        **traits: Any,
    ) -> None:
        self._records: dict[str, Any] = {}
        self._drawing = False
        self._card, self._image_of = card, image
        super().__init__(client, **traits)
        self.observe(lambda _: self._draw(), "chosen")
        self.observe(self._choose, "value")

    def offer(self, records: Iterable[Any]) -> None:
        """Show the cards of these."""
        with self.event_lock:
            self._records = {key_of(record): record for record in records}
            self._draw()

    def record(self) -> Any:
        """Return what is chosen as it was offered; None where nothing is, or is not offered."""
        return self._records.get(self._key())

    def unknown(self) -> str:
        """Say that what is chosen is none of those offered; empty until they are there."""
        key = self._key()
        if not key or not self._records or key in self._records:
            return ""
        near = get_close_matches(key, self._records, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]}?" if near else ""
        return f"There is no {self.label.lower()} {shortened(key, 80)!r}.{hint}"

    def _draw(self) -> None:
        # The list comes on another thread than the user's choice: one draws after the other.
        with self.event_lock:
            self._drawing = True
            try:
                self._show_records()
            finally:
                self._drawing = False

    def _show_records(self) -> None:
        records, key = dict(self._records), self._key()
        if key and key not in records:
            records[key] = self.chosen
        cards = [
            {"label": key} if isinstance(record, str) else dict(self._card(record))
            for key, record in records.items()
        ]
        images = {
            key: self._image_of(record)
            for key, record in records.items()
            if not isinstance(record, str)
        }
        cards = [{**card, "key": key} for key, card in zip(records, cards, strict=True)]
        notes = {card["key"]: str(card.get("description") or "") for card in cards}
        with self.hold_sync():
            self.show(cards, images)
            self.value, self.hint = key, notes.get(key, "")

    def _key(self) -> str:
        if not isinstance(self.chosen, str):
            return key_of(self.chosen) if self.chosen is not None else ""
        for key, record in self._records.items():
            if self.chosen in {key, getattr(record, "name", None)}:
                return key
        return self.chosen

    def _choose(self, change: Any) -> None:
        with self.event_lock:
            if not self._drawing and change.new != self._key():
                self.chosen = self._records.get(change.new)
                self._draw()


def key_of(record: Any) -> str:
    """Return what a record is known by."""
    return str(getattr(record, "key", None) or getattr(record, "id", None) or record)
