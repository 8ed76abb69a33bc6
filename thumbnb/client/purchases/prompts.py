"""Prompts bought from YouThumb: one made better, or one for a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.alias_generators import to_camel

from thumbnb.api import youthumb, youthumb_resources
from thumbnb.client.inputs import checks
from thumbnb.client.ledger import prices
from thumbnb.client.ledger.run_record import PaidCall
from thumbnb.client.purchases.assets import named
from thumbnb.client.purchases.purchase import Purchase, at_once, buy
from thumbnb.models import TemplateRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.client.purchases.assets import Assets, Encoded, ImageInput
    from thumbnb.client.purchases.purchase import Prepare, Send
    from thumbnb.client.session import Deadline, Session


class PromptPurchase(Purchase[str, str]):
    """A call whose answer is all that it buys."""

    @property
    def _answered(self) -> bool:
        return self.entry.answer is not None

    async def _note(self, answer: str) -> None:
        await self._books.begun(self.entry, state="done", answer=answer)

    async def _balance(self) -> float | None:
        return (await self._session.ask(youthumb_resources.get_usage)).credits

    async def _finish(self, patience: Deadline) -> str:  # noqa: ARG002  - there is no wait
        return str(self.entry.answer)


async def improved(
    session: Session, prompt: str, context: Mapping[str, Any] | None, **how: Any
) -> str:
    """Buy a better prompt; ``how`` as in ``_bought``."""
    asked = {to_camel(key): value for key, value in (context or {}).items()}
    request = {"prompt": prompt, "context": dict(context or {})}
    return await _bought(
        session,
        "improve",
        request,
        at_once(lambda: session.ask(youthumb.improve_prompt, prompt, asked)),
        **how,
    )


async def described(
    session: Session,
    assets: Assets,
    reference: TemplateRecord | ImageInput,
    language: str | None,
    **how: Any,
) -> str:
    """Buy a prompt for a picture like this one; ``how`` as in ``_bought``."""
    request: dict[str, Any] = {"language": language} if language else {}
    picture: str | Encoded = ""
    if isinstance(reference, TemplateRecord):
        request["template_id"] = reference.id
    else:
        picture = await assets.read(reference, elsewhere=False)
        request["reference"] = named(picture)

    async def prepare() -> tuple[list[str], Send[str]]:
        if isinstance(reference, TemplateRecord):
            given = {"templateId": reference.id}
        else:
            given = {"imageUrl": await assets.address(picture)}
        return [], lambda: session.ask(youthumb.prompt_from_reference, given, language=language)

    return await _bought(session, "prompt_from", request, prepare, **how)


async def _bought(
    session: Session,
    kind: str,
    request: Mapping[str, Any],
    prepare: Prepare[str],
    *,
    take: int | None,
    most: float | None = None,
    anew: bool = False,
) -> str:
    order = PaidCall(
        youthumb.SERVICE,
        session.place,
        kind,
        request,
        brief=request,
        price=prices.WORDS,
        take=checks.take(take),
    )
    most = checks.credits("max_credits", most)
    async with session.patience("A prompt", None) as patience:
        return await buy(
            session, patience, order, prepare, PromptPurchase, what="A prompt", most=most, anew=anew
        )
