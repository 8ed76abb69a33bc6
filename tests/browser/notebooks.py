"""Notebooks in the browser: run cells, look at the page, ask the kernel."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.browser.watch import Watch
from tests.kernel import WAIT_SECONDS, Kernel

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

    from tests.browser.server import Server

ADDRESS = {
    "lab": "/doc/tree/{}?reset",
    "notebook": "/notebooks/{}",
    "voila": "/voila/render/{}?theme={}",
}
READY = """async () => {
    await jupyterapp.restored;
    const panel = jupyterapp.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    return panel.sessionContext.session.kernel.id;
}"""
SWAP = """cells => {
    const shared = jupyterapp.shell.currentWidget.content.model.sharedModel;
    const old = shared.cells.length;
    shared.insertCells(old, cells.map(source => ({cell_type: 'code', source})));
    shared.deleteCellRange(0, old);
}"""
APPEND = """source => {
    const shared = jupyterapp.shell.currentWidget.content.model.sharedModel;
    shared.insertCells(shared.cells.length, [{cell_type: 'code', source}]);
    return shared.cells.length - 1;
}"""
RUN = """async ([index, wait]) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    notebook.deselectAll();
    notebook.activeCellIndex = index;
    const run = jupyterapp.commands.execute('notebook:run-cell');
    if (wait) await run;
    return notebook.model.sharedModel.getCell(index).toJSON().outputs;
}"""
THEME = """async theme => {
    const wanted = `JupyterLab ${theme}`;
    if (document.body.dataset.jpThemeName !== wanted)
        await jupyterapp.commands.execute('apputils:change-theme', {theme: wanted});
}"""


SUBSHELLS = "get_ipython().kernel.shell_channel_thread.manager.list_subshell()"


class Notebook:
    """An open notebook. `page` is playwright's page, `kernel` answers out of its sight."""

    def __init__(self, browser: Browser, server: Server, app: str) -> None:
        self.app, self._server = app, server
        self.path: Path = server.root / f"{app}-{uuid4().hex[:8]}.ipynb"
        self.context = browser.new_context(locale="en-GB")
        self.context.set_default_timeout(60_000)
        self.watch = Watch(self.context)
        self.page = self.context.new_page()
        self.passes_on = False
        self.kernel: Kernel
        self._kernel_id = ""

    def open(self, *cells: str, theme: str = "light") -> None:
        import nbformat  # it takes seconds, and those who run no browser need it not

        written = [nbformat.v4.new_code_cell(code) for code in cells]
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(
            nbformat.v4.new_notebook(cells=written, metadata={"kernelspec": spec}), self.path
        )
        # A kernel is started for it; Voila answers when all cells are through.
        patience = 1000 * WAIT_SECONDS
        address = self._server.url + ADDRESS[self.app].format(self.path.name, theme)
        self.page.goto(address, timeout=patience)
        if self.app == "voila":
            config = self.page.locator("#jupyter-config-data").text_content()
            self._kernel_id = json.loads(config or "")["kernelId"]
        else:
            ready = "window.jupyterapp?.shell.currentWidget?.context?.isReady"
            self.page.wait_for_function(ready, timeout=patience)
            self._kernel_id = self.page.evaluate(READY)
        self.kernel = Kernel.at(self._server.connection_file(self._kernel_id))

    def show(self, *cells: str) -> None:
        """Put these cells in the place of all others, and run them."""
        self.page.evaluate(SWAP, list(cells))
        for index in range(len(cells)):
            self._run(index)

    def run(self, code: str, *, wait: bool = True) -> Locator:
        """Run a further cell; returns its place in the page, with its output."""
        index = self.page.evaluate(APPEND, code)
        self._run(index, wait=wait)
        return self.page.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')

    def run_again(self, index: int = 0) -> None:
        """Run a cell once more, in its place."""
        self._run(index)

    def outputs(self, index: int = -1) -> list[dict[str, Any]]:
        """What a cell shows, in the notebook format."""
        return self.page.evaluate(
            "i => jupyterapp.shell.currentWidget.content.model.sharedModel"
            ".cells.at(i).toJSON().outputs",
            index,
        )

    def do(self, code: str) -> str:
        """Run code in the kernel out of the notebook's sight; its printed text."""
        return self.kernel.do(code)

    def value(self, expression: str) -> Any:
        """The value of an expression in the kernel, as JSON carries it (else its repr)."""
        return self.kernel.value(expression)

    def eventually(
        self, expression: str, wanted: Any = True, *, timeout: float = WAIT_SECONDS
    ) -> None:
        """Wait until an expression in the kernel has this value."""
        deadline = time.monotonic() + timeout
        pause = 10.0  # milliseconds
        while (found := self.value(expression)) != wanted:
            assert time.monotonic() < deadline, f"{expression} is {found!r}, not {wanted!r}"
            self.page.wait_for_timeout(pause)  # lets the page's own events go on
            # Jupyter tells the page of each question, and the page shows the kernel as busy:
            # a hundred a second kept a core at work.
            pause = min(1.5 * pause, 300)

    @property
    def kernel_id(self) -> str:
        """The kernel, as Jupyter's REST interface calls it."""
        return self._kernel_id

    def forget_kernel(self) -> None:
        """Leave a kernel that the test has ended."""
        self.kernel.close()
        self._kernel_id = ""

    def interrupt(self) -> None:
        """The stop button."""
        self._server.ask("POST", f"kernels/{self._kernel_id}/interrupt")

    def save(self) -> Path:
        self.page.evaluate("() => jupyterapp.shell.currentWidget.context.save()")
        return self.path

    def look(self, *, width: int, theme: str, reduced_motion: bool) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        motion = "reduce" if reduced_motion else "no-preference"
        self.page.emulate_media(color_scheme=theme, reduced_motion=motion)  # type: ignore[arg-type]
        if self.app != "voila":
            self.page.evaluate(THEME, theme.title())
            body = self.page.locator(f"body[data-jp-theme-name='JupyterLab {theme.title()}']")
            body.wait_for(state="attached")

    def reset(self) -> bool:
        """Make it as good as new for the next test; whether that can be done."""
        self.kernel.do("import ipywidgets; ipywidgets.Widget.close_all()")
        # JupyterLab ends the subshell of the widgets with the last one. A widget that opens
        # before that is done may be left with a subshell that is gone.
        try:
            self.eventually(f"{SUBSHELLS} == []", timeout=20)
        except AssertionError:
            return False
        self.kernel.do("get_ipython().run_line_magic('reset', '-f')")
        self.page.evaluate(SWAP, [""])
        return True

    def close(self) -> None:
        if self._kernel_id:
            self.kernel.close()
            self._server.ask("DELETE", f"kernels/{self._kernel_id}")
        self.context.close()

    def _run(self, index: int, *, wait: bool = True) -> None:
        with_deadline = f"""argument => Promise.race([({RUN})(argument), new Promise((_, fail) =>
            setTimeout(() => fail(new Error('the cell still runs')), {WAIT_SECONDS * 1000}))])"""
        for output in self.page.evaluate(with_deadline, [index, wait]):
            error = output["output_type"] == "error"
            assert not error, "\n".join(output["traceback"])
