"""The README's Python runs as it stands there."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
import shutil
from pathlib import Path

import pytest

from thumbnb.service.tasks import generation_task

pytestmark = pytest.mark.slow

README = Path(__file__).parents[1] / "README.md"
# What is said to a server, with its token, is run by tests/conformance.
BLOCKS = [
    block
    for block in re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    if "TOKEN" not in block
]


@pytest.fixture
def home(tmp_path, monkeypatch, sample_path):
    """A fresh home without keys, and a talk.mp4 at hand."""
    shutil.copy(sample_path, tmp_path / "talk.mp4")
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "home"))
    for variable in ("VIDEO_DB_API_KEY", "YOUTHUMB_API_KEY", "THUMBNB_TOKEN"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    # Forty generations: in this process, and a quarter as large as they say.
    monkeypatch.setenv("THUMBNB_WORKERS", "threads")
    monkeypatch.setattr(generation_task, "SIZE", (640, 360))


async def run(block: str, names: dict[str, object]) -> None:
    """Run a block as a notebook's cell would be, with ``await`` at its top."""
    done = eval(compile(block, str(README), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
    if inspect.isawaitable(done):
        await done


@pytest.mark.filterwarnings("ignore:The prompt does not name:UserWarning")
def test_the_blocks_run_one_after_the_other(home):
    names: dict[str, object] = {}
    assert len(BLOCKS) >= 4
    for block in BLOCKS:
        asyncio.run(run(block, names))
    client = names["client"]
    assert names["again"].cached
    assert client.budget.spent == 3
    assert names["jobs"] == []
    client.close()
