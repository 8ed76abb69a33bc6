"""Our own client against the embedded service: the whole way from a video to a DataFrame."""

from __future__ import annotations

import asyncio
import warnings

import numpy as np
import pytest
from PIL import Image, ImageDraw

import thumbnb as tb
from thumbnb import errors
from thumbnb.client.connect import close_embedded

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    home = tmp_path_factory.mktemp("client")
    yield tb.connect(embedded=True, home=home, quiet=True)
    close_embedded()


@pytest.fixture(scope="module")
def portrait(tmp_path_factory):
    """Somebody before a plain ground, who can be cut out of it without OpenCV."""
    path = tmp_path_factory.mktemp("portrait") / "mia.jpg"
    image = Image.new("RGB", (600, 600), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((190, 120, 410, 400), fill="#c68642")
    draw.rounded_rectangle((130, 420, 470, 640), 60, fill="#2244aa")
    image.save(path, quality=95)
    return path


@pytest.fixture(scope="module")
def project(client, portrait, talk_path):
    video = client.upload(talk_path)
    person = client.create_person("Mia", images=[portrait])
    return client.create_project(
        "Excited creator next to @image1, bright yellow background",
        preset="mrbeast-viral",
        title="I LEFT EARTH FOREVER",
        person=person,
        content_images=[video.generate_thumbnail(time=2.5, width=640, height=360)],
        options=tb.AdvancedOptions(variations=4, background_blur=60, text_position="top"),
    )


@pytest.fixture(scope="module")
def results(project):
    job = project.start()
    return job.result()


def test_from_a_video_to_four_images(client, project, results):
    assert project.status == "completed"
    assert [image.size for image in results.images] == [(1280, 720)] * 4
    assert results.credits == 4
    pixels = [np.asarray(image.resize((64, 36)), dtype=int) for image in results.images]
    for n, one in enumerate(pixels):
        assert one.std() > 20, "something is on it"
        for other in pixels[:n]:
            assert np.abs(one - other).mean() > 1, "no two the same"
    yellow = [image.resize((1, 1)).getpixel((0, 0)) for image in results.images]
    assert all(red > 120 and green > blue + 30 for red, green, blue in yellow), yellow


def test_the_same_as_a_table(results):
    frame = results.to_frame()
    assert len(frame) == 4
    assert list(frame["width"]) == [1280] * 4
    assert frame["url"].is_unique
    assert list(frame["credits"]) == [1.0] * 4
    assert frame["score_legibility"].between(0, 1).all()
    for option in ("title", "background_blur"):
        assert all(option in applied for applied in frame["applied"])
    assert frame["seed"].notna().all()


def test_a_frame_of_a_video_is_used_as_it_is(results):
    """The right half of the frame is one grey that nothing else in the picture has."""
    (job_image,) = results.job.images.content
    assert job_image.name == "@image1"
    assert (job_image.width, job_image.height) == (640, 360)


def test_awaited(client):
    project = client.create_project("Mountains at sunrise", title="GO")

    async def two():
        return await asyncio.gather(project.generate.aio(), project.generate.aio(title="STAY"))

    first, second = asyncio.run(two())
    assert first.job_id != second.job_id
    assert len(first.images) == len(second.images) == 1


def test_what_a_compositor_cannot_do_is_reported_with_its_reason(client, portrait):
    person = client.create_person("Tom", images=[portrait])
    project = client.create_project(
        "A creator", person=person, options={"face_expression": "serious"}
    )
    result = project.generate()[0]
    reported = {item.option: item for item in result.report}
    assert reported["face_expression"].outcome in {"ignored", "approximated"}
    assert reported["face_expression"].reason
    assert "face_expression" in result.ignored + result.approximated


def test_going_on_from_a_result(project, results):
    again = project.generate(source=results[2], title="AND BACK", options={"variations": 1})
    assert len(again) == 1
    assert again[0].seed == results[2].seed


def test_a_style_from_an_array_and_a_template(client):
    array = np.zeros((90, 160, 3), dtype=np.uint8)
    array[:, :, 2] = 200
    styled = client.create_project("A city at night", style_reference=array).generate()
    assert styled.job.images.style_reference[0].width == 160
    template = client.templates(category="gaming")[0]
    made = client.create_project("A robot", template=template).generate()
    assert made.job.images.style_reference[0].name == template.name


def test_an_image_that_cannot_be_had_is_reported(client):
    project = client.create_project(
        "A phone like @image1", content_images=["http://127.0.0.1:9/none.png"]
    )
    result = project.generate()[0]
    (reported,) = [
        t for t in result.report if t.option == "content_images" and t.outcome == "ignored"
    ]
    assert "not on the public internet" in reported.reason


def test_the_library(client, project, results):
    assert project.id in [item.id for item in client.projects()]
    renamed = client.project(project.id).rename("To the moon")
    assert client.project(project.id).name == renamed.name == "To the moon"
    client.favorite_job(results.job_id)
    liked = client.results(favorite=True)
    assert {item.id for item in liked} == {item.id for item in results}
    spare = client.create_project("Not needed any more")
    spare.trash()
    assert [item.id for item in client.trash()] == [spare.id]
    spare.restore()
    assert client.trash() == []
    client.trash_job(results.job_id)
    assert [job.id for job in client.trash("jobs")] == [results.job_id]
    client.restore_job(results.job_id)


def test_persons_presets_templates_and_help_with_prompts(client, portrait):
    person = client.create_person("Ada", images=[portrait], description="curly")
    assert person.images[0].image.size == (600, 600)
    person.update(description="")
    assert client.person(person.id).description is None
    person.set_default()
    person.delete()
    assert person.id not in [other.id for other in client.persons()]
    assert len(client.presets()) == 15
    before = client.usage().credits
    better = client.improve_prompt("Excited creator", context={"person_name": "Mia"})
    assert "Mia" in better
    assert "image in" in client.prompt_from(client.templates(limit=1)[0])
    assert client.prompt_from(portrait)
    assert client.usage().credits == before - 1.5


def test_errors_come_as_the_clients_own(client, tmp_path, monkeypatch):
    with pytest.raises(errors.NotFound):
        client.project("nowhere")
    with pytest.raises(errors.Rejected) as refused:
        client.create_project("A phone", preset="no-such-preset")
    assert "preset" in refused.value.details
    monkeypatch.setenv("THUMBNB_CREDITS", "1")
    poor = tb.connect(embedded=True, home=tmp_path, quiet=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        project = poor.create_project("A phone", options={"variations": 2})
    with pytest.raises(errors.InsufficientCredits) as short:
        project.generate()
    assert (short.value.balance, short.value.cost) == (1, 2)


def test_the_same_over_http(server, tmp_path):
    """A server of one's own: the key and the address are all that changes."""
    with tb.connect(
        youthumb_key=server.token,
        youthumb_url=f"{server.url}/api",
        videodb_key=server.token,
        videodb_url=server.url,
        home=tmp_path,
        quiet=True,
    ) as client:
        image = Image.new("RGB", (64, 36), "teal")
        project = client.create_project("A robot beside @image1", content_images=[image])
        (result,) = project.generate()
        assert result.image.size == (1280, 720)
        assert result.url.startswith(server.url)
        assert result.job_id in [job.id for job in project.jobs()]
