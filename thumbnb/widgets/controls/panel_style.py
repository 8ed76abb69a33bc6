"""The style of panels."""

from __future__ import annotations

from thumbnb.widgets.core.widget import Widget


class PanelStyle(Widget, front_end="panel_style.js"):
    """The style of a panel of ipywidgets controls, and its keys kept from the notebook."""
