"""Table sources, read as a DataFrame: a glob, a folder, a file, paths, or a DataFrame."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.arguments.local_path import input_path
from thumbnb.batches.workers.address import has_scheme
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    import pandas as pd

VIDEO_SUFFIXES = frozenset({
    ".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".ts", ".m2ts", ".mts",
    ".mxf", ".wmv", ".flv", ".ogv", ".3gp", ".gif",
})  # fmt: skip
# The column of videos in a table that a glob or a list makes.
VIDEO = "video"
_SEPARATORS = {".csv": ",", ".tsv": "\t"}
_PARQUET = frozenset({".parquet", ".pq"})
_HINT = "Give a glob, a folder, a CSV or Parquet file, a list of paths, or a DataFrame."


def read_table(source: Any) -> pd.DataFrame:
    """Return the table that ``source`` is or names. Raises InvalidInput, FileMissing.

    In a CSV file numbers are taken for numbers only where they are written as numbers are:
    ``007`` stays a text.
    """
    import pandas as pd  # noqa: PLC0415 - a quarter of a second, when it is wanted

    if isinstance(source, pd.DataFrame):
        table = source
    elif isinstance(source, str | os.PathLike):
        table = _named(os.fspath(source))
    elif hasattr(source, "to_pandas"):  # Arrow's and polars' tables
        table = source.to_pandas()
    elif isinstance(source, Iterable) and not isinstance(source, bytes | Mapping):
        table = _listed(list(source))
    else:
        raise errors.InvalidInput(f"A batch has no table in {short_repr(source)}.", hint=_HINT)
    if not isinstance(table, pd.DataFrame):
        raise errors.InvalidInput(f"A batch has no table in {short_repr(source)}.", hint=_HINT)
    if not len(table):
        raise errors.InvalidInput("The table has no rows.", hint=_HINT)
    columns = [str(name) for name in table.columns]
    twice = next((name for name in columns if columns.count(name) > 1), None)
    if twice is not None:
        raise errors.InvalidInput(
            f"The table has two columns {twice!r}.", hint="Rename or drop one of them."
        )
    return table


def _listed(items: list[Any]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    if items and all(isinstance(item, Mapping) for item in items):
        return pd.DataFrame(items)
    for item in items:
        if not isinstance(item, str | os.PathLike):
            raise errors.InvalidInput(
                f"A list of videos has paths and addresses, not {short_repr(item)}.", hint=_HINT
            )
    return pd.DataFrame({VIDEO: [os.fspath(item) for item in items]})


def _named(name: Any) -> pd.DataFrame:
    if isinstance(name, str) and has_scheme(name) and not _is_table(name):
        return _listed([name])
    if not isinstance(name, str):
        raise errors.InvalidInput("The source is a path in bytes.", hint=_HINT)
    path = input_path("source", name)
    if path.is_dir():
        return _folder(path)
    if has_scheme(name) or path.is_file():
        return _file(name if has_scheme(name) else str(path))
    if glob.has_magic(name):
        found = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - as the user wrote it
        files = [each for each in found if os.path.isfile(each)]  # noqa: PTH113
        if not files:
            raise errors.InvalidInput(f"No file matches {name!r}.", hint="Check the pattern.")
        return _listed(files)
    raise errors.FileMissing(f"There is no file {name!r}.")


def _folder(folder: Path) -> pd.DataFrame:
    found = sorted(
        str(path)
        for path in folder.iterdir()
        if path.suffix.lower() in VIDEO_SUFFIXES and not path.name.startswith(".")
    )
    if not found:
        raise errors.InvalidInput(
            f"The folder {folder.name!r} has no videos.",
            hint=f"For those in folders below: {str(folder / '**' / '*.mp4')!r}.",
        )
    return _listed(found)


def _is_table(name: str) -> bool:
    return Path(name).suffix.lower() in {*_SEPARATORS, *_PARQUET}


def _file(name: str) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    suffix = Path(name).suffix.lower()
    if suffix in VIDEO_SUFFIXES:
        return _listed([name])
    if not _is_table(name):
        raise errors.InvalidInput(
            f"{Path(name).name!r} is neither a table (.csv, .tsv, .parquet) nor a video.",
            hint=_HINT,
        )
    try:
        if suffix in _PARQUET:
            return pd.read_parquet(name)
        texts = pd.read_csv(
            name, sep=_SEPARATORS[suffix], dtype=str, keep_default_na=False,
            encoding="utf-8-sig", skip_blank_lines=True,
        )  # fmt: skip
    except ImportError as error:
        raise errors.InvalidInput(
            f"{Path(name).name!r} needs a package that is not installed ({error}).",
            hint="For Parquet run: pip install pyarrow",
        ) from error
    except UnicodeDecodeError as error:
        raise errors.InvalidInput(
            f"{Path(name).name!r} is not a text in UTF-8.", hint="Save it as UTF-8."
        ) from error
    except (OSError, ValueError, KeyError) as error:  # pandas' parser errors are ValueErrors
        raise errors.InvalidInput(
            f"{Path(name).name!r} cannot be read as a table: {_first_line(error)}.",
            hint="Check that the file is whole.",
        ) from error
    return texts.apply(_as_numbers)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def _as_numbers(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of texts as numbers where each is written as that number is."""
    import pandas as pd  # noqa: PLC0415

    filled = column[column.str.strip() != ""]
    numbers = pd.to_numeric(filled, errors="coerce")
    if not len(filled) or numbers.isna().any() or not (numbers.map(str) == filled).all():
        return column
    return pd.to_numeric(column.where(column.str.strip() != "", None))
