"""VideoDB's endpoints: one function each, as its contract and its official clients speak.

Where the two differ, both are sent (``time`` and ``timestamp``) and both are
read (an answer flat or under ``response``, at once or as a job to poll).
Paths carry no trailing slash: that is the form all official clients use.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote

from thumbnb import errors
from thumbnb.api.responses import items, record, records
from thumbnb.api.transport import plain_url
from thumbnb.models import (
    CollectionRecord,
    ImageRecord,
    StoryboardRecord,
    SuggestionRecord,
    VideoRecord,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from thumbnb.api.transport import Transport

SERVICE = "VideoDB"
BASE_URL = "https://api.videodb.io"
KEY_VARIABLE = "VIDEO_DB_API_KEY"
KEY_HEADER = "x-access-token"

# How long the answer to a call that starts a job may be held until it is done (RFC 7240): one
# that lasts is named soon, so that it can be stopped, and taken up in another kernel.
HOLD = "wait=1"

_WAITING = frozenset({"processing", "in progress", "in_progress", "pending", "queued", "running"})
_FINISHED = frozenset({"done", "completed", "complete", "success", "succeeded"})
_FAILED = frozenset({"failed", "failure", "error", "cancelled", "canceled"})


# -- answers that may come later ------------------------------------------------------


@dataclass(frozen=True)
class Pending:
    """A job under way: poll ``output_url``. ``percentage`` is 0-100, None where unknown."""

    output_url: str
    percentage: float | None = None
    status: str = "processing"


@dataclass(frozen=True)
class Done:
    """A job that is done: ``data`` is the result."""

    data: Any


@dataclass(frozen=True)
class Failed:
    """A job that failed; ``message`` is the service's reason."""

    message: str
    body: Mapping[str, Any] = field(default_factory=dict)


Answer = Pending | Done | Failed


def read_answer(body: Mapping[str, Any], *, output_url: str | None = None) -> Answer:
    """Fold every documented and observed form of an answer into one of three.

    ``output_url`` is the address this answer was polled from, if it was. A
    status we do not know means "wait" as long as there is an address to ask at
    and no result yet; otherwise the result is believed.
    """
    inner = body.get("response")
    final = inner if isinstance(inner, dict) else body
    status = str(body.get("status") or final.get("status") or "").strip().lower()
    data = final.get("data")
    fields = data if isinstance(data, dict) else {}
    where = fields.get("output_url") or body.get("output_url") or output_url
    message = str(final.get("message") or body.get("message") or "").strip()

    success = final.get("success", body.get("success"))
    waiting = status in _WAITING
    if not waiting and (status in _FAILED or success is False):
        return Failed(message or "no reason was given", body)
    known = waiting or status in _FINISHED or not status
    if waiting or (not known and set(fields) <= {"id", "output_url", "percentage"}):
        if not where:
            raise errors.ProtocolError(
                f"{SERVICE} says {status!r} but not where to ask for the result.",
                service=SERVICE,
                body=body,
            )
        percentage = fields.get("percentage")
        number = isinstance(percentage, int | float)
        return Pending(str(where), percentage if number else None, status)
    if "data" not in final and success is None:
        raise errors.ProtocolError(
            f"{SERVICE} sent an answer with neither a result nor a status.",
            service=SERVICE,
            body=body,
        )
    return Done(data)


async def _data(
    http: Transport, method: str, path: str, *, params: Mapping[str, Any] | None = None,
    json: Any = None, safe: bool | None = None,
) -> Any:  # fmt: skip
    """Call an endpoint that answers at once."""
    body = await http.call(method, path, params=params, json=json, safe=safe)
    answer = read_answer(body, output_url=path)
    if isinstance(answer, Failed):
        raise errors.Rejected(
            f"{SERVICE}: {answer.message}", service=SERVICE, body=body, request=f"{method} {path}"
        )
    return answer.data if isinstance(answer, Done) else None


def _id(value: str) -> str:
    return quote(value, safe="")


# -- collections ----------------------------------------------------------------------


async def list_collections(http: Transport) -> list[CollectionRecord]:
    """``GET /collection``."""
    return records(
        SERVICE, CollectionRecord, await _data(http, "GET", "/collection"), "collections"
    )


async def get_collection(http: Transport, collection_id: str = "default") -> CollectionRecord:
    """``GET /collection/{id}``; ``default`` names the account's own."""
    data = await _data(http, "GET", f"/collection/{_id(collection_id)}")
    return record(SERVICE, CollectionRecord, {"id": collection_id, **(data or {})})


async def get_upload_url(http: Transport, collection_id: str, *, name: str) -> str:
    """``GET /collection/{id}/upload_url``: an address that takes one file."""
    data = await _data(
        http, "GET", f"/collection/{_id(collection_id)}/upload_url", params={"name": name}
    )
    url = data.get("upload_url") if isinstance(data, dict) else None
    if not url:
        raise errors.ProtocolError(f"{SERVICE} sent no upload address.", service=SERVICE)
    return str(url)


async def send_file(
    http: Transport,
    upload_url: str,
    file: BinaryIO,
    *,
    filename: str,
    on_progress: Callable[[int, int], None] | None = None,
) -> None:
    """``POST <upload_url>``: the file itself, streamed, without the key."""
    await http.send_file(upload_url, file, filename=filename, on_progress=on_progress)


async def upload(
    http: Transport,
    collection_id: str,
    url: str,
    *,
    name: str | None = None,
    idempotency_key: str | None = None,
) -> Answer:
    """``POST /collection/{id}/upload``: make a video of the file at an address."""
    body = await http.call(
        "POST",
        f"/collection/{_id(collection_id)}/upload",
        json={
            "url": url,
            "name": name,
            "description": None,
            "callback_url": None,
            "media_type": "video",
        },
        idempotency_key=idempotency_key,
        prefer=HOLD,
    )
    return read_answer(body)


async def generate_image(
    http: Transport,
    collection_id: str,
    prompt: str,
    *,
    aspect_ratio: str = "16:9",
    idempotency_key: str | None = None,
) -> Answer:
    """``POST /collection/{id}/generate/image``: an image from a prompt."""
    body = await http.call(
        "POST",
        f"/collection/{_id(collection_id)}/generate/image",
        json={"prompt": prompt, "aspect_ratio": aspect_ratio, "callback_url": None},
        idempotency_key=idempotency_key,
        prefer=HOLD,
    )
    return read_answer(body)


# -- jobs -----------------------------------------------------------------------------


async def poll(http: Transport, output_url: str) -> Answer:
    """``GET <output_url>``: how a job stands."""
    return read_answer(await http.call("GET", output_url), output_url=output_url)


async def cancel(http: Transport, output_url: str) -> Answer:
    """``DELETE <output_url>``: stop a job; only our own service is known to.

    Returns how the job stands then. Raises NotFound where there is no such endpoint, and
    InvalidInput for an address at which somebody else answers.
    """
    if not http.is_own_address(output_url):
        raise errors.InvalidInput(f"{plain_url(output_url)} is not an address of {SERVICE}.")
    return read_answer(await http.call("DELETE", output_url), output_url=output_url)


# -- videos ---------------------------------------------------------------------------


async def list_videos(http: Transport, collection_id: str) -> list[VideoRecord]:
    """``GET /video?collection_id=``."""
    data = await _data(http, "GET", "/video", params={"collection_id": collection_id})
    return records(SERVICE, VideoRecord, data, "videos")


async def get_video(
    http: Transport, video_id: str, *, collection_id: str | None = None
) -> VideoRecord:
    """``GET /video/{id}``."""
    data = await _data(
        http, "GET", f"/video/{_id(video_id)}", params={"collection_id": collection_id}
    )
    return record(SERVICE, VideoRecord, data)


async def delete_video(http: Transport, video_id: str) -> None:
    """``DELETE /video/{id}``."""
    await _data(http, "DELETE", f"/video/{_id(video_id)}")


async def get_default_thumbnail(http: Transport, video_id: str) -> str | None:
    """``GET /video/{id}/thumbnail``: the address of the image made at upload."""
    data = await _data(http, "GET", f"/video/{_id(video_id)}/thumbnail")
    fields = data if isinstance(data, dict) else {}
    return fields.get("thumbnail_url") or fields.get("thumbnail") or fields.get("url")


async def create_thumbnail(
    http: Transport,
    video_id: str,
    *,
    time: float,
    width: int | None = None,
    height: int | None = None,
    idempotency_key: str | None = None,
) -> Answer:
    """``POST /video/{id}/thumbnail``: the frame at ``time`` seconds, as a stored image."""
    size = {k: v for k, v in (("width", width), ("height", height)) if v is not None}
    body = await http.call(
        "POST",
        f"/video/{_id(video_id)}/thumbnail",
        json={"time": time, "timestamp": time, **size},
        idempotency_key=idempotency_key,
        prefer=HOLD,
    )
    return read_answer(body)


async def list_thumbnails(http: Transport, video_id: str) -> list[ImageRecord]:
    """``GET /video/{id}/thumbnails``: the ones that were asked for, not the default one."""
    data = await _data(http, "GET", f"/video/{_id(video_id)}/thumbnails")
    return [image_record(item) for item in items(SERVICE, data, "thumbnails")]


async def get_frame(
    http: Transport, video_id: str, *, time: float, step: int, width: int | None
) -> tuple[bytes, float, float]:
    """``GET /video/{id}/frame``: a frame as a JPEG, when it comes on screen, and for how long.

    Our own extension; the hosted service has none.
    """
    params = {"time": time, "step": step or None, "width": width}
    path = f"/video/{_id(video_id)}/frame"
    encoded, headers = await http.read(path, params=params)
    try:
        return encoded, float(headers["Frame-Time"]), float(headers["Frame-Duration"])
    except (KeyError, ValueError):
        raise errors.NotFound(
            f"{SERVICE} has no such frame.", service=SERVICE, request=f"GET {path}"
        ) from None


async def get_storyboard(
    http: Transport, video_id: str, *, count: int, tile_width: int, exact: bool | None
) -> Answer:
    """``GET /video/{id}/storyboard``: our own extension; the hosted service has none."""
    spelt = None if exact is None else str(exact).lower()
    params = {"count": count, "tile_width": tile_width, "exact": spelt}
    path = f"/video/{_id(video_id)}/storyboard"
    return read_answer(await http.call("GET", path, params=params, prefer=HOLD))


async def get_suggestions(http: Transport, video_id: str, *, count: int) -> Answer:
    """``GET /video/{id}/suggestions``: our own extension; the hosted service has none."""
    path = f"/video/{_id(video_id)}/suggestions"
    return read_answer(await http.call("GET", path, params={"count": count}, prefer=HOLD))


def storyboard_record(data: Any) -> StoryboardRecord:
    """Read a storyboard."""
    return record(SERVICE, StoryboardRecord, data)


def suggestion_records(data: Any) -> list[SuggestionRecord]:
    """Read suggestions."""
    return records(SERVICE, SuggestionRecord, data, "suggestions")


def shot_times(data: Any) -> list[float]:
    """Read when the shots begin, which comes with the suggestions (seconds)."""
    found = data.get("shots") if isinstance(data, dict) else None
    times = found if isinstance(found, list) else []
    return [float(time) for time in times if isinstance(time, int | float)]


# -- images ---------------------------------------------------------------------------


def image_record(data: Any) -> ImageRecord:
    """Read an image: the documents say ``timestamp`` and no id, the clients an id and a url."""
    if not isinstance(data, dict):
        data = {"url": data} if isinstance(data, str) else {}
    time = data.get("time")
    fields = {**data, "time": data.get("timestamp") if time is None else time}
    if not fields.get("id"):
        # The documented item of a list has an address only; it is what there is to name it by.
        fields["id"] = fields.get("url")
    return record(SERVICE, ImageRecord, fields)


async def list_images(http: Transport, collection_id: str) -> list[ImageRecord]:
    """``GET /image?collection_id=``."""
    data = await _data(http, "GET", "/image", params={"collection_id": collection_id})
    return [image_record(item) for item in items(SERVICE, data, "images")]


async def sign_image(
    http: Transport, image_id: str, *, collection_id: str | None = None
) -> str | None:
    """``POST /image/{id}/generate_url``: an address of an image that works for a while."""
    path = f"/image/{_id(image_id)}/generate_url"
    # Making an address changes nothing, so it may be repeated although it is a POST.
    data = await _data(http, "POST", path, params={"collection_id": collection_id}, safe=True)
    fields = data if isinstance(data, dict) else {}
    return fields.get("signed_url") or fields.get("image_url")


async def delete_image(http: Transport, image_id: str, *, collection_id: str | None = None) -> None:
    """``DELETE /image/{id}``."""
    await _data(http, "DELETE", f"/image/{_id(image_id)}", params={"collection_id": collection_id})
