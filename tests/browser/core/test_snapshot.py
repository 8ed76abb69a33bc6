"""Where a widget is shown: again, by display(), within others; and what then stays of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

SHELF = """
import ipywidgets
from IPython.display import display
from PIL import Image
from thumbnb.widgets.controls.note import Note

class Shelf(Note):
    def snapshot_images(self):
        return [Image.new("RGB", (640, 360), "green")]

shelf = Shelf(text="a shelf", kind="hint")
"""
SNAPSHOT = "img.jp-needs-light-background"


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_it_is_shown_wherever_it_is_asked_for(notebook, app):
    nb = notebook(SHELF + "shelf", "display(shelf)", "ipywidgets.VBox([shelf])",
                  "display(shelf, shelf)", app=app)  # fmt: skip
    expect(nb.page.get_by_text("a shelf", exact=True)).to_have_count(5)
    expect(nb.page.locator(SNAPSHOT)).to_have_count(4)
    for snapshot in nb.page.locator(SNAPSHOT).all():
        expect(snapshot).to_be_hidden()
    nb.do("shelf.text = 'changed'")
    expect(nb.page.get_by_text("changed", exact=True)).to_have_count(5)


def test_an_image_of_the_users_own_is_not_hidden(notebook):
    nb = notebook(SHELF + "from IPython.display import Image as Shown\n"
                  "import io; Image.new('RGB', (64, 36), 'red').save(b := io.BytesIO(), 'JPEG')\n"
                  "display(shelf, Shown(b.getvalue()), ipywidgets.VBox([shelf]), "
                  "Shown(b.getvalue()))")  # fmt: skip
    expect(nb.page.get_by_text("a shelf", exact=True)).to_have_count(2)
    own = nb.page.locator(f".jp-RenderedImage img:not({SNAPSHOT})")
    expect(own).to_have_count(2)
    for picture in own.all():
        expect(picture).to_be_visible()


def test_voila_shows_the_widget_and_not_its_snapshot(notebook):
    nb = notebook(SHELF + "shelf", app="voila")
    expect(nb.page.get_by_text("a shelf", exact=True)).to_be_visible()
    expect(nb.page.locator(SNAPSHOT)).to_be_hidden()


def test_notebook_7_shows_a_high_widget_whole(notebook):
    """It puts what is high into a scroll box of 300 pixels, when its cell is run again."""
    nb = notebook(SHELF + "shelf.layout.height = '2600px'; shelf", app="notebook")
    expect(nb.page.get_by_text("a shelf", exact=True)).to_be_visible()
    nb.run_again()
    area = nb.page.locator(".jp-CodeCell.jp-mod-outputsScrolled .jp-Cell-outputArea")
    expect(area).to_be_visible()
    assert area.evaluate("el => el.clientHeight") > 2600
