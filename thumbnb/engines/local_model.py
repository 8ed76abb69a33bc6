"""A model on this machine, by diffusers (extra ``thumbnb[diffusers]``)."""

from __future__ import annotations

import asyncio
import io
import threading
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.render.engines.protocol import (
    Capabilities,
    Painting,
    PaintProgress,
    PaintRequest,
    Usage,
    no_progress,
)
from thumbnb.render.engines.sizes import FreeSizes

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

_STEP = 64


class Diffusers:
    """A text-to-image pipeline of diffusers, loaded when it first paints.

    ``model`` is a folder or a name on the Hub, or a pipeline that is loaded already. ``device``
    is ``cuda`` where there is one, else ``cpu``; ``options`` go into every call of the pipeline,
    such as ``{"num_inference_steps": 4, "guidance_scale": 1.0}``.

    >>> Diffusers("black-forest-labs/FLUX.2-klein-4B").name
    'black-forest-labs/FLUX.2-klein-4B'
    """

    budget = None

    def __init__(
        self,
        model: str | os.PathLike[str] | Any,
        *,
        device: str | None = None,
        name: str | None = None,
        **options: Any,
    ) -> None:
        given = model if callable(model) else None
        self.name = name or (type(model).__name__ if given else str(model))
        self._model, self._pipeline, self._device = model, given, device
        self._options = options
        self._lock = threading.Lock()

    @property
    def capabilities(self) -> Capabilities:
        """What a text-to-image pipeline can do."""
        return Capabilities(
            sizes=FreeSizes(step=_STEP, largest=(2048, 2048)), seed=True, negative_prompt=True
        )

    async def check(self) -> str:
        """Return whether diffusers is here. Raises InvalidInput."""
        _diffusers()
        return "loaded" if self._pipeline is not None else "loaded when it first paints"

    async def prepare(self) -> None:
        """Load the model."""
        await asyncio.to_thread(self._load)

    async def paint(
        self, request: PaintRequest, progress: Callable[[PaintProgress], None] = no_progress
    ) -> Painting:
        """Paint, one image after the other; given up between two steps."""
        given_up = threading.Event()
        try:
            images = [
                await asyncio.to_thread(self._paint, request, number, progress, given_up)
                for number in range(request.count)
            ]
        finally:
            given_up.set()
        return Painting(images=tuple(images), usage=Usage(cost=0.0))

    def _load(self) -> Any:
        with self._lock:
            if self._pipeline is None:
                diffusers, torch = _diffusers()
                device = self._device or ("cuda" if torch.cuda.is_available() else "cpu")
                kind = torch.bfloat16 if device.startswith("cuda") else torch.float32
                try:
                    loaded = diffusers.DiffusionPipeline.from_pretrained(
                        self._model, torch_dtype=kind
                    )
                except (OSError, ValueError) as error:
                    raise errors.InvalidInput(
                        f"The model {self.name!r} cannot be loaded ({error}).",
                        hint="Give the folder of a diffusers pipeline, or its name on the Hub.",
                    ) from error
                self._pipeline = loaded.to(device)
            return self._pipeline

    def _paint(
        self,
        request: PaintRequest,
        number: int,
        progress: Callable[[PaintProgress], None],
        given_up: threading.Event,
    ) -> bytes:
        pipeline = self._load()
        _, torch = _diffusers()
        width, height = self.capabilities.sizes.nearest(request.size)

        def step(pipe: Any, index: int, _: Any, kept: dict[str, Any]) -> dict[str, Any]:
            pipe._interrupt = given_up.is_set()  # noqa: SLF001 - as diffusers documents it
            steps = max(1, getattr(pipe, "num_timesteps", 1))
            progress(PaintProgress(fraction=min(1.0, (index + 1) / steps)))
            return kept

        negative = {"negative_prompt": request.negative_prompt} if request.negative_prompt else {}
        fields = {"width": width, "height": height, **negative, **self._options}
        seed = torch.Generator("cpu").manual_seed((request.seed or 0) + number)
        with self._lock:  # a pipeline paints one image at a time
            taken = _taken(pipeline, fields)
            done = pipeline(request.prompt, generator=seed, callback_on_step_end=step, **taken)
        out = io.BytesIO()
        done.images[0].convert("RGB").save(out, "PNG")
        return out.getvalue()

    def __repr__(self) -> str:
        return f"<Diffusers {self.name!r}>"


def _taken(pipeline: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a pipeline does not take: some have no negative prompt."""
    from inspect import signature  # noqa: PLC0415 - where needed

    known = signature(type(pipeline).__call__).parameters
    return {name: value for name, value in fields.items() if name in known}


def _diffusers() -> tuple[Any, Any]:
    try:
        import diffusers  # noqa: PLC0415 - an extra, and heavy
        import torch  # noqa: PLC0415
    except ImportError:
        raise errors.InvalidInput(
            "diffusers is not installed.",
            hint="Run: pip install 'thumbnb[diffusers]', or reach the model through a server: "
            "tb.engines.OpenAIImages(...).",
        ) from None
    return diffusers, torch
