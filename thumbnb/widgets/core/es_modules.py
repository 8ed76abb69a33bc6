"""ES modules joined into one: the imports between a widget's JavaScript files, resolved here.

The browser loads a widget's module from a blob's address, where no import of another file
resolves. So the files are joined, each in a function of its own: two files may use the same
local name. The order follows from the imports; a circle of imports is refused.

What is read is the part of the language that our files use, and all else is refused::

    import { one, two as other } from "./relative.js";
    export function name() {}    export const name = ...    export default ...
"""

from __future__ import annotations

import functools
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Comments that stand alone on their lines.
_COMMENTS = re.compile(
    r"^[ \t]*(//[^\n]*|/\*((?!\*/).)*\*/)[ \t]*$", flags=re.MULTILINE | re.DOTALL
)
# Those at a line's end after code, and the types within code.
_ASIDES = re.compile(
    r"(?<=[;,{}()\[\]]) //[^\n\"'`]*$|/\*\* @(?:type|satisfies)\b.*?\*/ ?", re.MULTILINE
)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]*)";$', flags=re.MULTILINE)
_EXPORT = re.compile(
    r"^export (?=(?:(?:async )?function\*?|const|class) (\w+))", flags=re.MULTILINE
)
_DEFAULT = re.compile(r"^export default ", flags=re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b[^\n]*", flags=re.MULTILINE)


class ModuleError(Exception):
    """A JavaScript file that can't be joined: the message names the file and the reason."""


@dataclass(frozen=True)
class _Module:
    """A file: its code without imports and exports, and what it imports and exports."""

    path: Path
    code: str
    imports: tuple[tuple[Path, tuple[tuple[str, str], ...]], ...]
    exports: tuple[str, ...]


def module_order(entries: Iterable[Path]) -> list[Path]:
    """Return the files that these import, and they themselves, each after what it imports."""
    order: dict[Path, None] = {}

    def visit(path: Path, above: tuple[Path, ...]) -> None:
        if path in above:
            circle = " -> ".join(each.name for each in (*above[above.index(path) :], path))
            raise ModuleError(f"The imports go in a circle: {circle}.")
        if path in order:
            return
        for imported, _ in _read(path).imports:
            visit(imported, (*above, path))
        order[path] = None

    for entry in entries:
        visit(_normal(entry), ())
    return list(order)


def joined(entries: Iterable[Path]) -> str:
    """Return one module with the exports of all entries. Raises ModuleError."""
    entries = [_normal(entry) for entry in entries]
    order = module_order(entries)
    names = {path: f"m{number}" for number, path in enumerate(order)}
    parts = [_function(_read(path), names) for path in order]
    for entry in entries:
        exports = _read(entry).exports
        parts += [f"export default {names[entry]}.default;"] if "default" in exports else []
        named = [name for name in exports if name != "default"]
        parts += [f"export const {{ {', '.join(named)} }} = {names[entry]};"] if named else []
    return "\n".join(parts)


def bare(text: str) -> str:
    """Return JavaScript or CSS without comments and indents: every page has to load it."""
    text = _ASIDES.sub("", _COMMENTS.sub("", text))
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line)


def _normal(path: Path) -> Path:
    return path.__class__(os.path.normpath(path))


@functools.cache
def _read(path: Path) -> _Module:
    try:
        code = bare(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModuleError(f"{path.name} can't be read: {error.strerror}.") from error
    imports = tuple(
        (_normal(path.parent / where), tuple(_names(what))) for what, where in _IMPORT.findall(code)
    )
    code = _IMPORT.sub("", code)
    exports = [*_EXPORT.findall(code), *("default" for _ in _DEFAULT.findall(code))]
    code = _DEFAULT.sub("const $default = ", _EXPORT.sub("", code))
    if other := _OTHER.search(code):
        raise ModuleError(f"{path.name}: this is not read: {other[0][:80]}")
    return _Module(path, code.strip(), imports, tuple(exports))


def _names(listed: str) -> Iterable[tuple[str, str]]:
    """Yield (name in the other file, name here) of the names between an import's braces."""
    for each in filter(None, map(str.strip, listed.split(","))):
        name, _, here = each.partition(" as ")
        yield name, here or name


def _function(module: _Module, names: dict[Path, str]) -> str:
    """Return a module as a function that is called once, and returns what it exports."""
    lines = []
    for path, imported in module.imports:
        exports = _read(path).exports
        for name, _ in imported:
            if name not in exports:
                raise ModuleError(f"{module.path.name} imports {name}, not of {path.name}.")
        both = (name if name == here else f"{name}: {here}" for name, here in imported)
        lines.append(f"const {{ {', '.join(both)} }} = {names[path]};")
    given = (f"{each}: $default" if each == "default" else each for each in module.exports)
    body = "\n".join([*lines, module.code, f"return {{ {', '.join(given)} }};"])
    return f"const {names[module.path]} = (() => {{\n{body}\n}})();"
