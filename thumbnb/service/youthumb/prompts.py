"""Help with prompts: a better one, and one for a picture that is there."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb import render
from thumbnb.render.prompt.enhance import AXES
from thumbnb.service.dependencies import service_of
from thumbnb.service.http.idempotency import answer_once, paid_request
from thumbnb.service.http.request_parser import read_body
from thumbnb.service.http.routing import new_router
from thumbnb.service.media.open_image import load
from thumbnb.service.records.idempotency import PaidRequest
from thumbnb.service.records.images import UPLOADED, Image
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.tasks.image_description import describe_image
from thumbnb.service.youthumb import serializers
from thumbnb.service.youthumb.dependencies import CamelWish, word
from thumbnb.service.youthumb.requests import Address, Prompt, Uuid

router = new_router()

PRICE = 0.5
LONGEST = 2000
# What is written is written by rules, and they know one language.
LANGUAGE = "en"

Token = Annotated[str, Field(max_length=20)]


class Context(CamelWish):
    """What else is known of the thumbnail that a prompt is for."""

    axes: Annotated[list[word(*AXES)], Field(max_length=len(AXES))] | None = None  # type: ignore[valid-type]
    person_name: Annotated[str, Field(max_length=100)] | None = None
    custom_instruction: Annotated[str, Field(max_length=500)] | None = None
    reference_tokens: Annotated[list[Token], Field(max_length=10)] | None = None


class Improvement(CamelWish):
    """A prompt to be made better."""

    prompt: Prompt
    context: Context | None = None


class Reference(CamelWish):
    """A picture to describe, named in exactly one way."""

    asset_id: Uuid | None = None
    template_id: Uuid | None = None
    project_id: Uuid | None = None
    source_result_id: Uuid | None = None
    image_url: Address | None = None
    language: word("en", "fr", "es") = LANGUAGE  # type: ignore[valid-type]


@router.post("/thumbnails/prompts/improve")
async def improve(request: Request) -> Response:
    """Make a prompt better; half a credit."""
    wish = await read_body(request, Improvement)
    context = wish.context or Context()
    prompt = wish.prompt.strip().rstrip(".,;")
    names = [context.person_name or "", *(context.reference_tokens or ())]
    missing = [name for name in names if name and name not in prompt]
    if missing:
        prompt += f", with {' and '.join(missing)}"
    if context.custom_instruction:
        prompt += f", {context.custom_instruction.strip()}"
    service, paid = service_of(request), paid_request(request, wish)

    def sell() -> dict[str, Any]:
        better = render.enhance_prompt(prompt, axes=context.axes or ())
        return _sell(service, better, "prompt-improve", paid)

    async def carry_out() -> Response:
        return serializers.ok(await run_in_threadpool(sell))

    return await answer_once(service.idempotency, paid, carry_out, _repeat)


async def _repeat(answer: Mapping[str, Any]) -> Response:
    return serializers.ok(answer)


@router.post("/thumbnails/prompts/from-reference")
async def from_reference(request: Request) -> Response:
    """Describe a picture as a prompt for one like it; half a credit."""
    service = service_of(request)
    wish = await read_body(request, Reference)
    ways = [wish.asset_id, wish.template_id, wish.source_result_id, wish.image_url]
    if sum(way is not None for way in ways) != 1:
        raise invalid(
            "Give exactly one of assetId, templateId, projectId with sourceResultId, imageUrl"
        )
    paid = paid_request(request, wish)

    def sell() -> dict[str, Any]:
        return _sell(service, _described(service, wish), "prompt-from-reference", paid)

    async def carry_out() -> Response:
        return serializers.ok(await run_in_threadpool(sell))

    return await answer_once(service.idempotency, paid, carry_out, _repeat)


def _described(service: Service, wish: Reference) -> str:
    if wish.template_id is not None:
        card = service.presets.get_template(wish.template_id)
        full = service.presets.sample_image(card.full.id)
        assert full is not None  # noqa: S101 - it is one of the samples
        return _described_picture(service, full, card.template.brief.prompt)
    if wish.source_result_id is not None:
        made = service.generations.result(wish.project_id or "", wish.source_result_id)
        params = service.generations.get(str(made.owner_id)).fields
        return _described_picture(service, made, params["brief"]["prompt"])
    if wish.asset_id is not None:
        return _described_picture(service, service.images.get(wish.asset_id, UPLOADED))
    if not service.image_sources.is_local(str(wish.image_url)):
        fault = "The picture must have been uploaded here: see POST /assets"
        raise invalid(fault, {"imageUrl": [fault]})
    with service.files.draft() as draft:
        service.image_sources.fetch_image([str(wish.image_url)], draft)
        return describe_image(load(draft.path))


def _described_picture(service: Service, picture: Image, prompt: str | None = None) -> str:
    return describe_image(load(service.files.path(picture.sha256)), prompt)


def _sell(service: Service, prompt: str, reason: str, paid: PaidRequest) -> dict[str, Any]:
    """Take the price of a prompt, and give what is answered."""
    answer = {"prompt": prompt[:LONGEST], "creditsConsumed": PRICE, "language": LANGUAGE}
    with service.database.write() as rows:
        service.idempotency.record(rows, paid, answer)
        service.credits.charge(rows, PRICE, reason)
    return answer
