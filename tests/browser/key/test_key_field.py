"""KeyField in a browser: what is entered is nowhere to be found afterwards."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from thumbnb.widgets.key.key_field import KeyField

SECRET = "yt-4f1c9-nowhere-to-be-found-77"
FIELD = """
import os
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # never the tester's own
import thumbnb as tb
field = tb.KeyField("YouThumb")
field
"""


def mounted(blank, **traits):
    return blank.mount(KeyField, service="YouThumb", **{"has_key": False, "place": "", **traits},
                       error="")  # fmt: skip


def test_the_field_is_empty_before_anybody_answers(blank, axe, screenshot):
    page = mounted(blank)
    field = page.get_by_label("Key of YouThumb")
    for name, value in {"type": "password", "autocomplete": "off", "spellcheck": "false"}.items():
        expect(field).to_have_attribute(name, value)
    field.fill(SECRET)
    screenshot(page, "key-field")
    assert axe(page, "main") == []
    field.press("Enter")
    expect(field).to_have_value("")
    [asked] = blank.sent
    assert (asked["content"]["key"], asked["content"]["save"]) == (SECRET, False)
    assert blank.saved == [], "it is no trait"
    blank.push(has_key=True, source="entered")
    blank.send({"number": asked["content"]["number"], "answer": None})
    expect(page.get_by_role("button", name="Replace")).to_be_focused()
    expect(field).to_be_hidden()
    screenshot(page, "key-field-set")
    page.get_by_role("button", name="Forget").click()
    assert blank.sent[-1]["content"]["kind"] == "forget"
    blank.unmount()
    assert blank.listeners == 0


def test_an_error_is_shown_and_the_field_is_there_still(blank):
    page = mounted(blank)
    page.get_by_label("Key of YouThumb").press_sequentially("a b")
    page.get_by_role("checkbox", name="Save it for next time").check()
    page.get_by_role("button", name="Use this key").click()
    [asked] = blank.sent
    assert asked["content"]["save"] is True
    blank.send({"number": asked["content"]["number"], "error": "No key has such characters."})
    expect(page.get_by_role("alert")).to_contain_text("No key has such characters.")
    expect(page.get_by_label("Key of YouThumb")).to_have_value("")


@pytest.mark.parametrize("when", ["before the view", "after the view", "while it is sent"])
def test_what_was_typed_stays_where_the_kernel_is_gone(blank, when):
    page = mounted(blank)
    if when == "before the view":
        blank.unmount()
        blank.lose_kernel()
        blank.render()
    elif when == "after the view":
        blank.lose_kernel()
    field = page.get_by_label("Key of YouThumb")
    field.fill(SECRET)
    field.press("Enter")
    if when == "while it is sent":
        expect(field).to_have_value("")
        blank.lose_kernel()
    expect(page.get_by_role("alert")).to_contain_text("run the cell again")
    expect(field).to_have_value(SECRET)


def test_a_key_of_the_environment_is_not_offered_to_be_forgotten(blank):
    page = mounted(blank, has_key=True, source="YOUTHUMB_API_KEY")
    expect(page.locator("main")).to_contain_text("is from YOUTHUMB_API_KEY")
    expect(page.get_by_role("button", name="Replace")).to_be_visible()
    forget = page.get_by_role("button", name="Forget")
    expect(forget).to_be_hidden()
    blank.push(source="entered")
    forget.click()
    [asked] = blank.sent
    blank.push(source="YOUTHUMB_API_KEY")
    number = asked["content"]["number"]
    blank.send({"number": number, "answer": {"source": "YOUTHUMB_API_KEY"}})
    expect(page.get_by_role("status")).to_have_text(
        "The key is forgotten. YOUTHUMB_API_KEY is set still."
    )
    expect(page.get_by_role("button", name="Replace")).to_be_focused()


@pytest.mark.parametrize("width", [600, 300])
def test_nothing_is_wider_than_a_narrow_notebook(blank, width):
    page = mounted(blank)
    page.set_viewport_size({"width": width, "height": 900})
    blank.push(error="x" * 300)
    overflow = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) == 0
    blank.push(has_key=True, source="keyring")
    assert page.evaluate(overflow) == 0


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_the_key_is_in_the_kernel_and_nowhere_else(notebook, lab, home, app):
    import nbformat
    from nbconvert import HTMLExporter

    nb = notebook(FIELD, app=app)
    field = nb.page.get_by_label("Key of YouThumb")
    field.fill(SECRET)
    field.press("Enter")
    nb.eventually("field.has_key")
    expect(nb.page.get_by_role("button", name="Replace")).to_be_visible()
    reported = repr(nb.kernel.published())
    assert "has_key" in reported, "the kernel's messages are looked at"
    length = nb.value("len(field.key.get_secret_value())")
    assert length == len(SECRET)
    nb.run("client = field.connect(); field, client, field.key")
    nb.run("import ipywidgets; ipywidgets.Widget.get_manager_state()")
    path = nb.save()
    saved = path.read_text()
    assert "hosted, at https://youthumb.ai" in saved
    exported, _ = HTMLExporter().from_notebook_node(nbformat.read(path, as_version=4))
    page = nb.page.evaluate("""() => document.documentElement.outerHTML +
        [...document.querySelectorAll('input, textarea')].map(each => each.value).join()""")
    for place in (saved, exported, page, lab.tail(10**9), reported + repr(nb.kernel.published())):
        assert SECRET not in place
    files = [each for each in (*home.rglob("*"), *lab.root.parent.rglob("*")) if each.is_file()]
    assert not [each for each in files if SECRET.encode() in each.read_bytes()]


def test_it_is_saved_where_only_its_owner_reads_it(notebook, home):
    nb = notebook(FIELD)
    nb.page.get_by_label("Key of YouThumb").fill(SECRET)
    nb.page.get_by_role("checkbox", name="Save it for next time").check()
    nb.page.get_by_role("button", name="Use this key").click()
    nb.eventually("field.source", "file")
    assert (home / "keys.json").stat().st_mode & 0o777 == 0o600
    nb.page.get_by_role("button", name="Forget").click()
    nb.eventually("field.has_key", False)
    assert not (home / "keys.json").exists()
    expect(nb.page.get_by_label("Key of YouThumb")).to_be_focused()
