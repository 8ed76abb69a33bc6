"""Engine choice: the engine that a brief requests, where the service has it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.api import youthumb, youthumb_resources
from thumbnb.briefs import COMPOSITOR

if TYPE_CHECKING:
    from thumbnb.client.session import Session
    from thumbnb.models import EngineRecord


async def list_engines(session: Session) -> list[EngineRecord]:
    """Return the engines of the service; none where it lists none."""
    if session.service_url == youthumb.BASE_URL:
        return []  # the hosted service has no such list
    try:
        return await session.request(youthumb_resources.list_engines)
    except errors.NotFound:
        return []


def engine_of_draft(session: Session, given: str | None) -> str | None:
    """Return the engine that a draft names: the one given, else the client's.

    The embedded service's own is not named, so that a draft is the same either way.
    """
    name = given or session.engine
    return None if name == COMPOSITOR and not session.metered else name


async def check_engine(session: Session, name: str | None) -> None:
    """Raise InvalidInput for an engine that the service does not have; nothing is spent."""
    if name is None or (name in {session.engine, COMPOSITOR} and not session.metered):
        return
    known = [item.name for item in await list_engines(session)]
    if name in known:
        return
    if not known:
        raise errors.InvalidInput(
            f"{session.http.service} paints with its own engine: {name!r} cannot be chosen there.",
            hint="Leave engine out, or connect to the embedded service: tb.connect(engine=...).",
        )
    near = get_close_matches(name, known, n=1)
    raise errors.InvalidInput(
        f"There is no engine {name!r} here.",
        hint=f"Did you mean {near[0]!r}?" if near else f"There is {', '.join(known)}.",
    )
