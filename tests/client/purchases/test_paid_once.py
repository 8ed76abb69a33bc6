"""Lost, late, refused, killed: one intent is billed once, and nothing that is paid is lost."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.client.kills.killed_client import Killed, Wire, bury, kernel
from thumbnb import errors
from thumbnb.client.purchases.generation import Generation

pytestmark = pytest.mark.slow

PROMPTS = ["a red balloon", "a blue boat"]
FAULTS = [
    "none", "unreachable", "refused", "busy", "lost request", "lost answer", "broken",
    "broken after", "timed out after", "not json", "late", "slow",
]  # fmt: skip


@dataclass(frozen=True)
class Act:
    """What one kernel does, and what goes wrong meanwhile."""

    what: str  # "make": a project each; "both": one project for both; "resume"; "wait"
    which: int = 0
    starting: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    steps: int | None = None  # the kernel is killed after so many
    insist: bool = False  # what nobody knows the outcome of is sent again
    deadline: float | None = None  # of each generation, in seconds


acts = st.builds(
    Act,
    what=st.sampled_from(["make", "make", "both", "both", "resume", "wait"]),
    which=st.integers(0, 1),
    starting=st.lists(st.sampled_from(FAULTS), max_size=3).map(tuple),
    faults=st.just(()) | st.lists(st.sampled_from(FAULTS), max_size=8).map(tuple),
    steps=st.none() | st.integers(0, 45),
    insist=st.sampled_from([False, False, True]),
    deadline=st.none() | st.sampled_from([0.01, 2.0, 10.0, 40.0]),
)


class Story:
    """Kernels on one home, one after the other, and the service they pay."""

    def __init__(self, *, old=False, shows_prompts=True):
        self.home = Path(tempfile.mkdtemp())
        self.state = Wire(old=old, shows_prompts=shows_prompts, balance=1000)
        self.now = 1_700_000_000.0
        self.insisted = False

    def clock(self):
        return self.now

    def play(self, act: Act):
        if act.what == "wait":
            self.state.flush()
            self.now += Generation.horizon + 1
            return
        client = kernel(self.state, self.home, self.clock, act.steps)
        try:
            self.state.faults.extend(act.faults)
            self.state.starting.extend(act.starting)
            self.do(client, act)
        finally:
            self.state.faults.clear()
            self.state.starting.clear()
            bury(client)

    def do(self, client, act):
        try:
            if act.what == "make":
                project = client.create_project(PROMPTS[act.which])
                jobs = [project.start(take=0, deadline=act.deadline)]
            elif act.what == "both":
                project = client.create_project("anything")
                jobs = [
                    project.start(prompt=prompt, take=0, deadline=act.deadline)
                    for prompt in PROMPTS
                ]
            else:
                jobs = client.resume()
        except (errors.ThumbnbError, Killed):
            return
        for job in jobs:
            try:
                job.result()
            except errors.OutcomeUnknown as error:
                if act.insist:
                    self.insisted = True
                    with contextlib.suppress(errors.ThumbnbError, Killed):
                        error.resend()
            except (errors.ThumbnbError, Killed):
                pass

    def billed(self):
        jobs = [job for project in self.state.projects.values() for job in project["jobs"]]
        return Counter(job["prompt"] for job in jobs)

    def end(self):
        """Let the network heal and time pass, and let a last kernel take up what is left.

        Twice: of two that were lost side by side, the one that is found tells of the other.
        """
        self.state.flush()
        self.now += Generation.horizon + 1
        client = kernel(self.state, self.home, self.clock)
        try:
            for _ in range(2):
                ends = []
                for job in client.resume():
                    try:
                        job.result()
                    except errors.ThumbnbError as error:
                        ends.append(error)
            return client.runs(), client.open_jobs(), ends
        finally:
            bury(client)
            shutil.rmtree(self.home)


@given(story=st.lists(acts, min_size=1, max_size=5), old=st.booleans(), shows_prompts=st.booleans())
@example(story=[Act("make", starting=("late",)), Act("make")], old=False, shows_prompts=True)
@example(story=[Act("both", starting=("lost request", "lost answer")), Act("wait"), Act("both")],
         old=False, shows_prompts=True)  # fmt: skip
@example(story=[Act("both", starting=("lost request", "lost answer")), Act("wait"), Act("both")],
         old=False, shows_prompts=False)  # fmt: skip
@example(
    story=[Act("both", starting=("lost answer", "lost answer"))], old=True, shows_prompts=False
)
@example(story=[Act("both", starting=("none", "lost request")),
                Act("make", which=1, steps=26, insist=True)],
         old=True, shows_prompts=True)  # fmt: skip
@example(story=[Act("both", starting=("unreachable",), steps=12)], old=True, shows_prompts=False)
def test_each_intent_is_billed_once_and_its_images_are_saved(story, old, shows_prompts):
    world = Story(old=old, shows_prompts=shows_prompts)
    for act in story:
        world.play(act)
    runs, still_open, ends = world.end()
    billed = world.billed()
    # Alike to all but their options: a project's and a start's own prompt come to the same.
    assert set(billed) <= set(PROMPTS)
    if not world.insisted:
        assert all(count == 1 for count in billed.values()), billed
    assert world.state.balance == 1000 - sum(billed.values())
    done = runs[runs["state"] == "done"]
    assert done["sha256"].notna().all()
    if still_open:
        # Lost side by side, and the service tells no prompts: then it says so.
        assert not shows_prompts
        assert len(ends) == len(still_open) > 1
        assert all(isinstance(error, errors.OutcomeUnknown) for error in ends)
    else:
        assert Counter(done["prompt"]) == billed


def count_steps():
    world = Story()
    client = kernel(world.state, world.home, world.clock, steps=10**6)
    try:
        world.do(client, Act("make"))
        return 10**6 - client.life.left
    finally:
        bury(client)
        shutil.rmtree(world.home)


@pytest.mark.parametrize("old", [False, True])
def test_a_kernel_may_die_at_any_step(old):
    steps = count_steps()
    assert steps > 20
    for step in range(0, steps, 3 if old else 2):
        world = Story(old=old)
        world.play(Act("make", steps=step))
        world.play(Act("make"))
        runs, still_open, _ = world.end()
        assert sum(world.billed().values()) <= 1, step
        assert not still_open, step
        done = runs[runs["state"] == "done"]
        assert len(done) == sum(world.billed().values())


# -- VideoDB: what it has made can be looked for less well, or not at all --------------

FRAMES = [3.0, 7.0]

shots = st.builds(
    Act,
    what=st.sampled_from(["frame", "frame", "upload", "upload", "resume"]),
    which=st.integers(0, 1),
    starting=st.lists(st.sampled_from(FAULTS), max_size=3).map(tuple),
    faults=st.just(()) | st.lists(st.sampled_from(FAULTS), max_size=8).map(tuple),
    steps=st.none() | st.integers(0, 45),
    deadline=st.none() | st.sampled_from([0.01, 2.0, 10.0, 40.0]),
)


class Shoot(Story):
    """Frames, each as its first take, and uploads of one name."""

    def __init__(self, *, polls):
        super().__init__()
        self.state.polls = polls

    def do(self, client, act):
        try:
            if act.what == "frame":
                video = client.video("m-1")
                jobs = [
                    video.generate_thumbnail.submit(time=time, take=0, deadline=act.deadline)
                    for time in FRAMES[: act.which + 1]
                ]
            elif act.what == "upload":
                shelf = client.collection()
                jobs = [
                    shelf.upload.submit(b"123", name="mine", deadline=act.deadline)
                    for _ in range(act.which + 1)
                ]
            else:
                jobs = client.resume()
        except (errors.ThumbnbError, Killed):
            return
        for job in jobs:
            with contextlib.suppress(errors.ThumbnbError, Killed):
                job.result()


@given(story=st.lists(shots, min_size=1, max_size=5), polls=st.sampled_from([0, 3]))
@example(story=[Act("upload", which=1, starting=("lost answer", "lost answer"))], polls=0)
@example(story=[Act("upload", which=1, starting=("lost request", "late"))], polls=3)
@example(story=[Act("frame", starting=("slow",), deadline=10.0), Act("frame")], polls=0)
def test_what_a_video_service_bills_is_billed_once_and_never_forgotten(story, polls):
    world = Shoot(polls=polls)
    for act in story:
        world.play(act)
    runs, still_open, ends = world.end()
    frames = Counter(made["time"] for made in world.state.made)
    assert all(count == 1 for count in frames.values()), frames
    stills, uploads = (runs[runs["kind"] == kind] for kind in ("thumbnail", "upload"))
    done = stills[stills["state"] == "done"]
    assert done["sha256"].notna().all()
    kept = {run.kind: [] for run in still_open}
    for run in still_open:
        kept[run.kind].append(run)
    # A frame whose answer was lost cannot be found again: then that is said, and kept in mind.
    assert len(frames) - len(done) <= len(kept.get("thumbnail", []))
    stored = uploads[uploads["state"] == "done"]
    assert stored["job_id"].is_unique
    assert len(world.state.stored) <= len(uploads)
    assert len(world.state.stored) - len(stored) <= len(kept.get("upload", []))
    assert len(ends) == len(still_open)
    assert all(isinstance(error, errors.OutcomeUnknown) for error in ends)
