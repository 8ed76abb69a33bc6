"""What a page holds of widgets that are shown again and again: those to be seen, no more."""

from __future__ import annotations

STUDIO = """
import thumbnb as tb
client = tb.connect(quiet=True)
tb.Studio(client)
"""
# Two panels and a plain control, in two cells.
BOX = """
import ipywidgets, thumbnb as tb
text = ipywidgets.Text()
box = ipywidgets.VBox([tb.PromptForm(tb.connect(quiet=True)), text])
box
"""


def test_rerun_cell_leaves_no_listeners_behind(notebook):
    nb = notebook(STUDIO)
    cdp = nb.context.new_cdp_session(nb.page)
    prompt = nb.page.get_by_role("textbox", name="Prompt")

    def run_again(times: int) -> int:
        for _ in range(times):
            nb.run_again()
            prompt.wait_for()
        for _ in range(3):
            cdp.send("HeapProfiler.collectGarbage")
        return cdp.send("Memory.getDOMCounters")["nodes"]

    before = run_again(3)
    # Jupyter keeps some elements of each run, ipywidgets kept far more than a hundred.
    assert run_again(6) - before < 6 * 60


def test_visible_views_keep_their_listeners(notebook):
    nb = notebook(BOX, "box")
    inputs = nb.page.locator(".widget-text input")
    nb.page.wait_for_function("document.querySelectorAll('.widget-text input').length === 2")
    for _ in range(2):
        nb.run_again(1)
        inputs.nth(1).wait_for()
        nb.do("text.focus()")
        nb.page.wait_for_function("document.activeElement.matches('.widget-text input')")
        nb.page.evaluate("document.activeElement.blur()")
