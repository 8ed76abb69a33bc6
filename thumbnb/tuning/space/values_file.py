"""Values of an axis from a file: a line each, or a column of a table."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 2_000_000
_TABLES = {".csv": ",", ".tsv": "\t"}


def read_values(path: Path, field: str) -> list[str]:
    """Return the lines of a text file, or the column of a .csv or .tsv that is named ``field``.

    Empty lines, and lines that begin with ``#``, are left out. Raises InvalidInput.
    """
    called = short_repr(path.name)
    try:
        path = path.expanduser()
        if path.stat().st_size > MAX_BYTES:
            raise errors.InvalidInput(
                f"Axis {field}: {called} has more than {MAX_BYTES // 1_000_000} MB.",
                hint="Give a list of the values that are wanted.",
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise errors.InvalidInput(
            f"Axis {field}: {called} cannot be read ({error.strerror})."
        ) from error
    except UnicodeDecodeError as error:
        raise errors.InvalidInput(
            f"Axis {field}: {called} is not a text in UTF-8.", hint="Save it as UTF-8."
        ) from error
    except (ValueError, RuntimeError) as error:  # a name that no file has
        raise errors.InvalidInput(f"Axis {field}: {called} is no name of a file.") from error
    separator = _TABLES.get(path.suffix.lower())
    if separator is None:
        lines = (line.strip() for line in text.splitlines())
        values = [line for line in lines if line and not line.startswith("#")]
    else:
        rows = csv.DictReader(text.splitlines(), delimiter=separator)
        columns = rows.fieldnames or []
        if field not in columns:
            raise errors.InvalidInput(
                f"Axis {field}: {called} has no column {field!r}.",
                hint=f"It has {', '.join(columns) or 'none'}.",
            )
        values = [value for row in rows if (value := (row[field] or "").strip())]
    if not values:
        raise errors.InvalidInput(f"Axis {field}: {called} has no values.")
    return values
