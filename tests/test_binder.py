"""What Binder reads of this checkout, by repo2docker's rules, and what its badges open."""

from __future__ import annotations

import os
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# What a badge opens: the address after "urlpath=".
ADDRESSES = re.findall(r"mybinder\.org/v2/gh/[^)\s]*[?&]urlpath=([^)\s&]+)", README)


def test_binder_has_what_repo2docker_reads():
    """Beside these it would read more (apt.txt, environment.yml), or a Dockerfile, and no more."""
    assert {path.name for path in (ROOT / "binder").iterdir()} == {
        "requirements.txt", "runtime.txt", "postBuild",
    }  # fmt: skip
    assert re.fullmatch(r"python-3\.1[1-4]\n", (ROOT / "binder/runtime.txt").read_text())
    script = (ROOT / "binder/postBuild").read_text()
    assert script.startswith("#!")
    assert "set -e" in script, "an error in it must end the build"
    assert os.access(ROOT / "binder/postBuild", os.X_OK)


def test_the_badges_open_what_is_there():
    assert "lab/tree/notebooks/00_tour.ipynb" in ADDRESSES
    assert any(address.startswith("voila/render/") for address in ADDRESSES)
    for address in ADDRESSES:
        assert (ROOT / re.sub("^(lab/tree|voila/render)/", "", address)).is_file(), address
