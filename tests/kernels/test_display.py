"""A widget in a cell: shown as ipywidgets' own are, and its snapshot after it."""

from __future__ import annotations

import pytest

VIEW = "application/vnd.jupyter.widget-view+json"
SETUP = """
    import ipywidgets
    from IPython.display import display
    from PIL import Image
    import thumbnb as tb
    grid = tb.ImageGrid(Image.new("RGB", (64, 36), "teal"))
"""
WIDGET = {"text/plain", VIEW}
SNAPSHOT = [{"text/plain", "image/jpeg"}, {"text/html"}]


@pytest.fixture(autouse=True, scope="module")
def _setup(kernel):
    kernel.do(SETUP)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("grid", [WIDGET, *SNAPSHOT]),
        ("display(grid)", [WIDGET, *SNAPSHOT]),
        ("display(grid, 'and', grid); print('after')",
         [WIDGET, *SNAPSHOT, {"text/plain"}, WIDGET, *SNAPSHOT]),
        ("ipywidgets.VBox([grid])", [WIDGET]),
        # What is updated is one output: the widget, with the picture beside it.
        ("handle = display('soon', display_id=True); handle.update(grid)",
         [{"text/plain"}, WIDGET | {"image/jpeg"}]),
        ("out = ipywidgets.Output(); out.append_display_data(grid)", []),
        ("out.outputs[0]['data'].keys() == grid._repr_mimebundle_()[0].keys()", [{"text/plain"}]),
        ("grid;", []),
        ("shut = tb.ImageGrid(Image.new('RGB', (64, 36))); shut.close(); shut",
         [{"text/plain", "image/jpeg"}]),
    ],
)  # fmt: skip
def test_it_is_shown_as_other_widgets_are(kernel, code, shown):
    assert [set(data) for data in kernel.run(code).data] == shown
