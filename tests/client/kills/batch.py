"""A batch of paid thumbnails, as somebody would run it, and run it again after a crash.

``python -m tests.client.kills.batch <address> <home> <how many>`` ends when all images are on disk.
It may be killed at any moment, and so may the service; started again it goes on.
"""

from __future__ import annotations

import contextlib
import sys
import time

import thumbnb as tb
from thumbnb import errors
from thumbnb.client.purchases import recoverable_purchase

PROMPTS = [f"a red balloon over city number {number}" for number in range(12)]


def results_of(job):
    """Return a job's results, or None; an outcome nobody knows is sent again, as a person may."""
    try:
        try:
            return job.result()
        except errors.OutcomeUnknown as error:
            found = error.check()
            return error.resend() if found is None else found
    except (errors.TransportError, errors.ServiceError):
        return None  # the service is away: the next round asks again


def main(address: str, home: str, count: str) -> None:
    # On this machine nothing is under way for longer than this.
    setattr(recoverable_purchase, "LOOKUP_PAUSES", (0.0, 0.5, 1.0, 1.5))  # noqa: B010 - shorter than its type
    client = tb.connect(videodb_url=address, youthumb_url=f"{address}/api", home=home, quiet=True)
    client.resume()
    done: set[str] = set()
    prompts = PROMPTS[: int(count)]
    while len(done) < len(prompts):
        jobs = {}
        for prompt in prompts:
            if prompt not in done:
                with contextlib.suppress(errors.TransportError, errors.ServiceError):
                    jobs[prompt] = client.create_project(prompt).start(take=0)
        for prompt, job in jobs.items():
            results = results_of(job)
            if results is not None and all(item.bytes for item in results):
                done.add(prompt)
        if not jobs:
            time.sleep(0.2)


if __name__ == "__main__":
    main(*sys.argv[1:])
