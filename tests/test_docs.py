"""The documentation: it is built without a complaint, its links lead somewhere, its code runs."""

from __future__ import annotations

import ast
import doctest
import inspect
import pkgutil
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

import thumbnb as tb
from thumbnb import frames

ROOT = Path(__file__).parents[1]
PUBLIC = {f"thumbnb.{name}" for name in tb.__all__} - {"thumbnb.ThumbnbError"}
PUBLIC |= {f"thumbnb.frames.{name}" for name in frames.__all__}


class Page(HTMLParser):
    """The links of a page, what it loads, and where it can be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loaded: set[str] = set()
        self.anchors: set[str] = {""}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.anchors |= {value for name in ("id", "name") if (value := values.get(name))}
        if tag == "a" and (link := values.get("href")):
            self.links.add(link)
        for name in ("src", "srcset", "data"):
            if link := values.get(name):
                self.loaded.add(link)
        if tag == "link" and values.get("rel") not in {"search", "next", "prev", "index", "author"}:
            self.loaded.add(values["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> dict[Path, Page]:
    """The pages of the site. The notebooks are not executed: tests/test_notebooks.py does."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-D", "nb_execution_mode=off",
         "-d", folder / "doctrees", "docs", folder / "html"],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages = (folder / "html").rglob("*.html")
    return {path: Page(path) for path in pages if "_static" not in path.parts}


@pytest.mark.slow
def test_no_link_is_dead_and_nothing_is_loaded_from_elsewhere(site):
    assert len(site) > 20
    dead = []
    for path, page in site.items():
        for link in page.links | page.loaded:
            if re.match(r"(mailto|data|javascript):", link):
                continue
            if re.match(r"(https?:)?//", link):
                assert link not in page.loaded, f"{path.name} loads {link}"
                continue
            where, anchor = urldefrag(link)
            target = (path.parent / unquote(where.partition("?")[0])).resolve() if where else path
            if target.is_dir():
                target /= "index.html"
            there = site[target].anchors if target in site else {unquote(anchor)}
            if not target.exists() or unquote(anchor) not in there:
                dead.append((path.name, link))
    assert dead == []


@pytest.mark.slow
def test_style_sheets_and_scripts_load_nothing_from_elsewhere(site):
    folder = next(iter(site)).parents[0]
    while not (folder / "_static").is_dir():
        folder = folder.parent
    for sheet in (folder / "_static").rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", text), sheet.name


@pytest.mark.slow
def test_every_public_name_is_in_the_reference(site):
    anchors = {anchor for page in site.values() for anchor in page.anchors}
    modules = {"thumbnb.engines", "thumbnb.errors", "thumbnb.frames"}  # a page each, by their names
    assert PUBLIC - modules - anchors == set()
    errors = {f"thumbnb.errors.{n}" for n, v in vars(tb.errors).items() if inspect.isclass(v)}
    assert {"thumbnb.errors.NotFound", "thumbnb.errors.OutcomeUnknown"} <= errors & anchors


def blocks_of_guides() -> list[tuple[str, str]]:
    """The Python of the guides; that of the README is run by tests/test_readme.py."""
    return [
        (path.relative_to(ROOT).as_posix(), block)
        for path in sorted((ROOT / "docs").rglob("*.md"))
        for block in re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    ]


@pytest.mark.parametrize(("name", "block"), blocks_of_guides())
def test_the_guides_call_what_there_is(name, block):
    """A cluster is no part of a quick test: tests/batches/ runs these calls on one."""
    calls = [node for node in ast.walk(ast.parse(block)) if isinstance(node, ast.Call)]
    ours = [
        (getattr(tb, call.func.attr), call)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "tb"
    ]
    for function, call in ours:
        given = {word.arg: None for word in call.keywords if word.arg}
        inspect.signature(function).bind(*call.args, **given)


def documented() -> list[str]:
    """The modules with an example in them."""
    found = pkgutil.walk_packages(tb.__path__, "thumbnb.")
    return [
        module.name
        for module in found
        if (spec := find_spec(module.name)) is not None
        and ">>> " in Path(spec.origin or "").read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("name", documented())
def test_the_examples_of_docstrings_run(name, tmp_path, monkeypatch, sample_path):
    """Those that are not marked ``# doctest: +SKIP``, because they need a client."""
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    shutil.copy(sample_path, "talk.mp4")
    module = import_module(name)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    said: list[str] = []
    for test in doctest.DocTestFinder().find(module, extraglobs={"tb": tb}):
        runner.run(test, out=said.append)
    assert runner.failures == 0, "".join(said)
