"""The brief: the compositor's input, checked when it is made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from thumbnb.briefs import COMPOSITOR, AdvancedOptions
from thumbnb.errors import InvalidInput
from thumbnb.imaging.normalize import normalize_image
from thumbnb.render.painted_image import NAME as PAINTED

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.render.painted_image import PaintedImage

MAX_IMAGES = 6
"""Content images at most: the service's documents say five, its newer clients send six."""

SMALLEST, LARGEST = (640, 360), (3840, 2160)


def _one_of(name: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value is not None and value not in allowed:
        raise InvalidInput(f"{name} is {value!r}.", hint=f"It can be {', '.join(allowed)}.")


def _check_length(name: str, text: str | None, limit: int) -> None:
    if text is not None and len(text) > limit:
        raise InvalidInput(f"{name} has {len(text)} characters.", hint=f"It can have {limit}.")


def check_size(size: tuple[int, int]) -> None:
    """Raise ``InvalidInput`` unless ``size`` is 16:9 within a pixel, 640x360 to 3840x2160."""
    width, height = size
    fits = SMALLEST[0] <= width <= LARGEST[0] and SMALLEST[1] <= height <= LARGEST[1]
    if not fits or abs(width - height * 16 / 9) > 1:
        raise InvalidInput(
            f"A thumbnail of {width}x{height} cannot be made.",
            hint="Ask for 16:9, from 640x360 to 3840x2160, such as 1280x720.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a thumbnail is to show.

    ``content_images`` are @image1, @image2, ... of the prompt; ``portraits`` show
    the person; ``style_reference`` (or ``template``) lends its colours and mood, ``layout``
    (a name in ``layout.LAYOUTS``) says where things stand, if that suits what is shown.
    ``engine`` is the name of what paints; where that is not the compositor, ``painted`` is what
    it made, which fills the frame behind the words.
    Images are Pillow images of any mode and shape; black bars around a frame are cropped.
    Briefs can be pickled.

    >>> Brief(prompt="A rocket over the city at night", title="LIFT OFF", preset="cinematic-film")
    ... # doctest: +SKIP
    """

    prompt: str
    title: str | None = None
    preset: str = "free"
    options: AdvancedOptions = field(default_factory=AdvancedOptions)
    content_images: tuple[Image.Image, ...] = ()
    portraits: tuple[Image.Image, ...] = ()
    style_reference: Image.Image | None = None
    template: Image.Image | None = None
    layout: str | None = None
    engine: str = COMPOSITOR
    painted: PaintedImage | None = None

    def __post_init__(self) -> None:
        from thumbnb.render.layout import LAYOUTS  # noqa: PLC0415 - nor do layouts
        from thumbnb.render.presets import PRESETS  # noqa: PLC0415 - presets need no brief

        if not 3 <= len(self.prompt.strip()) <= 2000:  # noqa: PLR2004 - the service's limits
            raise InvalidInput(
                f"The prompt has {len(self.prompt.strip())} characters.",
                hint="It can have from 3 to 2000.",
            )
        _check_length("title", self.title, 200)
        _one_of("preset", self.preset, tuple(PRESETS))
        _one_of("layout", self.layout, tuple(LAYOUTS))
        if len(self.content_images) > MAX_IMAGES:
            raise InvalidInput(
                f"There are {len(self.content_images)} content images.",
                hint=f"There can be {MAX_IMAGES}.",
            )
        # numpy is slow to load, and who connects only asks what a brief may hold.
        from thumbnb.imaging.bars import without_bars  # noqa: PLC0415

        for name in ("content_images", "portraits"):
            value = tuple(without_bars(normalize_image(image)) for image in getattr(self, name))
            object.__setattr__(self, name, value)
        for name in ("style_reference", "template"):
            image = getattr(self, name)
            if image is not None:
                object.__setattr__(self, name, normalize_image(image))
        if self.painted is not None:
            whole = normalize_image(self.painted.image)
            object.__setattr__(self, "painted", replace(self.painted, image=whole))

    def images(self) -> dict[str, Image.Image]:
        """Every image by the name a scene calls it: ``image1``, ``portrait1``, ..."""
        named = {f"image{i}": im for i, im in enumerate(self.content_images, 1)}
        named |= {f"portrait{i}": im for i, im in enumerate(self.portraits, 1)}
        return named if self.painted is None else {**named, PAINTED: self.painted.image}

    def is_in_painting(self, name: str) -> bool:
        """Whether an image of the brief was given to the engine, and so is in what it painted."""
        return self.painted is not None and name in self.painted.used
