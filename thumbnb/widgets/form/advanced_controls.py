"""The advanced options as controls, made from what the options themselves allow."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb.briefs import AdvancedOptions, OptionsDict, options_of
from thumbnb.widgets.core.synced_traits import Dict, List, Text
from thumbnb.widgets.core.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# So many whole numbers are a choice; more are a slider.
FEW = 8
_UNITS = {"background_blur": "%"}


class AdvancedControls(Widget, front_end="advanced_controls.js"):
    """Every advanced option with the values it takes; what is unset the service decides.

    Traits: ``options``, a ``tb.AdvancedOptions``, to be observed and set;
    ``fault``, what is wrong with what was entered: ``options`` then stays as it was.
    ``summary`` says in a line what is set; ``reset()`` unsets all. ``leave_out`` are options
    that have no control here, because they are set elsewhere.

    >>> AdvancedControls({"variations": 4, "background_blur": 60})
    <AdvancedControls summary='variations 4, background blur 60 %'>
    """

    repr_traits = ("summary",)

    options = traitlets.Instance(AdvancedOptions, (), help="What is set.")
    fault = Text(help="What is wrong with what was entered.")
    values = Dict(help="What is set, by name, as the browser has it.")
    fields = List(help="Which options there are, and what they take.")

    def __init__(
        self,
        options: AdvancedOptions | OptionsDict | Mapping[str, Any] | None = None,
        *,
        leave_out: Collection[str] = (),
        **traits: Any,
    ) -> None:
        self._names = [name for name in AdvancedOptions.model_fields if name not in leave_out]
        super().__init__(options=options_of(options) or AdvancedOptions(), **traits)
        fields = [_field(name) for name in self._names]
        # A text needs a line of its own: after what stands side by side.
        self.fields = sorted(fields, key=lambda field: field["kind"] == "text")
        self._show()
        self.observe(lambda _: self._show(), "options")
        self.observe(lambda _: self._read(), "values")

    def _show(self) -> None:
        self.values, self.fault = self.options.model_dump(exclude_none=True), ""

    def _read(self) -> None:
        given = {name: value for name, value in self.values.items() if value is not None}
        self.fault = ". ".join(AdvancedOptions.faults(**given).values())
        if not self.fault:
            self.options = AdvancedOptions(**given)

    @property
    def summary(self) -> str:
        """What is set, in a line; empty where nothing is."""
        set_ = self.options.model_dump(exclude_none=True)
        return ", ".join(
            f"{_words(name)} {_value_text(name, value)}"
            for name, value in set_.items()
            if name in self._names
        )

    def reset(self) -> None:
        """Unset all options."""
        set_ = self.options.model_dump(exclude_none=True)
        kept = {name: value for name, value in set_.items() if name not in self._names}
        self.options = AdvancedOptions(**kept)
        self._show()


def _field(name: str) -> dict[str, Any]:
    """Describe an option for the browser: its kind and its values, from its type."""
    field = AdvancedOptions.model_fields[name]
    about = {"name": name, "label": _words(name).capitalize(), "unit": _UNITS.get(name, "")}
    kind = next(each for each in typing.get_args(field.annotation) if each is not type(None))
    if typing.get_origin(kind) is typing.Literal:
        return {**about, "kind": "choice", "choices": list(typing.get_args(kind))}
    if kind is str:
        length = _bound(field.metadata, "max_length")
        return {**about, "kind": "text", "max_length": length}
    low = _bound(field.metadata, "ge")
    high = _bound(field.metadata, "le")
    if high - low < FEW:
        return {**about, "kind": "choice", "choices": list(range(low, high + 1))}
    return {**about, "kind": "number", "low": low, "high": high}


def _bound(metadata: list[Any], name: str) -> int:
    return next(int(getattr(each, name)) for each in metadata if hasattr(each, name))


def _words(name: str) -> str:
    return name.replace("_", " ")


def _value_text(name: str, value: Any) -> str:
    text = f"{value} {_UNITS[name]}" if name in _UNITS else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004  - what reads well in a line
