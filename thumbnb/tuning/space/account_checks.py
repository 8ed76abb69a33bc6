"""What of a sweep only its account can tell: names it has, engines, images that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.client.inputs.upload_source import is_address
from thumbnb.client.purchases.account_names import FIELDS, AccountNames
from thumbnb.client.purchases.assets import image_list
from thumbnb.client.purchases.engine_choice import check_engine
from thumbnb.tuning.space.value_checks import IMAGE_FIELDS, field_values
from thumbnb.tuning.space.video_frame import VideoFrame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.client.client import Client
    from thumbnb.tuning.space.axis import Axis


async def check_account(client: Client, axes: Sequence[Axis], constants: Mapping[str, Any]) -> None:
    """Raise InvalidInput, at its axis, for a name that the account does not have."""
    session = client.sessions[1]
    names = AccountNames(session)
    for field in FIELDS:
        given = field_values(field, axes, constants)
        await names.read(field, [value for _, value in given])
        for where, value in given:
            if fault := names.fault(field, value):
                raise _at(where, fault)
    for where, name in field_values("engine", axes, constants):
        try:
            await check_engine(session, name)
        except errors.InvalidInput as error:
            raise _at(where, error) from None


async def check_images(client: Client, axes: Sequence[Axis], constants: Mapping[str, Any]) -> None:
    """Raise InvalidInput, at its axis, for an image that cannot be read."""
    for field in IMAGE_FIELDS:
        for where, value in field_values(field, axes, constants):
            for image in image_list(value):
                if isinstance(image, VideoFrame):
                    continue
                if isinstance(image, str) and is_address(image):
                    continue
                try:
                    await client.preview.aio(image)
                except errors.InvalidInput as error:
                    raise _at(where, error) from None


def _at(where: str, error: errors.InvalidInput) -> errors.InvalidInput:
    words = error.message[:1].lower() + error.message[1:]
    return type(error)(f"{where}: {words}", hint=error.hint)
