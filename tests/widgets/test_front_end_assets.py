"""The files for the browser: what they define is theirs alone, and nothing comes from elsewhere."""

from __future__ import annotations

import re

import pytest

from thumbnb.widgets.core.front_end_assets import ROOT

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
    shared = classes(ROOT / "core/browser/kit.css")
    for sheet in SHEETS:
        if sheet.stem == "kit":
            continue
        for name in classes(sheet) - shared:
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
    assert not re.search(r"^\s*import\s|@import", text, flags=re.MULTILINE)


@pytest.mark.parametrize("path", SHEETS + MODULES, ids=lambda path: path.name)
def test_a_file_has_one_idea(path):
    assert len(path.read_text().splitlines()) <= 400
