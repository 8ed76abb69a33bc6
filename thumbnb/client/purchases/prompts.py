"""Prompts bought from YouThumb: one made better, or one for an image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic.alias_generators import to_camel

from thumbnb.api import youthumb, youthumb_resources
from thumbnb.client.inputs import checks
from thumbnb.client.ledger import prices
from thumbnb.client.ledger.run_record import PaidCall, RunState
from thumbnb.client.purchases.assets import name_of
from thumbnb.client.purchases.purchase import Purchase, buy, without_preparation
from thumbnb.models import TemplateRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.purchases.assets import Assets, EncodedImage, ImageInput
    from thumbnb.client.purchases.purchase import Prepare, Send
    from thumbnb.client.requests.deadline import Deadline
    from thumbnb.client.session import Session


class PromptPurchase(Purchase[str, str]):
    """A purchase whose answer is its result."""

    is_stoppable: ClassVar = False

    @property
    def _answered(self) -> bool:
        return self.run.answer is not None

    async def _record_answer(self, answer: str) -> None:
        await self._ledger.mark_started(self.run, state=RunState.DONE, answer=answer)

    async def _balance(self) -> float | None:
        return (await self._session.request(youthumb_resources.get_usage)).credits

    async def _finish(self, time_limit: Deadline) -> str:  # noqa: ARG002  - there is no wait
        return str(self.run.answer)


async def improve_prompt(
    session: Session, prompt: str, context: Mapping[str, Any] | None, **how: Any
) -> str:
    """Buy a better prompt; ``how`` as in ``_buy_prompt``."""
    fields = {to_camel(key): value for key, value in (context or {}).items()}
    request = {"prompt": prompt, "context": dict(context or {})}

    async def send(key: str | None) -> str:
        return await session.request(youthumb.improve_prompt, prompt, fields, idempotency_key=key)

    return await _buy_prompt(session, "improve", request, without_preparation(send), **how)


async def prompt_from_image(
    session: Session,
    assets: Assets,
    reference: TemplateRecord | ImageInput,
    language: str | None,
    **how: Any,
) -> str:
    """Buy a prompt for an image like this one; ``how`` as in ``_buy_prompt``."""
    request: dict[str, Any] = {"language": language} if language else {}
    image: str | EncodedImage = ""
    if isinstance(reference, TemplateRecord):
        request["template_id"] = reference.id
    else:
        image = await assets.read(reference, keep_address=False)
        request["reference"] = name_of(image)

    async def prepare() -> tuple[list[str], Send[str]]:
        if isinstance(reference, TemplateRecord):
            given = {"templateId": reference.id}
        else:
            given = {"imageUrl": await assets.address(image)}
        return [], lambda key: session.request(
            youthumb.prompt_from_reference, given, language=language, idempotency_key=key
        )

    return await _buy_prompt(session, "prompt_from", request, prepare, **how)


async def _buy_prompt(
    session: Session,
    kind: str,
    request: Mapping[str, Any],
    prepare: Prepare[str],
    *,
    take: int | None,
    max_credits: float | None = None,
    resend_of: RunRecord | None = None,
) -> str:
    paid_call = PaidCall(
        youthumb.SERVICE,
        session.service_url,
        kind,
        request,
        identity=request,
        price=prices.PER_PROMPT,
        take=checks.take(take),
    )
    max_credits = checks.credits("max_credits", max_credits)
    async with session.deadline("A prompt", None) as time_limit:
        return await buy(
            session,
            time_limit,
            paid_call,
            prepare,
            PromptPurchase,
            what="A prompt",
            max_credits=max_credits,
            resend_of=resend_of,
        )
