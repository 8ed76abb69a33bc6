"""The documentation: its code runs. tests/browser/docs has its pages."""

from __future__ import annotations

import ast
import doctest
import inspect
import pkgutil
import re
import shutil
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

import thumbnb as tb

ROOT = Path(__file__).parents[1]


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
