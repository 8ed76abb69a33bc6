"""A button that knows what was done before it was pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.widgets.core import message_order, trait_updates
from thumbnb.widgets.core.synced_traits import Bool, Text
from thumbnb.widgets.core.widget import Widget, handles

if TYPE_CHECKING:
    from collections.abc import Callable


class Button(Widget, front_end="button.js"):
    """A button; ``act`` is called with it once all that was changed before the press is known.

    Traits: ``description``, its words; ``tooltip``; ``disabled``; ``primary``, the one
    that counts among several; ``submits``, a selector: Ctrl+Enter in what it finds in the
    same panel presses the button.

    >>> Button("Generate", lambda _: print("pressed"))
    <Button description='Generate'>
    """

    repr_traits = ("description",)

    description = Text()
    tooltip = Text()
    disabled = Bool(False)
    primary = Bool(False)
    submits = Text(help="Where Ctrl+Enter presses it: a CSS selector within its panel.")

    def __init__(self, description: str, act: Callable[[Any], None], **traits: Any) -> None:
        self._act = act
        super().__init__(description=description, **traits)

    def click(self) -> None:
        """Do what a press does."""
        self._act(self)

    @handles("press")
    async def _press(self, after: Any = None) -> None:
        await message_order.shared.wait_for(after or {})
        trait_updates.shared.call(self, self._pressed)

    def _pressed(self) -> None:
        if not self.disabled:  # it may have become so meanwhile
            self.click()
