"""The public API as tests find it: every object a user holds, and what can be called on it."""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image

import thumbnb as tb
from tests.service.tools import write_video
from thumbnb.widgets import __all__ as widget_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LEFT_OUT = {
    # It ends what the other calls need.
    "close",
    # Without an underscore because other parts of the package call them; no user does.
    "add_done_callback", "fill", "find_generations", "interpret", "keep_job", "open_run",
    "register_upload", "release", "remove_done_callback", "reserve", "refund", "run_generation",
    "run_image", "run_thumbnail", "set_bytes", "set_eta", "set_progress", "set_state", "settle",
    "use_client",
}  # fmt: skip

# What the parameters without a default are given while another one is tried.
USUAL: dict[str, Any] = {
    "prompt": "A red door",
    "time": 1.0,
    "name": "Ana",
    "run_id": 1,
    "service": "YouThumb",
    "key": "k" * 20,
}


@dataclass(frozen=True)
class PublicCall:
    """Something public that takes parameters."""

    name: str
    function: Callable[..., Any]

    @property
    def parameters(self) -> list[inspect.Parameter]:
        """The parameters that a value can be given for."""
        found = inspect.signature(self.function).parameters.values()
        return [each for each in found if each.kind is not each.VAR_KEYWORD]

    def call(self, name: str, value: Any) -> Any:
        """Call it with a value for one parameter, and what is usual for the others."""
        positional, named = [], {}
        for each in self.parameters:
            if each.name == name:
                given = value
            elif each.name == "deadline":
                given = 0.05
            elif each.default is each.empty and each.kind is not each.VAR_POSITIONAL:
                given = USUAL.get(each.name, "x")
            else:
                continue
            if each.kind in {each.POSITIONAL_ONLY, each.VAR_POSITIONAL}:
                positional.append(given)
            else:
                named[each.name] = given
        return self.function(*positional, **named)

    def __repr__(self) -> str:
        return self.name


def public_calls(home: Path) -> Iterator[PublicCall]:
    """Find all of it: the package's functions and widgets, and the methods of its objects."""
    for package in (tb, tb.frames):
        for name in package.__all__:
            value = getattr(package, name)
            made_by_users = name in {*widget_names, "AdvancedOptions"} and package is tb
            if name in {"ask_key", "save_key"}:
                yield PublicCall(f"{package.__name__}.{name}", forgetting(value))
            elif name not in LEFT_OUT and (inspect.isfunction(value) or made_by_users):
                yield PublicCall(f"{package.__name__}.{name}", value)
    things = objects(home)
    yield PublicCall("thumbnb.Sweep", functools.partial(plan_sweep, things[0]))
    for thing in things:
        kind = type(thing)
        for name in dir(kind):
            if name.startswith("_") or name in LEFT_OUT or not _is_ours(kind, name):
                continue
            if isinstance(inspect.getattr_static(kind, name), property):
                continue
            call = PublicCall(f"{kind.__name__}.{name}", getattr(thing, name))
            if callable(call.function) and call.parameters:
                yield call


def plan_sweep(
    client: tb.Client,
    prompt: Any,
    *,
    takes: Any = 1,
    options: Any = None,
    video: Any = None,
    frames: Any = None,
    suggested: Any = None,
    replace: Any = None,
    paired: Any = (),
    where: Any = None,
    one_at_a_time: Any = False,
    sample: Any = None,
    sample_by: Any = "random",
    seed: Any = 0,
    title: Any = None,
    preset: Any = None,
    person: Any = None,
    content_images: Any = None,
    style_reference: Any = None,
    template: Any = None,
    youtube_url: Any = None,
    engine: Any = None,
) -> Any:
    """Make a sweep, and plan it: with all its fields by their names, so that each is tried."""
    return tb.Sweep(**locals()).plan()


def forgetting(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return a call after which no key is saved: with one, others would use the network."""

    @functools.wraps(call)
    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return call(*args, **kwargs)
        finally:
            tb.forget_key("YouThumb")

    return called


def objects(home: Path) -> list[Any]:
    """Return one of each kind of object that a user gets; no credits are left to spend."""
    client = tb.connect(embedded=True, home=home, quiet=True, budget=2)
    video = client.upload(write_video(home.parent / "film.mp4", count=20))
    project = client.create_project("A red door in a wall")
    results = project.generate(take=0)
    sweep = tb.Sweep(client, prompt="A {red|blue} door in a wall")
    run = sweep.run()
    return [
        client,
        client.collection(),
        video,
        video.generate_thumbnail(time=1, take=0),
        video.thumbnails(),
        video.preview(time=1),
        video.storyboard(count=4),
        project,
        results,
        results[0],
        client.run(1),
        client.budget,
        client.result_store,
        client.create_person("Ana", images=[tb.sample_portrait()]),
        client.videos.submit(),
        tb.frames.open(home.parent / "film.mp4"),
        tb.ImageGrid([Image.new("RGB", (32, 18))]),
        tb.TimestampSlider(video),
        tb.PromptForm(client),
        tb.ContentStrip(client),
        tb.JobProgress(),
        sweep,
        run,
        run.choices,
        run.votes,
        run.duel(),
        run.pack(2, folder=home.parent / "pack"),
    ]


def _is_ours(kind: type, name: str) -> bool:
    """Whether a method is of this package, and not for who writes widgets."""
    home = next((each for each in kind.__mro__ if name in vars(each)), object).__module__
    return home.startswith("thumbnb.") and not home.startswith("thumbnb.widgets.core.")
