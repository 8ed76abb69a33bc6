"""Photos of a person in which no face is seen: that is said, and they are sent all the same."""

from __future__ import annotations

import threading

import pytest
from PIL import Image, ImageDraw

import thumbnb as tb
from thumbnb.client.inputs.face_check import images_without_face, missing_face_text
from thumbnb.widgets import PersonPicker
from thumbnb.widgets.core import trait_updates


def cup():
    image = Image.new("RGB", (640, 640), "#d8dce0")
    draw = ImageDraw.Draw(image)
    draw.ellipse((420, 300, 540, 440), outline="#2b5f8f", width=24)
    draw.rectangle((200, 240, 440, 520), fill="#2b5f8f")
    return image


@pytest.mark.slow
def test_a_cup_is_no_face():
    assert images_without_face([cup()]) == [1]
    assert images_without_face([tb.sample_portrait(), cup()]) == [2]
    assert (
        images_without_face(["https://h.example/a.jpg", b"no image", Image.new("RGB", (9, 9))])
        == []
    )
    assert "in the image:" in missing_face_text([1], 1)
    assert "in image 2 and 3:" in missing_face_text([2, 3], 4)


def test_a_person_of_a_cup_is_made_with_a_warning(client, recwarn):
    client.create_person("Mia", images=[tb.sample_portrait()])
    assert not recwarn
    with pytest.warns(UserWarning, match="No face is seen in the image.*sent all the same"):
        person = client.create_person("Mug", images=cup())
    assert person.name == "Mug"


def settled(picker):
    """Wait until what was found out is shown."""
    picker._jobs["faces"].result(timeout=180)
    shown = threading.Event()
    trait_updates.shared.call(picker, shown.set)
    assert shown.wait(180)


def test_the_form_says_it_beside_the_images(client):
    picker = PersonPicker(client)
    picker.name.value = "Mug"
    picker.faces.images = [tb.sample_portrait(), cup()]
    settled(picker)
    assert "in image 2" in picker.faces.fault
    assert not picker._button.disabled
    picker.faces.images = [tb.sample_portrait()]
    settled(picker)
    assert picker.faces.fault == ""
