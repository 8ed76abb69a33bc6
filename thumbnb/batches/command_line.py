"""``thumbnb batch``: its arguments, and what it does with them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb import errors

if TYPE_CHECKING:
    import argparse

    from thumbnb.batches.batch import Batch
    from thumbnb.batches.result_table import BatchTable

# Exit codes: all rows are made; some failed; nothing was begun (as of every command); it
# ended before its end; it was interrupted, as shells say it.
DONE, SOME_FAILED, WRONG, STOPPED, INTERRUPTED = 0, 1, 2, 3, 130
_SHOWN_FAULTS = 20


def add_batch_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    text = parser.add_argument
    text("source", nargs="+", help="a CSV or Parquet table, a folder, a glob, videos, addresses")
    text("--out", help="where images go, such as 'thumbs/{slug}.jpg', or a folder")
    text("--table", type=Path, help="write the table with its results to this CSV or Parquet file")
    text("--frames", nargs="+", metavar="WHEN", help="best, or columns of times, or seconds")
    text("--count", type=int, default=1, help="how many of the best frames (%(default)s)")
    text("--size", metavar="WxH", help="size of frames in pixels, such as 1280x720")
    text("--video", help="the column of the videos, or a template")
    text("--prompt", help="make thumbnails: a text with columns in braces")
    text("--title", help="their title, such as '{title}'")
    text("--preset", help="their preset")
    text("--image", action="append", metavar="COLUMN", help="an image to use, such as '{photo}'")
    text("--option", action="append", metavar="NAME=VALUE", help="an option, as in create_project")
    text("--locale", action="append", metavar="LANGUAGE=COLUMN", help="titles in a language")
    text("--budget", type=float, help="the most credits it may cost")
    text("--concurrency", type=int, help="rows under way at a time")
    text("--deadline", type=float, help="seconds that a row may take")
    text("--take", type=int, default=0, help="another number makes thumbnails anew (%(default)s)")
    text("--overwrite", action="store_true", help="write over files that no batch has written")
    text(
        "--plan", action="store_true", help="say what would be made and what it costs; make nothing"
    )
    text("--dask", metavar="ADDRESS", help="a Dask scheduler whose workers make the frames")
    text(
        "--embedded",
        action="store_true",
        help="use the service on this machine, whatever keys are set",
    )
    text("--home", type=Path, help="folder for all that is kept (else THUMBNB_HOME)")


def run_batch(options: argparse.Namespace) -> int:
    """Make a batch and return the exit code. Raises InvalidInput where nothing can be begun."""
    _check_table(options.table)
    cluster = _cluster(options.dask)
    try:
        batch = _batch(options, cluster.get_executor() if cluster else None)
        plan = batch.plan()
        sys.stderr.write(f"{plan!r}\n")
        plan.check(options.budget)
        if options.plan:
            return SOME_FAILED if plan.faults else DONE
        job = batch.run.submit(
            plan=plan,
            budget=options.budget,
            concurrency=options.concurrency,
            deadline=options.deadline,
        )
        try:
            table = job.result()
        except KeyboardInterrupt:
            sys.stderr.write(f"{batch.stop()}\n")
            return INTERRUPTED
    finally:
        if cluster:
            cluster.close()
    return _report(batch, table, options.table)


def _batch(options: argparse.Namespace, executor: Any) -> Batch:
    from thumbnb.batches.batch import Batch  # noqa: PLC0415 - heavy
    from thumbnb.client.connect import connect  # noqa: PLC0415

    client = None
    if options.prompt is not None or options.home is not None:
        client = connect(embedded=options.embedded, home=options.home, quiet=True)
        if options.prompt is not None:
            sys.stderr.write(f"{client!r}\n")
    source = options.source[0] if len(options.source) == 1 else options.source
    given = {"images": options.image, "options": _pairs("--option", options.option),
             "locales": _pairs("--locale", options.locale)}  # fmt: skip
    return Batch(
        source,
        frames=_frames(options.frames),
        count=options.count,
        size=_size(options.size),
        video=options.video,
        prompt=options.prompt,
        title=options.title,
        preset=options.preset,
        out=options.out,
        overwrite=options.overwrite,
        take=options.take,
        executor=executor,
        client=client,
        **{name: value for name, value in given.items() if value},
    )


def _report(batch: Batch, table: BatchTable, path: Path | None) -> int:
    """Write the table, say what failed, and return the exit code."""
    if path is not None:
        _write_table(table, path)
    failed = table.failed
    error = table.name_of("error")
    for number, text in list(zip(failed.index, failed[error], strict=True))[:_SHOWN_FAULTS]:
        sys.stderr.write(f"{number}: {text}\n")
    if len(failed) > _SHOWN_FAULTS:
        sys.stderr.write(f"and {len(failed) - _SHOWN_FAULTS:,} rows more\n")
    credits = table[table.name_of("credits")].sum()  # noqa: A001 - the field's word
    sys.stderr.write(
        f"{len(table) - len(failed):,} of {len(table):,} rows are made, {credits:g} credits paid.\n"
    )
    if batch.problem:
        sys.stderr.write(f"It ended before its end: {batch.problem}. Run it again to go on.\n")
        return STOPPED
    return SOME_FAILED if len(failed) else DONE


def _check_table(path: Path | None) -> None:
    """Raise InvalidInput early for a table that could not be written in the end."""
    if path is None:
        return
    if path.suffix.lower() not in {".csv", ".tsv", ".parquet"}:
        raise errors.InvalidInput(f"--table {path} ends in neither .csv, .tsv nor .parquet.")
    if not path.absolute().parent.is_dir():
        raise errors.InvalidInput(f"--table: there is no folder {path.parent}.")


def _write_table(table: BatchTable, path: Path) -> None:
    import pandas as pd  # noqa: PLC0415

    from thumbnb.storage.files import SHARED, replace_file  # noqa: PLC0415

    plain = pd.DataFrame(table).drop(columns=table.image_columns)  # whose paths are beside them
    try:
        with replace_file(path, mode=SHARED) as file:
            if path.suffix.lower() == ".parquet":
                plain.to_parquet(file, index=False)
            else:
                separator = "\t" if path.suffix.lower() == ".tsv" else ","
                plain.to_csv(file, index=False, sep=separator)
    except (OSError, ImportError) as error:
        raise errors.InvalidInput(f"--table {path} cannot be written: {error}.") from error


def _frames(given: list[str] | None) -> Any:
    if given is None or given == ["best"]:
        return given and given[0]
    return [float(each) if _is_number(each) else each for each in given]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _size(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise errors.InvalidInput(f"--size is like 1280x720, not {text!r}.")
    return int(width), int(height)


def _pairs(name: str, given: list[str] | None) -> dict[str, str]:
    pairs = {}
    for each in given or ():
        key, equals, value = each.partition("=")
        if not equals or not key:
            raise errors.InvalidInput(f"{name} is NAME=VALUE, not {each!r}.")
        pairs[key] = value
    return pairs


def _cluster(address: str | None) -> Any:
    """Return a client of a Dask scheduler. Raises InvalidInput."""
    if address is None:
        return None
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError:
        raise errors.InvalidInput(
            "Dask is not installed.", hint="Run: pip install 'thumbnb[dask]'"
        ) from None
    try:
        untyped: Any = distributed
        return untyped.Client(address, timeout=30)
    except (OSError, ValueError) as error:
        raise errors.InvalidInput(f"No Dask scheduler answers at {address} ({error}).") from error
