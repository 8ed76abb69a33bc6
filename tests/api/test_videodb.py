"""VideoDB's wire: what we send and every form of answer we take."""

from __future__ import annotations

import asyncio
import inspect
import json

import httpx
import pytest

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.api.transport import Transport
from thumbnb.api.videodb import Done, Failed, Pending, read_answer
from thumbnb.models import VideoRecord

URL = "https://api.example/async-response/job-1"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # the contract's three
        ({"success": True, "status": "processing", "data": {"id": "j", "output_url": URL}},
         Pending(URL, None, "processing")),
        ({"success": True, "status": "done", "data": {"id": "img-1"}}, Done({"id": "img-1"})),
        ({"success": False, "status": "failed", "message": "no picture"},
         Failed("no picture")),
        # what the official clients also read
        ({"success": True, "data": {"id": "img-1"}}, Done({"id": "img-1"})),
        ({"status": "in progress", "data": {"output_url": URL, "percentage": 12.5}},
         Pending(URL, 12.5, "in progress")),
        ({"status": "done", "response": {"success": True, "data": {"id": "x"}}}, Done({"id": "x"})),
        ({"status": "done", "response": {"success": False, "message": "too dark"}},
         Failed("too dark")),
        ({"success": False, "status": "processing", "data": {"output_url": URL}},
         Pending(URL, None, "processing")),
        ({"success": False}, Failed("no reason was given")),
        ({"success": True, "data": []}, Done([])),
        ({"success": True}, Done(None)),
        # words nobody documented
        ({"success": True, "status": "Simmering", "data": {"id": "j", "output_url": URL}},
         Pending(URL, None, "simmering")),
        ({"success": True, "status": "archived", "data": {"id": "img-1", "url": "u"}},
         Done({"id": "img-1", "url": "u"})),
        ({"success": True, "status": "error", "message": "m", "data": {}}, Failed("m")),
        # a finished answer that still names where it came from
        ({"success": True, "status": "done", "data": {"id": "img-1", "output_url": URL}},
         Done({"id": "img-1", "output_url": URL})),
    ],
)  # fmt: skip
def test_every_form_of_answer(body, expected):
    got = read_answer(body)
    if isinstance(expected, Failed):
        assert (type(got), got.message, got.body) == (Failed, expected.message, body)
    else:
        assert got == expected


def test_a_poll_may_leave_out_the_address_it_was_asked_at():
    assert read_answer({"status": "processing", "data": None}, output_url=URL).output_url == URL


@pytest.mark.parametrize("body", [{}, {"status": "processing"}, {"hello": "world"}])
def test_an_answer_that_leads_nowhere_is_reported_plainly(body):
    with pytest.raises(errors.ProtocolError):
        read_answer(body)


def call(function, *args, reply=None, **kwargs):
    """Return (what the function returns, the request it sent)."""
    sent = []

    def handler(request):
        sent.append(request)
        return httpx.Response(200, json=reply or {"success": True, "data": {"id": "x-1"}})

    async def run():
        http = Transport(
            "VideoDB", "https://api.example", key="k", key_header="x-access-token",
            wire=httpx.MockTransport(handler),
        )  # fmt: skip
        return await function(http, *args, **kwargs)

    return asyncio.run(run()), sent[0]


@pytest.mark.parametrize(
    ("name", "args", "kwargs", "line", "data"),
    [
        ("list_collections", (), {}, "GET /collection", {"collections": []}),
        ("get_collection", (), {}, "GET /collection/default", {"id": "c"}),
        ("get_upload_url", ("c-1",), {"name": "a b"}, "GET /collection/c-1/upload_url?name=a+b",
         {"upload_url": "u"}),
        ("upload", ("c-1", "u"), {}, "POST /collection/c-1/upload", {"id": "m-1"}),
        ("generate_image", ("c-1", "sun"), {}, "POST /collection/c-1/generate/image", {"id": "i"}),
        ("poll", ("/async-response/j",), {}, "GET /async-response/j", {"id": "i"}),
        ("cancel", ("/async-response/j",), {}, "DELETE /async-response/j", {"id": "i"}),
        ("list_videos", ("c-1",), {}, "GET /video?collection_id=c-1", {"videos": []}),
        ("get_video", ("m-1",), {}, "GET /video/m-1", {"id": "m-1"}),
        ("delete_video", ("m-1",), {}, "DELETE /video/m-1", {}),
        ("get_default_thumbnail", ("m-1",), {}, "GET /video/m-1/thumbnail", {}),
        ("create_thumbnail", ("m-1",), {"time": 0.0}, "POST /video/m-1/thumbnail", {"id": "i"}),
        ("list_thumbnails", ("m-1",), {}, "GET /video/m-1/thumbnails", []),
        ("get_storyboard", ("m-1",), {"count": 4, "tile_width": 99, "exact": True},
         "GET /video/m-1/storyboard?count=4&tile_width=99&exact=true",
         {"url": "u", "tile_width": 1, "tile_height": 1, "columns": 1, "count": 1, "interval": 1,
          "times": [0]}),
        ("get_suggestions", ("m-1",), {"count": 2}, "GET /video/m-1/suggestions?count=2",
         {"suggestions": [{"time": 1}]}),
        ("list_images", ("c-1",), {}, "GET /image?collection_id=c-1", {"images": []}),
        ("sign_image", ("img-1",), {"collection_id": "c-1"},
         "POST /image/img-1/generate_url?collection_id=c-1", {"signed_url": "s"}),
        ("delete_image", ("img-1",), {}, "DELETE /image/img-1", {}),
    ],
)  # fmt: skip
def test_each_endpoint_sends_its_line(name, args, kwargs, line, data):
    _, request = call(
        getattr(videodb, name), *args, reply={"success": True, "data": data}, **kwargs
    )
    assert f"{request.method} {request.url.raw_path.decode()}" == line
    assert not request.url.path.endswith("/")


def test_no_endpoint_is_left_out_of_the_table_above():
    table = test_each_endpoint_sends_its_line.pytestmark[0].args[1]
    functions = {
        name
        for name, value in vars(videodb).items()
        if inspect.iscoroutinefunction(value) and not name.startswith("_")
    }
    # The first is tested in test_transport, the second below.
    assert functions - {row[0] for row in table} == {"send_file", "get_frame"}


def test_a_thumbnail_is_asked_for_in_both_dialects():
    _, request = call(videodb.create_thumbnail, "m-1", time=0.0, width=320)
    assert json.loads(request.read()) == {"time": 0.0, "timestamp": 0.0, "width": 320}


def test_an_id_cannot_leave_its_place_in_the_path():
    _, request = call(videodb.get_video, "../image/x?y#z")
    assert request.url.raw_path == b"/video/..%2Fimage%2Fx%3Fy%23z"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"id": "img-1", "url": "u", "timestamp": 4}, ("img-1", "u", 4.0)),
        ({"id": "img-1", "time": 0, "timestamp": 9}, ("img-1", None, 0.0)),
        ({"timestamp": 2.5, "url": "u"}, ("u", "u", 2.5)),
        ("https://u", ("https://u", "https://u", None)),
    ],
)
def test_an_image_is_read_in_every_documented_form(item, expected):
    record = videodb.image_record(item)
    assert (record.id, record.url, record.time) == expected


@pytest.mark.parametrize("data", [None, {}, {"timestamp": 3}, []])
def test_an_image_without_id_and_address_is_none(data):
    with pytest.raises(errors.ProtocolError):
        videodb.image_record(data)


@pytest.mark.parametrize("length", [191.14, "191.14", 191])
def test_a_length_may_be_a_text(length):
    assert VideoRecord(id="m-1", length=length).length == pytest.approx(191, abs=0.2)


@pytest.mark.parametrize("length", [None, ""])
def test_a_length_may_be_missing(length):
    assert VideoRecord(id="m-1", length=length).length is None


def test_unknown_fields_are_kept():
    record = VideoRecord.model_validate({"id": "m-1", "mood": "calm"})
    assert record.model_extra == {"mood": "calm"}


@pytest.mark.parametrize("data", [None, [], "x", {"no": "id"}, {"id": "m", "length": "long"}])
def test_a_record_that_is_none_is_reported_plainly(data):
    with pytest.raises(errors.ProtocolError):
        call(videodb.get_video, "m-1", reply={"success": True, "data": data})


def test_a_refusal_with_status_200_is_a_refusal():
    with pytest.raises(errors.Rejected, match="no such collection"):
        call(videodb.list_videos, "c", reply={"success": False, "message": "no such collection"})


@pytest.mark.parametrize("function", [videodb.list_videos, videodb.list_thumbnails])
def test_a_list_that_is_none_is_reported_plainly(function):
    with pytest.raises(errors.ProtocolError):
        call(function, "c", reply={"success": True, "data": "text"})


def test_a_frame_is_bytes_and_two_times():
    sent = []

    async def wire(request):
        sent.append(str(request.url))
        headers = {"Frame-Time": "1.5", "Frame-Duration": "0.04"} if len(sent) == 1 else {}
        return httpx.Response(200, content=b"jpeg", headers=headers)

    http = Transport("VideoDB", "https://api.test", key="k", key_header="x-access-token",
                     wire=httpx.MockTransport(wire))  # fmt: skip
    found = asyncio.run(videodb.get_frame(http, "m-1", time=1.5, step=0, width=640))
    assert found == (b"jpeg", 1.5, 0.04)
    assert sent == ["https://api.test/video/m-1/frame?time=1.5&width=640"]
    with pytest.raises(errors.NotFound, match="no such frame"):
        asyncio.run(videodb.get_frame(http, "m-1", time=0, step=0, width=None))
