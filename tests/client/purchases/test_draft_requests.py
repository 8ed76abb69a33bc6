"""What is given for a brief: checked before anything is sent, pictures sent once."""

from __future__ import annotations

import io
import warnings

import numpy as np
import pytest
from PIL import Image

from tests.client import stub
from tests.client.youthumb_stub import name_of, sent
from thumbnb import errors


@pytest.mark.parametrize(
    ("brief", "says"),
    [
        ({"prompt": "ab"}, "3 to 2000"),
        ({"prompt": "x" * 2001}, "3 to 2000"),
        ({"title": "x" * 201}, "up to 200"),
        ({"name": "x" * 101}, "up to 100"),
        ({"options": {"variations": 5}}, "1 to 4"),
        ({"options": {"background_blur": 101}}, "0 to 100"),
        ({"options": {"negative_prompt": "x" * 501}}, "up to 500"),
        ({"options": {"face_expression": "sad"}}, "keep-original"),
        ({"options": {"blur": 3}}, "background_blur|no blur"),
        ({"template": "t", "youtube_url": "https://youtu.be/x"}, "One style source"),
        ({"style_reference": b"", "template": "t"}, "One style source"),
        ({"content_images": ["x"] * 6}, "up to 5"),
        ({"prompt": "next to @image1"}, "names @image1, but there are 0"),
        ({"prompt": "a @image2", "content_images": ["missing.jpg"]}, "but there is 1"),
        ({"content_images": ["missing.jpg"], "prompt": "a @image1"}, "no image"),
        ({"content_images": [5], "prompt": "a @image1"}, "type int is no image"),
        ({"content_images": [b"junk"], "prompt": "a @image1"}, "can be read"),
        ({"content_images": [np.zeros((2, 2, 9))], "prompt": "a @image1"}, "shape"),
    ],
)
def test_a_bad_brief_is_refused_with_the_limits_before_anything_is_sent(client, state, brief, says):
    prompt = brief.pop("prompt", "a red balloon")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with pytest.raises(errors.InvalidInput, match=says):
            client.create_project(prompt, **brief)
    assert not state.requests


def test_an_image_without_its_token_is_reported_and_used(client, state):
    image = Image.new("RGB", (8, 8), "blue")
    with pytest.warns(UserWarning, match="does not name @image2"):
        project = client.create_project("a @image1 here", content_images=[image, image])
    assert project.prompt == "a @image1 here @image2"
    [draft] = sent(state, "/api/thumbnails")
    assert draft["prompt"] == project.prompt
    assert len(draft["contentImages"]) == 2


def test_each_content_goes_up_once(client, state, tmp_path):
    image = Image.new("RGB", (40, 30), "green")
    path = tmp_path / "a.png"
    image.save(path)
    same = [path, str(path), path.read_bytes(), image, np.asarray(image)]
    prompt = "@image1 @image2 @image3 @image4 @image5"
    client.create_project(prompt, content_images=same)
    client.create_project(prompt, content_images=same)
    assert len(state.assets) == 2  # the file's own bytes, and the picture encoded anew
    assert path.read_bytes() in state.assets[0]
    first, second = sent(state, "/api/thumbnails")
    assert first["contentImages"] == second["contentImages"]


def test_a_frame_of_a_video_is_used_as_it_is(client, state):
    frame = client.video("m-1").generate_thumbnail(time=5)
    client.create_project("next to @image1", content_images=[frame])
    assert frame.bytes in state.assets[0]


def test_image_url_is_passed_at_creation_and_fetched_at_a_start(client, state):
    url = f"{stub.BASE}/files/1.png"
    project = client.create_project("@image1", content_images=[url], style_reference=url)
    [draft] = sent(state, "/api/thumbnails")
    assert draft["contentImages"] == [{"url": url}]
    assert draft["styleReferenceUrl"] == url
    assert not state.assets
    project.generate(prompt="@image1", content_images=[url])
    assert len(state.assets) == 1
    assert state.started[-1]["contentImages"] == [{"url": f"{stub.BASE}/assets/1"}]


def test_images_keep_transparency_and_are_turned_upright(client, state):
    clear = Image.new("RGBA", (20, 10), (255, 0, 0, 128))
    turned = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    Image.new("CMYK", (20, 10)).save(turned, "TIFF", exif=exif)
    client.create_project("@image1 @image2", content_images=[clear, turned.getvalue()])
    form = [body.partition(b"\r\n\r\n")[2] for body in state.assets]
    pictures = [body[body.index(b"\r\n\r\n") + 4 :] for body in form]
    with Image.open(io.BytesIO(pictures[0])) as first:
        assert first.mode == "RGBA"
    with Image.open(io.BytesIO(pictures[1])) as second:
        assert (second.mode, second.size) == ("RGB", (10, 20))


@pytest.mark.parametrize(
    ("person", "field"),
    [("Mia", {"personName": "Mia"}), (name_of(7), {"personId": name_of(7)})],
)
def test_a_person_is_an_object_an_id_or_a_name(client, state, person, field):
    client.create_project("a portrait", person=person)
    assert field.items() <= sent(state, "/api/thumbnails")[-1].items()


# -- what one start changes -----------------------------------------------------------

BLUE = Image.new("RGB", (8, 8), "blue")


def prompts_sent(state):
    return [body.get("prompt") for body in state.started]


@pytest.mark.parametrize(
    ("images", "changes", "comes_to"),
    [
        ([BLUE], {"prompt": "a blue lake"}, "a blue lake @image1"),
        ([], {"content_images": [BLUE]}, "a red balloon @image1"),
        ([BLUE, BLUE], {"prompt": "a @image2 lake"}, "a @image2 lake @image1"),
        ([], {"prompt": "a lake", "content_images": [BLUE]}, "a lake @image1"),
    ],
)
def test_a_start_whose_image_is_not_named_says_so_and_uses_it(
    client, state, images, changes, comes_to
):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        project = client.create_project("a red balloon", content_images=images)
    with pytest.warns(UserWarning, match="does not name @image1"):
        results = project.generate(**changes)
    assert prompts_sent(state) == [comes_to]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        client.run(results.run_id).again(**{**changes, "title": "HI"})
    assert prompts_sent(state) == [comes_to] * 2


@pytest.mark.parametrize(
    ("images", "changes", "says"),
    [
        ([], {"prompt": "a lake by @image1"}, "names @image1, but there are 0"),
        ([BLUE], {"prompt": "@image1 and @image3"}, "names @image3, but there is 1"),
        ([BLUE], {"content_images": []}, "names @image1, but there are 0"),
        ([], {"prompt": "@image2", "content_images": [BLUE]}, "names @image2, but there is 1"),
    ],
)
def test_a_start_that_names_none_of_its_images_is_refused(client, state, images, changes, says):
    prompt = "a red balloon @image1" if images else "a red balloon"
    project = client.create_project(prompt, content_images=images)
    state.forget()
    with pytest.raises(errors.InvalidInput, match=says):
        project.generate(**changes)
    assert not state.requests


def test_a_start_that_changes_neither_is_left_as_it_is(client, state, recwarn):
    project = client.create_project("a red balloon @image1", content_images=[BLUE])
    project.generate(title="UP")
    project.generate(prompt="@image1 at night")
    project.generate(prompt="at night", content_images=[])
    assert prompts_sent(state) == [None, "@image1 at night", "at night"]
    # Of a project made elsewhere it is not known what pictures it has.
    client.project(project.id).generate(prompt="@image1 again")
    assert not recwarn.list


def test_a_prompt_too_long_by_the_name_that_was_added_says_so(client, state):
    with pytest.raises(errors.InvalidInput, match=r"1999 characters.* @image1 .*2007.*2000"):
        client.create_project("x" * 1999, content_images=[BLUE])
    with pytest.raises(errors.InvalidInput, match="not one of 2001"):
        client.create_project("x" * 2001, content_images=[BLUE])
    assert not state.requests


@pytest.mark.parametrize("call", ["start", "generate", "at once"])
def test_an_option_given_as_a_keyword_is_shown_its_place(client, call):
    project = client.create_project("A red door")
    make = {"start": project.start, "generate": project.generate}.get(
        call, lambda **keywords: client.generate("A red door", **keywords)
    )
    with pytest.raises(errors.InvalidInput, match=r"options=\{'variations': 4\}"):
        make(variations=4)
    with pytest.raises(errors.InvalidInput, match=r"Did you mean title=\?"):
        make(titel="OPEN")


def test_a_job_says_what_it_is_about_from_its_first_moment(client):
    project = client.create_project("A red door", title="OPEN", preset="office")
    job = project.start(title="SHUT")
    assert repr(job).startswith("<Job generate of \u201cSHUT\u201d \u00b7 office:")
    job.result()
    assert job.subject == "\u201cSHUT\u201d \u00b7 office"
