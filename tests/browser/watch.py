"""What must not happen in a page: errors, and requests to another machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

HERE = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|data:|blob:|about:|chrome-error:")
# Jupyter's own noise.
NOISE = (
    # Voila's page asks the CDN for its icons and for MathJax.
    r"https://cdn\.jsdelivr\.net/npm/@fortawesome/",
    r"https://cdnjs\.cloudflare\.com/ajax/libs/mathjax/",
    # Voila 0.5 carries Lab 4.2's packages and complains of Notebook's newer extension.
    r"shared module is not a function.*RUNTIME-012",
)


class Watch:
    """Collects the faults of every page of a context."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        self._context = context
        self._allowed: list[str] = []
        context.on("console", self._console)
        context.on("request", self._request)
        context.on("weberror", self._error)

    def allow(self, *patterns: str) -> None:
        """For this test, don't mind faults in which one of these patterns is found."""
        self._allowed += patterns

    def start(self) -> None:
        """Forget what has been."""
        self.settle()
        self.faults.clear()
        self._allowed.clear()

    def settle(self) -> None:
        """Let the pages' events that are under way arrive."""
        for page in self._context.pages:
            page.evaluate("new Promise(done => setTimeout(done))")

    def found(self) -> list[str]:
        """The faults so far that are not Jupyter's own noise, nor allowed for this test."""
        self.settle()
        known = re.compile("|".join((*NOISE, *self._allowed)), re.DOTALL)
        return [fault for fault in self.faults if not known.search(fault)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.faults.append(f"console: {message.text} ({where})")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"page error: {error.error.stack or error.error.message}")

    def _request(self, request: Request) -> None:
        if not HERE.match(request.url):
            self.faults.append(f"request off this machine: {request.url}")
