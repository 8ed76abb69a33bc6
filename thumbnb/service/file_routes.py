"""The signed addresses: files going out, and one file coming in at each upload address."""

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse

from thumbnb.service.http.multipart import receive_file
from thumbnb.service.refusal import Refusal, missing
from thumbnb.service.service import Service

router = APIRouter()

# What an id names never changes. Other sites may show a picture whose address
# they were given: that is what the signature is for.
_HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def _signed(request: Request, path: str) -> Service:
    service: Service = request.app.state.service
    if not service.access.signed(path, request.query_params.get("signature")):
        raise Refusal(403, "BAD_SIGNATURE", "This address is not signed by this service.")
    return service


@router.api_route("/files/{name}", methods=["GET", "HEAD"])
async def get_file(request: Request, name: str) -> Response:
    """Send the file of a video, image, preview or picture; parts of it, for who wants to seek."""
    service = _signed(request, f"/files/{name}")
    item_id = name.partition(".")[0]
    try:
        return await run_in_threadpool(_send, service, item_id)
    except Refusal:
        # A sample is painted when it is first looked at; anything else is not there.
        if not await to_thread.run_sync(
            service.catalogue.picture, item_id, limiter=service.render_limiter
        ):
            raise
    return await run_in_threadpool(_send, service, item_id)


def _send(service: Service, item_id: str) -> Response:
    file = service.library.file(item_id)
    path = service.media.path(file.sha256)
    try:
        status = path.stat()
    except FileNotFoundError:  # deleted between the two questions
        raise missing("file", item_id) from None
    return FileResponse(path, media_type=file.media_type, stat_result=status, headers=_HEADERS)


@router.post("/upload/{upload_id}")
async def receive_upload(request: Request, upload_id: str) -> Response:
    """Take the file of an upload address; a video is made of it by the call that follows."""
    service = _signed(request, f"/upload/{upload_id}")
    await run_in_threadpool(service.library.upload, upload_id)
    with service.media.draft() as draft:
        await receive_file(request, draft, service.settings.max_upload)
        await run_in_threadpool(draft.seal)
        await run_in_threadpool(service.library.fill_upload, upload_id, draft)
    return JSONResponse({"success": True})
