"""The prompt field: a text that names its images, @image1 and so on."""

from __future__ import annotations

import functools
from typing import Any

import traitlets

from thumbnb.text import image_tokens
from thumbnb.widgets.controls.text_field import TextField
from thumbnb.widgets.core.synced_traits import Int, List, Text


class PromptField(TextField, front_end="prompt_field.js"):
    """A prompt, in which images are named ``@image1``, ``@image2`` and so on.

    Traits: those of ``TextField``, and ``images``, what the images are called, in
    order ("@" offers them, a name that is none of theirs is marked); ``cursor``, the
    character before which the cursor stands (-1: the end); ``numbering``, how often
    the images were given other numbers: what is typed says in which it was written.
    """

    images = List(traitlets.Unicode(), help="What the images are called, in order.")
    token_pattern = Text(
        image_tokens.PATTERN, help="How a prompt names an image; group 1 is the number."
    )
    cursor = Int(-1, help="The character before which the cursor stands; -1: the end.")
    numbering = Int(0, help="How often the images were given other numbers.")

    def __init__(self, **traits: Any) -> None:
        self._renumbered: list[dict[int, int | None]] = []
        super().__init__(**traits)

    def interpret(self, traits: dict[str, Any]) -> dict[str, Any]:
        """Give a text that was written before a renumbering the numbers of now."""
        missed = self._renumbered[(traits.get("written") or [self.numbering])[0] :]
        if "value" not in traits or not missed:
            return traits
        return {
            **traits,
            "value": functools.reduce(image_tokens.renumbered, missed, traits["value"]),
        }

    def insert(self, words: str) -> None:
        """Put words where the cursor is, with a space on either side where one is due."""
        before, after = self._parted()
        if before and not before[-1].isspace():
            words = f" {words}"
        if after and not (after[0].isspace() or after[0] in ",.;:!?"):
            words = f"{words} "
        self._join(f"{before}{words}", after)

    def renumber(self, numbers: dict[int, int | None]) -> None:
        """Give the images other numbers; None takes a name out."""
        before, _ = self._parted()
        whole, head = (image_tokens.renumbered(text, numbers) for text in (self.value, before))
        self._renumbered.append(numbers)
        with self.hold_sync():
            self.numbering = len(self._renumbered)
            self._join(whole[: len(head)], whole[len(head) :])

    def _parted(self) -> tuple[str, str]:
        at = len(self.value) if self.cursor < 0 else self.cursor
        return self.value[:at], self.value[at:]

    def _join(self, before: str, after: str) -> None:
        with self.hold_sync():
            self.value = before + after
            if self.cursor >= 0:
                self.cursor = len(before)
