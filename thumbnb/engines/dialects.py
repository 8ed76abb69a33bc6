"""The dialects of the images protocol: which fields each server takes, under which names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from thumbnb.errors import InvalidInput
from thumbnb.render.engines.sizes import FixedSizes, FreeSizes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from thumbnb.render.engines.sizes import Sizes

# What most servers paint, of the three-to-two and square shapes of OpenAI's first models.
_COMMON = FixedSizes(((1536, 1024), (1024, 1024), (1024, 1536)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a server speaks the protocol.

    ``references`` is 0 where it makes no edits; ``image_field`` is the form's field of each,
    ``mask_field`` that of the mask, in which the part to paint is ``transparent`` or ``white``.
    ``seed`` and ``negative_prompt`` say whether it takes these; ``response_format`` is what is
    asked for, None where the field is refused. ``partial_images`` are shown by a stream.
    """

    name: str
    sizes: Sizes = _COMMON
    count: int = 1
    references: int = 0
    image_field: str = "image"
    mask_field: str | None = None
    mask_paints: Literal["transparent", "white"] = "transparent"
    seed: bool = False
    negative_prompt: bool = False
    response_format: str | None = None
    partial_images: int = 0


OPENAI = Dialect(
    name="openai",
    sizes=FreeSizes(step=16, largest=(3840, 2160)),
    count=10,
    references=16,
    image_field="image[]",
    mask_field="mask",
    partial_images=2,
)
VLLM_OMNI = Dialect(
    name="vllm-omni",
    sizes=FreeSizes(step=16, largest=(2048, 2048)),
    count=4,
    references=4,
    mask_field="mask_image",
    mask_paints="white",
    seed=True,
    negative_prompt=True,
    response_format="b64_json",
)
SGLANG = Dialect(
    name="sglang",
    sizes=FreeSizes(step=16, largest=(2048, 2048)),
    references=1,
    response_format="b64_json",
)
OLLAMA = Dialect(
    name="ollama",
    sizes=FreeSizes(step=16, largest=(2048, 2048)),
    response_format="b64_json",
)
SD_SERVER = Dialect(
    name="sd-server",
    sizes=FreeSizes(step=64, largest=(2048, 2048)),
)
LITELLM = Dialect(name="litellm", references=4, mask_field="mask")
LOCALAI = Dialect(
    name="localai", sizes=FreeSizes(step=64, largest=(2048, 2048)), response_format="b64_json"
)
# Of a server we don't know nothing is asked that the protocol's first version had not.
OPEN = Dialect(name="open")

DIALECTS = {
    each.name: each
    for each in (OPENAI, VLLM_OMNI, SGLANG, OLLAMA, SD_SERVER, LITELLM, LOCALAI, OPEN)
}

# The models of OpenAI that paint three sizes only.
_FIXED = ("gpt-image-1", "chatgpt-image", "dall-e")
_OWNERS = {
    "vllm-omni": VLLM_OMNI,
    "vllm": VLLM_OMNI,
    "sglang": SGLANG,
    "library": OLLAMA,
    "ollama": OLLAMA,
    "stable-diffusion.cpp": SD_SERVER,
    "sd-server": SD_SERVER,
    "sdcpp": SD_SERVER,
    "litellm": LITELLM,
    "localai": LOCALAI,
    "openai": OPENAI,
    "system": OPENAI,
}


def dialect_named(name: str) -> Dialect:
    """Return a dialect by its name. Raises InvalidInput."""
    if name not in DIALECTS:
        near = get_close_matches(name, DIALECTS, n=1)
        raise InvalidInput(
            f"There is no dialect {name[:40]!r}.",
            hint=f"Did you mean {near[0]!r}?" if near else f"It is one of {', '.join(DIALECTS)}.",
        )
    return DIALECTS[name]


def for_model(dialect: Dialect, model: str) -> Dialect:
    """Return a dialect as one of its models speaks it.

    >>> for_model(OPENAI, "gpt-image-1.5").sizes.nearest((1536, 864))
    (1536, 1024)
    """
    if dialect is OPENAI and model.startswith(_FIXED):
        return replace(dialect, sizes=_COMMON)
    return dialect


def dialect_of_models(models: Iterable[Mapping[str, Any]]) -> Dialect:
    """Return a server's dialect, by the owner of its models; the open one where none is named."""
    for item in models:
        owner = str(item.get("owned_by") or "").lower()
        if owner in _OWNERS:
            return _OWNERS[owner]
    return OPEN
