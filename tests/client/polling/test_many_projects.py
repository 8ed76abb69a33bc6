"""24 projects at once: the list says which have ended, and each of those is read once."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.client import stub
from tests.client.youthumb_stub import PROMPT, YouThumbState


def reads(state: YouThumbState) -> Counter[str]:
    """Count what was asked of the generations: ``thumbnails`` is the list."""
    paths = [r.url.path.removeprefix("/api/") for r in state.requests if r.method == "GET"]
    return Counter(path.rpartition("/")[2] for path in paths if path.startswith("thumbnails"))


@pytest.mark.parametrize("old", [True, False])
def test_job_ended_by_the_list_is_read_once_with_its_images(state, client, old):
    state.old, state.balance = old, 100
    projects = [client.create_project(f"{PROMPT} {n}") for n in range(24)]
    state.forget()
    jobs = []
    with stub.standing_still(client):
        for n, project in enumerate(projects):
            state.rounds = n + 10
            jobs.append(project.start())
    assert all(len(job.result().images) == 1 for job in jobs)
    reported = reads(state)
    assert reported["thumbnails"] > 12
    # The documented start does not name its job: it has to be looked for.
    assert reported["detailed-status"] == (48 if old else 24)
    # The last one alone is not worth a list.
    assert len({r.url.path for r in state.requests if r.url.path.endswith("/status")}) <= 1


def test_completed_answer_with_images_is_not_requested_again(state, client):
    state.early = True
    project = client.create_project(PROMPT, options={"variations": 3})
    state.forget()
    results = project.generate()
    assert [item.seed for item in results] == [0, 1, 2]
    assert "detailed-status" not in reads(state)
