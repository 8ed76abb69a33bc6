"""Where images are written: the names of all rows, checked before the first one is made."""

from __future__ import annotations

import errno
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.arguments.local_path import MAX_NAME, input_path
from thumbnb.batches.rows.row_template import RowFault, Values, parse_row_template
from thumbnb.batches.workers.address import file_path, has_scheme
from thumbnb.batches.workers.frame_task import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a value may not bring into a path: other folders, hidden files, what systems forbid.
_UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')
_SHORT = MAX_NAME // 4
_NUMBER, _LANGUAGE = "number", "language"


class OutputPaths:
    """The paths of a batch's images, by a template such as ``thumbs/{slug}.jpg``.

    The second image of a row is ``-2``, one in German ``-de``, unless ``{number}`` and
    ``{language}`` say where that stands. A folder alone gets ``{slug}.jpg``.
    """

    def __init__(self, out: str | os.PathLike[str], columns: tuple[str, ...]) -> None:
        text = os.fspath(out)
        if not isinstance(text, str) or not text:
            raise errors.InvalidInput("out is a path.", hint='As in out="thumbs/{slug}.jpg".')
        suffix = os.path.splitext(text)[1].lower()  # noqa: PTH122 - addresses, too
        if not suffix or "{" in suffix or text.endswith(("/", os.sep)):
            text = f"{text.rstrip('/' + os.sep)}/{{slug}}.jpg"
            suffix = ".jpg"
        if suffix not in FORMATS:
            raise errors.InvalidInput(
                f"out: images are not written as {suffix}.",
                hint=f"End it with {', '.join(FORMATS)}.",
            )
        self.suffix = suffix
        self.is_address = has_scheme(text)
        if not self.is_address:
            text = str(input_path("out", text.replace("\0", "")))
        self._template = parse_row_template(text, "out", (*columns, _NUMBER, _LANGUAGE))
        self._has_number = _NUMBER in self._template.fields
        self._has_language = _LANGUAGE in self._template.fields

    def paths(self, values: Values, count: int, language: str = "") -> tuple[str, ...]:
        """Return the paths of a row's images, ``count`` of them. Raises RowFault."""
        if self._has_number:
            return tuple(self._path(values, n, language) for n in range(1, count + 1))
        first = self._path(values, 1, language)
        if count == 1:
            return (first,)
        root, suffix = os.path.splitext(first)  # noqa: PTH122 - addresses, too
        return (first, *(f"{root}-{n}{suffix}" for n in range(2, count + 1)))

    def _path(self, values: Values, number: int, language: str) -> str:
        named = {_NUMBER: number, _LANGUAGE: language or "original"}
        text = self._template.fill(
            {n: named[n] if n in named else values[n] for n in self._template.fields}, _safe
        )
        if language and not self._has_language:
            root, suffix = os.path.splitext(text)  # noqa: PTH122
            text = f"{root}-{language}{suffix}"
        # A short text has no long part, however many bytes its letters take.
        if len(text) > _SHORT and any(
            len(os.fsencode(part)) > MAX_NAME for part in text.split("/")
        ):
            raise RowFault(f"The name of its file has more than {MAX_NAME} bytes.")
        return text


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text).strip(" .-") or "-"


def check_unique(paths: Iterable[tuple[int, str]]) -> None:
    """Raise InvalidInput where two rows write the same file; paths come with their rows' numbers.

    Names that differ in capitals or in how an accent is written are one file to some disks, and
    a folder has as many names as there are links to it.
    """
    seen: dict[str, int] = {}
    real_folders: dict[str, str] = {}
    here = os.getcwd()  # noqa: PTH109 - asked for once, and texts are put together faster
    for row, path in paths:
        if "//" in path and has_scheme(path):
            key = path
        else:
            plain = path if "//" not in path and "./" not in path else os.path.normpath(path)
            folder, name = os.path.split(plain if os.path.isabs(plain) else f"{here}/{plain}")  # noqa: PTH117
            if folder not in real_folders:
                real_folders[folder] = os.path.realpath(folder)
            key = f"{real_folders[folder]}/{name}".casefold()
            key = key if key.isascii() else unicodedata.normalize("NFC", key)
        other = seen.setdefault(key, row)
        if other != row:
            raise errors.InvalidInput(
                f"Rows {other + 1} and {row + 1} would both write {path!r}.",
                hint="Tell them apart, as in out='thumbs/{row}-{slug}.jpg'. Nothing was made.",
            )


def check_folders(paths: Iterable[str]) -> None:
    """Raise InvalidInput where a folder cannot be written to; nothing is made."""
    places = set()
    for name in {path[: max(path.rfind("/"), path.rfind(os.sep)) + 1] for path in paths}:
        folder = file_path(name)
        if folder is None:
            continue
        place = Path(folder or ".")
        while not os.path.lexists(place) and place != place.parent:
            place = place.parent
        places.add(place)
    for place in places:
        _check_folder(place)


def _check_folder(place: Path) -> None:
    """Raise InvalidInput where what is there is no folder that can be written to."""
    if not place.is_dir():
        what = "a file" if place.exists() else "a link to nothing"
        raise errors.InvalidInput(
            f"{str(place)!r} is {what}, and the images were to go into a folder of that name.",
            hint="Give another folder: out=...",
        )
    try:
        # The rights alone do not tell: some file systems take no files.
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:  # what is there already needs no room
            return
        raise errors.InvalidInput(
            f"Nothing can be written into {str(place)!r} ({error.strerror}).",
            hint="Give another folder: out=...",
        ) from None
