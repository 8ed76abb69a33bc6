"""Kernels of several ipykernels, each laid over this environment by uv."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kernel import ManagedKernel

if TYPE_CHECKING:
    from collections.abc import Iterator

NEWEST = "newest"  # the one of this environment
VERSIONS = ["6.31", "7.3", NEWEST]


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


@contextmanager
def started(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ManagedKernel]:
    """A kernel of the ipykernel that the fixture is asked for."""
    cache = getattr(request.config, "cache", None)  # pytest can be told to keep none
    folder = cache.mkdir("ipykernel") if cache else tmp_path_factory.mktemp("ipykernel")
    laid_over = None if request.param == NEWEST else overlay(request.param, folder)
    with closing(ManagedKernel(tmp_path_factory.mktemp("home"), laid_over)) as kernel:
        wanted = version("ipykernel") if request.param == NEWEST else request.param
        assert kernel.version.startswith(wanted)
        yield kernel


@pytest.fixture(scope="module", params=VERSIONS)
def kernel(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ManagedKernel]:
    with started(request, tmp_path_factory) as kernel:
        yield kernel


@pytest.fixture(params=VERSIONS)
def fresh_kernel(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ManagedKernel]:
    """A kernel for one test: what is done first in it was done by nobody before."""
    with started(request, tmp_path_factory) as kernel:
        yield kernel
