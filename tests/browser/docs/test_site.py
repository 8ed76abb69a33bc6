"""The documentation site: its links lead somewhere, and everybody can read its pages."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

import thumbnb as tb
from tests.browser.audit import violations
from thumbnb import frames

ROOT = Path(__file__).parents[3]
PUBLIC = {f"thumbnb.{name}" for name in tb.__all__} - {"thumbnb.ThumbnbError"}
PUBLIC |= {f"thumbnb.frames.{name}" for name in frames.__all__}
# A page of each kind.
AUDITED = ("index", "api/errors", "notebooks/02_prompts", "architecture")


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


def test_style_sheets_and_scripts_load_nothing_from_elsewhere(site):
    folder = next(iter(site)).parents[0]
    while not (folder / "_static").is_dir():
        folder = folder.parent
    for sheet in (folder / "_static").rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", text), sheet.name


def test_every_public_name_is_in_the_reference(site):
    anchors = {anchor for page in site.values() for anchor in page.anchors}
    modules = {"thumbnb.engines", "thumbnb.errors", "thumbnb.frames"}  # a page each, by their names
    assert PUBLIC - modules - anchors == set()
    errors = {f"thumbnb.errors.{n}" for n, v in vars(tb.errors).items() if inspect.isclass(v)}
    assert {"thumbnb.errors.NotFound", "thumbnb.errors.OutcomeUnknown"} <= errors & anchors


def test_nothing_serious_keeps_anybody_from_reading_a_page(site, browser):
    folder = next(path.parent for path in site if path.name == "architecture.html")
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    found = {}
    for name in AUDITED:
        for scheme in ("light", "dark") if name == "index" else ("light",):
            page.emulate_media(color_scheme=scheme)
            page.goto((folder / f"{name}.html").as_uri())
            found[name, scheme] = violations(page, "body")
    page.close()
    assert {where: faults for where, faults in found.items() if faults} == {}
