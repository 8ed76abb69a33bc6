"""The server of the demonstration: Voila, with one page and nothing beside it."""

from __future__ import annotations

import os
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from thumbnb.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = Path(__file__).with_name("studio.ipynb")
# Seconds without any connection after which a visitor's kernel ends, and between two looks.
# Who closes the page ends it at once; this is for browsers that are gone.
IDLE, LOOK = 300, 60


def run_demo(
    *,
    host: str = "127.0.0.1",
    port: int = 8866,
    visitors: int = 16,
    credits: float = 40.0,  # noqa: A002 - as everywhere
    arguments: Sequence[str] = (),
) -> None:
    """Show the studio to visitors until it is stopped.

    Each visitor has a kernel, a home and an account with ``credits`` of their own, and loses
    them with the page; at most ``visitors`` are served at a time. ``arguments`` are Voila's own.
    Raises InvalidInput where Voila is not installed, or a number is of no use.
    """
    if not 1 <= visitors <= 1000:  # noqa: PLR2004
        raise InvalidInput(f"There can be 1 to 1000 visitors, not {visitors}.")
    if not 0 <= credits <= 1e9:  # noqa: PLR2004
        raise InvalidInput(f"A visitor has 0 credits or more, not {credits:g}.")
    if find_spec("voila") is None or find_spec("ipykernel") is None:
        raise InvalidInput("Voila is not installed.", hint="Run: pip install 'thumbnb[demo]'")
    from traitlets.config import Config  # noqa: PLC0415 - an extra, as what follows
    from voila.app import Voila  # noqa: PLC0415

    from thumbnb.demo.visitor_kernels import VisitorKernels  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="thumbnb-demo-", ignore_cleanup_errors=True) as homes:
        config = Config()
        config.VoilaConfiguration.multi_kernel_manager_class = VisitorKernels
        config.VoilaConfiguration.preheat_kernel = True  # one is ready when a visitor comes
        config.VoilaConfiguration.show_tracebacks = False
        config.VoilaConfiguration.strip_sources = True
        config.VoilaConfiguration.file_allowlist = [r"(?!)"]  # no file is served
        # Voila's page says farewell without the token that its server expects (0.5.13): every
        # kernel would stay. The address of a kernel is a secret of its page; there is no login.
        config.Voila.tornado_settings = {"disable_check_xsrf": True}
        config.VisitorKernels.update(
            homes=homes, visitors=visitors, credits=credits, cull_idle_timeout=IDLE,
            cull_interval=LOOK, cull_busy=True,
        )  # fmt: skip
        options = [f"--port={port}", f"--Voila.ip={host}"]
        Voila.launch_instance([*options, *arguments, os.fspath(PAGE)], config=config)
