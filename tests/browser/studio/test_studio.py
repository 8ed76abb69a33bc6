"""The whole way in the studio, in a real notebook."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.service.tools import write_video

STUDIO = "studio = tb.Studio(client, video=video)\nstudio"


@pytest.fixture(scope="module")
def setup(tmp_path_factory) -> str:
    """The first cell. Its video is half a minute, but small: it is decoded whole, and often."""
    path = tmp_path_factory.mktemp("video") / "film.mp4"
    write_video(path, count=300, size=(640, 360))
    return (
        "import thumbnb as tb\nclient = tb.connect(quiet=True)\n"
        f"video = client.upload({str(path)!r})"
    )


def generate(nb, count):
    """From a frame of the video to so many images, and to the code of all steps."""
    page = nb.page
    expect(page.get_by_role("slider").first).to_be_visible()
    nb.do("studio.slider.value = 5.0")
    nb.do("job = studio.slider.use_frame(width=1280, height=720)")
    nb.eventually("len(studio.form.content_images)", 1)
    nb.do("studio.form.prompt = 'Astronaut next to @image1, deep space'")
    nb.do("studio.form.title = 'I LEFT EARTH'")
    variations = page.get_by_role("group", name="Variations")
    variations.get_by_role("button", name=str(count)).click()
    expect(page.get_by_role("button", name=f"Generate {count}")).to_be_enabled()
    page.get_by_role("textbox", name="Title").press("Control+Enter")
    nb.eventually("studio.grid and len(studio.grid.items)", count)
    nb.eventually("studio.progress.state", "done")
    expect(page.get_by_role("option")).not_to_have_count(0)
    while (button := page.get_by_role("button", name="Show code").first).is_visible():
        button.click()
    expect(page.locator("code").first).to_contain_text("import thumbnb as tb")
    # Images are asked for where one can see them.
    page.locator(".thumbnb-grid-cell").first.scroll_into_view_if_needed()
    expect(page.locator(".thumbnb-grid img, .thumbnb-grid canvas").first).to_be_visible()


def too_wide(page):
    """The elements that make the studio wider than its column; none where it fits."""
    return page.locator(".thumbnb-studio").evaluate("""el => {
        if (el.scrollWidth <= el.clientWidth) return [];
        const right = el.getBoundingClientRect().left + el.clientWidth;
        return [...el.querySelectorAll("*")]
            .filter(each => each.getBoundingClientRect().right > right + 1)
            .map(each => `${each.tagName} ${each.className}`);
    }""")


def test_from_a_video_to_images(notebook, setup, axe, screenshot):
    nb = notebook(setup, STUDIO, width=1300)
    page = nb.page
    screenshot(page, "studio-light-0")
    generate(nb, 4)
    screenshot(page, "studio-light-1")
    page.get_by_role("button", name="Copy all code").click()
    said = page.get_by_text(re.compile("lines are in the clipboard|The code is selected"))
    expect(said).to_be_visible()
    # Only those that are starred; removed, and brought back.
    images = page.locator(".thumbnb-grid-cell")
    images.nth(2).press("s")
    page.get_by_role("button", name="Only starred").click()
    expect(images).to_have_count(1)
    expect(images).to_contain_text("image 3")
    images.press("Delete")
    expect(page.get_by_text("3 images")).not_to_have_count(0)
    page.get_by_role("button", name="Only starred").click()
    expect(images).to_have_count(3)
    page.get_by_role("button", name="Undo").last.click()
    expect(images).to_have_count(4)
    # What is deleted is asked for first, and the keyboard is where the question is.
    page.get_by_role("button", name="Delete ...").first.press("Enter")
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Delete ...").first).to_be_focused()
    images.first.press("Enter")
    page.keyboard.press("m")
    nb.eventually("len(studio.progress.jobs)", 2)
    nb.eventually("studio.progress.state", "done")
    expect(page.get_by_text("More like image 1")).not_to_have_count(0)
    page.keyboard.press("Escape")
    assert too_wide(page) == []
    assert axe(page, ".thumbnb-studio") == []


def test_in_the_dark_in_a_narrow_column(notebook, setup, axe, screenshot):
    nb = notebook(setup, STUDIO, theme="dark", width=600)
    generate(nb, 2)
    screenshot(nb.page, "studio-dark")
    images = nb.page.locator(".thumbnb-grid-cell")
    images.nth(1).press("s")
    nb.page.get_by_role("button", name="Only starred").click()
    expect(images).to_have_count(1)
    nb.page.get_by_role("button", name="Delete ...").first.press("Enter")
    expect(nb.page.get_by_role("button", name="Keep")).to_be_focused()
    assert too_wide(nb.page) == []
    nb.page.keyboard.press("Escape")
    assert too_wide(nb.page) == []
    assert axe(nb.page, ".thumbnb-studio") == []


@pytest.mark.parametrize("app", ["notebook", "voila"])
def test_it_works_in_other_front_ends_too(notebook, setup, screenshot, app):
    nb = notebook(setup, STUDIO, app=app, width=1300)
    page = nb.page
    track = page.get_by_role("slider").first
    track.press("End")
    nb.eventually("studio.slider.value > 20")
    page.get_by_role("button", name="Use this frame").click()
    prompt = page.get_by_role("textbox", name="Prompt")
    expect(prompt).to_have_value("@image1")
    prompt.fill("A red door beside @image1")
    page.get_by_role("button", name="Generate").click()
    nb.eventually("studio.progress.state", "done")
    expect(page.locator(".thumbnb-grid-cell img")).to_have_count(1)
    screenshot(page, f"studio-{app}")


def test_rerun_restores_the_board_and_deleting_its_cell_stops_nothing(notebook, setup):
    nb = notebook(setup, STUDIO)
    page = nb.page
    page.get_by_role("textbox", name="Prompt").fill("A red door")
    nb.eventually("studio.form.prompt", "A red door")
    page.get_by_role("button", name="Generate").click()
    nb.eventually("studio.form.job is not None")
    nb.show("tb.Studio(client)")  # its cell is gone, and in another it is there again
    expect(page.get_by_role("textbox", name="Prompt")).to_have_value("A red door")
    nb.eventually("studio.progress.state", "done")
    expect(page.locator(".thumbnb-grid-cell img")).to_have_count(1)
