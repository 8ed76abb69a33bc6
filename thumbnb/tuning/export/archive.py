"""A run's images in a folder or a .zip, each with what it was made of, and its tables."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.arguments.local_path import slug
from thumbnb.storage import files
from thumbnb.tuning.export.picture_file import SUFFIXES, encode_image_file
from thumbnb.tuning.run_table import brief_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from PIL import Image

    from thumbnb.imaging.sizes import Size
    from thumbnb.tuning.cell_run import CellRun
    from thumbnb.tuning.space.cell import Cell


def made_of(run: CellRun, cell: Cell) -> dict[str, Any]:
    """Return what an image was made of, as plain data."""
    result, choice = run.result(cell.id), run.choices.get(cell.id)
    return {
        **brief_texts(cell.fields),
        "take": cell.take,
        "axes": dict(cell.labels),
        "seed": result.image.seed if result.image else None,
        "scores": result.scores,
        "credits": result.credits,
        "run_id": result.image.run_id if result.image else None,
        "starred": choice.starred,
        "rating": choice.rating,
    }


def image_files(
    run: CellRun, *, size: Size | None = None, format: str = "JPEG"  # noqa: A002
) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    """Yield the name and the bytes of each image."""
    for number, cell in enumerate(run.done):
        result = run.result(cell.id)
        if result.image is None:
            continue
        data = encode_image_file(result.image.bytes, made_of(run, cell), size=size, format=format)
        about = slug("-".join(cell.labels.values()))
        yield f"{number + 1:03d}-{about or cell.id}{SUFFIXES[format]}", data


def save_images(
    run: CellRun, folder: str | Path, *, size: Size | None, format: str  # noqa: A002
) -> list[Path]:  # fmt: skip
    """Write all images into a folder, which is made, and return their paths."""
    folder = Path(folder).expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in image_files(run, size=size, format=format):
        files.write_file(folder / name, data, mode=files.SHARED)
        paths.append(folder / name)
    return paths


def archive(run: CellRun, table: pd.DataFrame, page: str) -> bytes:
    """Return a .zip: the images with their provenance, the table, the page, the briefs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in image_files(run):
            zipped.writestr(f"images/{name}", data, zipfile.ZIP_STORED)
        zipped.writestr("table.csv", csv_text(table))
        zipped.writestr("index.html", page)
        briefs = {cell.id: made_of(run, cell) for cell in run.done}
        zipped.writestr("briefs.json", json.dumps(briefs, indent=1, default=str))
    return out.getvalue()


def csv_text(table: pd.DataFrame) -> str:
    """Return a table as CSV; no text of it is taken for a formula by a spreadsheet."""
    safe = table.copy()
    for name in safe.columns:
        if safe[name].dtype == object or str(safe[name].dtype).startswith("str"):
            safe[name] = safe[name].map(
                lambda v: f"'{v}" if isinstance(v, str) and v[:1] in {"=", "+", "-", "@"} else v
            )
    text: str = safe.drop(columns="path", errors="ignore").to_csv(index=False)
    return text


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as Parquet. Raises InvalidInput where no library for it is installed."""
    # fastparquet writes to paths only.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        try:
            table.drop(columns="path", errors="ignore").to_parquet(path, index=False)
        except ImportError as error:
            raise errors.InvalidInput(
                "Parquet needs fastparquet, which is not installed.",
                hint='Install it with: pip install "thumbnb[tuning]"; or export to .csv.',
            ) from error
        return path.read_bytes()


def png_bytes(image: Image.Image) -> bytes:
    """Return an image as PNG."""
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
