"""What ``thumbnb demo`` refuses, and what it keeps from visitors."""

from __future__ import annotations

import asyncio

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from thumbnb import cli, errors
from thumbnb.demo.server import run_demo
from thumbnb.demo.visitor_kernels import VisitorKernels, visitor_environment


@pytest.mark.parametrize("given", [{"visitors": 0}, {"credits": -1}, {"credits": float("nan")}])
def test_numbers_of_no_use_are_refused_before_anything_starts(given):
    with pytest.raises(errors.InvalidInput):
        run_demo(**given)


def test_the_command_line_says_so_in_a_line(capsys):
    assert cli.main(["demo", "--visitors", "0"]) == 2
    assert "visitors, not 0" in capsys.readouterr().err


def test_nothing_of_the_owner_is_in_a_visitors_environment():
    own = dict.fromkeys(
        ("THUMBNB_HOME", "THUMBNB_TOKEN", "THUMBNB_ENGINE_KEY", "THUMBNB_ENGINE_URL",
         "VIDEO_DB_API_KEY", "YOUTHUMB_API_KEY", "OPENAI_API_KEY"), "mine",
    )  # fmt: skip
    kept = {"PATH": "/bin", "LANG": "C.UTF-8", "THUMBNB_WORKERS": "threads"}
    assert visitor_environment(own | kept) == kept


def test_a_home_goes_too_when_the_server_is_ending(tmp_path, monkeypatch):
    home = tmp_path / "visitor"
    home.mkdir()
    monkeypatch.setattr(AsyncMappingKernelManager, "remove_kernel", lambda _, kernel: kernel)

    async def end_server() -> str:
        kernels = VisitorKernels(homes=str(tmp_path))
        kernels._home_of["k"] = home
        await asyncio.to_thread(bool)
        await asyncio.get_running_loop().shutdown_default_executor()
        return kernels.remove_kernel("k")

    assert asyncio.run(end_server()) == "k"
    assert not home.exists()
