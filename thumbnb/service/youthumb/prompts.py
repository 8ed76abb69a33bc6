"""Help with prompts: a better one, and one that describes an image."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb import render
from thumbnb.render.prompt.enhance import AXES
from thumbnb.service.dependencies import service_of
from thumbnb.service.http.idempotency import IdempotencyKey, answer_once, paid_request
from thumbnb.service.http.parameters import JsonBody
from thumbnb.service.http.routing import new_router
from thumbnb.service.records.idempotency import PaidRequest
from thumbnb.service.records.images import UPLOADED, Image
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.youthumb import serializers
from thumbnb.service.youthumb.dependencies import PAID, CamelRequestModel, word
from thumbnb.service.youthumb.requests import Address, Prompt, Uuid
from thumbnb.service.youthumb.schemas import PromptData, Success

router = new_router()

PRICE = 0.5
MAX_ANSWER = 2000
# What is written is written by rules, and they know one language.
LANGUAGE = "en"

Token = Annotated[str, Field(max_length=20)]


class PromptContext(CamelRequestModel):
    """What else is known of the thumbnail that a prompt is for."""

    axes: Annotated[list[word(*AXES)], Field(max_length=len(AXES))] | None = None  # type: ignore[valid-type]
    person_name: Annotated[str, Field(max_length=100)] | None = None
    custom_instruction: Annotated[str, Field(max_length=500)] | None = None
    reference_tokens: Annotated[list[Token], Field(max_length=10)] | None = None


class PromptToImprove(CamelRequestModel):
    """A prompt to be made better."""

    prompt: Prompt
    context: PromptContext | None = None


class ImageReference(CamelRequestModel):
    """An image to describe, named in exactly one way."""

    asset_id: Uuid | None = None
    template_id: Uuid | None = None
    project_id: Uuid | None = None
    source_result_id: Uuid | None = None
    image_url: Address | None = None
    language: word("en", "fr", "es") = LANGUAGE  # type: ignore[valid-type]


@router.post("/thumbnails/prompts/improve", responses=PAID)
async def improve_prompt(
    request: Request,
    params: Annotated[PromptToImprove, JsonBody(PromptToImprove)],
    key: Annotated[str | None, IdempotencyKey],
) -> Success[PromptData]:
    """Make a prompt better; half a credit."""
    context = params.context or PromptContext()
    prompt = params.prompt.strip().rstrip(".,;")
    names = [context.person_name or "", *(context.reference_tokens or ())]
    missing = [name for name in names if name and name not in prompt]
    if missing:
        prompt += f", with {' and '.join(missing)}"
    if context.custom_instruction:
        prompt += f", {context.custom_instruction.strip()}"
    service, paid = service_of(request), paid_request(request, key, params)

    def sell() -> PromptData:
        better = render.enhance_prompt(prompt, axes=context.axes or ())
        return _sell(service, better, "prompt-improve", paid)

    async def carry_out() -> Success[PromptData]:
        return serializers.ok(await run_in_threadpool(sell))

    return await answer_once(service.idempotency, paid, carry_out, _repeat)


async def _repeat(answer: Mapping[str, Any]) -> Success[Any]:
    return serializers.ok(answer)


@router.post("/thumbnails/prompts/from-reference", responses={**PAID, 404: {}})
async def prompt_from_reference(
    request: Request,
    reference: Annotated[ImageReference, JsonBody(ImageReference)],
    key: Annotated[str | None, IdempotencyKey],
) -> Success[PromptData]:
    """Describe an image as a prompt for one like it; half a credit."""
    service = service_of(request)
    ways = [
        reference.asset_id,
        reference.template_id,
        reference.source_result_id,
        reference.image_url,
    ]
    if sum(way is not None for way in ways) != 1:
        raise invalid(
            "Give exactly one of assetId, templateId, projectId with sourceResultId, imageUrl"
        )
    paid = paid_request(request, key, reference)

    async def carry_out() -> Success[PromptData]:
        prompt = await _described(service, reference)
        answer = await run_in_threadpool(_sell, service, prompt, "prompt-from-reference", paid)
        return serializers.ok(answer)

    return await answer_once(service.idempotency, paid, carry_out, _repeat)


async def _described(service: Service, reference: ImageReference) -> str:
    if reference.image_url is not None:
        if not service.image_sources.is_local(reference.image_url):
            fault = "The image must have been uploaded here: see POST /assets"
            raise invalid(fault, {"imageUrl": [fault]})
        with service.files.new_file() as new_file:
            await service.image_sources.fetch_image([reference.image_url], new_file)
            return await service.image_examiner.describe(new_file.path)
    image, prompt = await run_in_threadpool(_stored_reference, service, reference)
    path = await run_in_threadpool(service.files.stored_path, image.sha256, "image", image.id)
    return await service.image_examiner.describe(path, prompt)


def _stored_reference(service: Service, reference: ImageReference) -> tuple[Image, str | None]:
    """Find the stored image that a reference names, and what it was made from, if known."""
    if reference.template_id is not None:
        card = service.presets.get_template(reference.template_id)
        full = service.presets.sample_image(card.full.id)
        assert full is not None  # noqa: S101 - it is one of the samples
        return full, card.template.brief.prompt
    if reference.source_result_id is not None:
        made = service.generations.result(reference.project_id or "", reference.source_result_id)
        params = service.generations.get(str(made.owner_id)).fields
        return made, params["brief"]["prompt"]
    return service.images.get(str(reference.asset_id), UPLOADED), None


def _sell(service: Service, prompt: str, reason: str, paid: PaidRequest) -> PromptData:
    """Take the price of a prompt, and give what is answered."""
    answer: PromptData = {
        "prompt": prompt[:MAX_ANSWER],
        "creditsConsumed": PRICE,
        "language": LANGUAGE,
    }
    with service.database.write() as rows:
        service.idempotency.record(rows, paid, answer)
        service.credits.charge(rows, PRICE, reason)
    return answer
