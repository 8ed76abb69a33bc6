"""``thumbnb doctor``: what is installed, what answers, and what is wrong, in words.

It changes nothing: no home is made, no key is shown, nothing that costs is sent. The
embedded service is tried in a temporary folder.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement

import thumbnb
from thumbnb.errors import ThumbnbError
from thumbnb.storage.home import MARKER, home_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

FRONT_ENDS = ("jupyterlab", "notebook", "voila", "marimo")
# The first that shows widgets within a widget.
MARIMO = Requirement("marimo>=0.23.14")
MIN_FREE = 500_000_000
"""Bytes of free disk below which the home is said to be nearly full."""

# One text a script: whether an installed typeface draws it.
SCRIPTS = {
    "Latin": "Thumbnail",
    "Cyrillic": "Обложка",
    "Arabic": "صورة",
    "Hebrew": "תמונה",
    "Japanese": "サムネイル",
    "Chinese": "缩略图",
    "Korean": "썸네일",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: its ``topic``, what was found, and what is ``wrong`` with it."""

    topic: str
    text: str
    wrong: str = ""


def examine(*, offline: bool = False) -> list[Finding]:
    """Return what is found about this installation, topic by topic.

    ``offline`` leaves out the hosted services. Raises nothing: what fails is a finding.
    """
    return [
        *_versions(),
        *_packages(),
        *_faces(),
        *_kernel(),
        *_fonts(),
        *_home(),
        *_embedded_service(),
        *_hosted_services(offline=offline),
    ]


def report(findings: list[Finding]) -> str:
    """Lay findings out as text, what is wrong last."""
    width = max(len(finding.topic) for finding in findings)
    lines = [f"{finding.topic:<{width}}  {finding.text}" for finding in findings]
    wrong = [f"- {finding.wrong}" for finding in findings if finding.wrong]
    return "\n".join(
        [*lines, "", *(["What is wrong:", *wrong] if wrong else ["Nothing is wrong."])]
    )


def _versions() -> Iterator[Finding]:
    yield Finding("thumbnb", thumbnb.__version__)
    wrong = "" if sys.version_info >= (3, 11) else "thumbnb needs Python 3.11 or newer."
    yield Finding(
        "Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}", wrong
    )


# -- packages -------------------------------------------------------------------------


def _packages() -> Iterator[Finding]:
    """Compare what is installed with what the package asks for, extra by extra."""
    core, extras = _requirements()
    wrong = [complaint for requirement in core if (complaint := _complaint(requirement))]
    found = ", ".join(
        f"{requirement.name} {_version(requirement.name) or 'missing'}"
        for requirement in core
        if not requirement.name.startswith("fontpkg-")
    )
    yield Finding("packages", found, "; ".join(wrong) and f"Packages: {'; '.join(wrong)}.")
    for extra, requirements in sorted(extras.items()):
        missing = [r.name for r in requirements if _version(r.name) is None]
        old = [text for r in requirements if _version(r.name) and (text := _complaint(r))]
        if len(missing) == len(requirements):
            yield Finding(f"[{extra}]", f"not installed: pip install 'thumbnb[{extra}]' adds it")
        elif missing:
            yield Finding(
                f"[{extra}]",
                f"{', '.join(missing)} missing",
                f"A part of thumbnb[{extra}] is missing ({', '.join(missing)}): "
                f"pip install 'thumbnb[{extra}]'.",
            )
        else:
            yield Finding(
                f"[{extra}]", "installed", "; ".join(old) and f"thumbnb[{extra}]: {'; '.join(old)}."
            )


def _requirements() -> tuple[list[Requirement], dict[str, list[Requirement]]]:
    """Return the requirements of the package, and those of each of its extras."""
    core: list[Requirement] = []
    extras: dict[str, list[Requirement]] = defaultdict(list)
    try:
        lines = metadata.requires("thumbnb") or []
    except metadata.PackageNotFoundError:  # a checkout that is imported by its path
        lines = []
    for line in lines:
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            continue
        if requirement.name == "thumbnb":
            continue
        in_extra = re.search(r"extra == ['\"]([\w-]+)['\"]", line)
        if in_extra:
            extras[in_extra[1]].append(requirement)
        elif requirement.marker is None or requirement.marker.evaluate():
            core.append(requirement)
    return core, extras


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _complaint(requirement: Requirement) -> str:
    """Report what is wrong with an installed package; empty where nothing is."""
    version = _version(requirement.name)
    if version is None:
        return f"{requirement.name} is missing: pip install '{requirement.name}'"
    if not requirement.specifier.contains(version, prereleases=True):
        wanted = f"{requirement.name}{requirement.specifier}"
        return f"{requirement.name} is {version}: pip install '{wanted}'"
    return ""


def _faces() -> Iterator[Finding]:
    """Report whether faces are found, which cutting people out and titles beside faces take."""
    from thumbnb.render.vision.face_detectors import HAS_OPENCV, missing_detector  # noqa: PLC0415 - heavy

    missing = missing_detector()
    if not missing:
        yield Finding("faces", "found; people are cut out of photos")
    else:
        # Without OpenCV nothing is broken: its extra was not asked for.
        text = "not found: photos of people are shown whole"
        yield Finding("faces", text, missing if HAS_OPENCV else "")


# -- the notebook ---------------------------------------------------------------------


def _kernel() -> Iterator[Finding]:
    """Report which kernel and front ends are here, and whether they can show the widgets."""
    kernel = _version("ipykernel")
    wrong = ""
    if kernel is not None and kernel.startswith("7.0."):
        wrong = (
            f"ipykernel {kernel} fails when a thread updates a widget: "
            "pip install 'ipykernel>=7.1'."
        )
    yield Finding("kernel", f"ipykernel {kernel}" if kernel else "no ipykernel", wrong)
    here = [f"{name} {version}" for name in FRONT_ENDS if (version := _version(name))]
    marimo = _complaint(MARIMO) if _version("marimo") else ""
    wrong = f"It shows no forms and no studio: {marimo}." if marimo else ""
    yield Finding("front ends", ", ".join(here) or "none in this environment", wrong)
    folders = [Path(sys.prefix, "share/jupyter"), Path("/usr/local/share/jupyter")]
    folders += [Path(path) for path in os.environ.get("JUPYTER_PATH", "").split(os.pathsep) if path]
    missing = [
        name
        for name, extension in {
            "anywidget": "labextensions/anywidget",
            "ipywidgets": "labextensions/@jupyter-widgets/jupyterlab-manager",
        }.items()
        if not any((folder / extension).is_dir() for folder in folders)
    ]
    if here and missing:
        yield Finding(
            "widgets",
            f"no browser part of {', '.join(missing)}",
            f"The browser part of {' and '.join(missing)} is not where JupyterLab looks: install "
            "thumbnb in the environment of JupyterLab too, restart it and reload the page.",
        )
    elif here:
        yield Finding("widgets", "their browser parts are installed")


def _fonts() -> Iterator[Finding]:
    """Report which scripts a title can be set in."""
    from thumbnb.render.type.fonts import SHAPES, WIDER, face_for  # noqa: PLC0415 - heavy

    able = [script for script, text in SCRIPTS.items() if not face_for(text, WIDER[0])[1]]
    unable = [script for script in SCRIPTS if script not in able]
    text = f"titles in {', '.join(able)}"
    if unable:
        text += f"; not in {', '.join(unable)} (pip install 'thumbnb[cjk]' adds a typeface)"
    yield Finding(
        "fonts", text, "" if "Latin" in able else "No typeface was found: reinstall thumbnb."
    )
    if not SHAPES:
        yield Finding(
            "shaping",
            "Pillow has no Raqm",
            "This Pillow joins no Arabic letters: pip install --force-reinstall pillow.",
        )


# -- the home and the services --------------------------------------------------------


def _home() -> Iterator[Finding]:
    """Report where things are kept, and whether there is room."""
    folder = home_folder()
    if not folder.exists():
        yield Finding("home", f"{folder} (made when it is first used)")
        return
    if not (folder / MARKER).is_file() and any(folder.iterdir()):
        yield Finding(
            "home",
            str(folder),
            f"The folder {folder} is not empty and not a home of thumbnb yet: if it is not yours "
            "to use, set THUMBNB_HOME to another.",
        )
        return
    free = shutil.disk_usage(folder).free
    wrong = "" if os.access(folder, os.W_OK) else f"The home {folder} cannot be written to."
    if free < MIN_FREE:
        wrong = f"The disk of the home {folder} is nearly full ({free // 10**6} MB free)."
    yield Finding("home", f"{folder}, {free / 10**9:.1f} GB free", wrong)


def _embedded_service() -> Iterator[Finding]:
    """Try the embedded service in a folder of its own, which is removed again."""
    from thumbnb.client.connect import close_embedded, connect  # noqa: PLC0415 - heavy

    if find_spec("av") is None or find_spec("fastapi") is None:
        yield Finding("embedded", "not available", "The embedded service needs av and fastapi.")
        return
    with tempfile.TemporaryDirectory(prefix="thumbnb-doctor-") as folder:
        try:
            with connect(embedded=True, home=folder, quiet=True) as client:
                client.usage()
            yield Finding("embedded", "answers")
        except ThumbnbError as error:
            yield Finding("embedded", "does not answer", f"The embedded service: {error}")
        finally:
            close_embedded(Path(folder))


def _hosted_services(*, offline: bool) -> Iterator[Finding]:
    """Report which keys are here, never what they are, and whether their services take them."""
    from thumbnb.client import keys  # noqa: PLC0415 - heavy
    from thumbnb.client.connect import connect  # noqa: PLC0415

    for service, variable in keys.VARIABLES.items():
        topic = f"{service} key"
        try:
            found = keys.find_key(service)
        except ThumbnbError as error:
            yield Finding(topic, "cannot be used", f"{service}: {error}")
            continue
        if found is None:
            yield Finding(topic, f"none ({variable} is not set): the embedded service is used")
            continue
        place = f"found in {variable}" if found.place == variable else f"saved in the {found.place}"
        if offline:
            yield Finding(topic, place)
            continue
        arguments = {f"{service.replace('_', '').lower()}_key": found.key}
        try:
            with (
                tempfile.TemporaryDirectory(prefix="thumbnb-doctor-") as folder,
                connect(home=folder, quiet=True, deadline=20, **arguments) as client,  # type: ignore[arg-type]
            ):
                client.usage() if service == "YouThumb" else client.collections()
            yield Finding(topic, f"{place}; the service takes it")
        except ThumbnbError as error:
            yield Finding(topic, place, f"{service}: {error}")
