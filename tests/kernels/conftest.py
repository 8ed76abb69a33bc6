"""Kernels of several ipykernels, each laid over this environment by uv."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

from tests.kernel import Kernel

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
NEWEST = "newest"  # the one of this environment
VERSIONS = ["6.31", "7.3", NEWEST]


class ManagedKernel(Kernel):
    """A kernel of a chosen ipykernel, started by the test."""

    def __init__(self, overlay: Path | None, home: Path) -> None:
        self._manager = KernelManager()
        command = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher"]
        self._manager._kernel_spec = KernelSpec(argv=[*command, "-f", "{connection_file}"])
        path = os.pathsep.join(str(folder) for folder in (overlay, ROOT) if folder)
        self._manager.start_kernel(
            extra_arguments=["--IPKernelApp.log_level=50"],
            env={**os.environ, "PYTHONPATH": path, "THUMBNB_HOME": str(home)},
        )
        super().__init__(self._manager.blocking_client())
        self.version = self.value("__import__('ipykernel').__version__")

    def interrupt(self) -> None:
        """The stop button."""
        self._manager.interrupt_kernel()

    def close(self) -> None:
        super().close()
        self._manager.shutdown_kernel(now=True)


def overlay(wanted: str, folder: Path) -> Path:
    """A folder with this ipykernel and what it needs, made once."""
    tag = f"{sys.implementation.cache_tag}-{wanted}"
    made = folder / tag
    if not made.exists():
        uv = os.environ.get("UV") or shutil.which("uv")
        assert uv, "These tests fetch older ipykernels with uv: install it, or say `uv run pytest`."
        with tempfile.TemporaryDirectory(dir=folder) as half_made:
            command = [uv, "pip", "install", "--quiet", "--python", sys.executable]
            subprocess.run(
                [*command, "--target", f"{half_made}/{tag}", f"ipykernel=={wanted}.*"], check=True
            )
            Path(half_made, tag).rename(made)
    return made


@pytest.fixture(scope="module", params=VERSIONS)
def kernel(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ManagedKernel]:
    cache = getattr(request.config, "cache", None)  # pytest can be told to keep none
    folder = cache.mkdir("ipykernel") if cache else tmp_path_factory.mktemp("ipykernel")
    laid_over = None if request.param == NEWEST else overlay(request.param, folder)
    kernel = ManagedKernel(laid_over, tmp_path_factory.mktemp("home"))
    wanted = version("ipykernel") if request.param == NEWEST else request.param
    assert kernel.version.startswith(wanted)
    yield kernel
    kernel.close()
