"""One of many, by its picture: presets, templates, persons; and one of few, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.widgets.core.synced_traits import Bool, Choice, List, Text
from thumbnb.widgets.core.widget import Widget, answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.client.client import Client
    from thumbnb.client.purchases.assets import ImageInput

PREVIEW = (256, 144)
MAX_WORDS = 300


class CardPicker(Widget, front_file=("controls/field_frame", "controls/card_picker")):
    """Choose one card; pictures come as the cards come into sight.

    Traits: ``value``, the key of the chosen card, empty for none; ``cards``, dicts of
    ``key``, ``label``, ``note``, ``emoji``, ``group`` and ``pictured``, as ``show`` makes
    them; ``unset``, what choosing none is called (empty: one must be chosen); ``look``,
    ``cards`` or ``pills``; ``searchable``; ``label``, ``hint``, ``fault``.

    >>> picker = CardPicker(label="Colour", unset="any", look="pills")
    >>> picker.show([{"key": "red", "label": "Red"}])
    >>> picker.value = "red"
    """

    told = ("label", "value")

    value = Text(help="The key of the chosen card.")
    cards = List(help="The cards, in order.")
    label = Text()
    hint = Text()
    fault = Text()
    unset = Text(help="What choosing none is called.")
    look = Choice(("cards", "pills"), "cards")
    searchable = Bool(False, help="Whether there is a search over the cards.")

    def __init__(self, client: Client | None = None, **traits: Any) -> None:
        self._client = client
        self._pictures: dict[str, ImageInput] = {}
        super().__init__(**traits)

    def show(
        self, cards: Sequence[Mapping[str, Any]], pictures: Mapping[str, ImageInput] | None = None
    ) -> None:
        """Show these cards; ``pictures`` are by their keys, and fetched when they are seen."""
        self._pictures = {key: each for key, each in (pictures or {}).items() if each is not None}
        self.cards = [
            {
                "key": str(card["key"]),
                "pictured": str(card["key"]) in self._pictures,
                **{
                    name: str(card.get(name) or "")[:MAX_WORDS]
                    for name in ("label", "note", "emoji", "group")
                },
            }
            for card in cards
        ]

    @answers("picture")
    async def _picture(self, key: str = "") -> tuple[dict[str, Any], list[bytes]]:
        picture = self._pictures.get(str(key))
        if picture is None or self._client is None:
            return {}, []
        return {}, [await self._client.preview.aio(picture, size=PREVIEW)]
