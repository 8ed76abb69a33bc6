"""A batch: a table in, the same table out, with an image for each row."""

from __future__ import annotations

import inspect
from collections import deque
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.arguments.checks import checked_arguments
from thumbnb.batches.announce import announce
from thumbnb.batches.batch_plan import BatchPlan, make_plan
from thumbnb.batches.batch_run import BatchRun
from thumbnb.batches.rows.row_requests import BEST, RowRequests
from thumbnb.batches.rows.table_source import read_table
from thumbnb.batches.workers.executors import check_executor
from thumbnb.client.connect import connect
from thumbnb.client.inputs import checks
from thumbnb.client.runtime import runner
from thumbnb.client.runtime.three_way import remote
from thumbnb.storage.home import home_folder, open_home

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from concurrent.futures import Executor

    from thumbnb.batches.result_table import BatchTable
    from thumbnb.briefs import AdvancedOptions, OptionsDict
    from thumbnb.client.client import Client
    from thumbnb.client.runtime.job import Job

_MAX_CONCURRENCY = 10_000
_KEPT_JOBS = 20


class Batch:
    """A table of videos or briefs, and what is to be made of each row; ``tb.batch`` runs it.

    ``source`` is a glob, a folder, a CSV or Parquet file, a list of paths and addresses, or a
    DataFrame. ``video`` is the column of the videos (else one called video, path, file, url,
    ...), or a template: texts may have the columns of the row in braces, and ``{row}``,
    ``{slug}``, and of a video ``{stem}`` and ``{folder}``.

    ``frames`` is ``"best"`` (``count`` of them), a column of times, seconds, or a list of
    these; ``size`` is (width, height) in pixels. With a ``prompt`` thumbnails are made, of the
    frames and ``images`` where there are any; ``title``, ``preset``, ``person``,
    ``style_reference``, ``template``, ``youtube_url``, ``engine`` and ``options`` are as in
    ``client.create_project``. ``locales`` has titles by language, for the same images with
    other words.

    ``out`` is where they are written, as in ``"thumbs/{slug}.jpg"``, or at an address that
    fsspec knows, where the workers write; without it they stay in the home. A file that no
    batch has written is only written over with ``overwrite=True``.

    ``executor`` makes the frames: None is our worker processes, one to a core, else any
    ``concurrent.futures.Executor``, such as Dask's ``client.get_executor()``. ``take`` tells
    repeats of thumbnails apart.

    What is wrong with the whole is InvalidInput here or in ``plan()``; what is wrong with one
    row is its ``error``.

    >>> batch = tb.Batch("videos/*.mp4", count=3)  # doctest: +SKIP
    >>> batch.plan()  # doctest: +SKIP
    """

    def __init__(
        self,
        source: Any,
        *,
        frames: Any = None,
        count: int = 1,
        size: tuple[int, int] | None = None,
        video: str | None = None,
        prompt: str | None = None,
        title: str | None = None,
        preset: Any = None,
        images: Any = None,
        person: Any = None,
        style_reference: Any = None,
        template: Any = None,
        youtube_url: str | None = None,
        engine: str | None = None,
        options: AdvancedOptions | OptionsDict | Mapping[str, Any] | None = None,
        locales: Mapping[str, str] | None = None,
        out: str | os.PathLike[str] | None = None,
        overwrite: bool = False,
        take: int = 0,
        executor: Executor | None = None,
        client: Client | None = None,
    ) -> None:
        check_executor(executor)
        self.table = read_table(source)
        if frames is None and prompt is None:
            frames = BEST
        if prompt is not None and not isinstance(prompt, str):
            raise errors.InvalidInput("prompt is a text, with columns in braces.")
        self._take = checks.take(take) or 0
        self._overwrite = overwrite
        self._executor = executor
        self._jobs: deque[Job[Any]] = deque(maxlen=_KEPT_JOBS)
        self._run: BatchRun | None = None
        brief = {
            "prompt": prompt, "title": title, "preset": preset, "images": images,
            "person": person, "style_reference": style_reference, "template": template,
            "youtube_url": youtube_url, "engine": engine, "options": options,
        }  # fmt: skip
        home = (
            open_home(home_folder()).folder if client is None else client.result_store.folder.parent
        )
        self._requests = RowRequests(
            self.table,
            video=video,
            frames=frames,
            count=count,
            size=size,
            brief=brief,
            locales=locales,
            out=out,
            store=home / "batches",
        )
        self._languages = tuple(locales or ())
        self.client: Client | None = None
        if prompt is not None:
            self.client = client or connect()
            if locales and self.client.services["YouThumb"].startswith("hosted"):
                raise errors.InvalidInput(
                    "locales need a thumbnail's layers, which the hosted service does not keep.",
                    hint="Connect with embedded=True, or leave locales out.",
                )

    @property
    def runner(self) -> runner.Runner:
        """The thread where its requests run."""
        return self.client.runner if self.client else runner.shared()

    def check_open(self, method: str) -> None:
        """Raise ClientClosed where its client is closed."""
        if self.client:
            self.client.check_open(method)

    def keep_job(self, job: Job[Any]) -> str:
        """Keep a job that nobody waits for; return the Python that finds it again."""
        self._jobs.append(job)
        return "batch.jobs[-1].result()"

    @property
    def jobs(self) -> list[Job[Any]]:
        """Jobs that were submitted or left, newest last."""
        return list(self._jobs)

    @remote
    async def plan(self) -> BatchPlan:
        """Read all rows, and return what would be made and what it would cost.

        Nothing is made or paid. Raises InvalidInput for what is wrong with the whole: a folder
        that cannot be written to, two rows that write the same file.
        """
        return await make_plan(
            self._requests, self.client, take=self._take, overwrite=self._overwrite
        )

    @remote
    async def run(
        self,
        *,
        plan: BatchPlan | None = None,
        budget: float | None = None,
        concurrency: int | None = None,
        deadline: float | None = None,
    ) -> BatchTable:
        """Make all rows and return the table with its results.

        ``plan`` is one that ``plan()`` has just returned, so that the rows are not read again.
        ``budget`` is the most credits it may cost, ``concurrency`` how many rows are under way
        at a time, ``deadline`` the seconds a row may take. A row that fails does not stop the
        others; what stops all is in the ``error`` of the rows that were not made. What is made
        is found again: run once more after whatever happened, only the rest is made.

        Raises InvalidInput and BudgetExceeded before the first row.
        """
        budget = checks.credits("budget", budget)
        deadline = checks.positive("deadline", deadline)
        if concurrency is not None:
            concurrency = checks.whole("concurrency", concurrency, 1, _MAX_CONCURRENCY)
        plan = plan or await self.plan.aio()
        plan.check(budget)
        return await self._make(plan, budget, concurrency, deadline)

    async def _make(
        self, plan: BatchPlan, budget: float | None, concurrency: int | None, deadline: float | None
    ) -> BatchTable:
        from thumbnb.batches.result_table import result_table  # noqa: PLC0415 - pandas

        self._run = run = BatchRun(
            self._requests,
            plan,
            self.client,
            executor=self._executor,
            take=self._take,
            budget=budget,
            concurrency=concurrency,
            deadline=deadline,
        )
        await run.run()
        expected = self._requests.expected if self.client is None else 1
        results = [run.results[number] for number in range(plan.rows)]
        return result_table(self.table, results, images=expected, languages=self._languages)

    @property
    def problem(self) -> str:
        """Why the last run ended before its end; empty where it did not."""
        return self._run.problem if self._run else ""

    def stop(self) -> str:
        """Begin no further row, and say how far it is; those under way land."""
        if self._run is None:
            return "It has not begun."
        self._run.stop()
        pace = self._run.pace
        return f"Stopped: {pace.done} of {pace.total} rows are done. Run it again to go on."

    def __repr__(self) -> str:
        return f"<Batch of {len(self.table):,} rows>"


def batch(
    source: Any,
    *,
    budget: float | None = None,
    concurrency: int | None = None,
    deadline: float | None = None,
    **options: Any,
) -> BatchTable:
    """Make an image of each row of a table, and return the same table with them.

    ``source`` and the options are those of :class:`Batch`, ``budget``, ``concurrency`` and
    ``deadline`` those of ``Batch.run``. The columns ``image``, ``path``, ``score``, ``credits``,
    ``seconds`` and ``error`` are added; rows and index stay. Without ``frames`` and ``prompt`` it
    is the best frame of each video.

    All rows are checked before the first is made. An interrupt begins no further row; the same
    call again makes only what is missing.

    >>> tb.batch("videos/*.mp4", frames="best", count=3)  # doctest: +SKIP
    >>> tb.batch("talks.csv", prompt="{topic}, bright", out="thumbs/{slug}.jpg")  # doctest: +SKIP
    """
    made = Batch(source, **options)
    plan = made.plan()
    plan.check(checks.credits("budget", budget))
    announce(plan)
    job = made.run.submit(plan=plan, budget=budget, concurrency=concurrency, deadline=deadline)
    try:
        return job.result()
    except KeyboardInterrupt:
        raise KeyboardInterrupt(made.stop()) from None


def _with_options() -> inspect.Signature:
    """Return the signature of ``batch`` with the options of ``Batch`` by name."""
    parameters = inspect.signature(batch).parameters
    options = list(inspect.signature(Batch).parameters.values())[1:]
    places = [*(p for p in parameters.values() if p.kind is not p.VAR_KEYWORD)]
    return inspect.Signature([places[0], *options, *places[1:]], return_annotation="BatchTable")


batch.__signature__ = _with_options()  # type: ignore[attr-defined]
batch = checked_arguments(batch)
