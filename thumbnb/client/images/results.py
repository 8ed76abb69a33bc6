"""What a generation made: one image, and all of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from thumbnb.client.images.export_file import export, export_path
from thumbnb.client.images.image import Encoded, StoredImage, load_all, snapshot_sheet
from thumbnb.client.images.locale_variants import LocaleVariants, check_titles, localize
from thumbnb.client.resource import Recorded
from thumbnb.client.runtime.three_way import remote
from thumbnb.storage.files import SHARED, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd
    from PIL import Image

    from thumbnb.client.ledger.run_record import RunRecord, SavedResult
    from thumbnb.client.session import Session
    from thumbnb.models import JobRecord, ResultRecord, Treatment


class Result(Recorded["ResultRecord"], StoredImage):
    """One generated thumbnail: ``image``, ``bytes``, ``url``, ``size``, ``id``, ``job_id``.

    ``seed``, ``scores`` and ``report`` (what became of each option, and why) are
    there where the service says; ``applied``, ``approximated`` and ``ignored`` list
    the options of the report. ``run_id`` is its run in the ledger; ``subject`` is what it is
    of: its title or prompt, and its preset. Alone in a cell it shows the image.
    """

    def __init__(
        self,
        session: Session,
        record: ResultRecord,
        *,
        job_id: str | None = None,
        run_id: int | None = None,
        saved: SavedResult | None = None,
        subject: str = "",
    ) -> None:
        super().__init__(session, record.url)
        self.subject = subject
        self.record = record
        self.job_id = job_id or (record.model_extra or {}).get("jobId")
        self.run_id = run_id
        self._saved = saved

    async def recall(self) -> bool:
        """Read the image from disk, where it was saved; says whether it is here."""
        if self._bytes is None and self._saved:
            self._bytes = await self._session.ledger.read_result(self._saved)
        return self._bytes is not None

    async def find_run(self) -> tuple[RunRecord, float | None] | None:
        """Return its run in the ledger and its share of the credits; None where it has no run."""
        if self.run_id is None:
            return None
        ledger = self._session.ledger
        run, count = await ledger.run(self.run_id), len(await ledger.results_of(self.run_id))
        return run, run.credits / count if run.credits is not None and count else None

    async def _fetch(self) -> Encoded:
        if await self.recall() and self._bytes is not None:
            return self._bytes
        data = await super()._fetch()
        if self._saved and self.run_id is not None:
            await self._session.ledger.save_result(self.run_id, self._saved.position, data)
        return data

    @property
    def position(self) -> int:
        """Its index among the images of its run, from 0."""
        return self._saved.position if self._saved else 0

    @property
    def number(self) -> int:
        """Which of the images of its run it is, from 1, as it is shown everywhere."""
        return self.position + 1

    @property
    def seed(self) -> int | None:
        """The number that, with the same brief, gives the same images again."""
        return self.record.seed

    @property
    def scores(self) -> dict[str, float | None]:
        """How it measures: legibility and others, where the service measures."""
        return dict(self.record.scores or {})

    @property
    def report(self) -> list[Treatment]:
        """What became of each option, and why."""
        return self.record.report

    @property
    def engine(self) -> str | None:
        """What painted it, where the service says."""
        return self.record.engine

    @property
    def cost(self) -> float | None:
        """What its engine has charged, in ``currency``; None where no price is known."""
        return self.record.cost

    @property
    def currency(self) -> str | None:
        """The currency of ``cost``."""
        return self.record.currency

    @property
    def applied(self) -> list[str]:
        """Options that were done as asked."""
        return self._with("applied")

    @property
    def approximated(self) -> list[str]:
        """Options that were done as nearly as can be."""
        return self._with("approximated")

    @property
    def ignored(self) -> list[str]:
        """Options that were not done."""
        return self._with("ignored")

    @remote
    async def export(self, path: str | Path) -> Path:
        """Write it as a file with its layers, and return the path; free.

        ``.psd`` is a Photoshop document with a layer for each of the scene's, ``.svg`` an
        image whose words are text; ``.png`` and ``.jpg`` have the same pixels in one. Raises
        InvalidInput for other names, and where the service keeps no layers: only the embedded
        one does.

        >>> result.export("thumbnail.psd")  # doctest: +SKIP
        """
        target = export_path(path)
        kind = target.suffix.lower().lstrip(".").replace("jpeg", "jpg")
        data = await export(self._session, self.id, kind)
        await asyncio.to_thread(write_file, target, data, mode=SHARED)
        return target

    @remote
    async def localize(self, titles: Mapping[str, str]) -> LocaleVariants:
        """Return it with other words, by language: the same scene, the right typeface; free.

        Arabic and Hebrew are set from right to left; Chinese, Japanese and Korean need the
        extra ``thumbnb[cjk]``. Each variant has its own ``scores``. Raises InvalidInput
        where the service keeps no layers, or the thumbnail has no words.

        >>> result.localize({"de": "ICH BIN WEG", "ja": "さようなら"})  # doctest: +SKIP
        """
        return await localize(self._session, self.id, self.position, titles)

    def _with(self, outcome: str) -> list[str]:
        return [item.option for item in self.report if item.outcome == outcome]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        record = self.record
        if self._image is None and record.width and record.height:
            return record.width, record.height
        return self.image.size

    def __repr__(self) -> str:
        width, height = self.record.width, self.record.height
        if self._image is not None:
            width, height = self._image.size
        about = [self.subject[:60]] if self.subject else []
        about += [f"{width}x{height}"] if width and height else []
        about += [f"seed {self.seed}"] if self.seed is not None else []
        return f"<Result {self.number}, {', '.join([*about, self.id or 'without id'])}>"


class Results(list[Result]):
    """The images of one generation; shows itself as a contact sheet.

    ``images`` are Pillow images; ``credits`` what this call cost, ``job_id`` and
    ``project_id`` where it came from, ``job`` the service's record, ``run_id`` its
    run in the ledger. ``cached`` says that it was read from disk, free.
    """

    def __init__(
        self,
        results: Iterable[Result] = (),
        *,
        project_id: str | None = None,
        job: JobRecord | None = None,
        credits: float | None = None,  # noqa: A002  - the field's word
        run_id: int | None = None,
        cached: bool = False,
    ) -> None:
        super().__init__(results)
        self.project_id = project_id
        self.job = job
        self.credits = credits
        self.run_id = run_id
        self.cached = cached

    @property
    def job_id(self) -> str | None:
        """The service's id of the generation."""
        return self.job.id if self.job else None

    @property
    def missing(self) -> list[dict[str, Any]]:
        """The variations that could not be made, and why; they are not charged."""
        return list(((self.job.metadata if self.job else None) or {}).get("missing") or ())

    @property
    def images(self) -> list[Image.Image]:
        """The images as Pillow images, fetched side by side."""
        self.load()
        return [item.image for item in self]

    def load(self) -> None:
        """Fetch all images that are not here yet, side by side."""
        load_all(self)

    def localize(self, titles: Mapping[str, str]) -> LocaleVariants:
        """Return all of them with other words, by language; see ``Result.localize``."""
        check_titles(titles)
        jobs = [item.localize.submit(titles) for item in self]
        return LocaleVariants(each for job in jobs for each in job.result())

    def to_frame(self) -> pd.DataFrame:
        """Return a DataFrame, a row an image.

        Columns: id, job_id, url, width, height, seed, engine, cost, currency, credits, applied,
        approximated, ignored, and a ``score_...`` column for each measure.
        """
        import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

        return pd.DataFrame([self._row(item) for item in self])

    def _row(self, item: Result) -> dict[str, Any]:
        width, height = item.size
        return {
            "id": item.id,
            "job_id": item.job_id,
            "url": item.url,
            "width": width,
            "height": height,
            "seed": item.seed,
            "engine": item.engine,
            "cost": item.cost,
            "currency": item.currency,
            "credits": self.credits / len(self) if self.credits is not None else None,
            "applied": item.applied,
            "approximated": item.approximated,
            "ignored": item.ignored,
            **{f"score_{name}": value for name, value in item.scores.items()},
        }

    def _repr_jpeg_(self) -> bytes | None:
        numbers = [str(number) for number, _ in enumerate(self, 1)] if len(self) > 1 else ()
        return snapshot_sheet(self, columns=min(2, len(self) or 1), captions=numbers)
