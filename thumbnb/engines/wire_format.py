"""The wire format: a paint request as a server takes it, and images from its answer."""

from __future__ import annotations

import base64
import binascii
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from PIL import Image

from thumbnb import errors
from thumbnb.api import images as api
from thumbnb.api.multipart import Form, FormFile
from thumbnb.api.responses import error_of
from thumbnb.engines.retry_request import with_retries
from thumbnb.imaging.open_image import SAFE_FORMATS, load_image, open_image
from thumbnb.render.engines.prices import TOKENS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.api.transport import Transport
    from thumbnb.engines.dialects import Dialect
    from thumbnb.render.engines.protocol import PaintRequest

# What comes back is looked at by nobody below, and opened by no decoder above (pixels a side).
MIN_SIDE, MAX_SIDE = 256, 8192
BAD_REQUEST = 400
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# How long an address elsewhere may take to give its image (seconds).
FETCH_SECONDS = 60.0


@dataclass(frozen=True)
class Sending:
    """The body of a request and its path: an object for a generation, a form for an edit."""

    path: str
    json: dict[str, Any] | None = None
    form: Form | None = None
    streams: bool = False


def sending(
    request: PaintRequest, dialect: Dialect, model: str, options: Mapping[str, Any]
) -> Sending:
    """Return a paint request in a dialect."""
    width, height = dialect.sizes.nearest(request.size)
    fields: dict[str, Any] = {
        "model": model,
        "prompt": request.prompt,
        "n": min(request.count, dialect.count),
        "size": f"{width}x{height}",
    }
    if dialect.response_format:
        fields["response_format"] = dialect.response_format
    if dialect.seed and request.seed is not None:
        fields["seed"] = request.seed
    if dialect.negative_prompt and request.negative_prompt:
        fields["negative_prompt"] = request.negative_prompt
    streams = dialect.partial_images > 0 and fields["n"] == 1
    if streams:
        fields |= {"stream": True, "partial_images": dialect.partial_images}
    fields |= options
    if not (request.references and dialect.references):
        return Sending(api.GENERATIONS, json=fields, streams=streams)
    return Sending(api.EDITS, form=_form(request, dialect, fields), streams=streams)


def _form(request: PaintRequest, dialect: Dialect, fields: Mapping[str, Any]) -> Form:
    files = [
        FormFile(
            dialect.image_field,
            item.data,
            f"{item.name}.{item.media_type.partition('/')[2]}",
            item.media_type,
        )
        for item in request.references[: dialect.references]
    ]
    if request.mask is not None and dialect.mask_field:
        mask = mask_as(dialect.mask_paints, request.mask)
        files.append(FormFile(dialect.mask_field, mask, "mask.png", "image/png"))
    texts = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in fields.items()
    }
    return Form(files, texts)


def mask_as(paints: str, mask: bytes) -> bytes:
    """Return a mask, white where it is to be painted, as a PNG of the polarity a server reads."""
    white = load_image(mask, formats=SAFE_FORMATS).convert("L")
    out = io.BytesIO()
    if paints == "white":
        white.save(out, "PNG")
    else:
        sheet = Image.new("RGBA", white.size, "#000000")
        sheet.putalpha(white.point(lambda level: 255 - level))
        sheet.save(out, "PNG")
    return out.getvalue()


# -- what comes back ------------------------------------------------------------------


async def images_of(http: Transport, path: str, answer: Mapping[str, Any]) -> tuple[bytes, ...]:
    """Return the images of an answer: in it, at the server, or at an address elsewhere."""
    data = answer.get("data")
    given = data if isinstance(data, list) else [answer]
    found = [
        await _image_of(http, path, item)
        for item in given
        if isinstance(item, dict) and (item.get("b64_json") or item.get("url"))
    ]
    if not found and answer.get("error"):
        # With a good status all the same: what it says is believed.
        error = error_of(http.service, BAD_REQUEST, answer, request=f"POST {path}")
        raise api.classified_error(error)
    if not found:
        raise errors.ProtocolError(
            f"{http.service} answered no image.",
            hint="Check that the address is that of an image server, and the model one that "
            "paints. It may have been charged, and is not sent again by itself.",
            service=http.service,
            body={"keys": sorted(map(str, answer))[:20]},
        )
    return tuple(found)


async def _image_of(http: Transport, path: str, item: Mapping[str, Any]) -> bytes:
    encoded, url = item.get("b64_json"), item.get("url")
    if not encoded and isinstance(url, str) and url.startswith("data:"):
        encoded = url
    if encoded:
        return checked_image(http.service, decoded(http.service, encoded))
    return checked_image(http.service, await _fetched(http, path, str(url)))


def decoded(service: str, encoded: Any) -> bytes:
    """Decode an image in base64, with or without the head of a data address."""
    text = str(encoded)
    if text.startswith("data:"):
        text = text.partition(",")[2]
    if len(text) > api.MAX_IMAGE * 4 // 3 + 4:
        raise _unusable(service, f"an image of more than {api.MAX_IMAGE // 2**20} MB")
    try:
        return base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        raise _unusable(service, "an image that is no base64") from None


async def _fetched(http: Transport, path: str, url: str) -> bytes:
    """Fetch an image by the address an answer names; a key goes to the server's own only."""
    # Relative to where it was asked for, as a browser would read it.
    address = _at_home(http.base_url, urljoin(f"{http.base_url}{path}", url))
    if http.is_own_address(address):
        return await with_retries(lambda: api.read_image(http, address))
    # Loaded only here: the guard against addresses inside this network is the service's.
    from thumbnb.service.media.download import download  # noqa: PLC0415
    from thumbnb.service.refusal import Refusal  # noqa: PLC0415

    held = _Held()
    try:
        await download(
            address, held, limit=api.MAX_IMAGE, seconds=FETCH_SECONDS, allow_private=False
        )
    except Refusal as refusal:
        raise errors.DownloadFailed(
            f"{http.service} painted an image and names an address that cannot be fetched: "
            f"{refusal.message}",
            hint="Have it answer base64, or an address of its own.",
        ) from refusal
    return bytes(held.data)


def _at_home(base_url: str, address: str) -> str:
    """Return an address of this machine under the name by which the server was given.

    A server that was reached at 127.0.0.1 may call itself localhost.
    """
    base, parts = urlsplit(base_url), urlsplit(address)
    here = {base.hostname, parts.hostname} <= _LOOPBACK
    if here and (base.scheme, base.port) == (parts.scheme, parts.port):
        return urlunsplit(parts._replace(netloc=base.netloc))
    return address


class _Held:
    """Holds a download in memory."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.size = 0

    def write(self, data: bytes) -> None:
        self.data += data
        self.size = len(self.data)


def checked_image(service: str, data: bytes) -> bytes:
    """Return an image that is one, by its bytes and not its name, and of a size to use."""
    try:
        with open_image(data, formats=SAFE_FORMATS) as image:
            width, height = image.size
    except errors.ImageTooLarge as error:
        raise _unusable(service, f"an image that is too large ({error.message})") from None
    except errors.NotAnImage:
        raise _unusable(service, "something that is no image") from None
    if min(width, height) < MIN_SIDE or max(width, height) > MAX_SIDE:
        raise _unusable(service, f"an image of {width}x{height} pixels")
    return data


def _unusable(service: str, what: str) -> errors.ProtocolError:
    return errors.ProtocolError(
        f"{service} answered {what}.",
        hint="It may have been charged, and is not sent again by itself. Check the model.",
        service=service,
    )


def tokens_of(usage: Any) -> dict[str, int]:
    """Read how many tokens of each kind were used, as far as a server tells.

    >>> tokens_of({"input_tokens": 50, "output_tokens": 4160})
    {'text_input': 50, 'image_output': 4160}
    """
    counts = usage if isinstance(usage, dict) else {}
    found: dict[str, int] = {}
    for side, kind in (("input", "text"), ("output", "image")):
        whole = _whole(counts.get(f"{side}_tokens"))
        parts = counts.get(f"{side}_tokens_details")
        parts = parts if isinstance(parts, dict) else {}
        split = {
            f"{name}_{side}": number
            for name in ("text", "image")
            if (number := _whole(parts.get(f"{name}_tokens"))) is not None
        }
        found |= split or ({} if whole is None else {f"{kind}_{side}": whole})
    return {name: found[name] for name in TOKENS if name in found}


def _whole(value: Any) -> int | None:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12
    return value if good else None
