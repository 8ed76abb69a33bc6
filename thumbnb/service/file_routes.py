"""The signed addresses: files going out, and one file coming in at each upload address."""

from anyio import to_thread
from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse

from thumbnb.service.http.middleware import NOT_MODIFIED, matches
from thumbnb.service.http.multipart import receive_file
from thumbnb.service.http.routing import new_router
from thumbnb.service.records import stored_files
from thumbnb.service.refusal import Refusal, missing
from thumbnb.service.service import Service

router = new_router()

# What an id names never changes. Other sites may show a picture whose address
# they were given: that is what the signature is for.
_HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def _signed(request: Request, path: str) -> Service:
    service: Service = request.app.state.service
    service.access.paths.check(path, request.query_params)
    return service


@router.get("/files/{name}")
async def get_file(request: Request, name: str) -> Response:
    """Send the file of a video, image, preview or picture; parts of it, for who wants to seek."""
    service = _signed(request, f"/files/{name}")
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
    except FileNotFoundError:  # deleted between the two questions
        raise missing("file", item_id) from None
    headers = {**_HEADERS, "ETag": f'"{file.sha256}"'}
    if matches(headers["ETag"], known):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    return FileResponse(path, media_type=file.media_type, stat_result=status, headers=headers)


@router.post("/upload/{upload_id}")
async def receive_upload(request: Request, upload_id: str) -> Response:
    """Take the file of an upload address; a video is made of it by the call that follows."""
    service = _signed(request, f"/upload/{upload_id}")
    await run_in_threadpool(service.uploads.get, upload_id)
    with service.files.draft() as draft:
        await receive_file(request, draft, service.settings.max_upload)
        await run_in_threadpool(draft.seal)
        await run_in_threadpool(service.uploads.fill, upload_id, draft)
    return JSONResponse({"success": True})
