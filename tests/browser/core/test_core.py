"""What all widgets stand on, in a browser: words, keys, errors, what stays in a notebook."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from thumbnb.widgets.controls.note import Note
from thumbnb.widgets.controls.text_field import TextField
from thumbnb.widgets.core import es_modules
from thumbnb.widgets.core.front_end_assets import BROWSER
from thumbnb.widgets.form.prompt_field import PromptField
from thumbnb.widgets.studio.step import Step

HOSTILE = '<img src=x onerror="document.title=1"> & <b>bold</b>'

PANEL = """
from thumbnb.widgets.controls.buttons.button import Button
from thumbnb.widgets.controls.note import Note
from thumbnb.widgets.controls.panel import Panel
from PIL import Image

class Shelf(Panel):
    shown = ()
    def snapshot_images(self):
        return self.shown

shelf = Shelf()
button = Button("Go", shelf.catch_errors(lambda _: 1 / 0))
shelf.fill(Note(text="A hint.", kind="hint"), button)
shelf
"""


@pytest.fixture
def script(tmp_path):
    """Returns a module as one of a widget's own files: it may import what all of them share."""

    def script(body: str) -> str:
        for path in BROWSER.glob("*.js"):
            (tmp_path / path.name).write_text(path.read_text())
        (tmp_path / "body.js").write_text(body)
        return es_modules.joined([tmp_path / "body.js"])

    return script


@pytest.mark.parametrize("kind", ["status", "hint", "error"])
def test_words_are_words_and_never_html(blank, axe, kind):
    page = blank.mount(Note(text=HOSTILE, kind=kind))
    expect(page.locator(".thumbnb-note")).to_have_text(HOSTILE)
    expect(page.get_by_role("alert" if kind == "error" else "status")).to_be_visible()
    assert page.title() == "widget"
    assert axe(page, "main") == []
    blank.push(text="")
    expect(page.locator(".thumbnb-note")).to_be_hidden()
    blank.unmount()
    assert blank.listeners == 0


def test_a_steps_code_is_shown_on_request_and_copied(blank, axe):
    page = blank.mount(Step(number=2, title="Describe", has_code=True), code="x = 1\nprint(x)")
    blank.allow_clipboard()
    toggle = page.get_by_role("button", name="Show code")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.press("Enter")
    assert blank.get("expanded") is True
    expect(page.locator("code")).to_have_text("x = 1\nprint(x)")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status")).to_have_text("The code is in the clipboard.")
    assert page.evaluate("navigator.clipboard.readText()") == "x = 1\nprint(x)"
    assert axe(page, "main") == []
    blank.push(has_code=False, state="done", summary=HOSTILE)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator(".thumbnb-step-summary")).to_have_text(HOSTILE)
    blank.unmount()
    assert blank.listeners == 0


def test_where_the_clipboard_is_closed_the_code_is_selected(blank):
    page = blank.mount(Step(has_code=True), code="x = 1", expanded=True)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('shut')); }")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status")).to_have_text("The code is selected.")
    assert page.evaluate("String(getSelection())").strip() == "x = 1"


def test_python_is_asked_and_answers(blank, script):
    page = blank.mount(
        script("""import { h } from "./dom.js";
        import { errorArea } from "./error_area.js";
        import { request } from "./model.js";
        export default { render({ model, el, signal }) {
        const out = h("output", {});
        el.append(out, errorArea(model, signal));
        request(model, "double", { value: 4 }, { signal }).then(
            ({ answer, buffers }) => { out.textContent = `${answer} ${buffers.length}`; },
            (error) => { out.textContent = `no: ${error.message}`; },
        );
    } };"""),
        error="",
    )
    [question] = blank.sent
    assert question["content"]["kind"] == "double"
    number = question["content"]["number"]
    blank.send({"number": "another", "answer": 9})
    blank.send({"number": number, "answer": 8}, b"x")
    expect(page.locator("output")).to_have_text("8 1")
    assert blank.listeners == 1, "only the error area's"
    blank.push(error=HOSTILE)
    expect(page.get_by_role("alert")).to_contain_text(HOSTILE)
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    assert blank.saved == [{"error": ""}]


ASKING = """import { h } from "./dom.js";
import { errorArea } from "./error_area.js";
import { errorText, request } from "./model.js";
export default { render({ model, el, signal }) {
    const ask = () => request(model, "double", {}, { signal }).catch((error) => {
        model.set("error", errorText(error));
    });
    el.append(h("button", { onclick: ask }, "Ask"), errorArea(model, signal));
} };"""
RESTARTED = """blank.model.set("layout", { model_id: "1", widget_manager: { kernel: {
    requestCommInfo: async () => ({ content: { comms: { another: {} } } }),
} } })"""


def test_a_press_is_answered_in_ten_seconds_or_shows_the_reason(blank, script):
    page = blank.page
    blank.install_clock()
    blank.mount(script(ASKING), error="")
    ask, alert = page.get_by_role("button", name="Ask"), page.get_by_role("alert")

    def number():
        return blank.sent[-1]["content"]["number"]

    ask.click()
    blank.send({"number": number(), "received": True})
    page.clock.fast_forward(60_000)
    expect(alert).to_be_hidden()  # it takes its time
    ask.click()
    page.clock.fast_forward(9_000)
    expect(alert).to_contain_text("a cell is running, and this is done when it ends")
    blank.send({"number": number(), "answer": 8})
    expect(alert).to_be_hidden()
    page.evaluate(RESTARTED)
    ask.click()
    page.clock.fast_forward(9_000)
    expect(alert).to_contain_text("run the cell again")
    page.get_by_role("button", name="Dismiss").click()
    ask.click()
    expect(alert).to_contain_text("run the cell again")


@pytest.mark.parametrize("kind", [TextField, PromptField])
def test_a_filter_without_matches_shows_a_message(blank, kind):
    page = blank.page
    blank.install_clock()
    blank.mount(kind(label="Title"))
    page.evaluate(RESTARTED)
    page.get_by_role("textbox").press_sequentially("a cat")
    page.clock.fast_forward(2_000)
    expect(page.get_by_role("alert")).to_contain_text("run the cell again")
    expect(page.get_by_role("textbox")).to_have_value("a cat")


def test_ctrl_z_brings_back_what_was_replaced(blank):
    page = blank.mount(PromptField(label="Prompt"))
    page.evaluate("""() => {
        const main = document.querySelector("main");
        main.classList.add("thumbnb-panel");
        main.append(Object.assign(document.createElement("button"), { textContent: "Improve" }));
    }""")
    area, improve = page.get_by_role("textbox"), page.get_by_role("button", name="Improve")
    area.press_sequentially("a cat")
    improve.focus()
    blank.push(value="A cat, close up,\nin warm light")
    expect(area).to_have_value("A cat, close up,\nin warm light")
    expect(improve).to_be_focused()
    assert blank.get("value") == "A cat, close up,\nin warm light"
    area.focus()
    page.keyboard.press("ControlOrMeta+z")
    expect(area).to_have_value("a cat")
    assert blank.get("value") == "a cat"


def test_late_message_after_a_views_end_leaves_nothing(blank, script):
    page = blank.mount(
        script("""
        import { childController } from "./child_controller.js";
        import { observe, onKernelLost, onMessage, request } from "./model.js";
        export default { render({ model }) {
            const ended = new AbortController(), { signal } = ended;
            ended.abort();
            const called = () => { document.title = "called"; };
            observe(model, ["n"], called, signal);
            onMessage(model, "kind", "told", called, signal);
            onKernelLost(model, called, signal);
            request(model, "late", {}, { signal }).then(called, called);
            document.body.dataset.child = String(childController(signal).signal.aborted);
        } };"""),
        n=1,
    )
    assert blank.listeners == 0
    assert page.evaluate("document.body.dataset.child") == "true"
    assert [each["content"]["kind"] for each in blank.sent] == ["late"]
    blank.push(n=2)
    blank.send({"kind": "told"})
    blank.lose_kernel()
    assert page.title() == "widget"


@pytest.mark.parametrize(
    ("seconds", "digits", "shown"),
    [(0, 1, "0:00.0"), (83.5, 1, "1:23.5"), (59.96, 1, "1:00.0"), (3599.99, 2, "59:59.99"),
     (3600, 0, "1:00:00"), (7325.25, 2, "2:02:05.25"), (-1, 1, "0:00.0")],
)  # fmt: skip
def test_seconds_as_a_clock(blank, script, seconds, digits, shown):
    page = blank.mount(
        script(
            'import { clockTime } from "./clock_time.js";\n'
            f"const text = clockTime({seconds}, {digits});\n"
            "export default { render({ el }) { el.append(text); } };"
        )
    )
    expect(page.locator("main")).to_have_text(shown)


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_a_panels_controls_keep_their_keys_from_the_notebook(notebook, app):
    nb = notebook(PANEL, app=app)
    cells = nb.page.locator(".jp-Cell").count()
    button = nb.page.get_by_role("button", name="Go", exact=True)
    expect(button).to_have_attribute("data-lm-suppress-shortcuts", "true")
    button.focus()
    for key in "bad":
        nb.page.keyboard.press(key)
    box = nb.page.locator(".thumbnb-panel").first.bounding_box()
    nb.page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    for key in "xddab":  # where it has no control
        nb.page.keyboard.press(key)
    button.press("Enter")
    expect(nb.page.get_by_role("alert")).to_contain_text("ZeroDivisionError: division by zero")
    expect(nb.page.locator(".jp-Cell")).to_have_count(cells)


def test_snapshot_is_hidden_while_the_widget_lives(notebook):
    nb = notebook(PANEL)
    expect(nb.page.locator(".thumbnb-note").first).to_be_visible()
    nb.do("shelf.shown = [Image.new('RGB', (1280, 720), name) for name in ('red', 'blue')]")
    nb.do("shelf.update_snapshot()")
    snapshot = nb.page.locator("img.jp-needs-light-background")
    expect(snapshot).to_have_count(1)
    expect(snapshot).to_be_hidden()
    nb.page.evaluate("""() => document.querySelectorAll(".thumbnb, .thumbnb-panel")
        .forEach((each) => each.classList.remove("thumbnb", "thumbnb-panel"))""")
    expect(snapshot).to_be_visible()
    outputs = [
        output["data"]
        for cell in json.loads(nb.save().read_text())["cells"]
        for output in cell.get("outputs", [])
    ]
    assert [sorted(data) for data in outputs[:2]] == [
        ["application/vnd.jupyter.widget-view+json", "text/plain"],
        ["image/jpeg", "text/plain"],
    ]
    assert len(json.dumps(outputs)) < 200_000


def test_a_panel_in_the_dark_reads_well(notebook, axe):
    nb = notebook(PANEL, "shelf.error = 'It is wrong.'", theme="dark", width=600)
    expect(nb.page.get_by_role("alert")).to_contain_text("It is wrong.")
    assert axe(nb.page, ".thumbnb-panel") == []
