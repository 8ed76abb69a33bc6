"""One of many, by its name, in a list that opens."""

from __future__ import annotations

import ipywidgets

from thumbnb.widgets.core.synced_traits import List, Text
from thumbnb.widgets.core.widget import Widget


class Dropdown(Widget, ipywidgets.ValueWidget, front_end="dropdown.js"):  # type: ignore[misc]
    """Choose one of a list.

    Traits: ``options``, pairs of words and the value they stand for; ``value``; ``label``.

    >>> Dropdown(label="Video", options=[("none", ""), ("talk", "v-1")], value="v-1")
    <Dropdown label='Video', value='v-1'>
    """

    repr_traits = ("label", "value")

    options = List(help="Pairs of words and the value they stand for.")
    value = Text()
    label = Text()
