"""A paid call made once more, from what the ledger has of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client import checks
from thumbnb.client.collection import Collection
from thumbnb.client.ledger import named
from thumbnb.client.project import Project
from thumbnb.client.video import Video
from thumbnb.models import CollectionRecord, ProjectRecord

if TYPE_CHECKING:
    from thumbnb.client.assets import Assets
    from thumbnb.client.entry import Entry
    from thumbnb.client.session import Session

# How a brief's names are said to ``Project.generate``.
_SAID = {
    "preset_key": "preset",
    "advanced_options": "options",
    "source_result_id": "source",
    "person_id": "person",
    "person_name": "person",
}


async def repeat(
    session: Session,
    entry: Entry,
    assets: Assets,
    take: int | None,
    *,
    anew: bool,
    deadline: float | None,
    changes: dict[str, Any],
) -> Any:
    """Make the call of a run once more, as a run of its own.

    ``anew`` sends it although the same take may have been carried out.
    """
    request = entry.request
    if entry.kind == "generate":
        given = {**await _given(session, request["changes"]), **changes}
        project = _project(session, entry, assets, request["draft"])
        deadline = checks.positive("deadline", deadline)
        return await project._generate(take, anew=anew, deadline=deadline, **given)
    if changes:
        raise errors.InvalidInput(f"A run of kind {entry.kind} is repeated as it is.")
    match entry.kind:
        case "retry":
            project = _project(session, entry, assets, None)
            return await project.retry.aio(request["job_id"], deadline=deadline)
        case "upload":
            shelf, deadline = _shelf(session, request), checks.positive("deadline", deadline)
            async with session.patience(f"Storing {request['name']!r}", deadline) as patience:
                file = request["url"], request["name"]
                return await shelf._register(patience, *file, take=take, anew=anew)
        case "image":
            shelf = _shelf(session, request)
            asked = request["prompt"], request["aspect_ratio"]
            return await shelf._image(*asked, take, deadline, anew=anew)
        case "thumbnail":
            shown = dict(request["shown"])
            record = await session.ask(videodb.get_video, shown.pop("video_id"))
            video = Video(session, record)
            return await video._frame(**shown, take=take, deadline=deadline, anew=anew)
    raise errors.InvalidInput(f"A run of kind {entry.kind} is not repeated from here.")


def _shelf(session: Session, request: dict[str, Any]) -> Collection:
    return Collection(session, CollectionRecord(id=request["collection_id"]))


def _project(
    session: Session, entry: Entry, assets: Assets, draft: dict[str, Any] | None
) -> Project:
    record = ProjectRecord(id=entry.project_id or "")
    known = draft if draft and "project_id" not in draft else None
    return Project(session, record, assets, draft=known)


async def _given(session: Session, changes: dict[str, Any]) -> dict[str, Any]:
    """Return what ``generate`` was given, its pictures read back from disk."""
    given = {_SAID.get(name, name): value for name, value in changes.items()}
    if "content_images" in given:
        given["content_images"] = [await _picture(session, p) for p in given["content_images"]]
    if "style_reference" in given:
        given["style_reference"] = await _picture(session, given["style_reference"])
    return given


async def _picture(session: Session, name: str) -> str | bytes:
    books = session.books
    for digest in named(name):
        data = await books.write(books.cache.get, digest)
        if data is None:
            raise errors.InvalidInput(
                "A picture it was made from is no longer kept.",
                hint="It was pruned from client.cache: give it again.",
            )
        return data
    return name
