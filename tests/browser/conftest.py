"""The widgets in a real browser: the fixtures, and how to use them.

In a notebook of JupyterLab 4 (``app="lab"``), Notebook 7 (``"notebook"``) or Voila (``"voila"``)::

    def test_the_counter_counts(notebook, axe, screenshot):
        nb = notebook("from thumbnb.widgets import Counter", "counter = Counter(); counter",
                      app="lab", width=1000, theme="dark")
        nb.page.get_by_role("button").click()            # nb.page is playwright's page
        nb.eventually("counter.n", 1)                    # the kernel's side, with a deadline
        nb.do("counter.n = 7")                           # out of the notebook's sight
        expect(nb.page.get_by_role("button")).to_have_text("7")
        nb.run("counter.n")                              # one more cell; an error in it is raised
        assert nb.outputs()[0]["data"]["text/plain"] == "7"
        assert axe(nb.page, ".counter") == []
        screenshot(nb.page, "counter-dark")              # only with THUMBNB_SHOTS=folder

Nothing moves (``reduced_motion=False`` else): Chromium paints on the processor here, and one
turning sign takes a quarter of a core for as long as a kernel is waited for.

Tests take over one open notebook from each other (0.3 s instead of 4 s): its cells, widgets and
variables go, THUMBNB_HOME is new, but modules stay imported and threads may stay. Say
``fresh=True`` for a page and kernel of your own. ``nb.run(code, wait=False)``, ``nb.interrupt()``
and ``nb.save()`` (the .ipynb's path) are there too; ``nb.watch.allow(pattern)`` for a fault that
the test is about. The embedded service's sample video is there without painting it.

Without Jupyter and faster yet, for keyboard, ARIA and clean-up::

    def test_arrows(blank):
        page = blank.mount(Counter(n=3))                 # or blank.mount(esm, css, n=3)
        page.keyboard.press("ArrowUp")
        assert blank.get("n") == 4                       # the model's side
        blank.push(n=9); blank.send({"type": "ping"}, b"buffer")     # as the kernel does
        blank.unmount()
        assert blank.listeners == 0

After each test: no error in page or console, and no request off this machine (the browser can't
resolve any other host). Never sleep: `expect(locator)` and `nb.eventually` wait on state.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.audit import violations
from tests.browser.blank import Blank
from tests.browser.chromium import launch
from tests.browser.notebooks import Notebook
from tests.browser.server import Server
from thumbnb.storage.home import open_home

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from playwright.sync_api import Browser, Locator, Page

FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=60_000)  # a shared machine can be slow; who succeeds waits for nothing


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser. Playwright's loop occupies the thread: it ends before other tests begin."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One Jupyter server for JupyterLab, Notebook 7 and Voila."""
    server = Server(tmp_path_factory.mktemp("jupyter"))
    yield server
    server.stop()


@pytest.fixture(scope="package")
def _warm() -> Iterator[dict[str, Notebook]]:
    """The open notebooks that tests take over from each other, by app."""
    opened: dict[str, Notebook] = {}
    yield opened
    for nb in opened.values():
        nb.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A new THUMBNB_HOME."""
    return open_home(tmp_path / "home").folder


@pytest.fixture
def notebook(
    request: pytest.FixtureRequest,
    browser: Browser,
    lab: Server,
    home: Path,
    _warm: dict[str, Notebook],
) -> Iterator[Callable[..., Notebook]]:
    """Open a notebook with these cells and run them: see the top of this file."""
    used: list[Notebook] = []

    def opened(
        *cells: str,
        app: str = "lab",
        width: int = 1000,
        theme: str = "light",
        reduced_motion: bool = True,
        fresh: bool = False,
    ) -> Notebook:
        preamble = f"import os; os.environ['THUMBNB_HOME'] = {str(home)!r}"
        nb = None if fresh else _warm.pop(app, None)
        if nb is None:
            nb = Notebook(browser, lab, app)
            nb.open(*((preamble, *cells) if app == "voila" else ("",)), theme=theme)
        used.append(nb)
        nb.look(width=width, theme=theme, reduced_motion=reduced_motion)
        if app != "voila":
            nb.watch.start()  # what Jupyter says while it starts is not about us
            nb.do(preamble)
            nb.show(*cells)
        nb.passes_on = app != "voila" and not fresh
        return nb

    yield opened
    for nb in used:
        passes_on = nb.passes_on and not nb.watch.found()
        if passes_on and not request.node.stash.get(FAILED, False) and nb.reset():
            _warm[nb.app] = nb
        else:
            nb.close()
    faults = [fault for nb in used for fault in nb.watch.found()]
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="package")
def _warm_blank() -> Iterator[list[Blank]]:
    """The page that tests without Jupyter take over from each other, or none."""
    opened: list[Blank] = []
    yield opened
    for blank in opened:
        blank.close()


@pytest.fixture
def blank(
    request: pytest.FixtureRequest, browser: Browser, _warm_blank: list[Blank]
) -> Iterator[Blank]:
    """A page for one widget, without Jupyter: see the top of this file."""
    blank = _warm_blank.pop() if _warm_blank else Blank(browser)
    yield blank
    faults = blank.watch.found()
    if blank.passes_on and not faults and not request.node.stash.get(FAILED, False):
        blank.reset()
        _warm_blank.append(blank)
    else:
        blank.close()
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page, str], list[str]]:
    """The serious and critical violations that axe-core finds in a selector's elements."""
    return violations


@pytest.fixture(scope="session")
def screenshot() -> Callable[[Page | Locator, str], None]:
    """Save a picture of a page or an element under a name, where THUMBNB_SHOTS is a folder."""
    folder = os.environ.get("THUMBNB_SHOTS")

    def shoot(what: Page | Locator, name: str) -> None:
        if folder:
            what.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")

    return shoot


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add what the Jupyter server said to the report of a test that failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
        lab = getattr(item, "funcargs", {}).get("lab")
        if lab:
            report.sections.append(("the Jupyter server's log", lab.tail()))
    return report
