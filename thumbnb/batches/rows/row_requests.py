"""The requests of all rows, made one at a time from the table's columns."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.arguments.local_path import slug
from thumbnb.batches.rows.brief_fields import BriefFields
from thumbnb.batches.rows.output_paths import OutputPaths
from thumbnb.batches.rows.row_request import FrameRequest, RowRequest
from thumbnb.batches.rows.row_template import RowFault, RowTemplate, parse_row_template
from thumbnb.batches.workers.address import base_name, file_path, has_scheme, stem
from thumbnb.client.inputs import checks
from thumbnb.frames.suggest import MAX_COUNT
from thumbnb.imaging.sizes import check_size
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

BEST = "best"
# The names of columns that a video is looked for in, the first that there is.
VIDEO_COLUMNS = ("video", "path", "file", "filename", "source", "url", "movie", "clip")
# Raised with what makes the frames of an older batch no longer those of this one.
_VERSION = 1
MAX_FRAMES = 20


class RowRequests:
    """What each row of a table asks for, by the options of a batch.

    Raises InvalidInput for what is wrong with all rows; ``request`` raises RowFault for what
    is wrong with one. ``store`` is the folder for images that have no place of their own.
    """

    def __init__(
        self,
        table: pd.DataFrame,
        *,
        video: str | None,
        frames: Any,
        count: int,
        size: Any,
        brief: Mapping[str, Any],
        locales: Mapping[str, str] | None,
        out: Any,
        store: Path,
    ) -> None:
        self._table = table
        self._store = store
        self._names = tuple(str(name) for name in table.columns)
        self._positions = {name: place for place, name in enumerate(self._names)}
        self._columns: dict[str, list[Any]] = {}
        self.count = checks.whole("count", count, 1, min(MAX_COUNT, MAX_FRAMES))
        self._size = None if size is None else check_size(size)
        self._video = self._video_template(video, needed=frames is not None)
        extra = ("row", "slug", *(("stem", "folder") if self._video else ()))
        self.columns = (*self._names, *(name for name in extra if name not in self._names))
        self._moments = self._read_frames(frames)
        self.has_frames = frames is not None
        self.brief = BriefFields(brief, locales, self.columns)
        if not self.has_frames and not self.brief:
            raise errors.InvalidInput(
                "Nothing is asked for.", hint='Give frames="best", prompt="...", or both.'
            )
        self._out = None if out is None else OutputPaths(out, self.columns)
        self.at_worker = bool(self._out and self._out.is_address and not self.brief)

    def __len__(self) -> int:
        return len(self._table)

    @property
    def expected(self) -> int:
        """How many frames a row asks for."""
        return self.count if self._moments is None else len(self._moments)

    # -- what all rows have in common ------------------------------------------------

    def _video_template(self, video: str | None, *, needed: bool) -> RowTemplate | None:
        if video is None:
            lower = {name.lower(): name for name in reversed(self._names)}
            found = next((lower[name] for name in VIDEO_COLUMNS if name in lower), None)
            if found is None and needed:
                raise errors.InvalidInput(
                    "Which column has the videos?",
                    hint=f"Give video=...; there are: {', '.join(self._names[:20])}.",
                )
            return None if found is None else parse_row_template(f"{{{found}}}", "video", (found,))
        text = f"{{{video}}}" if video in self._names else video
        template = parse_row_template(text, "video", (*self._names, "row"))
        if not template.fields:
            raise errors.InvalidInput(
                f"video: there is no column {video!r}.",
                hint=f"There are: {', '.join(self._names[:20])}.",
            )
        return template

    def _read_frames(self, frames: Any) -> list[RowTemplate | float] | None:
        """Return the columns and times that frames are asked for at; None for the best."""
        if frames is None or (isinstance(frames, str) and frames == BEST):
            return None
        listed = [frames] if isinstance(frames, str) or not hasattr(frames, "__iter__") else frames
        moments: list[RowTemplate | float] = []
        for each in listed:
            if isinstance(each, str) and each in self._names:
                moments.append(parse_row_template(f"{{{each}}}", "frames", (each,)))
                continue
            try:
                moments.append(checks.seconds(each))
            except errors.InvalidInput:
                raise errors.InvalidInput(
                    f'frames is "best", a column of times, or seconds, not {short_repr(each)}.',
                    hint=f"There are the columns {', '.join(self._names[:20])}.",
                ) from None
        if not 1 <= len(moments) <= MAX_FRAMES:
            raise errors.InvalidInput(f"frames are 1 to {MAX_FRAMES} moments of a video.")
        if self.count != 1:
            raise errors.InvalidInput('count goes with frames="best".', hint="Leave it out.")
        return moments

    # -- one row ---------------------------------------------------------------------

    def request(self, number: int) -> RowRequest:
        """Return what a row asks for. Raises RowFault."""
        values = _RowValues(self, number)
        try:
            brief = self.brief.read(values) if self.brief else None
            titles = self.brief.titles(values)
            frames = self._frames(values, is_last=brief is None) if self.has_frames else None
            if brief is None:
                assert frames is not None  # noqa: S101 - else nothing is asked for
                return RowRequest(number, frames, targets=frames.targets if self._out else ())
            self.brief.name_images(brief, self.expected if frames else 0)
            images = self.brief.variations(brief)
            return RowRequest(
                number,
                frames,
                brief,
                images,
                self._targets(values, images),
                titles,
                {
                    language: self._targets(values, images, language)
                    for language in (titles if self._out else ())
                },
            )
        except errors.ThumbnbError as error:
            raise RowFault(str(error)) from None

    def _targets(self, values: _RowValues, count: int, language: str = "") -> tuple[str, ...]:
        if self._out is None:
            return ()
        return self._out.paths(values, count, language)

    def _frames(self, values: _RowValues, *, is_last: bool) -> FrameRequest:
        video = self.video(values)
        times = None
        if self._moments is not None:
            times = tuple(_seconds(moment, values) for moment in self._moments)
        kept = self._out if is_last else None
        suffix = kept.suffix if kept else ".jpg"
        identity = [_VERSION, _identity(video), times, self.expected, self._size, suffix]
        digest = hashlib.sha256(json.dumps(identity).encode()).hexdigest()
        targets = self._targets(values, self.expected) if kept else self.stored(digest, suffix)
        return FrameRequest(
            video if has_scheme(video) else os.path.abspath(video),  # noqa: PTH100
            times, self.expected, self._size, suffix, digest, targets,
        )  # fmt: skip

    def stored(self, digest: str, suffix: str, count: int | None = None) -> tuple[str, ...]:
        """Return where images are kept that have no place of their own."""
        folder = os.path.join(self._store, digest[:2])  # noqa: PTH118 - many a second
        numbers = range(1, (count or self.expected) + 1)
        return tuple(f"{folder}/{digest}-{number}{suffix}" for number in numbers)

    def video(self, values: Mapping[str, Any]) -> str:
        """Return the path or address of a row's video. Raises RowFault."""
        assert self._video is not None  # noqa: S101 - asked for where there are videos
        value = self._video.value(values)
        if isinstance(value, os.PathLike):
            value = os.fspath(value)
        if not isinstance(value, str):
            raise RowFault(f"Its video is {short_repr(value)}, not a path or an address.")
        return os.path.expanduser(value) if value.startswith("~") else value  # noqa: PTH111

    def column(self, name: str) -> list[Any] | None:
        """Return a column as a list, read once; None where the table has none of that name."""
        found = self._columns.get(name)
        if found is None and name in self._positions:
            found = self._columns[name] = self._table.iloc[:, self._positions[name]].tolist()
        return found

    def label(self, number: int) -> str:
        """Return what a row is called in messages: its number, and its video or title."""
        values = _RowValues(self, number)
        try:
            about = values["slug"]
        except RowFault:
            about = ""
        return f"row {number + 1}{f' ({about})' if about else ''}"

    def more(self, name: str, values: _RowValues) -> Any:
        """Return what a row has beside its columns: ``row``, ``stem``, ``folder``, ``slug``."""
        if name == "row":
            return values.number + 1
        if name == "slug":
            return self._slug(values)
        video = self.video(values)
        return stem(video) if name == "stem" else base_name(os.path.dirname(video) or ".")  # noqa: PTH120

    def _slug(self, values: _RowValues) -> str:
        texts = self.brief.texts_to_name(values) if self.brief else ()
        for text in texts:
            if found := slug(text):
                return found
        return (slug(stem(self.video(values))) if self._video else "") or f"row-{values.number + 1}"


class _RowValues(Mapping[str, Any]):
    """What a row has of each column, read when it is asked for."""

    __slots__ = ("_requests", "number")

    def __init__(self, requests: RowRequests, number: int) -> None:
        self._requests = requests
        self.number = number

    def __getitem__(self, name: str) -> Any:
        column = self._requests.column(name)
        return self._requests.more(name, self) if column is None else column[self.number]

    def __iter__(self) -> Any:
        return iter(self._requests.columns)

    def __len__(self) -> int:
        return len(self._requests.columns)


def _seconds(moment: RowTemplate | float, values: _RowValues) -> float:
    if not isinstance(moment, RowTemplate):
        return moment
    value = moment.value(values)
    if isinstance(value, str) and ":" not in value:  # a number in a column of texts
        try:
            value = float(value)
        except ValueError:
            name = moment.fields[0]
            raise RowFault(f"Its {name!r} is {short_repr(value)}, not a time.") from None
    return float(checks.seconds(value))


def _identity(video: str) -> list[Any]:
    """Return what a video is known by: a file by name, size and date, so that it may move."""
    path = file_path(video)
    if path is None:
        return [video]
    try:
        found = os.stat(path)  # noqa: PTH116 - many a second
    except FileNotFoundError:
        raise RowFault(f"There is no file {path!r}.") from None
    except (OSError, ValueError) as error:
        raise RowFault(
            f"{path!r} cannot be read ({getattr(error, 'strerror', None) or error})."
        ) from None
    if stat.S_ISDIR(found.st_mode):
        raise RowFault(f"{path!r} is a folder, not a video.")
    if not stat.S_ISREG(found.st_mode):
        raise RowFault(f"{path!r} is a device or a pipe, not a video.")
    return [base_name(path), found.st_size, found.st_mtime_ns]
