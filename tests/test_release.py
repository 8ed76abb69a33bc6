"""What is published: the files in wheel and sdist, one version, and a fresh installation of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import thumbnb as tb
from thumbnb.render.svg_files import archive_of, svg_files

ROOT = Path(__file__).parents[1]
# What a wheel may hold; a kind of file that is new is looked at once, here.
SUFFIXES = {
    ".css", ".html", ".ipynb", ".jpg", ".js", ".md", ".mp4", ".py", ".svg", ".toml", ".ts", ".txt",
    ".typed", ".xz",
}  # fmt: skip
DRAWINGS = ("thumbnb/render/objects/drawings", "thumbnb/render/subjects/places")
SDIST_TOP = {
    "thumbnb", "tests", "notebooks", "binder", "docs",
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "pyproject.toml", "hatch_build.py",
    "PKG-INFO",
    ".gitignore",  # hatchling's own doing
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", folder],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def wheel(built) -> zipfile.ZipFile:
    [path] = built.glob("*.whl")
    return zipfile.ZipFile(path)


def files_below(*folders: str) -> set[str]:
    """The files of the checkout, without what runs of Python and of Jupyter leave there."""
    left = {"__pycache__", ".ipynb_checkpoints"}
    return {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and not left & set(path.parts)
        and not path.is_relative_to(ROOT / "docs/notebooks")  # Sphinx's copies
    }


def test_the_wheel_stays_below_three_megabytes(built):
    [wheel] = built.glob("*.whl")
    assert wheel.stat().st_size < 3_000_000


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    notebooks = {f"thumbnb/_{name}" for name in files_below("notebooks")}
    archives = {f"{folder}.zip.xz" for folder in DRAWINGS}
    archived = {n for n in files_below("thumbnb") if n.startswith(DRAWINGS) and n.endswith(".svg")}
    assert names == files_below("thumbnb") - archived | notebooks | archives
    assert {Path(name).suffix or Path(name).name for name in names} <= SUFFIXES
    assert "thumbnb/py.typed" in names
    about = {name.partition(".dist-info/")[2] for name in set(wheel.namelist()) - names}
    assert about == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def test_the_wheels_archives_hold_the_drawings(wheel, tmp_path):
    for folder in DRAWINGS:
        archived = tmp_path / Path(folder).name
        archive_of(archived).write_bytes(wheel.read(f"{folder}.zip.xz"))
        found, single = svg_files(archived), svg_files(ROOT / folder)
        assert [file.name for file in found] == [file.name for file in single]
        assert len(found) > 50
        assert all(a.read_bytes() == b.read_bytes() for a, b in zip(found, single, strict=True))


def test_what_the_source_names_beside_itself_is_in_the_wheel(wheel):
    """A style sheet or a data file that a module reads is there under that very name."""
    names = wheel.namelist()
    for suffix in (".js", ".css", ".toml"):
        assert sum(name.endswith(suffix) for name in names) > 10, suffix
    for path in ROOT.glob("thumbnb/widgets/**/*.py"):
        for front_end in re.findall(r'front_end="([^"]+)"', path.read_text(encoding="utf-8")):
            assert path.with_name(front_end).relative_to(ROOT).as_posix() in names


def test_the_sdist_holds_what_a_packager_needs_and_nothing_else(built):
    [path] = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {name.partition("/")[0] for name in names} == SDIST_TOP
    folders = [name for name in SDIST_TOP if (ROOT / name).is_dir()]
    assert {name for name in names if "/" in name} == files_below(*folders)


def test_there_is_one_version(wheel):
    [metadata] = [name for name in wheel.namelist() if name.endswith("METADATA")]
    assert f"\nVersion: {tb.__version__}\n" in wheel.read(metadata).decode()
    others = [*ROOT.glob("*.toml"), *ROOT.glob("thumbnb/**/*.py")]
    stated = [path for path in others if f'"{tb.__version__}"' in path.read_text(encoding="utf-8")]
    assert stated == [ROOT / "thumbnb/__init__.py"]


THUMBNAILS = """
import thumbnb as tb
from thumbnb.render.svg_files import archive_of, svg_files
client = tb.connect(embedded=True, quiet=True)
video = client.upload(tb.sample_video())
assert video.generate_thumbnail(time=5, width=320, height=180).image.size == (320, 180)
results = client.generate("A red kite over the sea", title="FLY")
assert results[0].image.size == (1280, 720)
assert "kite" in str(results[0].report)
assert "thumbnb" in tb.TimestampSlider(video).__module__
client.close()
print("made by", tb.__file__)
"""


@pytest.mark.slow
def test_a_fresh_installation_without_extras_makes_thumbnails(built, tmp_path):
    uv, place = shutil.which("uv"), tmp_path / "venv"
    assert uv, "pip install uv"
    [path] = built.glob("*.whl")
    script = place / ("Scripts" if os.name == "nt" else "bin")
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment = {**clean, "THUMBNB_HOME": str(tmp_path / "home"), "VIRTUAL_ENV": str(place)}

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=900,
            check=False,
        )  # fmt: skip
        return f"{done.returncode} {done.stdout} {done.stderr}"

    assert run(uv, "venv", "-q", "--python", sys.executable, place).startswith("0")
    # Said, as UV_PYTHON of the environment would lead elsewhere.
    assert run(uv, "pip", "install", "-q", "--python", script / "python", path).startswith("0")
    made = run(script / "python", "-I", "-W", "error", "-c", THUMBNAILS)
    assert made.startswith("0 made by"), made
    assert str(place) in made
    assert tb.__version__ in run(script / "thumbnb", "--version")
    assert "pip install 'thumbnb[lab]'" in run(script / "thumbnb", "lab")
