"""A SQLite file that several threads and processes share."""

from __future__ import annotations

import contextlib
import errno
import os
import queue
import secrets
import sqlite3
import threading
import time
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.storage import backups
from thumbnb.storage.files import UNFINISHED, create_file, sync_folder
from thumbnb.storage.home import open_home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    Parameters = Sequence[Any] | Mapping[str, Any]

BUSY_SECONDS = 30.0
# SQLite has several names for a full disk: what it is shows where so much is written (bytes).
PROBE = 64 * 1024
# Connections that only read.
READERS = 3
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_PERHAPS_FULL = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})


class Database:
    """Rows that outlive the process: opened when first used, closed, and opened again.

    The file lies in a home, which is made with it. ``migrations`` are the steps that
    make the tables, each a list of statements; a step once released is never changed.
    One connection writes, behind a lock: a transaction is short, but it waits for the disk.
    Others read meanwhile, as write-ahead logging lets them: all are opened together, so that
    all have the same file, whatever becomes of its name.

    ``daily_backup`` keeps a copy when it is opened, ``when_new`` is called when its tables
    were made for the first time.

    Raises InvalidInput where the file cannot be used, StorageError where it is damaged.
    Where it cannot be used just now, as the disk is full or another program has locked it,
    that is a StorageUnavailable with ``for_people``, else what SQLite raises (of
    ``SQLITE_FULL`` where the disk is full), for code that tries again.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[Sequence[str]],
        *,
        daily_backup: bool = False,
        when_new: Callable[[], None] | None = None,
        for_people: bool = False,
    ) -> None:
        self.path = path
        self._when_new = when_new
        self._migrations = migrations
        self._daily_backup = daily_backup
        self._for_people = for_people
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._parents: list[sqlite3.Connection | None] = []
        self._readers: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        self._here = threading.local()  # the connection that this thread is inside of

    def read(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Run one query and give all its rows; inside ``write()``, with what was written there."""
        with self._translated(), self._reader() as connection:
            return connection.execute(sql, parameters).fetchall()

    def first(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Run one query and give its first row, if there is one."""
        return next(iter(self.read(sql, parameters)), None)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Have all that is read inside be of one moment; nothing may be written there."""
        with self._translated(), self._reader() as connection, self._inside(connection):
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def write(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """Open a transaction that holds the write lock from its start: all or nothing.

        It is on the disk when the block has ended. Without ``durable``, which saves that
        wait, a power cut may undo it (and nothing before it); the end of a process does not.
        """
        with self._lock, self._translated():
            connection = self._open()
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                with self._inside(connection):
                    yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def foreign_keys_off(self) -> Iterator[None]:
        """Turn off the check of references between rows; the caller checks them itself."""
        with self._lock:
            self._open().execute("PRAGMA foreign_keys = OFF")
            try:
                yield
            finally:
                self._open().execute("PRAGMA foreign_keys = ON")

    def back_up(self, *, at_once: bool = False) -> None:
        """Keep a copy beside it, where the last one is a day old or it is to be at once."""
        with self._lock, self._translated():
            if at_once:
                backups.back_up(self._open(), self.path)
            else:
                backups.back_up_daily(self._open(), self.path)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            connection, self._connection = self._connection, None
            readers, self._readers = self._readers, queue.LifoQueue()
            if connection is not None and self._process == os.getpid():
                connection.close()
                _close_all(readers)

    def __del__(self) -> None:
        self.close()

    # -- opening ------------------------------------------------------------------

    @contextlib.contextmanager
    def _inside(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Have this thread read through a connection, until the block ends."""
        before = getattr(self._here, "connection", None)
        self._here.connection = connection
        try:
            yield
        finally:
            self._here.connection = before

    @contextlib.contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to read from: that of the block this thread is in, else a free one."""
        if (inside := getattr(self._here, "connection", None)) is not None:
            yield inside
            return
        if self._connection is None or self._process != os.getpid():
            with self._lock:
                self._open()
        readers = self._readers
        try:
            connection = readers.get(timeout=BUSY_SECONDS)
        except queue.Empty:
            raise sqlite3.OperationalError("database is locked") from None
        try:
            yield connection
        finally:
            readers.put(connection)
            if readers is not self._readers:  # closed meanwhile
                _close_all(readers)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            # A connection does not survive a fork, and its end in the child would
            # harm the parent's: the child keeps it, unused.
            self._parents.append(self._connection)
            while not self._readers.empty():
                self._parents.append(self._readers.get_nowait())
            connection = self._connect()
            readers: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
            try:
                for _ in range(READERS):
                    readers.put(self._connect_reader())
            except sqlite3.Error:
                _close_all(readers)
                connection.close()
                raise
            self._readers, self._process = readers, os.getpid()
            self._connection = connection
        return self._connection

    def _connect_reader(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _connect(self) -> sqlite3.Connection:
        try:
            open_home(self.path.parent)
            with contextlib.suppress(FileExistsError):
                create_file(self.path).close()  # SQLite makes its other files as private as this
                sync_folder(self.path.parent)
            connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise
            raise errors.InvalidInput(
                f"The file {self.path} cannot be used ({error}).",
                hint="Set THUMBNB_HOME to a folder of your own.",
            ) from error
        try:
            connection.row_factory = sqlite3.Row
            _log_ahead(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            is_new = self._migrate(connection)
            if is_new and self._when_new is not None:
                self._when_new()
            if self._daily_backup and not is_new:
                backups.back_up_daily(connection, self.path)
        except sqlite3.DatabaseError as error:
            connection.close()
            if _code(error) in _DAMAGED | _PERHAPS_FULL or _code(error) == sqlite3.SQLITE_FULL:
                raise
            raise errors.InvalidInput(
                f"The file {self.path} cannot be used ({error}).",
                hint="Set THUMBNB_HOME to another folder.",
            ) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _migrate(self, connection: sqlite3.Connection) -> bool:
        """Make the tables what they are now; says whether there were none before."""
        newest = len(self._migrations)
        version = _version(connection)
        if version > newest:
            raise errors.InvalidInput(
                f"{self.path} was written by a newer thumbnb (schema {version}).",
                hint="Upgrade thumbnb, or set THUMBNB_HOME to another folder.",
            )
        if version == newest:
            return False
        if version:
            backups.back_up(connection, self.path)
        connection.execute("BEGIN IMMEDIATE")  # another process may be at it, or done by now
        try:
            if _version(connection) == 0:
                # Its name among the backups: those of a lost database are not its own.
                connection.execute(f"PRAGMA application_id = {secrets.randbits(31) | 1}")
            for statements in self._migrations[_version(connection) :]:
                for statement in statements:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {newest}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return version == 0

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Say in our own words that the file is damaged, or that the disk is full."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = _code(error)
            if code in _DAMAGED:
                raise self._damage(error) from error
            if code in _PERHAPS_FULL and _is_full(self.path.parent):
                full = sqlite3.OperationalError("database or disk is full")
                full.sqlite_errorcode = sqlite3.SQLITE_FULL
                if self._for_people:
                    raise self._unavailable(full) from error
                raise full from error
            if self._for_people and isinstance(error, sqlite3.OperationalError):
                raise self._unavailable(error) from error
            raise
        except OSError as error:
            if self._for_people and error.errno in _FULL:
                raise self._unavailable(error) from error
            raise

    def _unavailable(self, error: sqlite3.OperationalError | OSError) -> errors.StorageUnavailable:
        """Say in our own words why the file cannot be used just now, and what to do."""
        elsewhere = "or set THUMBNB_HOME to a folder elsewhere; then run it again."
        code = _code(error) if isinstance(error, sqlite3.Error) else sqlite3.SQLITE_FULL
        if code == sqlite3.SQLITE_FULL:
            what = f"The disk of {self.path} is full."
            hint = f"Make some room there, {elsewhere}"
        elif code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} or "locked" in str(error):
            what = f"Another program has had {self.path} locked for {BUSY_SECONDS:.0f} s."
            hint = "Close what has it open (a database browser, a backup), then run it again."
        elif code == sqlite3.SQLITE_READONLY:
            what = f"The file {self.path} cannot be written."
            hint = f"Allow it to be written, {elsewhere}"
        else:
            what = f"The file {self.path} cannot be used just now ({error})."
            hint = f"Look whether its disk is there and whole, {elsewhere}"
        return errors.StorageUnavailable(what, hint=hint)

    def _damage(self, error: sqlite3.DatabaseError) -> errors.StorageError:
        self.close()
        found = backups.check(self.path)
        newest = backups.newest(self.path)
        way = (
            f"puts back the copy of {backups.made(newest):%Y-%m-%d %H:%M} UTC"
            if newest
            else "saves what can still be read of it (there is no copy)"
        )
        return errors.StorageError(
            f"The database {self.path} is damaged ({found[0] if found else error}).",
            hint="Nothing was changed. Stop whatever uses this home, then run `thumbnb home "
            f"repair --home {str(self.path.parent)!r}`: it {way} and keeps the damaged file.",
        )


def _close_all(connections: queue.LifoQueue[sqlite3.Connection]) -> None:
    with contextlib.suppress(queue.Empty):
        while True:
            connections.get_nowait().close()


def _code(error: sqlite3.Error) -> int:
    """Give SQLite's number of an error, without the details in its upper bits."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _is_full(folder: Path) -> bool:
    """Whether nothing can be written into a folder for want of room, or of a quota's."""
    probe = folder / f".{secrets.token_hex(8)}{UNFINISHED}"
    try:
        with create_file(probe) as file:
            file.write(bytes(PROBE))
    except OSError as error:
        return error.errno in _FULL
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()
    return False


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on; SQLite does not wait for another who does it just now."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return
