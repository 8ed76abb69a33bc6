"""How soon a kernel notices that the embedded service, in the same process, has ended a job."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time

import thumbnb as tb
from thumbnb.client.connect import close_embedded, embedded_app

MARK = 50.0  # milliseconds


class Ends:
    """When the service's worker ended a job."""

    def __init__(self) -> None:
        self.last = 0.0

    def hear(self, job_id: str) -> None:
        self.last = time.perf_counter()


def milliseconds(project: tb.Project, ends: Ends) -> tuple[float, float]:
    """Generate once; return how long after its end it was noticed, and its picture was here."""
    noticed: list[float] = []

    def watch(job: tb.Job[tb.Results]) -> None:
        if job.progress.stage == "fetching" and not noticed:
            noticed.append(time.perf_counter())

    job = project.start()
    job.watch(watch)
    job.result()
    here = time.perf_counter()
    return (noticed[0] - ends.last) * 1000, (here - ends.last) * 1000


def main(argv: list[str] | None = None) -> None:
    """Print both, with the mark to keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="5 generations instead of 30")
    repeat = 5 if parser.parse_args(argv).quick else 30
    with tempfile.TemporaryDirectory() as home:
        client, ends = tb.connect(embedded=True, home=home, quiet=True), Ends()
        embedded_app(client.result_store.folder.parent).state.service.runner.add_listener(ends.hear)
        project = client.create_project("a red balloon over the city", title="UP")
        project.generate()  # what is loaded once does not count
        rows = [milliseconds(project, ends) for _ in range(repeat)]
        close_embedded()
        client.close()
    for name, times in zip(("noticed", "its picture here"), zip(*rows, strict=True), strict=True):
        print(f"{name} after the end, ms: {statistics.median(times):.1f}, "
              f"worst {max(times):.1f} of {repeat}", end="")  # fmt: skip
        print(f" (mark: {MARK:g})" if name == "noticed" else "")
