"""``python -m tests.benchmarks [name ...] [--quick]``: all benchmarks, or those named."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(p.stem for p in Path(__file__).parent.glob("[!_]*.py"))


def main(arguments: list[str]) -> None:
    """Run them one after the other: each has the machine to itself."""
    names = [a for a in arguments if not a.startswith("-")] or NAMES
    options = [a for a in arguments if a.startswith("-")]
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # a file, too, says how far it is
    for name in names:
        if name not in NAMES:
            sys.exit(f"There is no benchmark {name!r}; there are: {', '.join(NAMES)}.")
        print(f"\n== {name} ==")
        try:
            import_module(f"tests.benchmarks.{name}").main(options)
        except ModuleNotFoundError as error:
            missing = (error.name or "").partition(".")[0]
            if missing in {"", "tests", "thumbnb"}:
                raise
            print(f"left out: it needs {missing} (uv run --group bench ...)")


main(sys.argv[1:])
