"""Persons and their portraits."""

from typing import Annotated

from fastapi import Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.briefs import MAX_DESCRIPTION
from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.parameters import JsonBody
from thumbnb.service.http.routing import new_router
from thumbnb.service.records.persons import Person
from thumbnb.service.refusal import invalid
from thumbnb.service.youthumb import serializers
from thumbnb.service.youthumb.assets import EncodedAsset, body_limit, store
from thumbnb.service.youthumb.dependencies import CamelRequestModel
from thumbnb.service.youthumb.requests import PersonName, Uuid
from thumbnb.service.youthumb.schemas import PersonData, Removed, Success

router = new_router()

MAX_IMAGES = 10

Description = Annotated[str, Field(max_length=MAX_DESCRIPTION)]
ImageIds = Annotated[list[Uuid], Field(max_length=MAX_IMAGES)]


class NewPerson(CamelRequestModel):
    """The fields of a new person."""

    name: PersonName
    description: Description | None = None
    image_ids: ImageIds | None = None


class PersonChange(CamelRequestModel):
    """The fields that change; a description of null clears it."""

    name: PersonName | None = None
    description: Description | None = None


class NewPortraits(EncodedAsset):
    """Uploaded faces by their ids, or, as the oldest clients send it, one face itself."""

    type: str | None = "face"
    base64: str | None = None  # type: ignore[assignment]
    image_ids: Annotated[list[Uuid], Field(min_length=1, max_length=MAX_IMAGES)] | None = None


@router.get("/persons")
def get_persons(request: Request) -> Success[list[PersonData]]:
    """List the persons; a bare list."""
    links = links_of(request)
    return serializers.ok(
        [serializers.person(item, links) for item in service_of(request).persons.all()]
    )


@router.post("/persons", status_code=201, responses={404: {}})
async def create_person(
    request: Request, params: Annotated[NewPerson, JsonBody(NewPerson)]
) -> Success[PersonData]:
    """Make a person."""
    made = await run_in_threadpool(
        service_of(request).persons.add, params.name, params.description, params.image_ids or ()
    )
    return _answer(request, made, 201)


@router.get("/persons/{person_id}")
def get_person(request: Request, person_id: str) -> Success[PersonData]:
    """Give one person."""
    return _answer(request, service_of(request).persons.get(person_id))


@router.patch("/persons/{person_id}")
async def change_person(
    request: Request, person_id: str, params: Annotated[PersonChange, JsonBody(PersonChange)]
) -> Success[PersonData]:
    """Change a person's name or description."""
    fields = params.model_dump(exclude_unset=True)
    if fields.get("name", "") is None:
        del fields["name"]
    if not fields:
        raise invalid("Give a name or a description to change")
    changed = await run_in_threadpool(service_of(request).persons.change, person_id, fields)
    return _answer(request, changed)


@router.delete("/persons/{person_id}")
def delete_person(request: Request, person_id: str) -> Success[Removed]:
    """Remove a person; the images stay."""
    service_of(request).persons.delete(person_id)
    return serializers.ok({"deleted": True})


@router.post("/persons/{person_id}/images", status_code=201)
async def add_images(
    request: Request,
    person_id: str,
    params: Annotated[NewPortraits, JsonBody(NewPortraits, limit=body_limit)],
) -> Success[PersonData]:
    """Add portraits to a person."""
    service = service_of(request)
    await run_in_threadpool(service.persons.get, person_id)
    ids = params.image_ids
    if ids is None:
        if params.base64 is None:
            fault = "Give the ids of 1 to 10 assets of type face"
            raise invalid(fault, {"imageIds": [fault]})
        ids = [(await store(service, params)).id]
    shown = await run_in_threadpool(service.persons.add_portraits, person_id, ids)
    return _answer(request, shown, 201)


@router.delete("/persons/{person_id}/images/{image_id}")
def remove_image(request: Request, person_id: str, image_id: str) -> Success[PersonData]:
    """Detach a portrait."""
    return _answer(request, service_of(request).persons.remove_portrait(person_id, image_id))


@router.put("/persons/{person_id}/default")
def set_default(request: Request, person_id: str) -> Success[PersonData]:
    """Make a person the default one."""
    return _answer(request, service_of(request).persons.set_default(person_id))


def _answer(request: Request, item: Person, status: int = 200) -> Success[PersonData]:
    return serializers.ok(serializers.person(item, links_of(request)), status)
