"""The table of a batch with its results: the same rows and index, and columns more."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import pandas as pd

from thumbnb import errors
from thumbnb.batches.batch_image import BatchImage, ContactSheet
from thumbnb.client.images.image import GROUND, decode_image
from thumbnb.imaging.contact_sheet import contact_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

    from thumbnb.batches.rows.row_result import RowResult

# Rows that a notebook shows of a table, with their images.
_SHOWN_ROWS = 12
_MAX_SHEET = 400
# Where a table keeps what its results are called; no column, and not copied along.
_NAMES = "_thumbnb_result_names"


class BatchTable(pd.DataFrame):
    """A DataFrame that shows its images; whatever is made of it is an ordinary DataFrame.

    ``failed`` are the rows that could not be made, ``contact_sheet()`` all images on one.
    """

    @property
    def _constructor(self) -> Any:
        return pd.DataFrame

    def name_of(self, result: str) -> str:
        """Return the column of a result, such as ``image``: one that was taken is told apart."""
        found = self.__dict__.get(_NAMES, {}).get(result, result)
        if found not in self.columns:
            raise errors.InvalidInput(
                f"There is no result {result!r}.", hint=f"There are: {', '.join(self.columns)}."
            )
        return str(found)

    @property
    def image_columns(self) -> list[str]:
        """The columns of images."""
        names = self.__dict__.get(_NAMES, {})
        return [given for name, given in names.items() if name.split("_")[0] == "image"]

    @property
    def failed(self) -> pd.DataFrame:
        """The rows whose ``error`` says why they could not be made."""
        return self[self[self.name_of("error")] != ""]

    def contact_sheet(
        self, *, columns: int = 4, width: int = 320, captions: str | None = None
    ) -> ContactSheet:
        """Return all images side by side, each ``width`` pixels wide.

        ``captions`` names a column whose text stands in the corner of each. Of a table of more
        than 400 images, the first 400.
        """
        if captions is not None and captions not in self.columns:
            raise errors.InvalidInput(
                f"captions: there is no column {captions!r}.",
                hint=f"There are: {', '.join(map(str, self.columns))}.",
            )
        texts = [""] * len(self) if captions is None else [str(text) for text in self[captions]]
        made = [
            (image, text)
            for image, text in zip(self[self.name_of("image")], texts, strict=True)
            if isinstance(image, BatchImage)
        ][:_MAX_SHEET]
        if not made:
            raise errors.InvalidInput("No row of this table has an image.")
        images = [_small(image, width) for image, _ in made]
        height = max(image.height for image in images)
        sheet = contact_sheet(
            images, (width, height), columns=min(columns, len(images)), background=GROUND,
            captions=[text for _, text in made], border=4,
        )  # fmt: skip
        return ContactSheet(sheet)

    def _repr_html_(self) -> str:
        """Show the first rows with their images; texts of the table stay texts."""
        images: dict[str, str] = {}

        def mark(value: Any) -> str:
            if not isinstance(value, BatchImage):
                return "" if value is None else str(value)
            key = f"image-{secrets.token_hex(12)}"
            try:
                images[key] = value.html()
            except errors.ThumbnbError:
                return repr(value)
            return key

        shown = pd.DataFrame(self).head(_SHOWN_ROWS)
        columns = [name for name in self.image_columns if name in shown.columns]
        marks: dict[Any, Callable[[Any], str]] = dict.fromkeys(columns, mark)
        text = shown.to_html(formatters=marks)
        for key, image in images.items():
            text = text.replace(key, image)
        more = len(self) - len(shown)
        return text + (f"<p>and {more:,} rows more</p>" if more > 0 else "")

    def _repr_jpeg_(self) -> None:
        """Show the table and not one image of it."""


def _small(image: BatchImage, width: int) -> Image.Image:
    return decode_image(image.small(width))


def result_table(
    table: pd.DataFrame, results: Sequence[RowResult], *, images: int, languages: Sequence[str]
) -> BatchTable:
    """Return a table with the results of its rows.

    Columns: ``image``, ``path``, ``time`` (of frames), ``score``, then those of further images
    (``image_2``, ``path_2``, ...) and languages (``image_de``, ``path_de``), then ``credits``,
    ``seconds`` and ``error``. A column of the table is never overwritten: a result whose name is
    taken is ``result_...``.
    """
    made: dict[str, Any] = {}
    count = max(images, *(len(each.images) for each in results))
    has_times = any(image.time is not None for each in results for image in each.images)
    for number in range(count):
        end = f"_{number + 1}" if number else ""
        found = [each.images[number] if number < len(each.images) else None for each in results]
        made[f"image{end}"] = [None if image is None else BatchImage(image.path) for image in found]
        made[f"path{end}"] = [None if image is None else image.path for image in found]
        if has_times:
            made[f"time{end}"] = _floats(None if i is None else i.time for i in found)
        made[f"score{end}"] = _floats(None if i is None else i.score for i in found)
    for language in languages:
        paths = [(each.localized.get(language) or (None,))[0] for each in results]
        made[f"image_{language}"] = [None if path is None else BatchImage(path) for path in paths]
        made[f"path_{language}"] = paths
    made["credits"] = _floats(each.credits for each in results)
    made["seconds"] = _floats(
        None if each.seconds is None else round(each.seconds, 3) for each in results
    )
    made["error"] = [each.error for each in results]
    taken = {str(name) for name in table.columns}
    names = {name: _free(name, taken) for name in made}
    columns = {names[name]: _series(values, table.index) for name, values in made.items()}
    out = BatchTable(pd.concat([table, pd.DataFrame(columns, index=table.index)], axis=1))
    out.__dict__[_NAMES] = names
    return out


def _series(values: Any, index: pd.Index[Any]) -> Any:
    plain = isinstance(values, list)
    return pd.Series(values, index=index, dtype=object) if plain else pd.Series(values, index=index)


def _floats(values: Any) -> Any:
    import numpy as np  # noqa: PLC0415

    return np.array([float("nan") if value is None else value for value in values], dtype=float)


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        free = f"result_{name}" if number == 1 else f"result_{number}_{name}"
        number += 1
    return free
