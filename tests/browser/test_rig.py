"""The rig itself: each of its tools, with a counter of ten lines."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, expect

ESM = """
export default { render({ model, el, signal }) {
    const button = document.createElement("button");
    button.className = "rig-counter";
    const show = () => { button.textContent = `n=${model.get("n")}`; };
    const step = by => { model.set("n", model.get("n") + by); model.save_changes(); };
    button.addEventListener("click", () => step(1), { signal });
    button.addEventListener("keydown", event => event.key === "ArrowUp" && step(10), { signal });
    model.on("change:n", show); model.on("msg:custom", ping);
    function ping(content, buffers) { model.send({ pong: content.ping }, null, buffers); }
    show(); el.append(button);
    return () => { model.off("change:n", show); model.off("msg:custom", ping); };
} };
"""
COUNTER = f"""
import anywidget, traitlets
class Counter(anywidget.AnyWidget):
    _esm = {ESM!r}
    _css = ".rig-counter {{ color: var(--jp-ui-font-color1); background: transparent }}"
    n = traitlets.Int(0).tag(sync=True)
counter = Counter()
counter
"""
BUTTON = ".rig-counter"


@pytest.mark.parametrize("app", ["lab", "notebook", "voila"])
def test_a_click_reaches_the_kernel_and_back(notebook, app, screenshot):
    nb = notebook(COUNTER, app=app)
    button = nb.page.locator(BUTTON)
    button.click()
    expect(button).to_have_text("n=1")
    nb.eventually("counter.n", 1)
    nb.do("counter.n = 7")
    expect(button).to_have_text("n=7")
    screenshot(nb.page, f"rig-{app}")


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_the_next_test_finds_nothing_of_the_last_one(notebook, app):
    nb = notebook("'counter' in globals()", app=app)
    assert nb.outputs()[0]["data"]["text/plain"] == "False"
    expect(nb.page.locator(BUTTON)).to_have_count(0)
    assert nb.value("len(__import__('ipywidgets').widgets.widget._instances)") == 0


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_look_and_theme(notebook, app, screenshot):
    nb = notebook(COUNTER, app=app, theme="dark", width=600, reduced_motion=True)
    expect(nb.page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    assert nb.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert nb.page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert nb.page.evaluate("innerWidth") == 600
    screenshot(nb.page, f"rig-{app}-dark")


def test_a_further_cell_and_its_output(notebook):
    nb = notebook("x = 20")
    cell = nb.run("print('hello'); x + 1")
    expect(cell).to_contain_text("hello")
    assert nb.outputs()[-1]["data"]["text/plain"] == "21"
    assert nb.value("{'x': x, 'when': [1.5, None]}") == {"x": 20, "when": [1.5, None]}
    assert "x = 20" in nb.save().read_text()
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        nb.run("1 / 0")
    with pytest.raises(AssertionError, match="NameError"):
        nb.value("y")
    with pytest.raises(AssertionError, match="x is 20, not 21"):
        nb.eventually("x", 21, timeout=0.1)


def test_a_cell_that_waits_can_be_stopped(notebook):
    nb = notebook("import time")
    cell = nb.run("print('waiting', flush=True)\nwhile True: time.sleep(0.01)", wait=False)
    expect(cell).to_contain_text("waiting")
    nb.interrupt()
    expect(cell).to_contain_text("KeyboardInterrupt")


def test_a_fresh_notebook_has_a_kernel_of_its_own(notebook):
    shared, fresh = notebook("x = 1"), notebook("x = 2", fresh=True)
    assert (shared.value("x"), fresh.value("x")) == (1, 2)


def test_faults_in_a_page_are_found(notebook):
    nb = notebook("1")
    assert nb.watch.found() == []
    nb.page.evaluate("""() => {
        console.error("said aloud");
        setTimeout(() => { throw new Error("thrown aloud"); });
        return fetch("https://example.com/pixel").catch(() => null);
    }""")
    found = "\n".join(nb.watch.found())
    assert "console: said aloud" in found
    assert "page error: Error: thrown aloud" in found
    assert "request off this machine: https://example.com/pixel" in found
    assert "ERR_NAME_NOT_RESOLVED" in found, "nothing may answer"
    nb.watch.allow("aloud", "example")
    assert nb.watch.found() == []


def test_a_module_without_jupyter(blank):
    page = blank.mount(ESM, n=3)
    button = page.locator(BUTTON)
    expect(button).to_have_text("n=3")
    button.focus()
    page.keyboard.press("ArrowUp")
    expect(button).to_have_text("n=13")
    assert blank.get("n") == 13
    assert blank.saved == [{"n": 13}]
    blank.push(n=5)
    expect(button).to_have_text("n=5")
    blank.send({"ping": 7}, b"12345")
    assert blank.sent == [{"content": {"pong": 7}, "buffers": 1}]


def test_views_of_a_module_end_without_a_trace(blank):
    page = blank.mount(ESM, n=0)
    blank.render()
    expect(page.locator(BUTTON)).to_have_count(2)
    assert blank.listeners == 4
    blank.unmount()
    expect(page.locator(BUTTON)).to_have_count(0)
    assert blank.listeners == 0


def test_an_anywidget_object_comes_with_its_state_and_bytes(blank):
    import anywidget
    import traitlets

    class Image(anywidget.AnyWidget):
        _esm = """export default ({}) && { render({ model, el }) {
            el.textContent = `${model.get("data").byteLength} ${model.get("data").getUint8(1)}`;
        } };"""
        _css = "main { color: rgb(1, 2, 3) }"
        data = traitlets.Bytes().tag(sync=True)

    page = blank.mount(Image(data=b"abcd"))
    expect(page.locator("main")).to_have_text("4 98")
    expect(page.locator("main")).to_have_css("color", "rgb(1, 2, 3)")


def test_a_module_with_a_mistake_in_it_does_not_mount(blank):
    with pytest.raises(Error, match="SyntaxError"):
        blank.mount("export default { render( { } };")


def test_axe_finds_an_image_without_words(blank, axe):
    page = blank.mount("""export default { render({ el }) {
        el.innerHTML = "<p>fine</p><button class=bad></button>";
    } };""")
    assert axe(page, "p") == []
    (fault,) = axe(page, ".bad")
    assert fault.startswith("button-name")
