"""The home: the folder where everything that outlives a session is kept, and its marker."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from thumbnb import errors
from thumbnb.storage import files

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKER = "thumbnb-home.json"
SCHEMA = 1
BACKUPS = "backups"
QUARANTINE = "quarantine"

_DATABASES = ("service.sqlite3", "ledger.sqlite3")
_HEX = "[0-9a-f]"
_STORED = rf"{_HEX}{{2}}(/({_HEX}{{64}}|\.{_HEX}{{16}}\.part))?"
_ANYTHING = r".+"
# The names that this and earlier versions make in a home, and below its folders.
_FILES = re.compile(
    r"(service|ledger)\.sqlite3(-wal|-shm|-journal)?|service\.lock|keys\.json"
    rf"|(token|signing-key)(\.lock|\.new)?|\.{_HEX}{{16}}\.part|\.keys\.json\.\d+\.part"
    rf"|deleted-files\.log|{re.escape(MARKER)}"
)
_FOLDERS = {
    "media": _STORED,
    "results": _STORED,
    "unfinished": rf"{_HEX}{{32}}-{_HEX}{{32}}",
    "drafts": rf"{_HEX}{{32}}-{_HEX}{{32}}",  # its name in earlier versions
    "processes": rf"{_HEX}{{32}}",
    "samples": rf"{_HEX}{{12}}(/one-good-frame\.mp4)?|\.making-\w+\.mp4",
    "notebooks": _ANYTHING,  # people write there, and nothing of ours is ever deleted there
    "batches": rf"{_HEX}{{2}}(/({_HEX}{{64}}-\d+\.[a-z]+|\.{_HEX}{{16}}\.part))?",
    BACKUPS: rf"\w+-{_HEX}{{8}}-\d{{8}}T\d{{12}}\.sqlite3|\.{_HEX}{{16}}\.part(-\w+)?",
    QUARANTINE: rf"{_HEX}{{64}}\.\w+|\d{{8}}T\d{{12}}(/(service|ledger)\.sqlite3(-\w+)?)?",
}
# Names of files that anybody may use: a folder that holds no others is not known to be ours.
_COMMON = frozenset({"token", "keys.json"})
# What systems leave in folders by themselves.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "lost+found", ".ipynb_checkpoints"})
# Words of the tables that only our databases have, and how far from the start they are found.
_OUR_TABLES = (b"CREATE VIEW used_files", b"request_hash TEXT NOT NULL")
_TABLES_WITHIN = 512 * 1024
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Home:
    """A folder that carries our marker: its ``id``, and the ``schema`` of what is where in it."""

    folder: Path
    id: str
    schema: int = SCHEMA


def home_folder() -> Path:
    """Return the folder of our own files: ``THUMBNB_HOME``, else the user's data folder.

    It may not exist yet: ``open_home`` makes it.
    """
    chosen = os.environ.get("THUMBNB_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir("thumbnb", appauthor=False))


def open_home(folder: Path) -> Home:
    """Return a folder as a home, for its owner's eyes only; a new or empty one becomes one.

    A home of a version before the marker gets its marker. Raises InvalidInput where the
    folder cannot be used, or holds what is not ours: nothing in it is touched then.
    """
    try:
        home = _marked(folder)
        if home is None:
            home = _mark(folder)
        _restrict(folder, files.PRIVATE_FOLDER)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise errors.InvalidInput(
            f"The folder {str(folder)!r} cannot be used ({error.strerror}).",
            hint="Set THUMBNB_HOME to a folder of your own.",
        ) from error
    return home


def is_in_home(path: Path) -> bool:
    """Whether a file would lie in a home, where everything is its owner's only."""
    return any((folder / MARKER).is_file() for folder in path.parents)


def _marked(folder: Path) -> Home | None:
    """Read the marker; None where there is none that can be read."""
    try:
        fields = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        home = Home(folder, str(fields["id"]), int(fields["schema"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    if not isinstance(fields["id"], str) or home.schema < 1:
        return None
    if home.schema > SCHEMA:
        raise errors.InvalidInput(
            f"The home {str(folder)!r} was written by a newer thumbnb (schema {home.schema}).",
            hint="Upgrade thumbnb, or set THUMBNB_HOME to another folder.",
        )
    return home


def _mark(folder: Path) -> Home:
    """Make a folder a home, where nothing in it is anybody else's."""
    files.make_folder(folder)
    if (foreign := _foreign(folder)) is not None:
        raise errors.InvalidInput(
            f"The folder {str(folder)!r} is not empty and not a home of thumbnb: "
            f"it holds {foreign!r}.",
            hint="Choose an empty folder, or a new one, for THUMBNB_HOME or --home.",
        )
    home = Home(folder, uuid.uuid4().hex)
    for path in _own_paths(folder):
        _restrict(path, files.PRIVATE_FOLDER if path.is_dir() else files.PRIVATE)
    with contextlib.suppress(FileNotFoundError):
        if _marked(folder) is None:  # there may be one that cannot be read
            (folder / MARKER).unlink()
    beside = folder / f".{uuid.uuid4().hex[:16]}{files.UNFINISHED}"
    try:
        files.write_file(beside, json.dumps({"id": home.id, "schema": home.schema}) + "\n")
        files.link_file(beside, folder / MARKER)
    except FileExistsError:  # another process was at it, and first
        return _marked(folder) or home
    finally:
        beside.unlink(missing_ok=True)
    return home


def _foreign(folder: Path) -> str | None:
    """Name something in the folder that we could not have made; None where all may be ours."""
    names = sorted(path.name for path in folder.iterdir() if path.name not in _LITTER)
    if any(_is_our_database(folder / name) for name in _DATABASES):
        return None
    is_ours = False
    for name in names:
        path = folder / name
        if path.is_symlink() or (name in _DATABASES and _starts_as_database(path)):
            return name
        if path.is_dir():
            pattern = re.compile(_FOLDERS.get(name, r"(?!)"))
            for inner in path.rglob("*"):
                below = inner.relative_to(path).as_posix()
                if inner.name in _LITTER:
                    continue
                if not pattern.fullmatch(below):
                    return f"{name}/{below}"
                is_ours |= pattern.pattern != _ANYTHING and inner.is_file()
            if name not in _FOLDERS:
                return name
        elif not _FILES.fullmatch(name):
            return name
        else:
            is_ours |= name not in _COMMON
    return None if is_ours or not names else names[0]


def _is_our_database(path: Path) -> bool:
    """Whether a file holds our tables. It is read as bytes: opening it might change it."""
    for part in (path, path.with_name(f"{path.name}-wal")):
        with contextlib.suppress(OSError), part.open("rb") as file:
            head = file.read(_TABLES_WITHIN)
            if any(words in head for words in _OUR_TABLES):
                return True
    return False


def _starts_as_database(path: Path) -> bool:
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
    return False


def _own_paths(folder: Path) -> Iterator[Path]:
    """Give what is there under names of ours; symbolic links lead elsewhere and are left out."""
    for path in folder.iterdir():
        if path.is_symlink():
            continue
        if path.is_dir() and path.name in _FOLDERS:
            yield path
            yield from (inner for inner in path.rglob("*") if not inner.is_symlink())
        elif _FILES.fullmatch(path.name):
            yield path


def _restrict(path: Path, mode: int) -> None:
    """Have a file or folder be its owner's only, where the system knows owners and we are it."""
    with contextlib.suppress(PermissionError, FileNotFoundError):
        if os.name != "nt" and path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)
