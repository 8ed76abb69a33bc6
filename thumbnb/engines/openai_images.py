"""An engine behind an address: any server that speaks OpenAI's images protocol."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import os
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from thumbnb import errors
from thumbnb.api import images as api
from thumbnb.api.transport import Transport, plain_url
from thumbnb.arguments.secret_key import checked_key
from thumbnb.engines import dialects, wire_format
from thumbnb.engines.retry_request import with_retries
from thumbnb.render.engines.prices import Prices
from thumbnb.render.engines.protocol import (
    Capabilities,
    Painting,
    PaintProgress,
    PaintRequest,
    Usage,
    no_progress,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from thumbnb.engines.dialects import Dialect
    from thumbnb.engines.wire_format import Sending

logger = logging.getLogger(__name__)

KEY_VARIABLE = "OPENAI_API_KEY"
# A model may paint for minutes before it says a word; no image takes longer in all (seconds).
TIMEOUT = 300.0
LONGEST = 900.0
# A look at a server that is there takes no longer (seconds).
CHECK_SECONDS = 5.0
LONGEST_NAME = 100


class OpenAIImages:
    """A model of a server that speaks ``/v1/images``: OpenAI's own, or one of many others.

    ``base_url`` ends in ``/v1``. ``key`` goes to that origin only; without one, OpenAI's own
    address takes the environment's ``OPENAI_API_KEY``. ``dialect`` names the kind of server
    (``openai``, ``vllm-omni``, ``sglang``, ``ollama``, ``sd-server``, ``litellm``, ``localai``,
    ``open``); by itself it is told by what the server says of its models. ``prices`` is a price
    table (``{"image": 0.04}``, or prices of a million tokens), ``budget`` how much may be spent
    in one home, in its currency. ``options`` are further fields to be sent, such as
    ``{"quality": "high"}``; ``timeout`` is how long the server may be silent, in seconds.
    ``name`` is what results say they were painted by: the model, unless given.

    Raises InvalidInput for what cannot work; nothing is sent yet.

    >>> OpenAIImages("x/z-image-turbo", base_url="http://127.0.0.1:11434/v1", dialect="ollama")
    <OpenAIImages 'x/z-image-turbo' at http://127.0.0.1:11434/v1>
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str = api.BASE_URL,
        key: str | SecretStr | None = None,
        dialect: str | None = None,
        prices: Mapping[str, Any] | Prices | None = None,
        budget: float | None = None,
        options: Mapping[str, Any] | None = None,
        timeout: float = TIMEOUT,
        name: str | None = None,
    ) -> None:
        self.model = _named("model", model)
        self.name = _named("name", model if name is None else name)
        if self.name == "compositor":
            raise errors.InvalidInput("The name compositor is taken.", hint="Give another name.")
        self.base_url = base_url.rstrip("/")
        at_openai = _host(self.base_url) == _host(api.BASE_URL)
        if key is None and at_openai:
            key = os.environ.get(KEY_VARIABLE)
        secret = checked_key(key, "The engine's key")
        if secret is None and at_openai:
            raise errors.InvalidInput(
                "OpenAI's images need a key.",
                hint=f"Give key=..., or set {KEY_VARIABLE}; or base_url=... of a server of yours.",
            )
        self._key = secret or SecretStr("")
        self._prices = Prices.of(prices)
        self.budget = _checked_budget(budget, self._prices)
        self._options = dict(options or {})
        if not 1 <= timeout <= LONGEST:
            raise errors.InvalidInput(f"timeout is 1 to {LONGEST:g} seconds, not {timeout!r}.")
        self._timeout = timeout
        found = dialects.OPENAI if at_openai else None
        if dialect is not None:
            found = dialects.dialect_named(dialect)
        self._dialect = None if found is None else dialects.for_model(found, self.model)
        self._transport()  # an address that is none is refused now

    @property
    def dialect(self) -> Dialect:
        """How the server is spoken to; the open dialect until it has been asked."""
        return self._dialect or dialects.OPEN

    @property
    def capabilities(self) -> Capabilities:
        """What it can do, as far as its dialect says."""
        dialect = self.dialect
        return Capabilities(
            sizes=dialect.sizes,
            count=dialect.count,
            references=dialect.references,
            mask=dialect.mask_field is not None,
            seed=dialect.seed,
            negative_prompt=dialect.negative_prompt,
            partial_images=dialect.partial_images,
            prices=self._prices,
        )

    # -- looking ------------------------------------------------------------------

    async def check(self) -> str:
        """Look whether the server answers and has the model; says what it found. Costs nothing.

        Raises ConnectionFailed, AuthenticationFailed, NotFound, ProtocolError, NoAnswer.
        """
        models = await self._models()
        names = [str(item.get("id")) for item in models if item.get("id")]
        if names and self.model not in names:
            some = ", ".join(names[:6])
            return f"answers, and does not list {self.model!r} (but {some})"
        return f"answers, as {self.dialect.name}"

    async def prepare(self) -> None:
        """Find out the server's dialect, where it is not known. Raises ConnectionFailed."""
        if self._dialect is not None:
            return
        try:
            await self._models()
        except errors.ConnectionFailed:
            raise
        except errors.ThumbnbError as error:  # some servers list nothing, and paint
            logger.info("%s Its dialect is taken to be the open one.", error.message)
            self._dialect = dialects.OPEN

    async def _models(self) -> list[dict[str, Any]]:
        async with self._open(CHECK_SECONDS) as http:
            models = await api.list_models(http)
        if self._dialect is None:
            found = dialects.dialect_of_models(models)
            self._dialect = dialects.for_model(found, self.model)
        return models

    # -- painting -----------------------------------------------------------------

    async def paint(
        self, request: PaintRequest, progress: Callable[[PaintProgress], None] = no_progress
    ) -> Painting:
        """Paint: one paid request, which is sent again only where it was refused before any work.

        Raises PromptRefused, InsufficientCredits, Rejected, RateLimited, OutcomeUnknown, ....
        """
        await self.prepare()
        sent = wire_format.sending(request, self.dialect, self.model, self._options)
        try:
            async with asyncio.timeout(LONGEST), self._open(self._timeout) as http:
                answer = await with_retries(partial(self._answer, http, sent, progress))
                images = await wire_format.images_of(http, sent.path, answer)
        except TimeoutError:
            raise errors.OutcomeUnknown(
                f"{self.name} was not done after {LONGEST:g} s: it may be painted all the same."
            ) from None
        tokens = wire_format.tokens_of(answer.get("usage"))
        cost = self._prices.cost(len(images), tokens) if self._prices else None
        usage = Usage(
            tokens=tokens, cost=cost, currency=self._prices.currency if self._prices else None
        )
        return Painting(images=images, usage=usage)

    async def _answer(
        self, http: Transport, sent: Sending, progress: Callable[[PaintProgress], None]
    ) -> dict[str, Any]:
        if sent.streams:
            return await _streamed(http, sent, progress)
        if sent.form:
            return await api.edit(http, sent.form)
        return await api.generate(http, sent.json or {})

    # -- inside -------------------------------------------------------------------

    def _transport(self, silence: float = CHECK_SECONDS) -> Transport:
        key = self._key.get_secret_value()
        return Transport(
            self.name,
            self.base_url,
            key=f"Bearer {key}" if key else "",
            key_header=api.KEY_HEADER,
            silence=silence,
        )

    @asynccontextmanager
    async def _open(self, silence: float) -> AsyncIterator[Transport]:
        """Open a way to the server for one request: connections belong to one loop."""
        http = self._transport(silence)
        try:
            yield http
        finally:
            await http.aclose()

    @property
    def code(self) -> str:
        """The Python that makes it; never with its key."""
        given = [json.dumps(self.model)]
        if self.base_url != api.BASE_URL:
            given.append(f"base_url={json.dumps(plain_url(self.base_url))}")
        if self.name != self.model:
            given.append(f"name={json.dumps(self.name)}")
        return f"tb.engines.OpenAIImages({', '.join(given)})"

    def __repr__(self) -> str:
        return f"<OpenAIImages {self.name!r} at {plain_url(self.base_url)}>"


async def _streamed(
    http: Transport, sent: Sending, progress: Callable[[PaintProgress], None]
) -> dict[str, Any]:
    """Follow a stream to its end; unfinished images are reported as they come."""
    seen = 0
    async for event in api.stream(http, sent.path, json=sent.json, form=sent.form):
        data = event.data
        if not isinstance(data, dict):
            continue
        kind = event.name or str(data.get("type") or "")
        if kind.endswith("partial_image"):
            seen += 1
            with suppress(errors.ProtocolError):  # what is damaged on the way may end well
                image = wire_format.decoded(http.service, data.get("b64_json"))
                image = wire_format.checked_image(http.service, image)
                progress(PaintProgress(fraction=seen / (seen + 1), image=image))
        elif not kind or kind.endswith("completed"):
            return data
    raise errors.OutcomeUnknown(
        f"{http.service} stopped telling before the image was there: it may be painted, and "
        "paid, all the same."
    )


def _named(what: str, value: str) -> str:
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= LONGEST_NAME:
        raise errors.InvalidInput(f"{what} is a text of 1 to {LONGEST_NAME} characters.")
    return value.strip()


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _checked_budget(budget: float | None, prices: Prices | None) -> float | None:
    if budget is None:
        return None
    if (
        isinstance(budget, bool)
        or not isinstance(budget, int | float)
        or not 0 <= budget < math.inf
    ):
        raise errors.InvalidInput(f"The engine's budget is {budget!r}.", hint="Give a number.")
    if prices is None or prices.reserve(1) is None:
        raise errors.InvalidInput(
            "An engine's budget cannot be kept without the price of an image.",
            hint="Give prices={'image': ...}, or 'most_image' beside the prices of tokens.",
        )
    return float(budget)
