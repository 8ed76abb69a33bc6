"""Fresh kernels by the hundred: the first plain call comes from one of several coroutines.

In each a cell waits for three of them beside four tasks of its own, by ``gather`` or in a
``TaskGroup``, on an event loop as it is or in its debug mode; then the kernel must answer.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.kernel import ManagedKernel
from tests.kernels.conftest import NEWEST, VERSIONS, overlay
from tests.kernels.test_calls_in_coroutines import SETUP

KERNELS = 200
QUICK = 6
CELLS = {
    "gather": """
        tasks = [asyncio.create_task(counter(each)) for each in counts]
        print(await asyncio.gather(caller(1), caller(2), caller(3)))
        await asyncio.gather(*tasks)
        print([len(each) for each in counts])
    """,
    "TaskGroup": """
        async with asyncio.TaskGroup() as group:
            for each in counts:
                group.create_task(counter(each))
            times = [group.create_task(caller(time)) for time in (1, 2, 3)]
        print([each.result() for each in times])
        print([len(each) for each in counts])
    """,
}
PRINTED = ["[1.0, 2.0, 3.0]", "[20, 20, 20, 20]"]


def main(argv: list[str] | None = None) -> None:
    """Print how many kernels were started and called; stops at the first one that dies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} of {KERNELS}")
    kernels = QUICK if parser.parse_args(argv).quick else KERNELS
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        kinds = itertools.cycle(itertools.product(VERSIONS, CELLS, (False, True)))
        for number, (version, cell, debug) in enumerate(itertools.islice(kinds, kernels), 1):
            _play(Path(folder), version, CELLS[cell], debug=debug)
            if not number % 20:
                print(f"  {number} kernels, {time.monotonic() - started:.0f} s", flush=True)
    print(f"{kernels} kernels of ipykernel {', '.join(VERSIONS)}: none died, no call was lost")


def _play(folder: Path, version: str, cell: str, *, debug: bool) -> None:
    laid_over = None if version == NEWEST else overlay(version, folder)
    with closing(ManagedKernel(folder / "home", laid_over)) as kernel:
        kernel.do(SETUP.replace("{early}", "False"))
        if debug:
            kernel.do("asyncio.get_running_loop().set_debug(True)")
        for _ in range(3):
            ran = kernel.run(cell)
            if ran.error or ran.text.splitlines() != PRINTED:
                raise SystemExit(f"ipykernel {version}, debug {debug}: {ran.error} {ran.text}")
            kernel.do("[each.clear() for each in counts]")
        if kernel.value("client.video('m-1').id") != "m-1":
            raise SystemExit(f"ipykernel {version}: the kernel no longer answers")
