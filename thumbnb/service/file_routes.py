"""The signed addresses: files going out, and one file coming in at each upload address."""

import re
from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send
from typing_extensions import TypedDict

from thumbnb.service import videodb
from thumbnb.service.dependencies import service_of
from thumbnb.service.http.answers import Answer
from thumbnb.service.http.middleware import NOT_MODIFIED, matches
from thumbnb.service.http.multipart import receive_file
from thumbnb.service.http.openapi import Protocol
from thumbnb.service.http.parameters import QueryParams
from thumbnb.service.http.request_parser import RequestModel
from thumbnb.service.http.routing import new_router
from thumbnb.service.records import stored_files
from thumbnb.service.refusal import Refusal
from thumbnb.service.service import Service

router = new_router()

# What an id names never changes. Other sites may show an image whose address
# they were given: that is what the signature is for.
_HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


class Signature(RequestModel):
    """The signature of an address, and when it expires (seconds since 1970) if it does."""

    signature: str = ""
    expires: str = ""


class Received(TypedDict):
    """A file was taken."""

    success: Literal[True]


class ReceivedAnswer(Answer[None]):
    """The answer that a file was taken."""

    @classmethod
    def body_type(cls, data: Any = None) -> Any:
        """Return the type of the body."""
        del data
        return Received


# Range headers that are understood; any other is ignored, as RFC 9110 has it.
_RANGES = re.compile(r"bytes=[ \t]*(\d+-\d*|-\d+)([ \t]*,[ \t]*(\d+-\d*|-\d+))*[ \t]*", re.ASCII)


class FileAnswer(FileResponse):
    """A file, or the part of it that was asked for."""

    media_type = "*/*"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; a Range header that is none is ignored."""
        headers = [
            (name, value)
            for name, value in scope["headers"]
            if name != b"range" or _is_range(value.decode("latin-1"))
        ]
        await super().__call__({**scope, "headers": headers}, receive, send)


def _is_range(header: str) -> bool:
    if not _RANGES.fullmatch(header):
        return False
    spans = (span.strip().partition("-") for span in header.partition("=")[2].split(","))
    return all(len(a) + len(b) < 40 and not (a and b and int(a) > int(b)) for a, _, b in spans)  # noqa: PLR2004


def _check(request: Request, path: str, signed: Signature) -> Service:
    service = service_of(request)
    service.access.paths.check(path, signed.signature, signed.expires)
    return service


@router.get("/files/{name}", responses={206: {}, 304: {}, 403: {}, 416: {}})
async def get_file(
    request: Request, name: str, signed: Annotated[Signature, QueryParams(Signature)]
) -> FileAnswer | Response:
    """Send the file of an item, or the parts of it that a Range header names."""
    service = _check(request, f"/files/{name}", signed)
    item_id = name.partition(".")[0]
    known = request.headers.get("if-none-match")
    try:
        return await run_in_threadpool(_send, service, item_id, known)
    except Refusal:
        # A sample is painted when it is first looked at; anything else is not there.
        if not await to_thread.run_sync(
            service.presets.sample_image, item_id, limiter=service.render_limiter
        ):
            raise
    return await run_in_threadpool(_send, service, item_id, known)


def _send(service: Service, item_id: str, known: str | None) -> Response:
    """Give the file of an item, or 304 to a client that has it."""
    file = stored_files.get_file(service.database, item_id)
    path = service.files.path(file.sha256)
    try:
        status = path.stat()
    except FileNotFoundError:
        raise service.files.refusal(file.sha256, "file", item_id) from None
    headers = {**_HEADERS, "ETag": f'"{file.sha256}"'}
    if matches(headers["ETag"], known):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    return FileAnswer(path, media_type=file.media_type, stat_result=status, headers=headers)


@router.post("/upload/{upload_id}", responses={403: {}}, openapi_extra={"form": RequestModel})
async def receive_upload(
    request: Request, upload_id: str, signed: Annotated[Signature, QueryParams(Signature)]
) -> ReceivedAnswer:
    """Take the file of an upload address; a video is made of it by the call that follows."""
    service = _check(request, f"/upload/{upload_id}", signed)
    await run_in_threadpool(service.uploads.get, upload_id)
    with service.files.new_file() as new_file:
        await receive_file(request, new_file, service.settings.max_upload)
        await run_in_threadpool(new_file.seal)
        await run_in_threadpool(service.uploads.fill, upload_id, new_file)
    return ReceivedAnswer({"success": True})


PROTOCOL = Protocol(
    name="Files", prefix="", routers=(router,), security={}, error=videodb.schemas.Failure
)
