"""The table of engines that can paint here."""

from __future__ import annotations

import asyncio
import importlib.util
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.engines.from_environment import engine_of
from thumbnb.render.engines.compositor import COMPOSITOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from thumbnb.render.engines.protocol import Engine


def available(*engines: Engine) -> pd.DataFrame:
    """Return the engines: the compositor, the environment's engine, and those given.

    Columns: ``name``, ``kind``, ``answers`` (whether it does, looked at now; nothing is charged),
    ``note`` (what it said), ``size`` (of what it is asked for, in pixels), ``references`` (how
    many images it works from), ``mask``, ``seed``, ``negative_prompt``, ``partial_images``,
    ``count`` (images a request) and ``price``.

    >>> list(available()["name"])[0]
    'compositor'
    """
    import pandas as pd  # noqa: PLC0415 - a quarter of a second, when it is wanted

    found: list[Engine] = [COMPOSITOR]
    if (default_engine := engine_of(None, None)) is not None:
        found.append(default_engine)
    found += [engine for engine in engines if engine.name not in {each.name for each in found}]
    rows = [_row(engine, check) for engine, check in zip(found, _checks(found), strict=True)]
    if not any(row["kind"] == "Diffusers" for row in rows):
        rows.append(_diffusers_row())
    return pd.DataFrame(rows)


def _checks(engines: Sequence[Engine]) -> list[tuple[bool, str]]:
    """Look whether engines answer, side by side, on a thread of their own: a kernel has a loop."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - where needed

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, _check_all(engines)).result()


async def _check_all(engines: Sequence[Engine]) -> list[tuple[bool, str]]:
    return list(await asyncio.gather(*map(_check, engines)))


async def _check(engine: Engine) -> tuple[bool, str]:
    try:
        return True, await engine.check()
    except errors.ThumbnbError as error:
        return False, str(error)


def _row(engine: Engine, check: tuple[bool, str]) -> dict[str, Any]:
    able = engine.capabilities
    width, height = able.sizes.nearest((1536, 864))
    price = "free" if engine is COMPOSITOR else str(able.prices or "unknown price")
    return {
        "name": engine.name,
        "kind": type(engine).__name__,
        "answers": check[0],
        "note": check[1],
        "size": f"{width}x{height}",
        "references": able.references,
        "mask": able.mask,
        "seed": able.seed,
        "negative_prompt": able.negative_prompt,
        "partial_images": able.partial_images,
        "count": able.count,
        "price": price,
    }


def _diffusers_row() -> dict[str, Any]:
    here = importlib.util.find_spec("diffusers") is not None
    note = "give a model: tb.engines.Diffusers(...)" if here else "pip install 'thumbnb[diffusers]'"
    return {
        "name": "diffusers",
        "kind": "Diffusers",
        "answers": here,
        "note": note,
        "size": "1536x864",
        "references": 0,
        "mask": False,
        "seed": True,
        "negative_prompt": True,
        "partial_images": 0,
        "count": 1,
        "price": "free",
    }
