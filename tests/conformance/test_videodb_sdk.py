"""The official ``videodb`` package, unmodified, does its whole workflow with ``thumbnb serve``."""

from __future__ import annotations

import io

import pytest
import requests
import videodb
from PIL import Image
from videodb.exceptions import AuthenticationError, InvalidRequestError
from videodb.image import Image as SdkImage

from tests.service.tools import Source, frame_number, plain

pytestmark = pytest.mark.slow


@pytest.fixture
def connection(server):
    connection = videodb.connect(api_key=server.token, base_url=server.url)
    connection.session.trust_env = False
    yield connection
    connection.session.close()


@pytest.fixture
def collection(connection):
    return connection.get_collection()


@pytest.fixture
def video(collection, talk_path):
    video = collection.upload(file_path=str(talk_path))
    yield video
    video.delete()


@pytest.fixture
def forced_async(connection):
    """Have every answer come as a job to be polled; the server is asked to by a header."""

    def prefer(request):
        # Unheld, the first poll would come too soon and the next one five seconds later.
        polling = "/async-response/" in request.url
        request.headers["Prefer"] = "wait=20" if polling else "respond-async"
        return request

    connection.session.auth = prefer


def fetch(url: str) -> bytes:
    with requests.Session() as browser:
        browser.trust_env = False
        answer = browser.get(url, timeout=180)
    assert answer.status_code == 200
    return answer.content


def test_the_vendors_own_example(connection, video):
    """The four lines of the documentation of the thumbnail endpoint."""
    coll = connection.get_collection()
    first = coll.get_videos()[0]
    thumbnail = first.generate_thumbnail(time=3.0)
    assert thumbnail.id.startswith("img-")
    assert frame_number(fetch(thumbnail.url)) == 30


def test_collections(connection):
    assert connection.get_collection().id in [c.id for c in connection.get_collections()]
    made = connection.create_collection("Lectures", "of last year")
    assert (made.name, made.description, made.is_public) == ("Lectures", "of last year", False)
    assert connection.get_collection(made.id).name == "Lectures"
    assert made.get_videos() == []


def test_a_file_is_uploaded_found_and_deleted(collection, talk_path):
    video = collection.upload(file_path=str(talk_path), name="My talk")
    assert isinstance(video, videodb.video.Video)
    assert (video.name, video.collection_id) == ("My talk", collection.id)
    assert video.length == pytest.approx(4.0)
    assert fetch(video.stream_url) == talk_path.read_bytes()
    assert video.id in [v.id for v in collection.get_videos()]
    assert collection.get_video(video.id).name == "My talk"
    video.delete()
    assert video.id not in [v.id for v in collection.get_videos()]
    with pytest.raises(InvalidRequestError, match="no video"):
        collection.get_video(video.id)


def test_an_address_is_uploaded(collection, talk_path):
    with Source(lambda handler: plain(handler, talk_path.read_bytes())) as source:
        video = collection.upload(url=source.url + "/over-there.mp4")
    assert video.name == "over-there"
    assert video.length == pytest.approx(4.0)
    collection.delete_video(video.id)


def test_the_default_thumbnail_is_an_address(video):
    address = video.generate_thumbnail()
    assert isinstance(address, str)
    assert Image.open(io.BytesIO(fetch(address))).size == (192, 108)
    # A client that does not know it yet asks for it.
    video.thumbnail_url = None
    assert video.generate_thumbnail() == address


def test_thumbnails_at_times(video):
    made = {t: video.generate_thumbnail(time=t) for t in (0.5, 1, 2.25, 4.0)}
    for t, image in made.items():
        assert isinstance(image, SdkImage)
        assert frame_number(fetch(image.url)) == min(int(t * 10), 39)
    assert video.generate_thumbnail(time=0.5).id == made[0.5].id
    listed = video.get_thumbnails()
    assert [image.id for image in listed] == [made[t].id for t in sorted(made)]


def test_images(collection, video):
    made = video.generate_thumbnail(time=1.5)
    assert made.id in [image.id for image in collection.get_images()]
    assert collection.get_image(made.id).url == made.url
    assert fetch(made.generate_url()) == fetch(made.url)
    made.delete()
    assert made.id not in [image.id for image in collection.get_images()]
    other = video.generate_thumbnail(time=1.6)
    collection.delete_image(other.id)
    with pytest.raises(InvalidRequestError, match="no image"):
        collection.get_image(other.id)


def test_an_image_from_a_prompt(collection):
    image = collection.generate_image("a calm lake at dawn", aspect_ratio="16:9")
    assert isinstance(image, SdkImage)
    assert Image.open(io.BytesIO(fetch(image.generate_url()))).size == (1280, 720)
    image.delete()


@pytest.mark.usefixtures("forced_async")
def test_the_same_as_jobs_to_be_polled(collection, talk_path):
    video = collection.upload(file_path=str(talk_path))
    assert isinstance(video, videodb.video.Video)
    image = video.generate_thumbnail(time=2.0)
    assert isinstance(image, SdkImage)
    assert frame_number(fetch(image.url)) == 20
    assert isinstance(collection.generate_image("hills"), SdkImage)
    job = collection._connection.post(
        path=f"video/{video.id}/thumbnail", data={"time": 2.0}, wait=False
    )
    reported = collection._connection.get_async_response(job["id"])
    assert reported["id"] == image.id
    video.delete()


@pytest.mark.usefixtures("forced_async")
def test_a_failure_comes_with_its_reason_when_polled(collection, tmp_path):
    (tmp_path / "notes.mp4").write_text("these are notes, not a film")
    with pytest.raises(InvalidRequestError, match="not a video"):
        collection.upload(file_path=str(tmp_path / "notes.mp4"))


def test_failures_come_with_their_reasons(server, collection, video, tmp_path):
    (tmp_path / "notes.mp4").write_text("these are notes, not a film")
    with pytest.raises(InvalidRequestError, match="not a video"):
        collection.upload(file_path=str(tmp_path / "notes.mp4"))
    for time in (-1, 1e9, "12.5", True):
        with pytest.raises(InvalidRequestError, match=r"time|frame"):
            video.generate_thumbnail(time=time)
    stranger = videodb.connect(api_key="sk-wrong", base_url=server.url)
    with pytest.raises(AuthenticationError, match="token"):
        stranger.get_collection()
    stranger.session.close()


def test_a_base_address_that_ends_in_a_slash(server, collection):
    connection = videodb.connect(api_key=server.token, base_url=server.url + "/")
    assert connection.get_collection().id == collection.id
    connection.session.close()
