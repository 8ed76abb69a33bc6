"""A batch of thumbnails that an engine paints, run again after a crash until all are there.

``python -m tests.engines.batch <address> <home> <how many>``: a prompt whose painting was
lost is not asked for again, as a careful person would do.
"""

from __future__ import annotations

import contextlib
import sys
import time

import thumbnb as tb
from thumbnb import errors

PROMPTS = [f"a red balloon over city number {number}" for number in range(12)]


def main(address: str, home: str, count: str) -> None:
    client = tb.connect(videodb_url=address, youthumb_url=f"{address}/api", home=home, quiet=True)
    client.resume()
    done: set[str] = set()
    prompts = PROMPTS[: int(count)]
    while len(done) < len(prompts):
        for prompt in prompts:
            if prompt in done:
                continue
            try:
                results = client.generate(prompt, take=0)
                assert all(item.bytes for item in results)
                done.add(prompt)
            except errors.OutcomeUnknown as error:
                with contextlib.suppress(errors.ThumbnbError):
                    error.check()
            except (errors.JobFailed, errors.Rejected):
                done.add(prompt)
            except (errors.TransportError, errors.ServiceError):
                time.sleep(0.2)  # the service is away: the next round asks again


if __name__ == "__main__":
    main(*sys.argv[1:])
