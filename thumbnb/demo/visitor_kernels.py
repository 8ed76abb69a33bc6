"""The visitors of a demonstration: each has a kernel, and a home which goes when they go.

Nothing of whoever runs the demonstration reaches a visitor: not the home, no key, no engine
that costs money. Only the messages of widgets are taken from the page (by Voila), so a visitor
runs no code.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Float, Int, Unicode
from voila.utils import ENV_VARIABLE

from thumbnb.client.keys import VARIABLES
from thumbnb.service.settings import CREDITS_VARIABLE, WORKERS_VARIABLE

# Names of the environment that begin so are of the one who runs the demonstration.
_OWNER_PREFIXES = ("THUMBNB_", "OPENAI_", *VARIABLES.values())
_KEPT = (WORKERS_VARIABLE,)
# How Voila marks a kernel that is started before its visitor comes.
_PREHEAT_MARK = ENV_VARIABLE.VOILA_PREHEAT


class VisitorKernels(AsyncMappingKernelManager):
    """Starts the kernels of visitors, each with a home, an account and credits of its own."""

    homes = Unicode(help="The folder in which the visitors' homes are made.").tag(config=True)
    visitors = Int(16, help="How many may be here at a time.").tag(config=True)
    credits = Float(40.0, help="What the account of each starts with.").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self._home_of: dict[str, Path] = {}
        self._place_freed = asyncio.Event()

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start a visitor's kernel.

        Where all places are taken, one that Voila keeps ready for the next visitor waits for a
        place, and for a visitor HTTPError (503) is raised.
        """
        kept_ready = (kwargs.get("env") or {}).get(_PREHEAT_MARK) == "True"
        while len(self._home_of) >= self.visitors:
            if not kept_ready:
                raise HTTPError(503, reason="All places are taken: come back in a few minutes")
            self._place_freed.clear()
            await self._place_freed.wait()
        home, waiting = Path(self.homes) / uuid4().hex, uuid4().hex
        self._home_of[waiting] = home  # while it starts, its place is taken
        try:
            home.mkdir(mode=0o700)
            environment = visitor_environment(kwargs.pop("env", None) or os.environ)
            environment |= {"THUMBNB_HOME": str(home), CREDITS_VARIABLE: f"{self.credits:g}"}
            kernel: str = await super().start_kernel(**kwargs, env=environment)
            self._home_of[kernel] = home
        except BaseException:
            shutil.rmtree(home, ignore_errors=True)
            raise
        finally:
            del self._home_of[waiting]
        return kernel

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended, and remove its home."""
        home = self._home_of.pop(kernel_id, None)
        if home is not None:
            self._place_freed.set()
            try:
                asyncio.get_running_loop().run_in_executor(None, _remove, home)
            except RuntimeError:  # the server is ending, and its threads have ended
                _remove(home)
        return super().remove_kernel(kernel_id)


def visitor_environment(environment: Any) -> dict[str, str]:
    """Return an environment without what is its owner's: homes, keys, tokens, engines."""
    return {
        name: value
        for name, value in environment.items()
        if name in _KEPT or not name.startswith(_OWNER_PREFIXES)
    }


def _remove(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
