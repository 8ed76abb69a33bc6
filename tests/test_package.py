"""The package itself: light to import, whole when built, its names where they are said to be."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
import zipfile
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


def test_the_hosted_path_needs_no_service_and_no_decoder():
    code = (
        "import sys, thumbnb\n"
        "client = thumbnb.connect(videodb_key='k', youthumb_key='k', quiet=True)\n"
        "print(sorted({'av', 'pandas', 'fastapi', 'numpy', 'uvicorn'} & set(sys.modules)))"
    )
    assert python(code) == "[]"


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

FLOORS = {
    "cli": 6, "__main__": 6, "widgets": 5, "tuning": 4, "client": 3, "api": 2, "service": 2,
    "samples": 2, "frames": 1, "render": 1, "imaging": 0, "models": 0, "briefs": 0,
    "errors": 0, "home": 0, "lazy": 0, "database": 0,
    "files": 0, "backups": 0,
}  # fmt: skip
# The one way from the client down to the service, taken when nobody gave a key.
ALLOWED = {("client/connect.py", "service")}


def imports(path: Path) -> set[tuple[str, bool]]:
    """Return (module, whether it is imported when the file is) for each import."""
    found = set()
    tree = ast.parse(path.read_text())
    top = set(map(id, tree.body))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {(alias.name, id(node) in top) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {(name, id(node) in top) for name in names}
    return found


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_arrows_point_down(path):
    here = path.relative_to(PACKAGE)
    room = here.parts[0].removesuffix(".py")
    if room == "__init__":
        return
    for name, _ in imports(path):
        if not name.startswith("thumbnb."):
            continue
        other = name.split(".")[1]
        if other == room or (str(here), other) in ALLOWED or other not in FLOORS:
            continue
        assert FLOORS[other] <= FLOORS[room], f"{here} imports {name}"
        assert {room, other} != {"api", "service"}, f"{here} imports {name}"


# The client's requests, and the service's downloads of what strangers name.
DOORS = {PACKAGE / "api" / "transport.py", PACKAGE / "service" / "media" / "download.py"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_one_file_is_the_door_to_the_network(path):
    names = {name.split(".")[0] for name, _ in imports(path)}
    assert not {"httpx", "httpcore"} & names or path in DOORS


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    [built] = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_holds_all_of_it(wheel):
    names = set(wheel.namelist())
    for path in PACKAGE.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert str(path.relative_to(ROOT)) in names
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"thumbnb/_notebooks/{notebook.name}" in names
    assert not [name for name in names if name.startswith("tests")]


def test_the_versions_agree(wheel):
    [metadata] = [name for name in wheel.namelist() if name.endswith("METADATA")]
    assert f"\nVersion: {tb.__version__}\n" in wheel.read(metadata).decode()
