"""Pictures brought in from addresses: guarded, bounded, kept; what cannot be had is said."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from tests.service.tools import Source, plain
from tests.service.youthumb_harness import YouThumbHarness, denied, photo, reasons
from thumbnb import render
from thumbnb.service.media import open_image
from thumbnb.service.tasks import image_sources

PHOTO = photo((640, 360), form="JPEG")


@pytest.fixture
def web():
    """A web server with one good picture and much else."""

    def answer(handler):
        path = handler.path.partition("?")[0]
        if path.startswith("/good"):
            plain(handler, PHOTO)
        elif path == "/page.png":
            plain(handler, b"<html><body>not an image</body></html>")
        elif path == "/half.jpg":
            plain(handler, PHOTO[: len(PHOTO) // 2])
        elif path == "/large.png":
            plain(handler, bytes(200_000))
        elif path == "/bomb.png":
            plain(handler, bomb())
        elif path == "/vector.svg":
            plain(handler, b'<svg xmlns="http://www.w3.org/2000/svg"/>')
        elif path == "/slow.png":
            handler.send_response(200)
            handler.end_headers()
            handler.rfile.read(1)  # until the client is gone
        else:
            plain(handler, b"", status=404)

    with Source(answer) as source:
        yield source


@pytest.fixture
def open_youthumb(tmp_path, small, request):
    """A service that may fetch from this machine, where the tests' web server is.

    The parameter is how many seconds a fetch may take.
    """
    seconds = getattr(request, "param", 120.0)
    youthumb = YouThumbHarness(
        tmp_path / "home",
        allow_private_urls=True,
        max_image=150_000,
        image_download_seconds=seconds,
    )
    yield youthumb
    youthumb.close()


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 20,000 x 20,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b"")


@pytest.mark.slow
def test_an_image_elsewhere_is_fetched_once_and_kept(open_youthumb, web):
    project_id = open_youthumb.create(
        "A desk beside @image1", contentImages=[{"url": f"{web.url}/good.jpg"}]
    )
    kept = open_youthumb.project(project_id)["projectMetadata"]["contentImages"]
    assert open_youthumb.http.get(kept[0]["url"]).content == PHOTO
    job = open_youthumb.finish(project_id, open_youthumb.start(project_id))
    assert web.requested == ["/good.jpg"]
    assert job["status"] == "completed"
    assert [i["name"] for i in job["images"]["content"]] == ["@image1"]
    assert job["metadata"]["sources"] == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing.png", "answered 404"),
        ("/page.png", "not an image"),
        ("/half.jpg", "not an image"),
        ("/vector.svg", "not an image"),
        ("/large.png", "larger than the 150,000 bytes"),
        ("/bomb.png", "At most 64 million pixels"),
    ],
)
def test_what_cannot_be_had_is_left_out_and_reported(open_youthumb, web, path, reason):
    project_id = open_youthumb.create(
        "@image1 and @image2",
        contentImages=[{"url": web.url + path}, {"url": f"{web.url}/good.jpg"}],
        styleReferenceUrl=web.url + path,
    )
    about = open_youthumb.project(project_id)["projectMetadata"]
    assert about["contentImages"][0] == {}
    assert about["contentImages"][1]["url"]
    assert reason in reasons(about["sources"], "contentImages")
    assert "@image1: " in reasons(about["sources"], "contentImages")
    assert reason in reasons(about["sources"], "styleReferenceUrl")
    assert len(list((open_youthumb.home / "unfinished").iterdir())) == 0


@pytest.mark.parametrize("open_youthumb", [0.7], indirect=True)
def test_a_slow_image_is_left_out(open_youthumb, web):
    project_id = open_youthumb.create("@image1", contentImages=[{"url": f"{web.url}/slow.png"}])
    about = open_youthumb.project(project_id)["projectMetadata"]
    assert about["contentImages"] == [{}]
    assert "took longer than 0.7 s" in reasons(about["sources"], "contentImages")


def test_what_was_left_out_is_in_the_job_and_in_every_result(open_youthumb, web):
    job = open_youthumb.make(
        "@image2 next to @image1",
        contentImages=[{"url": f"{web.url}/page.png"}, {"url": f"{web.url}/good.jpg"}],
        advancedOptions={"variations": 2},
    )
    assert job["status"] == "completed"
    assert "not an image" in reasons(job["metadata"]["sources"], "contentImages")
    assert [i["name"] for i in job["images"]["content"]] == ["@image2"]
    for result in job["images"]["results"]:
        assert "not an image" in reasons(result["report"], "contentImages")


def test_addresses_inside_the_network_are_never_asked(youthumb, web):
    project_id = youthumb.create(
        "@image1 and @image2",
        contentImages=[{"url": f"{web.url}/good.jpg"}, {"url": "http://169.254.169.254/latest"}],
        styleReferenceUrl=f"{web.url}/good.jpg",
    )
    about = youthumb.project(project_id)["projectMetadata"]
    assert about["contentImages"] == [{}, {}]
    for option in ("contentImages", "styleReferenceUrl"):
        assert "not on the public internet" in reasons(about["sources"], option)
    assert web.requested == []


@pytest.mark.slow
def test_our_own_addresses_need_no_fetching(youthumb, talk):
    video = youthumb.upload(talk)
    frame = youthumb.thumbnail(video, time=1.5, width=640, height=360)
    elsewhere = frame["url"].replace("thumbnb.localhost", "some-other-name:99")
    job = youthumb.make("A frame, @image1, and @image2",
                     contentImages=[{"url": frame["url"]}, {"url": elsewhere}])  # fmt: skip
    assert job["status"] == "completed"
    assert job["metadata"]["sources"] == []
    pictures = [youthumb.picture(item) for item in job["images"]["content"]]
    assert [p.size for p in pictures] == [(640, 360), (640, 360)]


def test_our_own_addresses_must_bear_our_signature_and_show_an_image(youthumb, talk):
    video = youthumb.upload(talk)
    forged = youthumb.asset()["url"].partition("?")[0] + "?signature=abc"
    project_id = youthumb.create(
        "@image1 and @image2", contentImages=[{"url": forged}, {"url": video["stream_url"]}]
    )
    about = youthumb.project(project_id)["projectMetadata"]
    assert about["contentImages"] == [{}, {}]
    reason = reasons(about["sources"], "contentImages")
    assert "not an image" in reason, "a video is none"


@pytest.mark.slow
def test_what_a_project_works_from_stays_when_its_asset_goes(youthumb):
    asset = youthumb.asset("template", photo(seed=4))
    project_id = youthumb.create("Like @image1", contentImages=[{"userImageId": asset["id"]}])
    youthumb.given("DELETE", f"/assets/{asset['id']}")
    job = youthumb.finish(project_id, youthumb.start(project_id))
    assert job["status"] == "completed"
    assert youthumb.http.get(job["images"]["content"][0]["url"]).content == photo(seed=4)


@pytest.mark.slow
def test_an_image_the_prompt_does_not_name_is_left_out_and_reported(youthumb, monkeypatch):
    seen = []
    compose = render.compose

    def watching(brief, **options):
        seen.append(brief)
        return compose(brief, **options)

    monkeypatch.setattr(render, "compose", watching)
    project_id = youthumb.create(
        "A phone, @image3, in front of @image2",
        contentImages=[
            {"url": youthumb.asset(content=photo((40 * n, 40)))["url"]} for n in (1, 2, 3)
        ],
    )
    job = youthumb.finish(project_id, youthumb.start(project_id))
    assert [i["name"] for i in job["images"]["content"]] == ["@image2", "@image3"]
    assert "does not name @image1" in reasons(job["metadata"]["sources"], "contentImages")
    (brief,) = seen
    assert brief.prompt == "A phone, @image2, in front of @image1", "numbered without the gap"
    assert [image.width for image in brief.content_images] == [80, 120]
    assert job["userPrompt"] == "A phone, @image3, in front of @image2"

    named = youthumb.finish(project_id, youthumb.start(project_id, prompt="Only @image1"))
    assert [i["name"] for i in named["images"]["content"]] == ["@image1"]


@pytest.mark.slow
def test_the_best_image_of_a_youtube_video(open_youthumb, web, monkeypatch):
    monkeypatch.setattr(
        image_sources, "YOUTUBE", (f"{web.url}/vi/{{}}/best.jpg", f"{web.url}/good/{{}}.jpg")
    )
    project_id = open_youthumb.create(youtubeUrl="https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3")
    assert web.requested == ["/vi/dQw4w9WgXcQ/best.jpg", "/good/dQw4w9WgXcQ.jpg"]
    job = open_youthumb.finish(project_id, open_youthumb.start(project_id))
    assert open_youthumb.http.get(job["images"]["styleReference"][0]["url"]).content == PHOTO
    assert job["metadata"]["generationType"] == "thumbnail"
    options = {t["option"]: t["outcome"] for t in job["images"]["results"][0]["report"]}
    assert options["youtubeUrl"] in {"applied", "approximated"}


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", True),
        ("http://youtube.com/watch?list=x&v=dQw4w9WgXcQ", True),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ?feature=share", True),
        ("https://music.youtube.com/watch?v=dQw4w9WgXcQ", True),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", True),
        ("https://youtu.be/dQw4w9WgXcQ", True),
        ("https://www.youtube.com/@somebody", False),
        ("https://youtube.com.example.org/watch?v=dQw4w9WgXcQ", False),
        ("https://www.youtube.com/watch?v=../../etc/x", False),
        ("https://vimeo.com/12345678901", False),
        ("http://[::1", False),
    ],
)
def test_addresses_of_youtube(url, found):
    pictures = image_sources.youtube_image_urls(url)
    assert bool(pictures) is found
    assert all("/dQw4w9WgXcQ/" in picture for picture in pictures)


def test_one_source_counts_and_the_others_are_reported_so(open_youthumb, web):
    template = open_youthumb.given("GET", "/templates?limit=1")["templates"][0]
    project_id = open_youthumb.create(
        styleReferenceUrl=f"{web.url}/good.jpg",
        youtubeUrl="https://youtu.be/dQw4w9WgXcQ",
        templateId=template["id"],
    )
    about = open_youthumb.project(project_id)["projectMetadata"]
    assert about["source"] == "styleReferenceUrl"
    for name in ("youtubeUrl", "templateId"):
        assert "styleReferenceUrl goes first" in reasons(about["sources"], name)
    assert web.requested == ["/good.jpg"]


@pytest.mark.slow
def test_a_template_lends_its_style(youthumb):
    template = youthumb.given("GET", "/templates?category=gaming")["templates"][0]
    job = youthumb.make(prompt="A shocked creator", title="Who wins?", templateId=template["id"])
    (reference,) = job["images"]["styleReference"]
    assert (reference["width"], reference["height"]) == (1280, 720)
    assert reference["name"] == template["name"]
    report = job["images"]["results"][0]["report"]
    assert "colours, light and layout" in reasons(report, "templateId", "approximated")
    # Its own address is one of ours as well.
    again = youthumb.make(styleReferenceUrl=template["thumbnailUrl"])
    assert again["images"]["styleReference"][0]["width"] == 640


def test_at_a_start_images_must_have_been_uploaded(open_youthumb, web):
    project_id = open_youthumb.create()
    fields = {"contentImages": [{"url": f"{web.url}/good.jpg"}], "prompt": "With @image1"}
    answer = open_youthumb.call("POST", f"/thumbnails/{project_id}/start", fields)
    denied(answer, 400, contentImages=1)
    assert web.requested == []
    fields["contentImages"] = [{"url": open_youthumb.asset()["url"]}]
    job = open_youthumb.finish(project_id, open_youthumb.start(project_id, **fields))
    assert len(job["images"]["content"]) == 1


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_formats(youthumb, form):
    made = youthumb.asset("template", photo(form=form))
    assert made["mimeType"] == Image.MIME[form]
    answer = youthumb.http.get(made["url"])
    assert answer.headers["content-type"] == Image.MIME[form]
    assert Image.open(io.BytesIO(answer.content)).format == form


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", photo(form="TIFF"), photo()[:-200], b"GIF89a" * 9],
)
def test_uploads_that_are_no_images(youthumb, content):
    answer = youthumb.call(
        "POST", "/assets", data={"type": "face"}, files={"file": ("x.png", content, "image/png")}
    )
    denied(answer, 400)
    assert youthumb.rows("pictures") == 0
    assert youthumb.files() == []


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_images_of_every_mode_and_shape_can_be_used(youthumb, mode):
    encoded = io.BytesIO()
    size = (1, 1) if mode == "L" else (3000, 5) if mode == "P" else (90, 60)
    Image.new(mode, size, 1).save(encoded, "JPEG" if mode == "CMYK" else "PNG")
    url = youthumb.asset(content=encoded.getvalue())["url"]
    job = youthumb.make("Just @image1", contentImages=[{"url": url}])
    assert job["status"] == "completed", job["errorMessage"]


@pytest.mark.slow
def test_a_huge_photograph_is_opened_at_a_fraction_of_its_size(tmp_path):
    path = tmp_path / "huge.jpg"
    Image.new("RGB", (9000, 7000), "teal").save(path, quality=50)
    known = open_image.examine(path)
    assert (known.width, known.height) == (9000, 7000)
    assert open_image.load(path).size == (4500, 3500)
    Image.new("1", (9000, 8000)).save(tmp_path / "too-many.png")
    with pytest.raises(Exception, match="64 million"):
        open_image.examine(tmp_path / "too-many.png")
