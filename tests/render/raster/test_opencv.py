"""OpenCV is loaded by one thread at a time: its loader takes it out of its place for a moment."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from thumbnb.render.raster import opencv

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

# As OpenCV's own loader does it, but it waits there until another thread had its chance.
LOADER = """
import sys, types
from tests.render.raster import test_opencv
this = sys.modules.pop(__name__)
sys.modules[__name__] = types.ModuleType(__name__)
test_opencv.while_loading(sys.modules[__name__])
sys.modules[__name__] = this
loaded = True
"""
seen: list[object] = []
threads: list[threading.Thread] = []


def while_loading(half: object) -> None:
    """Let another thread ask for OpenCV while ``half`` of it is there."""
    assert getattr(half, "__spec__", None) is None
    assert opencv.has_opencv()
    threads.append(threading.Thread(target=lambda: seen.append(opencv.load_opencv())))
    threads[0].start()
    threads[0].join(0.1)


def test_another_thread_never_sees_it_half_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cv2.py").write_text(LOADER)
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == "cv2"]:
        monkeypatch.delitem(sys.modules, name)
    opencv._loaded.cache_clear()
    try:
        first = opencv.load_opencv()
        threads[0].join(60)
        assert first.loaded
        assert seen == [first]
    finally:
        opencv._loaded.cache_clear()
        sys.modules.pop("cv2", None)
