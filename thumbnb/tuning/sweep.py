"""A sweep: one brief in many variants."""

from __future__ import annotations

import gc
import inspect
import itertools
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from thumbnb import errors
from thumbnb.arguments.checks import checked_arguments
from thumbnb.client.inputs import checks
from thumbnb.client.runtime.three_way import remote
from thumbnb.text import image_tokens
from thumbnb.text.short_repr import short_repr
from thumbnb.tuning.plan import Plan, make_plan
from thumbnb.tuning.space import grid
from thumbnb.tuning.space.account_checks import check_account, check_images
from thumbnb.tuning.space.axis_values import TEXTS, read_once, values_of
from thumbnb.tuning.space.brief_space import options_mapping, read_space
from thumbnb.tuning.space.cell import Cell, CellFactory
from thumbnb.tuning.space.value_checks import check_cells, check_values
from thumbnb.tuning.space.value_key import value_key
from thumbnb.tuning.sweep_run import SweepRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from thumbnb.briefs import AdvancedOptions
    from thumbnb.client.client import Client
    from thumbnb.client.resources.video import Video
    from thumbnb.client.runtime.job import Job
    from thumbnb.client.runtime.runner import Runner
    from thumbnb.tuning.space.axis import Axis
    from thumbnb.tuning.space.grid import Indexes, SampleBy

MAX_TAKES = 100
# Places of a huge space that ``where`` is asked about for a sample, and ten for each wanted.
_SAMPLE_TRIES = 10_000
# Cells to make from which on a sweep takes minutes.
_MANY_CELLS = 12
_MOST_OBJECTS = 400_000


class SweepFields(TypedDict, total=False):
    """The further fields of a brief, as ``client.create_project`` takes them, or lists of them."""

    title: Any
    preset: Any
    person: Any
    content_images: Any
    style_reference: Any
    template: Any
    youtube_url: Any
    engine: Any


class Sweep:
    """A brief with axes: what is given as a list is varied, all else is the same in each cell.

    Any field of ``client.create_project`` can be an axis, and any of its ``options``. In
    ``prompt``, ``title`` and ``negative_prompt`` alternatives are written ``{yellow|blue}``,
    with a name ``{colour=yellow|blue}``; a ``Path`` is a file of such texts, a line each, or
    a table with a column of that name. ``frames`` are seconds of a ``video`` as content
    images, ``suggested`` so many of the best. ``replace={"red": ["blue"]}`` varies a piece of
    the texts. ``paired=[("preset", "title")]`` goes through two axes together.

    ``takes`` makes every cell so often. Of all combinations, ``where`` keeps those for whose
    cell it returns true; ``one_at_a_time`` keeps the first value of each axis and the others
    alone; ``sample`` takes so many, by ``seed``, ``"spread"`` evenly or ``"random"``.

    All of it is checked here: InvalidInput names the axis, and nothing was sent.

    >>> sweep = Sweep(client, prompt="A {red|blue} kite", takes=2)  # doctest: +SKIP
    >>> sweep.plan().price  # doctest: +SKIP
    4.0
    """

    @checked_arguments(name="Sweep")
    def __init__(
        self,
        client: Client,
        prompt: Any,
        *,
        takes: int = 1,
        options: AdvancedOptions | Mapping[str, Any] | None = None,
        video: Video | None = None,
        frames: Any = None,
        suggested: int | None = None,
        replace: Mapping[str, Any] | None = None,
        paired: Sequence[Sequence[str]] = (),
        where: Callable[[Cell], object] | None = None,
        one_at_a_time: bool = False,
        sample: int | None = None,
        sample_by: SampleBy = "spread",
        seed: int = 0,
        **fields: Unpack[SweepFields],
    ) -> None:
        prompt, frames = read_once("prompt", prompt), read_once("frames", frames)
        fields = {name: read_once(name, value) for name, value in fields.items()}  # type: ignore[assignment]
        self.client = client
        self.takes = checks.whole("takes", takes, 1, MAX_TAKES)
        self._given: dict[str, Any] = {
            "prompt": prompt, "takes": takes, "options": options, "video": video,
            "frames": frames, "suggested": suggested, "replace": replace, "paired": paired,
            "where": where, "one_at_a_time": one_at_a_time, "sample": sample,
            "sample_by": sample_by, "seed": seed, **fields,
        }  # fmt: skip
        if suggested is not None:
            frames = self._suggested(video, frames, suggested)
        if sample is not None:
            sample = checks.whole("sample", sample, 1, grid.MAX_CELLS)
            if one_at_a_time:
                raise errors.InvalidInput("Give sample or one_at_a_time, not both.")
        if not isinstance(sample_by, str) or sample_by not in {"spread", "random"}:
            raise errors.InvalidInput(
                f'sample_by is "spread" or "random", not {short_repr(sample_by)}.'
            )
        seed = checks.whole("seed", seed, 0, 10**9)
        self._space = read_space(
            client,
            {"prompt": prompt, **fields},
            options=options,
            video=video,
            frames=frames,
            replace=replace,
            paired=paired,
        )
        check_values(self._space)
        self.warnings: list[str] = []
        self._where_answers: set[type] = set()
        self.cells = self._make_cells(
            self._cell_positions(sample, sample_by, seed, one=one_at_a_time)
        )
        check_cells(self.cells)

    @property
    def axes(self) -> tuple[Axis, ...]:
        """What is varied, in the order it was given."""
        return self._space.axes

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many values each axis has."""
        return tuple(len(axis) for axis in self.axes)

    @property
    def runner(self) -> Runner:
        """The thread where its requests run."""
        return self.client.runner

    def check_open(self, method: str) -> None:
        """Raise ClientClosed where the client is closed."""
        self.client.check_open(method)

    def keep_job(self, job: Job[Any]) -> str:
        """Keep a job that nobody waits for; return the Python that finds it again."""
        return self.client.keep_job(job)

    # -- making the cells ---------------------------------------------------------

    def _cell_positions(
        self, sample: int | None, by: SampleBy, seed: int, *, one: bool
    ) -> Iterable[Indexes]:
        if one:
            places: Iterable[Indexes] = grid.one_at_a_time(self.sizes)
        elif sample is not None and self.axes:
            places = grid.sampled_places(self.sizes, seed, by)
        else:
            places = grid.all_places(
                self.sizes, self.takes, filtered=self._given["where"] is not None
            )
        # A where that seldom holds must not search a huge space for ever.
        limit = grid.MAX_LOOKED_AT if sample is None else _SAMPLE_TRIES + 10 * sample
        looked_at = itertools.islice(places, limit)
        places = (place for place in looked_at if self._is_wanted(place))
        found = list(itertools.islice(places, (sample or grid.MAX_CELLS) + (sample is None)))
        if not found:
            hint = "Let it return true for some."
            if self._where_answers == {type(None)}:
                hint = "It returned None for each: does it lack a return?"
            raise errors.InvalidInput("where leaves no cell.", hint=hint)
        if len(found) * self.takes > grid.MAX_CELLS:
            raise errors.InvalidInput(
                f"That is {len(found) * self.takes:,} cells; a sweep has at most "
                f"{grid.MAX_CELLS:,}.",
                hint="Take fewer values, or a sample.",
            )
        if sample is not None and len(found) < sample:
            self.warnings.append(f"Only {len(found)} cells were found for the sample.")
        order = grid.coarse_first(found, self.sizes)
        return [found[number] for number in order]

    def _is_wanted(self, place: Indexes) -> bool:
        where = self._given["where"]
        if where is None:
            return True
        cell = self._cell_factory.make(place, self._space.brief(place), 0)
        try:
            answer = where(cell)
            wanted = bool(answer)
        except Exception as error:
            raise errors.InvalidInput(
                f"where raised {type(error).__name__}: {error} (at {cell.title}).",
                hint=f'It is given a cell: cell["{self.axes[0].name}"] is its value there.'
                if self.axes
                else "",
            ) from error
        if inspect.isawaitable(answer):
            if inspect.iscoroutine(answer):
                answer.close()
            raise errors.InvalidInput(
                "where is a function that returns true or false, and this one has to be awaited.",
                hint="Write it with def, or as a lambda.",
            )
        self._where_answers.add(type(answer))
        return wanted

    @property
    def _cell_factory(self) -> CellFactory:
        return CellFactory(self.axes)

    def _make_cells(self, places: Iterable[Indexes]) -> tuple[Cell, ...]:
        factory = self._cell_factory
        listed = list(places)
        cells = []
        for take in range(self.takes):
            for place in listed:
                brief = self._space.brief(place)
                images = len(brief.get("content_images") or ())
                if images:
                    brief["prompt"] = self._with_tokens(brief["prompt"], images)
                cells.append(factory.make(place, brief, take))
        return tuple(cells)

    def _with_tokens(self, prompt: str, images: int) -> str:
        """Name each image in the prompt: the service uses no image that it does not name."""
        wrong = image_tokens.stray(prompt, images)
        if wrong:
            raise errors.InvalidInput(
                image_tokens.stray_words(wrong[0], images),
                hint="Add the image, or take the token out.",
            )
        missing = [image_tokens.token(number) for number in image_tokens.missing(prompt, images)]
        if missing:
            warning = f"The prompt does not name {' and '.join(missing)}: added at its end."
            if warning not in self.warnings:
                self.warnings.append(warning)
        return " ".join([prompt.rstrip(), *missing]) if missing else prompt

    def _suggested(self, video: Video | None, frames: Any, count: int) -> list[float]:
        if video is None or frames is not None:
            raise errors.InvalidInput(
                "Axis frames: suggested=5 needs video=..., and no frames beside it."
            )
        count = checks.whole("suggested", count, 2, 20)
        return [round(each.time, 3) for each in video.suggest(count=count)]

    # -- changing it --------------------------------------------------------------

    def extend(self, **more: Any) -> Sweep:
        """Return a sweep with further values; what was made of this one is free there.

        Lists are added to the axis (a single value becomes one), ``takes`` and texts with
        alternatives are replaced.

        >>> sweep.extend(preset=["vlog-lifestyle"], takes=3)  # doctest: +SKIP
        """
        given = dict(self._given)
        for name, value in more.items():
            if name == "options":
                old, new = options_mapping(given["options"]), options_mapping(value)
                given[name] = {**old, **{k: _added(k, old.get(k), v) for k, v in new.items()}}
            elif name == "frames" or name not in _SETTINGS:
                given[name] = _added(name, given.get(name), value)
            else:
                given[name] = value
        return type(self)(self.client, given.pop("prompt"), **given)

    # -- doing it -----------------------------------------------------------------

    @remote
    async def plan(self) -> Plan:
        """Return what it would make, cost and take; nothing is generated.

        Asks the service for what is named (presets, persons, templates) and the credits left.
        """
        return await self._plan()

    async def _plan(self) -> Plan:
        await check_account(self.client, self.axes, self._space.constants)
        try:
            return await make_plan(self.client, self.axes, self.cells, self.warnings)
        except errors.InvalidInput:
            # Which says at which axis.
            await check_images(self.client, self.axes, self._space.constants)
            raise

    @remote
    async def run(
        self,
        *,
        budget: float | None = None,
        concurrency: int | None = None,
        deadline: float | None = None,
    ) -> SweepRun:
        """Make all cells, wait, and return the run; ``start`` returns it at once.

        ``budget`` is the most credits it may cost. ``concurrency`` cells are under way at a
        time; ``deadline`` is in seconds, a cell's. A cell that fails does not stop the others.
        What was made before, in any kernel of this home, is free.

        Raises InvalidInput and BudgetExceeded before anything is sent.
        """
        run = await self._start(budget, concurrency, deadline)
        await run.wait.aio()
        return run

    def start(
        self,
        *,
        budget: float | None = None,
        concurrency: int | None = None,
        deadline: float | None = None,
    ) -> SweepRun:
        """Start to make all cells and return the run at once, as ``run`` does in the end."""
        return self._begin(budget=budget, concurrency=concurrency, deadline=deadline)

    @remote
    async def _begin(
        self, *, budget: float | None, concurrency: int | None, deadline: float | None
    ) -> SweepRun:
        return await self._start(budget, concurrency, deadline)

    async def _start(
        self, budget: float | None, concurrency: int | None, deadline: float | None
    ) -> SweepRun:
        budget = checks.credits("budget", budget)
        deadline = checks.positive("deadline", deadline)
        if concurrency is not None:
            concurrency = checks.whole("concurrency", concurrency, 1, 64)
        plan = await self._plan()
        plan.check(budget)
        run = SweepRun(self, plan, budget=budget, concurrency=concurrency, deadline=deadline)
        if plan.cells - plan.cached >= _MANY_CELLS:
            _collect_garbage()
        run.begin()
        return run

    def __repr__(self) -> str:
        axes = " x ".join(f"{axis.name} ({len(axis)})" for axis in self.axes) or "one brief"
        return f"<Sweep {axes}, {len(self.cells)} cells>"


_SETTINGS = frozenset(
    {"takes", "video", "suggested", "replace", "paired", "where", "one_at_a_time", "sample",
     "sample_by", "seed", "frames", "options"}
)  # fmt: skip


def _collect_garbage() -> None:
    """Collect garbage now, while the sweep's start is waited for.

    A full collection stops all threads of a kernel with its libraries for a tenth of a second.
    The next one is due when a quarter more objects have come, which is after most sweeps. In
    a kernel with far more objects it takes seconds, and is left to Python.
    """
    if len(gc.get_objects()) <= _MOST_OBJECTS:
        gc.collect()


def _added(name: str, old: Any, new: Any) -> Any:
    """Return an axis with values added; a text with alternatives replaces another."""
    if old is None or (name in TEXTS and isinstance(new, str)):
        return new
    before = values_of(name, old)
    added = values_of(name, new)
    before = [old] if before is None else before
    added = [new] if added is None else added
    known = set(map(value_key, before))
    return [*before, *(each for each in added if value_key(each) not in known)]
