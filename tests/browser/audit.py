"""The accessibility audit: axe-core, from disk."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = ("serious", "critical")
# Half-way through a change of colours an element may have too little contrast.
FINISH_TRANSITIONS = """() => document.getAnimations()
    .filter((each) => each instanceof CSSTransition).forEach((each) => each.finish())"""
# Of what is in order axe would describe each element, which takes longer than to look at it.
RUN = """async selector =>
    (await axe.run(selector, {resultTypes: ["violations"]})).violations"""


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, selector: str) -> list[str]:
    """The serious and critical violations in the elements of this selector, one line each."""
    page.locator(selector).first.wait_for()
    page.evaluate(FINISH_TRANSITIONS)
    page.evaluate(_axe())
    found = page.evaluate(RUN, selector)
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]}\n{node['failureSummary']}"
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]
