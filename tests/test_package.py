"""The package itself: light to import, whole when built, its names where they are said to be."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import thumbnb as tb
from thumbnb import errors

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "thumbnb"


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


HEAVY = "{'av', 'pandas', 'fastapi', 'numpy', 'uvicorn', 'PIL', 'httpx', 'pydantic', 'ipywidgets'}"


def test_import_is_light():
    assert python(f"import sys, thumbnb; print(sorted({HEAVY} & set(sys.modules)))") == "[]"


@pytest.mark.slow
def test_the_hosted_path_needs_no_service_and_no_decoder():
    code = (
        "import sys, thumbnb\n"
        "client = thumbnb.connect(videodb_key='k', youthumb_key='k', quiet=True)\n"
        "print(sorted({'av', 'pandas', 'fastapi', 'numpy', 'uvicorn'} & set(sys.modules)))"
    )
    assert python(code) == "[]"


FORBIDDEN = """
import socket, subprocess, sys, threading
import thumbnb

def refuse(*args, **kwargs):
    raise RuntimeError("not in a browser")

threading.Thread.start = socket.socket.connect = socket.socket.bind = refuse
subprocess.Popen.__init__ = refuse
for name in thumbnb.__all__:
    getattr(thumbnb, name)
import thumbnb.api.videodb, thumbnb.api.youthumb
print(threading.active_count())
"""


@pytest.mark.slow
def test_importing_starts_no_thread_and_opens_no_socket():
    """A kernel in a browser (Pyodide) has neither; what needs one says so when it is used."""
    assert python(FORBIDDEN) == "1"


def test_every_public_name_is_there_and_listed():
    assert dir(tb) == sorted(tb.__all__)
    for name in tb.__all__:
        assert getattr(tb, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'thumbnail'"):
        tb.thumbnail  # noqa: B018


def test_every_error_is_in_the_drawn_tree_below_its_parent():
    tree = errors.__doc__.split("::", 1)[1]
    depth = {}
    for line in tree.splitlines():
        name = line.strip("│├└─ ").split(" ")[0]
        if name:
            depth[name] = len(line) - len(line.lstrip("│├└─ "))
    kinds = [
        kind
        for kind in vars(errors).values()
        if inspect.isclass(kind) and issubclass(kind, errors.ThumbnbError)
    ]
    assert {kind.__name__ for kind in kinds} == set(depth)
    for kind in kinds[1:]:
        parent = kind.__mro__[1].__name__
        assert depth[kind.__name__] == depth[parent] + 4, kind


def test_every_error_says_what_to_do_next():
    base = {"ThumbnbError", "InvalidInput", "TimeOutOfRange", "MediaError", "DamagedVideo"}
    base |= {"TransportError", "ServiceError", "JobCancelled", "DeadlineExceeded"}  # said in place
    for kind in vars(errors).values():
        if inspect.isclass(kind) and issubclass(kind, errors.ThumbnbError):
            assert kind.default_hint or kind.__name__ in base, kind


# -- the house ------------------------------------------------------------------------


@pytest.mark.slow
def test_imports_point_down_and_in_no_circles():
    """The contracts stand in pyproject.toml: floors, circles, who may import what."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


FOLDER_LIMIT = 24


def test_no_folder_shows_more_than_a_reader_can_hold():
    """Folders of data (drawings, presets) may hold as many files as there is data."""
    crowded = {
        str(folder.relative_to(ROOT)): len(rooms)
        for folder in [PACKAGE, *PACKAGE.rglob("*/")]
        if len(rooms := [p for p in folder.glob("*.py") if p.name != "__init__.py"]) > FOLDER_LIMIT
    }
    assert crowded == {}
