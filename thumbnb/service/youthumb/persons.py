"""Persons and their portraits."""

from typing import Annotated

from fastapi import Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.request_parser import read_body
from thumbnb.service.http.routing import new_router
from thumbnb.service.records.persons import Person
from thumbnb.service.refusal import invalid
from thumbnb.service.youthumb import serializers
from thumbnb.service.youthumb.assets import Sent, body_limit, store
from thumbnb.service.youthumb.dependencies import CamelWish
from thumbnb.service.youthumb.requests import PersonName, Uuid

router = new_router()

MOST_IMAGES = 10

Description = Annotated[str, Field(max_length=500)]
ImageIds = Annotated[list[Uuid], Field(max_length=MOST_IMAGES)]


class NewPerson(CamelWish):
    """A person to be made."""

    name: PersonName
    description: Description | None = None
    image_ids: ImageIds | None = None


class Change(CamelWish):
    """What changes; a description of null clears it."""

    name: PersonName | None = None
    description: Description | None = None


class MoreImages(Sent):
    """Uploaded faces by their ids, or, as the oldest clients send it, one face itself."""

    type: str | None = "face"
    base64: str | None = None  # type: ignore[assignment]
    image_ids: Annotated[list[Uuid], Field(min_length=1, max_length=MOST_IMAGES)] | None = None


@router.get("/persons")
def get_persons(request: Request) -> Response:
    """List the persons; a bare list."""
    links = links_of(request)
    return serializers.ok(
        [serializers.person(item, links) for item in service_of(request).persons.all()]
    )


@router.post("/persons")
async def create_person(request: Request) -> Response:
    """Make a person."""
    wish = await read_body(request, NewPerson)
    made = await run_in_threadpool(
        service_of(request).persons.add, wish.name, wish.description, wish.image_ids or ()
    )
    return _told(request, made, 201)


@router.get("/persons/{person_id}")
def get_person(request: Request, person_id: str) -> Response:
    """Give one person."""
    return _told(request, service_of(request).persons.get(person_id))


@router.patch("/persons/{person_id}")
async def change_person(request: Request, person_id: str) -> Response:
    """Change a person's name or description."""
    wish = await read_body(request, Change)
    fields = wish.model_dump(exclude_unset=True)
    if fields.get("name", "") is None:
        del fields["name"]
    if not fields:
        raise invalid("Give a name or a description to change")
    changed = await run_in_threadpool(service_of(request).persons.change, person_id, fields)
    return _told(request, changed)


@router.delete("/persons/{person_id}")
def delete_person(request: Request, person_id: str) -> Response:
    """Remove a person; the pictures stay."""
    service_of(request).persons.delete(person_id)
    return serializers.ok({"deleted": True})


@router.post("/persons/{person_id}/images")
async def add_images(request: Request, person_id: str) -> Response:
    """Add portraits to a person."""
    service = service_of(request)
    wish = await read_body(request, MoreImages, limit=body_limit(service))
    await run_in_threadpool(service.persons.get, person_id)
    ids = wish.image_ids
    if ids is None:
        if wish.base64 is None:
            fault = "Give the ids of 1 to 10 assets of type face"
            raise invalid(fault, {"imageIds": [fault]})
        ids = [(await run_in_threadpool(store, service, wish)).id]
    shown = await run_in_threadpool(service.persons.add_portraits, person_id, ids)
    return _told(request, shown, 201)


@router.delete("/persons/{person_id}/images/{image_id}")
def remove_image(request: Request, person_id: str, image_id: str) -> Response:
    """Detach a portrait."""
    return _told(request, service_of(request).persons.remove_portrait(person_id, image_id))


@router.put("/persons/{person_id}/default")
def set_default(request: Request, person_id: str) -> Response:
    """Make a person the default one."""
    return _told(request, service_of(request).persons.set_default(person_id))


def _told(request: Request, item: Person, status: int = 200) -> Response:
    return serializers.ok(serializers.person(item, links_of(request)), status)
