"""The engine protocol: capabilities, paint requests, and paintings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from thumbnb.render.engines.prices import Prices
    from thumbnb.render.engines.sizes import Sizes

Share = tuple[float, float, float, float]
"""A part of an image: left, top, right and bottom, each 0..1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What an engine can do.

    ``sizes`` are those it paints, ``count`` how many images one request may ask for,
    ``references`` how many images it takes to work from, ``partial_images`` how many unfinished
    ones it shows on the way. ``mask`` says whether it can be told which part to paint.
    """

    sizes: Sizes
    count: int = 1
    references: int = 0
    mask: bool = False
    seed: bool = False
    negative_prompt: bool = False
    partial_images: int = 0
    prices: Prices | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """An image to work from, encoded as PNG or JPEG; ``name`` is what the brief calls it."""

    name: str
    data: bytes
    media_type: Literal["image/png", "image/jpeg"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintRequest:
    """What an engine is asked to paint.

    ``size`` is what is needed, in pixels: the engine may paint larger and another shape.
    ``mask`` is a PNG as large as the first reference, white where it is to be painted anew;
    ``calm`` is the part that words will stand on. ``layout`` is where the compositor
    is going to set them. Requests can be pickled.
    """

    prompt: str
    size: tuple[int, int] = (1536, 864)
    negative_prompt: str = ""
    seed: int | None = None
    count: int = 1
    references: tuple[Reference, ...] = ()
    mask: bytes | None = None
    calm: Share | None = None
    layout: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a call has used, and what that costs.

    ``tokens`` by their kind, where the engine counts them; ``cost`` in ``currency`` is None
    where no price is known.
    """

    tokens: Mapping[str, int] = field(default_factory=dict)
    cost: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Painting:
    """What came back: one encoded image or several, and what they used."""

    images: tuple[bytes, ...]
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintProgress:
    """How far a painting is: 0 to 1, and an unfinished image where there is one."""

    fraction: float
    image: bytes | None = None


def no_progress(_: PaintProgress) -> None:
    """Hear of progress and do nothing."""


@runtime_checkable
class Engine(Protocol):
    """Something that paints.

    ``name`` is kept with every result. Cancelling the task that waits for ``paint`` gives the
    work up. ``paint`` raises an error of ``thumbnb.errors``: ``OutcomeUnknown`` where the
    image may have been painted, and paid, all the same.
    """

    @property
    def name(self) -> str:
        """What the engine is called."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    @property
    def budget(self) -> float | None:
        """How much may be spent at it in one home, in the currency of its prices."""

    async def check(self) -> str:
        """Look whether it answers, and say what was found. Raises an error that says why not."""

    async def prepare(self) -> None:
        """Find out what it can do, where that is not known yet. Costs nothing."""

    async def paint(
        self, request: PaintRequest, progress: Callable[[PaintProgress], None] = no_progress
    ) -> Painting:
        """Paint. Paid once: what may have been carried out is not sent again."""
