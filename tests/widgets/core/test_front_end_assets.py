"""The files for the browser: what they define is theirs alone, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thumbnb import widgets
from thumbnb.widgets.core import es_modules
from thumbnb.widgets.core.front_end_assets import BASE_MODULE, BASE_STYLE

ROOT = Path(widgets.__file__).parent
SHEETS = sorted(ROOT.rglob("*.css"))
MODULES = sorted(ROOT.rglob("*.js"))


def classes(sheet) -> set[str]:
    """Return the classes that a sheet's rules begin with; what is inside them is theirs."""
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    selectors = [one for each in re.findall(r"([^{}]+)\{", rules) for one in each.split(",")]
    named = [re.findall(r"\.([\w-]+)", each) for each in selectors]
    return {
        next((name for name in names if name != "thumbnb"), "thumbnb") for names in named if names
    }


def test_a_class_is_described_in_one_sheet():
    # Every sheet is put into the whole page: two of one name change each other's looks.
    described: dict[str, str] = {}
    shared = classes(BASE_STYLE)
    for sheet in SHEETS:
        if sheet == BASE_STYLE:
            continue
        ours = {name for name in classes(sheet) if name.startswith("thumbnb")}
        for name in ours - shared:
            assert described.setdefault(name, sheet.name) == sheet.name, name


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_class_is_ours_or_the_notebooks(sheet):
    theirs = ("thumbnb", "jp-", "lm-", "widget-", "jupyter-")
    assert [name for name in classes(sheet) if not name.startswith(theirs)] == []


@pytest.mark.parametrize("path", SHEETS + MODULES, ids=lambda path: path.name)
def test_nothing_is_loaded_from_elsewhere_or_put_in_as_html(path):
    text = path.read_text()
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert word not in text
    assert not re.search(r"https?://(?!www\.w3\.org)\w", text)
    assert not re.search(r"@import\s+(url|[\"'])", text)


@pytest.mark.parametrize("path", SHEETS + MODULES, ids=lambda path: path.name)
def test_a_file_has_one_idea(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_file_imports_only_what_is_there(path):
    if path.name != "loader.js":  # which the browser runs as it is
        es_modules.joined([BASE_MODULE, path])


def test_a_style_sheet_stands_beside_its_module():
    lonely = [path for path in SHEETS if not path.with_suffix(".js").is_file()]
    assert lonely == [BASE_STYLE]


def test_every_file_is_part_of_a_widget():
    entries = [path for path in MODULES if "\nexport default" in f"\n{path.read_text()}"]
    used = set(es_modules.module_order([BASE_MODULE, *entries]))
    assert {path for path in MODULES if path.name != "loader.js"} <= used


def test_folders_use_only_those_below_them():
    floors = {"core": 0, "controls": 1, "slider": 2, "grid": 2, "form": 2, "job": 2, "key": 2}
    for path in MODULES:
        for used in es_modules.module_order([path]) if path.name != "loader.js" else ():
            here, there = (each.relative_to(ROOT).parts[0] for each in (path, used))
            assert here == there or floors[there] < floors.get(here, 3), f"{path} uses {used}"
