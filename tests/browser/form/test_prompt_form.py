"""The form in real notebooks: from the first word to the start."""

from __future__ import annotations

from PIL import Image
from playwright.sync_api import expect

FORM = """
import thumbnb as tb
client = tb.connect(embedded=True, quiet=True)
form = tb.PromptForm(client)
form
"""


def test_a_thumbnail_is_described_and_started(notebook):
    nb = notebook(FORM, width=1200)
    page = nb.page
    start = page.get_by_role("button", name="Generate")
    expect(start).to_be_disabled()
    expect(page.get_by_text("Say what is to be seen.")).to_be_visible()
    prompt = page.get_by_role("textbox", name="Prompt", exact=True)
    prompt.press_sequentially("A bad bear, dd")
    page.get_by_role("textbox", name="Title").fill("BEAR")
    page.get_by_role("radio", name="MrBeast Viral").click()
    page.keyboard.press("b")  # in a notebook's command mode: a new cell
    page.get_by_role("button", name="Advanced options").press("Enter")
    page.get_by_label("Text position").select_option("top")
    expect(page.get_by_text("text position top")).to_be_visible()
    page.get_by_role("group", name="Variations").get_by_role("button", name="2").press("Enter")
    start = page.get_by_role("button", name="Generate 2 · 2 credits")
    expect(start).to_be_enabled()
    prompt.press("Control+Enter")
    nb.eventually("form.job is not None and form.job.done()")
    assert nb.value("len(form.job.result())") == 2
    assert nb.value("form.project.prompt") == "A bad bear, dd"
    assert nb.value("form.brief()['preset']") == "mrbeast-viral"
    expect(start).to_be_enabled()
    assert page.locator(".jp-CodeCell").count() == 1


def test_images_and_their_names(notebook, tmp_path):
    for colour in ("navy", "olive"):
        Image.new("RGB", (640, 360), colour).save(tmp_path / f"{colour}.png")
    nb = notebook(FORM, width=1000)
    page = nb.page
    prompt = page.get_by_role("textbox", name="Prompt", exact=True)
    prompt.press_sequentially("Left is , right is .")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose images").first.click()
    chooser.value.set_files([tmp_path / "navy.png", tmp_path / "olive.png"])
    first = page.get_by_role("button", name="@image1, navy.png")
    expect(first.locator("img[src^='blob:']")).to_be_visible()
    second = page.get_by_role("button", name="@image2, olive.png")
    expect(second.locator("img[src^='blob:']")).to_be_visible()
    alert = page.get_by_role("alert").filter(
        has_text="The prompt does not name @image1 and @image2"
    )
    expect(alert).to_be_visible()
    prompt.focus()
    prompt.evaluate("el => el.setSelectionRange(8, 8)")
    first.click()
    expect(prompt).to_have_value("Left is @image1, right is .")
    prompt.press("End")
    prompt.press("ArrowLeft")
    second.click()
    expect(prompt).to_have_value("Left is @image1, right is @image2.")
    expect(alert).to_have_count(0)
    second.focus()
    second.press("Alt+ArrowLeft")
    expect(prompt).to_have_value("Left is @image2, right is @image1.")
    page.get_by_role("button", name="@image2, navy.png").press("Delete")
    expect(prompt).to_have_value("Left is, right is @image1.")
    nb.eventually("[len(form.content_images), form.valid]", [1, True])
    left = (tmp_path / "olive.png").read_bytes()
    assert nb.value(f"form.content_images[0] == {left!r}")


def test_in_notebook_7_in_the_dark(notebook, axe, screenshot):
    nb = notebook(FORM, app="notebook", width=1300, theme="dark")
    page = nb.page
    nb.do("form.prompt, form.person, form.youtube_url = 'A bear', 'Ana', 'https://example.org/'")
    wrong = page.get_by_role("alert").filter(has_text="YouTube address is the address of a")
    expect(wrong).to_be_visible()
    expect(page.get_by_role("textbox", name="YouTube address")).to_have_attribute(
        "aria-invalid", "true"
    )
    expect(page.get_by_role("radio", name="YouTube video")).to_be_checked()
    page.get_by_role("radio", name="Template", exact=True).click()
    page.get_by_role("radio", name="Speedrun").click()
    nb.eventually(
        "[getattr(form.template, 'name', None), form.youtube_url, form.valid]",
        ["Speedrun", "", True],
    )
    expect(page.get_by_role("radio", name="Ana")).to_be_checked()
    page.get_by_role("button", name="Advanced options").click()
    page.get_by_role("button", name="Add a person").click()
    assert axe(page, ".thumbnb-panel") == []
    screenshot(page, "prompt-form-notebook-dark")

    def columns():
        boxes = page.locator(".thumbnb-form-column").all()
        return len({round(box.bounding_box()["x"]) for box in boxes})

    assert columns() == 2
    page.set_viewport_size({"width": 640, "height": 900})
    page.wait_for_function(
        """() => new Set([...document.querySelectorAll(".thumbnb-form-column")]
             .map((el) => Math.round(el.getBoundingClientRect().x))).size === 1"""
    )
    wide = page.locator(".thumbnb-panel").first.evaluate("el => el.scrollWidth - el.clientWidth")
    assert wide <= 1


def test_nothing_is_wider_than_a_narrow_notebook(notebook, screenshot):
    nb = notebook(FORM, "form.show_error(ValueError('x' * 300))", width=600)
    page = nb.page
    nb.do("form.name = 'x' * 200; form.content_images = ['/' + 'x' * 100 + '.png'] * 5")
    page.get_by_role("button", name="Advanced options").click()
    page.get_by_role("button", name="Add a person").click()
    expect(page.get_by_label("Face expression")).to_be_visible()
    opened = {
        "Template": page.get_by_role("radiogroup", name="Template"),
        "YouTube video": page.get_by_label("YouTube address"),
    }
    for kind, editor in opened.items():
        page.get_by_role("radio", name=kind, exact=True).click()
        expect(editor).to_be_visible()
        narrow = page.locator(".thumbnb-form").evaluate("el => el.scrollWidth <= el.clientWidth")
        assert narrow
    screenshot(page, "prompt-form-narrow")
