"""One of many, by its image: presets, templates, persons; and one of few, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from thumbnb.widgets.core.synced_traits import Bool, Choice, List, Text
from thumbnb.widgets.core.widget import Widget, handles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.client.client import Client
    from thumbnb.client.purchases.assets import ImageInput

PREVIEW = (256, 144)
PORTRAIT = (256, 256)
MAX_TEXT = 300


class CardPicker(Widget, ipywidgets.ValueWidget, front_end="card_picker.js"):  # type: ignore[misc]
    """Choose one card; images come as the cards come into sight.

    Traits: ``value``, the key of the chosen card, empty for none; ``cards``, dicts of
    ``key``, ``label``, ``description``, ``emoji``, ``group`` and ``has_image``, as ``show`` makes
    them; ``none_label``, what choosing none is called (empty: one must be chosen); ``variant``,
    ``cards``, ``portraits`` (images of people, square) or ``pills``; ``searchable``;
    ``label``, ``hint``, ``fault``.

    >>> picker = CardPicker(label="Colour", none_label="any", variant="pills")
    >>> picker.show([{"key": "red", "label": "Red"}])
    >>> picker.value = "red"
    """

    repr_traits = ("label", "value")

    value = Text(help="The key of the chosen card.")
    cards = List(help="The cards, in order.")
    label = Text()
    hint = Text()
    fault = Text()
    none_label = Text(help="What choosing none is called.")
    variant = Choice(("cards", "portraits", "pills"), "cards")
    searchable = Bool(False, help="Whether there is a search over the cards.")

    def __init__(self, client: Client | None = None, **traits: Any) -> None:
        self._client = client
        self._images: dict[str, ImageInput] = {}
        super().__init__(**traits)

    def use_client(self, client: Client) -> None:
        """Use another client from now on."""
        self._client = client

    def show(
        self, cards: Sequence[Mapping[str, Any]], images: Mapping[str, ImageInput] | None = None
    ) -> None:
        """Show these cards; ``images`` are by their keys, and fetched when they are seen."""
        self._images = {key: each for key, each in (images or {}).items() if each is not None}
        self.cards = [
            {
                "key": str(card["key"]),
                "has_image": str(card["key"]) in self._images,
                **{
                    name: str(card.get(name) or "")[:MAX_TEXT]
                    for name in ("label", "description", "emoji", "group")
                },
            }
            for card in cards
        ]

    @handles("image")
    async def _send_image(self, key: str = "") -> tuple[dict[str, Any], list[bytes]]:
        image = self._images.get(str(key))
        if image is None or self._client is None:
            return {}, []
        size = PORTRAIT if self.variant == "portraits" else PREVIEW
        return {}, [await self._client.preview.aio(image, size=size)]
