"""YouThumb's endpoints for thumbnails: one function each, by its documents and its client.

Where the two differ, both forms of an answer are read (``models.py`` says which);
the rest of its API is in ``youthumb_resources.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from thumbnb import errors
from thumbnb.api.responses import record, records
from thumbnb.models import JobRecord, ProjectRecord, ProjectStatus, ResultRecord, StartRecord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.api.multipart import Form
    from thumbnb.api.transport import Transport
    from thumbnb.briefs import ProjectDraft, StartOverrides

SERVICE = "YouThumb"
BASE_URL = "https://youthumb.ai/api"
KEY_VARIABLE = "YOUTHUMB_API_KEY"
KEY_HEADER = "x-api-key"


async def data_of(
    http: Transport,
    method: str,
    path: str,
    *,
    params: Mapping[str, Any] | None = None,
    json: Any = None,
    form: Form | None = None,
    safe: bool | None = None,
    idempotency_key: str | None = None,
) -> Any:
    """Call an endpoint and return the ``data`` of its envelope."""
    try:
        body = await http.call(
            method, path, params=params, json=json, form=form, safe=safe,
            idempotency_key=idempotency_key,
        )  # fmt: skip
    except errors.AuthenticationFailed as error:
        error.hint = (
            "Check the key. YouThumb also answers so when a key makes more than 100 requests "
            "a minute: then wait a minute."
        )
        raise
    if body.get("success") is False:
        raise errors.Rejected(
            f"{SERVICE}: {body.get('error') or 'It refused, and gave no reason.'}",
            service=SERVICE,
            body=body,
            request=f"{method} {path}",
        )
    return body.get("data")


def segment(value: str) -> str:
    """Return an id as one segment of a path, whatever is in it."""
    return quote(value, safe="")


def flag(value: bool | None) -> str | None:
    """Return a truth value as a query writes it."""
    return None if value is None else str(value).lower()


# -- making ---------------------------------------------------------------------------


async def create(http: Transport, draft: ProjectDraft) -> ProjectRecord:
    """``POST /thumbnails``: make a project; free."""
    return record(
        SERVICE, ProjectRecord, await data_of(http, "POST", "/thumbnails", json=draft.wire())
    )


async def start(
    http: Transport,
    project_id: str,
    overrides: StartOverrides | None = None,
    *,
    idempotency_key: str | None = None,
) -> StartRecord:
    """``POST /thumbnails/:projectId/start``: generate; takes a credit for each variation."""
    body = overrides.wire() if overrides else {}
    path = f"/thumbnails/{segment(project_id)}/start"
    data = await data_of(http, "POST", path, json=body or None, idempotency_key=idempotency_key)
    return record(SERVICE, StartRecord, data or {})


async def status(
    http: Transport,
    project_id: str,
    *,
    page: int | None = None,
    limit: int | None = None,
    states: Sequence[str] = (),
) -> ProjectStatus:
    """``GET /thumbnails/:projectId/status``: its jobs, all of them unless a page is asked for."""
    data = await data_of(
        http,
        "GET",
        f"/thumbnails/{segment(project_id)}/status",
        params={"page": page, "limit": limit, "status": ",".join(states) or None},
    )
    return record(SERVICE, ProjectStatus, data)


async def detailed_status(http: Transport, project_id: str) -> ProjectStatus:
    """``GET /thumbnails/:projectId/detailed-status``: all its jobs, with their images."""
    data = await data_of(http, "GET", f"/thumbnails/{segment(project_id)}/detailed-status")
    return record(SERVICE, ProjectStatus, data)


async def retry(http: Transport, job_id: str, *, idempotency_key: str | None = None) -> StartRecord:
    """``POST /thumbnails/jobs/:jobId/retry``: a failed job once more, as a new one that costs."""
    path = f"/thumbnails/jobs/{segment(job_id)}/retry"
    data = await data_of(http, "POST", path, idempotency_key=idempotency_key)
    return record(SERVICE, StartRecord, data)


async def cancel(http: Transport, job_id: str) -> JobRecord:
    """``POST /thumbnails/jobs/:jobId/cancel``: stop a job; only our own service is known to.

    Twice is as good as once. Returns the job as it ended. Raises NotFound where there is no
    such endpoint.
    """
    path = f"/thumbnails/jobs/{segment(job_id)}/cancel"
    return record(SERVICE, JobRecord, await data_of(http, "POST", path, safe=True))


async def export_result(
    http: Transport, result_id: str, *, file_format: str, title: str | None = None
) -> bytes:
    """``GET /thumbnails/results/:resultId/export``: our own extension; free."""
    path = f"/thumbnails/results/{segment(result_id)}/export"
    data, _ = await http.read(path, params={"format": file_format, "title": title})
    return data


# -- keeping --------------------------------------------------------------------------


async def list_projects(
    http: Transport,
    *,
    page: int | None = None,
    limit: int | None = None,
    search: str | None = None,
    state: str | None = None,
    favorite: bool | None = None,
    deleted: bool | None = None,
) -> list[ProjectRecord]:
    """``GET /thumbnails``."""
    params = {
        "page": page,
        "limit": limit,
        "search": search,
        "status": state,
        "favorite": flag(favorite),
        "deleted": flag(deleted),
    }
    data = await data_of(http, "GET", "/thumbnails", params=params)
    return records(SERVICE, ProjectRecord, data, _list_name(data, "projects", "thumbnails"))


async def get(http: Transport, project_id: str) -> ProjectStatus:
    """``GET /thumbnails/:projectId``."""
    data = await data_of(http, "GET", f"/thumbnails/{segment(project_id)}")
    return record(SERVICE, ProjectStatus, data)


async def rename(http: Transport, project_id: str, name: str) -> None:
    """``PATCH /thumbnails/:projectId``."""
    path = f"/thumbnails/{segment(project_id)}"
    await data_of(http, "PATCH", path, json={"projectName": name}, safe=True)


async def trash(http: Transport, kind: Literal["projects", "jobs"], item_id: str) -> None:
    """``DELETE /thumbnails/:projectId`` or ``/thumbnails/jobs/:jobId``: to the trash."""
    await data_of(http, "DELETE", _item(kind, item_id))


async def restore(http: Transport, kind: Literal["projects", "jobs"], item_id: str) -> None:
    """``POST .../restore``: back from the trash."""
    # Restoring what is restored changes nothing, so it may be repeated.
    await data_of(http, "POST", f"{_item(kind, item_id)}/restore", safe=True)


async def favorite(
    http: Transport, kind: Literal["projects", "jobs"], item_id: str, *, on: bool
) -> None:
    """``PUT .../favorite``."""
    await data_of(http, "PUT", f"{_item(kind, item_id)}/favorite", json={"isFavorite": on})


async def list_trash(
    http: Transport,
    kind: Literal["projects", "jobs"] = "projects",
    *,
    page: int | None = None,
    limit: int | None = None,
) -> list[ProjectRecord] | list[JobRecord]:
    """``GET /thumbnails/trash``."""
    params = {"kind": kind, "page": page, "limit": limit}
    data = await data_of(http, "GET", "/thumbnails/trash", params=params)
    name = _list_name(data, kind, "items")
    if kind == "jobs":
        return records(SERVICE, JobRecord, data, name)
    return records(SERVICE, ProjectRecord, data, name)


async def list_results(
    http: Transport,
    *,
    page: int | None = None,
    limit: int | None = None,
    favorite: bool | None = None,
    project_id: str | None = None,
) -> list[ResultRecord]:
    """``GET /thumbnails/results``: the images of completed jobs, over all projects."""
    params = {
        "page": page,
        "limit": limit,
        "favorite": flag(favorite),
        "projectId": project_id,
    }
    data = await data_of(http, "GET", "/thumbnails/results", params=params)
    return records(SERVICE, ResultRecord, data, _list_name(data, "results", "items"))


# -- prompts --------------------------------------------------------------------------


async def improve_prompt(
    http: Transport,
    prompt: str,
    context: Mapping[str, Any] | None = None,
    *,
    idempotency_key: str | None = None,
) -> str:
    """``POST /thumbnails/prompts/improve``: a better prompt; half a credit."""
    body = {"prompt": prompt, **({"context": dict(context)} if context else {})}
    path = "/thumbnails/prompts/improve"
    return _prompt(await data_of(http, "POST", path, json=body, idempotency_key=idempotency_key))


async def prompt_from_reference(
    http: Transport,
    reference: Mapping[str, Any],
    *,
    language: str | None = None,
    idempotency_key: str | None = None,
) -> str:
    """``POST /thumbnails/prompts/from-reference``: a prompt for an image; half a credit."""
    body = {**reference, **({"language": language} if language else {})}
    path = "/thumbnails/prompts/from-reference"
    return _prompt(await data_of(http, "POST", path, json=body, idempotency_key=idempotency_key))


def _prompt(data: Any) -> str:
    prompt = data.get("prompt") if isinstance(data, dict) else None
    if not prompt:
        raise errors.ProtocolError(f"{SERVICE} sent no prompt.", service=SERVICE)
    return str(prompt)


def _item(kind: Literal["projects", "jobs"], item_id: str) -> str:
    return f"/thumbnails/{'jobs/' if kind == 'jobs' else ''}{segment(item_id)}"


def _list_name(data: Any, *names: str) -> str:
    """Return the name a list goes under: its answers are documented by their rules only."""
    return next((name for name in names if isinstance(data, dict) and name in data), names[0])
