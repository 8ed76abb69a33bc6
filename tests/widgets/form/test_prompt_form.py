"""The form: what it comes to, what is wrong with it, and what it starts."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image

import thumbnb as tb
from tests.widgets.form.helpers import png, until
from tests.widgets.page import control, hints
from thumbnb import errors


def test_what_is_set_is_the_brief(client):
    picture = png()
    form = tb.PromptForm(
        client,
        prompt="  A red door, @image1  ",
        title="OPEN ME",
        preset="mrbeast-viral",
        name="doors",
        person="Ana",
        youtube_url="https://youtu.be/dQw4w9WgXcQ",
        content_images=[picture],
        options={"variations": 3},
    )
    assert form.valid
    assert form.price == 3
    assert form.brief() == {
        "prompt": "A red door, @image1",
        "preset": "mrbeast-viral",
        "title": "OPEN ME",
        "name": "doors",
        "person": "Ana",
        "content_images": [picture],
        "youtube_url": "https://youtu.be/dQw4w9WgXcQ",
        "options": tb.AdvancedOptions(variations=3),
    }


def test_what_is_unset_is_left_out(form):
    assert form.brief() == {"prompt": "A red door"}


@pytest.mark.parametrize(
    ("traits", "field", "words"),
    [
        ({"prompt": " ab "}, "prompt", "Prompt is a text of 3 to 2000 characters"),
        ({"prompt": "x" * 2001}, "prompt", "not one of 2001"),
        ({"title": "x" * 201}, "title", "Title is a text of up to 200 characters"),
        ({"name": "x" * 101}, "name", "Project name is a text of up to 100 characters"),
        ({"youtube_url": "https://example.org/x"}, "youtube_url", "YouTube video"),
        ({"prompt": "Beside @image1"}, "prompt", "names @image1, but there are 0"),
        ({"content_images": (png(),)}, "content_images", "does not name @image1"),
        ({"person": "x" * 101}, "person", "1 to 100 characters"),
    ],
)
def test_a_fault_is_reported_at_its_field(form, traits, field, words):
    for name, value in traits.items():
        setattr(form, name, value)
    assert list(form.faults) == [field]
    assert words in form.faults[field]
    assert not form.valid
    with pytest.raises(errors.InvalidInput, match=re.escape(words)):
        form.brief()
    with pytest.raises(errors.InvalidInput):
        form.submit()


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ("/nope.png", "There is no image /nope.png."),
        ("x" * 5000, "There is no image xxx"),
        (b"no picture", "These bytes are no image."),
        (object(), "not a object"),
    ],
)
def test_what_is_no_image_is_reported_at_its_field(form, picture, words):
    form.content_images = (png(), picture)
    form.prompt = "A red door @image1 @image2"
    assert form.faults["content_images"].startswith("@image2: ")
    assert words in control(form, "Content images").fault
    form.content_images, form.style_reference = (), picture
    form.prompt = "A red door"
    assert list(form.faults) == ["style_reference"]
    assert words in control(form, "Reference image").fault
    form.style_reference = None
    assert form.valid


@pytest.mark.slow
def test_what_may_be_an_image_is_let_through(form, tmp_path):
    (tmp_path / "a.png").write_bytes(png())
    with Image.open(tmp_path / "a.png") as image:
        given = (tmp_path / "a.png", image, np.zeros((9, 16, 3), np.uint8))
        form.content_images = (*given, "https://example.org/a.png")
        form.prompt = "A red door @image1 @image2 @image3 @image4"
        assert form.valid


def test_unknown_preset_is_reported_once_the_list_has_come(client):
    form = tb.PromptForm(client, prompt="A red door", preset="mrbeast")
    assert "There is no preset 'mrbeast'. Did you mean" in until(form, "faults")["preset"]
    assert control(form, "Preset").fault
    form.preset = "mrbeast-viral"
    assert form.valid


def test_a_preset_may_be_given_itself_at_any_time(form, client):
    first, second = client.presets()[:2]
    assert tb.PromptForm(client, prompt="A red door", preset=first).preset == first.key
    form.preset = second
    assert form.preset == form.brief()["preset"] == second.key
    assert control(form, "Preset").value == second.key
    with pytest.raises(errors.InvalidInput, match="a preset or its key"):
        form.preset = 3
    form.preset = None
    assert "preset" not in form.brief()


def test_the_button_says_the_price_or_why_not(form):
    form.options.options = tb.AdvancedOptions(variations=4)
    start = control(form, "Generate")
    assert start.description == "Generate 4 · 4 credits"
    assert not start.disabled
    form.prompt = ""
    assert start.disabled
    assert "Say what is to be seen." in hints(form)


def test_a_fault_of_the_options_is_one_of_the_form(form):
    form.options.values = {"negative_prompt": "x" * 501}
    assert "up to 500 characters" in form.faults["options"]
    form.options.values = {}
    assert form.valid


def test_images_and_their_names_go_together(form):
    first, second = png("red"), png("blue")
    form.add_image(first)
    form.add_image(second)
    assert form.prompt == "A red door @image1 @image2"
    control(form, "Prompt").cursor = len("A red door")
    form.add_image(third := png("green"))
    assert form.prompt == "A red door @image3 @image1 @image2"
    form.content_images = (third, first)
    assert form.prompt == "A red door @image1 @image2"
    assert form.content_images == (third, first)
    assert form.valid
    form.content_images = ()
    assert form.prompt.split() == ["A", "red", "door"]


def test_text_sent_during_a_move_keeps_its_old_image_numbers(form):
    form.content_images = (png("red"), png("blue"))
    control(form, "Prompt").set_state({"value": "@image1 left of", "written": [0, 1]})
    control(form, "Content images").set_state(
        {"value": control(form, "Content images").value[::-1]}
    )
    control(form, "Prompt").set_state({"value": "@image1 left of @image2", "written": [0, 2]})
    assert form.prompt == "@image2 left of @image1"
    control(form, "Prompt").set_state({"value": "@image2 left of @image1!", "written": [1, 3]})
    assert form.prompt == "@image2 left of @image1!"
    control(form, "Content images").set_state({"value": control(form, "Content images").value[:1]})
    control(form, "Prompt").set_state({"value": "@image2 right of @image1", "written": [1, 4]})
    assert form.prompt == "right of @image1"


def test_a_text_that_comes_twice_is_given_other_numbers_once(form):
    """The notebook brings every change once more, and holds it back while it is busy."""
    form.content_images = (png("red"), png("blue"))
    reported = {"value": "@image1 left of @image2", "written": [0, 1], "sent": ["page", 1]}
    control(form, "Prompt")._handle_custom_msg({"kind": "set", "traits": reported}, [])
    control(form, "Content images").set_state(
        {"value": control(form, "Content images").value[::-1]}
    )
    assert form.prompt == "@image2 left of @image1"
    control(form, "Prompt").set_state(reported)
    assert form.prompt == "@image2 left of @image1"


def test_a_cursor_stays_at_its_words_when_names_change(form):
    form.content_images = (png("red"), png("blue"))
    form.prompt = "@image1 left of @image2"
    control(form, "Prompt").cursor = len("@image1 left")
    control(form, "Content images").value = control(form, "Content images").value[::-1]
    assert form.prompt == "@image2 left of @image1"
    control(form, "Prompt").insert("far")
    assert form.prompt == "@image2 left far of @image1"


def test_there_is_room_for_five_images(form):
    for _ in range(5):
        form.add_image(png())
    with pytest.raises(errors.InvalidInput, match="room for 5"):
        form.add_image(png())
    with pytest.raises(errors.InvalidInput, match="up to 5"):
        form.content_images = (*form.content_images, png())
    assert len(form.content_images) == 5
    assert form.valid


def test_one_style_source_at_a_time(form):
    form.template = "11111111-1111-1111-1111-111111111111"
    form.style_reference = picture = png()
    assert form.template is None
    form.youtube_url = "https://youtu.be/dQw4w9WgXcQ"
    assert form.style_reference is None
    assert form.valid
    form.style_reference = picture
    assert form.brief() == {"prompt": "A red door", "style_reference": picture}
    control(form, "Style from").value = ""
    assert form.brief() == {"prompt": "A red door"}


def test_presets_templates_and_persons_are_those_of_the_service(client, form):
    cards = until(control(form, "Preset"), "cards")
    presets = client.presets()
    assert [card["key"] for card in cards] == [preset.key for preset in presets]
    assert all(card["has_image"] for card in cards)
    control(form, "Preset").value = presets[1].key
    assert form.brief()["preset"] == presets[1].key
    control(form, "Style from").value = "template"
    cards = until(control(form, "Template"), "cards")
    control(form, "Template").value = cards[0]["key"]
    assert form.template.id == cards[0]["key"]


@pytest.mark.filterwarnings("ignore:No face is seen")
def test_a_person_can_be_added(client):
    form = tb.PromptForm(client, prompt="A portrait")
    add = control(form, "Add person")
    control(form, "Name").value = "Ana"
    assert add.disabled
    control(form, "Images of the face").images = (png("tan", (200, 200)),)
    assert not add.disabled
    add.click()
    person = until(form, "person")
    assert person.name == "Ana"
    assert form.brief()["person"] is person
    assert "Ana" in {card["label"] for card in until(control(form, "Person"), "cards", len)}
    again = tb.PromptForm(client, prompt="A portrait", person="Ana")
    until(control(again, "Person"), "value", lambda value: value == person.id)
    assert again.brief()["person"] == "Ana"


def test_the_variations_are_beside_the_button_and_in_the_options(form):
    form.start.variations.value = "3"
    assert form.options.options == tb.AdvancedOptions(variations=3)
    assert control(form, "Generate").description == "Generate 3 \u00b7 3 credits"
    assert "variations" not in {field["name"] for field in form.options.fields}
    form.options.options = tb.AdvancedOptions(variations=2, background_blur=40)
    assert form.start.variations.value == "2"
    assert form.options.summary == "background blur 40 %"
    form.options.reset()
    assert form.options.options == tb.AdvancedOptions(variations=2), "those are not its to unset"
    apart = tb.PromptForm(form._client, prompt="A red door", start_apart=True)
    assert control(apart, "Generate") is None
    assert apart.start.button.description == "Generate 1 \u00b7 1 credit"


@pytest.mark.filterwarnings("ignore:No face is seen")
def test_a_person_is_deleted_once_it_is_confirmed(client):
    person = client.create_person("Soon Gone", images=[png(size=(200, 200))])
    picker = tb.PromptForm(client, prompt="A red door", person="Soon Gone")._persons
    until(picker.picker, "value", lambda value: value == person.id)
    delete = control(picker, "Delete")
    assert delete.question == "Delete \u201cSoon Gone\u201d for good?"
    delete.click()
    until(picker, "person", lambda person: person is None)
    until(picker.picker, "cards", lambda cards: person.id not in {card["key"] for card in cards})
    assert person.id not in {each.id for each in client.persons()}
    assert not delete.visible


@pytest.mark.slow
def test_its_repr_is_short_and_its_keywords_strict(client, form):
    assert repr(form) == "<PromptForm prompt='A red door', valid=True>"
    with pytest.raises(errors.InvalidInput, match="Did you mean title"):
        tb.PromptForm(client, titel="x")


def test_two_style_sources_are_refused(client):
    with pytest.raises(errors.InvalidInput, match="One style source at a time"):
        tb.PromptForm(client, template="x", youtube_url="https://youtu.be/dQw4w9WgXcQ")


def test_an_image_may_be_an_array(form):
    import numpy as np

    picture = np.zeros((36, 64, 3), np.uint8)
    form.style_reference = picture
    form.add_image(picture)
    form.add_image(picture)
    brief = form.brief()
    assert brief["style_reference"] is picture
    assert [item is picture for item in brief["content_images"]] == [True, True]
    form.style_reference = np.ones((36, 64, 3), np.uint8)
    assert control(form, "Reference image").images[0] is form.style_reference
