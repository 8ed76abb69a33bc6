"""How a widget's text comes to the browser: by message, once for all of its kind."""

from __future__ import annotations

from playwright.sync_api import expect

from thumbnb.widgets.controls.note import Note

ONE = Note._assets
SENT = {"kind": "assets", "id": ONE.id}


def test_it_waits_for_its_text_and_is_then_what_it_is(blank):
    page = blank.mount(ONE.loader, text="hello", kind="hint")
    expect(page.locator(".thumbnb-note")).to_have_count(0)
    blank.send(SENT | {"id": "another"}, ONE.packed)
    blank.send(SENT, ONE.packed)
    expect(page.get_by_role("status")).to_have_text("hello")
    expect(page.locator("style[id^=thumbnb-]")).to_have_count(1)
    blank.send(SENT, ONE.packed)
    blank.render()
    expect(page.get_by_role("status")).to_have_count(2)
    expect(page.locator("style[id^=thumbnb-]")).to_have_count(1)


def test_in_a_shadow_tree_it_has_its_style_too(blank):
    """marimo shows each widget in one, where the document's style sheets don't reach."""
    blank.page.evaluate("""() => {
        const main = document.querySelector("main"), root = main.attachShadow({ mode: "open" });
        main.append = (el) => root.append(el);
    }""")
    page = blank.mount(ONE.loader, text="hello", kind="hint")
    blank.render()
    blank.send(SENT, ONE.packed)
    expect(page.get_by_role("status")).to_have_count(2)
    page.wait_for_function(
        "document.querySelector('main').shadowRoot.querySelectorAll('style').length === 1"
    )
    gap = "el => getComputedStyle(el).getPropertyValue('--tb-gap')"
    assert page.locator(".thumbnb").first.evaluate(gap)


def test_where_it_was_missed_it_is_asked_for(blank):
    page = blank.mount(ONE.loader, text="hello", kind="hint")
    page.wait_for_function("blank.sent.length > 0")
    assert blank.sent[0]["content"] == {"kind": "assets"}
    blank.send(SENT, ONE.packed)
    expect(page.get_by_role("status")).to_have_text("hello")


def test_a_view_that_is_gone_by_then_is_not_made(blank):
    page = blank.mount(ONE.loader, text="hello", kind="hint")
    blank.unmount()
    blank.send(SENT, ONE.packed)
    page.wait_for_function("document.querySelector('style[id^=thumbnb-]')")
    expect(page.locator(".thumbnb-note")).to_have_count(0)


def test_a_page_that_is_loaded_again_asks(notebook):  # Notebook 7 fails by itself when reloaded
    nb = notebook("from thumbnb.widgets import Note\nnotes = [Note(text='hello') for _ in '12']\n"
                  "notes[0]", "notes[1]", fresh=True)  # fmt: skip
    expect(nb.page.get_by_role("status").get_by_text("hello")).to_have_count(2)
    nb.save()
    nb.page.reload()
    expect(nb.page.get_by_text("hello", exact=True)).to_have_count(2)
    nb.do("notes[0].text = 'and again'")
    expect(nb.page.get_by_text("and again", exact=True)).to_have_count(1)


def test_click_on_unfocusable_content_keeps_notebook_shortcuts_off(blank):
    page = blank.mount(ONE.loader, text="hello", kind="hint")
    blank.send(SENT, ONE.packed)
    page.evaluate("""() => {
        window.heard = [];
        document.addEventListener("keydown", ({ key }) => heard.push(key));
    }""")
    page.get_by_text("hello").click()
    for key in "xdd":
        page.keyboard.press(key)
    assert page.evaluate("heard") == []
    focused = "document.activeElement.matches('[data-lm-suppress-shortcuts]')"
    assert page.evaluate(focused), "JupyterLab asks the focused element"
