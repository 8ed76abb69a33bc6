"""The parts of the form by themselves: keyboard, names for screen readers, clean-up."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

import thumbnb as tb
from thumbnb.widgets import CardPicker, PromptField, TextField

PICTURE = io.BytesIO()
Image.new("RGB", (32, 18), "teal").save(PICTURE, "JPEG")


def answer(blank, message, *buffers):
    blank.send({"number": message["content"]["number"], "answer": {}}, *buffers)


def asked(blank, kind):
    return [each for each in blank.sent if each["content"].get("kind") == kind]


def await_asked(blank, kind, count):
    blank.page.wait_for_function(
        "([kind, count]) => blank.sent.filter((it) => it.content.kind === kind).length >= count",
        arg=[kind, count],
    )
    return asked(blank, kind)


# -- the prompt -----------------------------------------------------------------------


@pytest.fixture
def prompt(blank):
    return blank.mount(
        PromptField(label="Prompt", max_length=30, images=["frame at 5.0 s", "wall.png"])
    )


def test_names_are_offered_and_marked(blank, prompt, axe):
    area = prompt.get_by_role("textbox", name="Prompt")
    area.press_sequentially("Put @i")
    options = prompt.get_by_role("option")
    expect(options).to_have_text(["@image1 frame at 5.0 s", "@image2 wall.png"])
    area.press("ArrowDown")
    chosen = prompt.get_by_role("option", selected=True)
    expect(chosen).to_have_text("@image2 wall.png")
    expect(area).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    assert axe(prompt, ".thumbnb") == []
    area.press("Enter")
    expect(area).to_have_value("Put @image2 ")
    area.press_sequentially("by @image3 @")
    area.press("Escape")
    expect(options).to_have_count(0)
    marks = prompt.locator("mark")
    expect(marks).to_have_text(["@image2", "@image3"])
    expect(marks.nth(0)).not_to_have_attribute("data-unknown", "")
    expect(marks.nth(1)).to_have_attribute("data-unknown", "")
    blank.push(images=["a", "b", "c"])
    expect(marks.nth(1)).not_to_have_attribute("data-unknown", "")


def test_marks_lie_under_their_words(prompt):
    area = prompt.get_by_role("textbox")
    area.fill("A long prompt that is wrapped somewhere beside @image1. " * 12)
    for what in ("scrollHeight", "clientWidth"):
        sizes = [
            box.evaluate(f"el => el.{what}")
            for box in (area, prompt.locator(".thumbnb-prompt-under"))
        ]
        assert sizes[0] == sizes[1], what
    area.press("Control+End")
    prompt.wait_for_function(
        """() => document.querySelector(".thumbnb-prompt-under").scrollTop ===
                 document.querySelector("textarea").scrollTop"""
    )


def test_the_cursor_is_known_in_characters(blank, prompt):
    area = prompt.get_by_role("textbox")
    area.fill("🎉 door")
    area.press("Home")
    area.press("ArrowRight")
    prompt.wait_for_function("() => blank.saved.at(-1).cursor === 1")
    assert blank.get("value") == "🎉 door"
    blank.push(value="🎉 @image1 door", cursor=9)
    assert area.evaluate("el => el.selectionStart") == 10
    area.press_sequentially("!")
    expect(area).to_have_value("🎉 @image1! door")


def test_a_fault_is_reported_once_the_field_was_used(blank, prompt):
    area = prompt.get_by_role("textbox")
    blank.push(fault="A prompt has 3 to 30 characters.")
    alert = prompt.get_by_role("alert")
    expect(alert).to_have_count(0)
    area.focus()
    area.blur()
    expect(alert).to_have_text("A prompt has 3 to 30 characters.")
    expect(area).to_have_attribute("aria-invalid", "true")
    expect(area).to_have_accessible_description("A prompt has 3 to 30 characters.")
    area.fill("x" * 31)
    expect(prompt.get_by_text("31 / 30")).to_have_attribute("data-over", "")
    blank.push(fault="")
    expect(area).to_have_attribute("aria-invalid", "false")


# -- the pictures ---------------------------------------------------------------------


@pytest.fixture
def client(tmp_path):
    client = tb.connect(embedded=True, home=tmp_path, quiet=True)
    yield client
    client.close()


@pytest.fixture
def strip(blank, client):
    traits = {
        "label": "Images",
        "in_prompt": True,
        "value": ["a", "b", "c"],
        "names": ["A", "B", "C"],
    }
    page = blank.mount(tb.ContentStrip(client), **traits)
    for message in await_asked(blank, "preview", 3):
        answer(blank, message, PICTURE.getvalue())
    expect(page.locator("img[src^='blob:']")).to_have_count(3)
    return page


def test_images_are_put_in_order_by_keys(blank, strip, axe):
    def picture(number):
        return strip.get_by_role("button", name=f"@image{number},")

    assert axe(strip, ".thumbnb") == []
    picture(1).focus()
    picture(1).press("ArrowRight")
    expect(picture(2)).to_be_focused()
    picture(2).press("Alt+ArrowRight")
    assert blank.get("value") == ["a", "c", "b"]
    expect(picture(3)).to_be_focused()
    picture(3).press("Enter")
    assert [each["content"]["key"] for each in await_asked(blank, "pick", 1)] == ["b"]
    picture(3).press("Delete")
    assert blank.get("value") == ["a", "c"]
    expect(picture(2)).to_be_focused()
    strip.get_by_role("button", name="Move back @image2").click()
    assert blank.get("value") == ["c", "a"]
    tabbed = strip.locator(".thumbnb-strip-list button[tabindex='0']")
    expect(tabbed).to_have_count(4)  # one picture and its tools


DROP = """([selector, event, size, name]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(size)], name, { type: "image/png" }));
  const init = { bubbles: true, cancelable: true, dataTransfer: transfer, clipboardData: transfer };
  const made = event === "paste" ? new ClipboardEvent(event, init) : new DragEvent(event, init);
  document.querySelector(selector).dispatchEvent(made);
}"""


@pytest.mark.parametrize("event", ["drop", "paste"])
def test_a_file_goes_in_parts(blank, strip, event):
    size = 2 * 2**20 + 5
    strip.evaluate(DROP, [".thumbnb-strip", event, size, "new.png"])
    for count in (1, 2, 3):
        message = await_asked(blank, "add", count)[-1]
        assert message["content"]["name"] == "new.png"
        assert message["content"]["size"] == size
        assert message["buffers"] == 1
        answer(blank, message)
    assert len({each["content"]["upload_id"] for each in asked(blank, "add")}) == 1


def test_what_is_too_large_or_too_many_is_reported(blank, strip):
    strip.evaluate(DROP, [".thumbnb-strip", "drop", 26 * 2**20, "huge.png"])
    expect(strip.get_by_role("alert")).to_contain_text("huge.png is larger than 25 MB.")
    blank.push(max_images=3)
    strip.evaluate(DROP, [".thumbnb-strip", "drop", 10, "fourth.png"])
    expect(strip.get_by_role("alert")).to_contain_text("There is room for 0 more.")
    assert asked(blank, "add") == []
    expect(strip.get_by_role("button", name="Choose images")).to_be_hidden()


# -- the cards ------------------------------------------------------------------------


@pytest.fixture
def cards(blank):
    picker = CardPicker(label="Preset", none_label="No preset", searchable=True)
    kinds = ("calm", "loud")
    made = [
        {
            "key": f"k{n}",
            "label": f"Card {n}",
            "description": f"note{n}",
            "emoji": "*",
            "group": kinds[n % 2],
        }
        for n in range(8)
    ]
    picker.show(made, {f"k{n}": b"" for n in range(8)})
    return blank.mount(picker)


def test_cards_are_chosen_by_keys(blank, cards, axe):
    assert axe(cards, ".thumbnb") == []
    group = cards.get_by_role("radiogroup", name="Preset")
    expect(group.get_by_role("radio")).to_have_count(9)
    expect(group.locator("[tabindex='0']")).to_have_text("No preset")
    group.get_by_role("radio", name="No preset").focus()
    for key, value in (("ArrowRight", "k0"), ("End", "k7"), ("ArrowDown", ""), ("ArrowLeft", "k7")):
        cards.keyboard.press(key)
        assert blank.get("value") == value
        chosen = group.get_by_role("radio", checked=True)
        expect(chosen).to_be_focused()
        expect(chosen).to_have_attribute("tabindex", "0")


def test_cards_are_sifted(cards):
    cards.get_by_role("searchbox").fill("NOTE3")
    expect(cards.get_by_role("radio")).to_have_text(["No preset", "*Card 3"])
    cards.get_by_role("combobox", name="Category").select_option("calm")
    expect(cards.get_by_text("Nothing is like that.")).to_be_visible()
    cards.get_by_role("searchbox").fill("")
    expect(cards.get_by_role("radio")).to_have_count(5)


def test_images_come_a_few_at_a_time_and_go_with_the_view(blank, cards):
    cards.evaluate(
        """() => {
          window.gone = [];
          const revoke = URL.revokeObjectURL;
          URL.revokeObjectURL = (url) => { gone.push(url); revoke.call(URL, url); };
        }"""
    )
    first = await_asked(blank, "image", 3)
    assert len(first) == 3
    answer(blank, first[0], PICTURE.getvalue())
    answer(blank, first[1])
    assert len(await_asked(blank, "image", 5)) == 5
    shown = cards.locator("img[src^='blob:']")
    expect(shown).to_have_count(1)
    url = shown.get_attribute("src")
    blank.unmount()
    assert blank.listeners == 0
    assert cards.evaluate("() => gone") == [url]


# -- the options ----------------------------------------------------------------------


def test_an_option_is_set_and_unset(blank, axe):
    page = blank.mount(tb.AdvancedControls({"variations": 2}))
    assert axe(page, ".thumbnb") == []
    expect(page.get_by_label("Variations")).to_have_value("2")
    page.get_by_label("Text position").select_option("none")
    blur = page.get_by_label("Background blur", exact=True)
    expect(blur).to_be_disabled()
    page.get_by_label("Set background blur").check()
    expect(blur).to_be_enabled()
    blur.press("Home")
    blur.blur()
    page.get_by_label("Negative prompt").fill("no hats")
    page.get_by_label("Negative prompt").blur()
    wanted = {"variations": 2, "text_position": "none", "background_blur": 0}
    assert blank.get("values") == {**wanted, "negative_prompt": "no hats"}
    page.get_by_label("Set background blur").uncheck()
    page.get_by_label("Variations").select_option("service decides")
    assert blank.get("values") == {"text_position": "none", "negative_prompt": "no hats"}
    reset = page.get_by_role("button", name="Reset all")
    reset.press("Enter")
    assert blank.get("values") == {}
    expect(page.get_by_label("Negative prompt")).to_have_value("")
    expect(reset).to_have_attribute("aria-disabled", "true")
    expect(reset).to_be_focused()  # a keyboard is not thrown out
    saved = len(blank.saved)
    reset.press("Enter")
    assert len(blank.saved) == saved


def test_a_line_keeps_the_newline_that_it_was_given(blank):
    page = blank.mount(TextField(label="Title", max_length=200), value="OPEN\nME")
    line = page.get_by_role("textbox", name="Title")
    expect(line).to_have_value("OPEN\nME")
    line.press("Control+End")
    line.press("Enter")
    line.press("!")
    assert blank.get("value") == "OPEN\nME!"
