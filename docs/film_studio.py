"""Film the studio in a real JupyterLab, as the moving picture at the top of the README.

uv run python -m docs.film_studio docs/studio.webp
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.notebooks import Notebook
from tests.browser.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

SETUP = """import thumbnb as tb
client = tb.connect(embedded=True, quiet=True)
video = client.upload(tb.sample_video())"""
SHOW = "studio = tb.Studio(client, video=video)\nstudio"
SIZE = (1120, 760)
WIDTH = 760
PROMPT = "Astronaut next to @image1, deep space"
TITLE = "I LEFT EARTH"
LIMIT = 1_500_000


class Film:
    """Images of a page, each with the milliseconds it is shown."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.images: list[Image.Image] = []
        self.durations: list[int] = []

    def take(self, milliseconds: int) -> None:
        """Take an image of the page as it is."""
        shot = Image.open(io.BytesIO(self._page.screenshot())).convert("RGB")
        image = shot.resize((WIDTH, WIDTH * SIZE[1] // SIZE[0]), Image.Resampling.LANCZOS)
        self.images.append(image)
        self.durations.append(milliseconds)

    def save(self, path: Path) -> None:
        """Write it as a WebP, in the best quality that is small enough."""
        first, *others = self.images
        for quality in (80, 65, 50, 35):
            first.save(
                path, save_all=True, append_images=others, duration=self.durations, loop=0,
                quality=quality, method=6,
            )  # fmt: skip
            if path.stat().st_size <= LIMIT:
                return
        raise SystemExit(f"It is {path.stat().st_size} bytes; take fewer images.")


def act(nb: Notebook, film: Film) -> None:
    """Go from a video to images, as a user does."""
    find_frame(nb, film)
    describe(nb, film)
    generate(nb, film)


def find_frame(nb: Notebook, film: Film) -> None:
    """Drag along the film, and use a frame."""
    page = nb.page
    track = page.get_by_role("slider").first
    expect(track).to_be_visible()
    nb.eventually("studio.slider.marks != []", timeout=60)
    nb.eventually("studio.slider.storyboard_version > 0")
    scroll_to(page, ".thumbnb-studio", 8)
    rest(page)
    film.take(1200)
    box = track.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 30, y)
    page.mouse.down()
    for share in (0.1, 0.25, 0.4, 0.55, 0.7, 0.6, 0.5, 0.42):
        page.mouse.move(box["x"] + share * box["width"], y)
        page.wait_for_timeout(150)
        film.take(220)
    page.mouse.up()
    rest(page)
    film.take(700)
    page.get_by_role("button", name="Use this frame").click()
    nb.eventually("len(studio.form.content_images)", 1)
    rest(page)
    film.take(700)


def describe(nb: Notebook, film: Film) -> None:
    """Write a prompt and a title, and choose a preset."""
    page = nb.page
    prompt = page.get_by_role("textbox", name="Prompt")
    scroll_to(page, ".thumbnb-prompt-form, .thumbnb-form", 60, fallback=prompt)
    prompt.fill("")
    film.take(500)
    for end in range(6, len(PROMPT) + 6, 6):
        prompt.fill(PROMPT[:end])
        film.take(130)
    page.get_by_role("textbox", name="Title").first.fill(TITLE)
    film.take(600)
    page.get_by_text("MrBeast Viral").first.click()
    nb.do("studio.form.options.options = tb.AdvancedOptions(variations=4)")
    rest(page)
    film.take(1000)


def generate(nb: Notebook, film: Film) -> None:
    """Make four images, and look at them."""
    page = nb.page
    button = page.get_by_role("button", name="Generate 4")
    button.scroll_into_view_if_needed()
    rest(page)
    film.take(700)
    button.click()
    progress = page.locator(".thumbnb-job").first
    progress.scroll_into_view_if_needed()
    while not nb.value("studio.progress.state == 'done'"):
        film.take(180)
        page.wait_for_timeout(250)
    nb.eventually("len(studio.grid.items)", 4)
    scroll_to(page, ".thumbnb-grid", 90)
    expect(page.locator(".thumbnb-grid-cell img, .thumbnb-grid-cell canvas").first).to_be_visible()
    rest(page)
    film.take(2600)


def rest(page: Page) -> None:
    """Let images that are on their way arrive."""
    page.wait_for_timeout(700)


def scroll_to(page: Page, selector: str, above: int, *, fallback: object = None) -> None:
    """Scroll the notebook so that an element stands so many pixels below the top."""
    place = page.locator(selector).first
    if fallback is not None and not place.count():
        place = fallback  # type: ignore[assignment]
    place.evaluate(
        """(el, above) => {
            let box = el.parentElement;
            while (box && !(box.scrollHeight > box.clientHeight + 4 &&
                   /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
            if (box) box.scrollTop += el.getBoundingClientRect().top
                - box.getBoundingClientRect().top - above;
        }""",
        above,
    )


def main(path: Path) -> None:
    """Film the studio into a file."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, browser = Server(Path(folder)), launch(playwright)
        try:
            nb = Notebook(browser, server, "lab")
            nb.open("")
            nb.look(width=SIZE[0], theme="light", reduced_motion=False)
            nb.page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
            nb.show(SETUP, SHOW)
            film = Film(nb.page)
            act(nb, film)
            film.save(path)
            nb.close()
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
