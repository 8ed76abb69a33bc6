"""The SQLite file that threads share: who reads waits for nobody who writes."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from thumbnb.storage.database import Database

MIGRATIONS = [["CREATE TABLE a (n INTEGER)", "INSERT INTO a VALUES (1)"]]


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "a.sqlite3", MIGRATIONS)
    yield database
    database.close()


def numbers(database):
    return [row["n"] for row in database.read("SELECT n FROM a")]


def elsewhere(function):
    """Run a function on another thread, which may not take long; return what it returns."""
    found = []
    thread = threading.Thread(target=lambda: found.append(function()), daemon=True)
    thread.start()
    thread.join(10)
    assert found, "It waited"
    return found[0]


def test_readers_do_not_wait_for_writers(database):
    with database.write() as rows:
        rows.execute("INSERT INTO a VALUES (2)")
        assert numbers(database) == [1, 2], "the writer sees what it wrote"
        assert elsewhere(lambda: numbers(database)) == [1]
    assert elsewhere(lambda: numbers(database)) == [1, 2]


def test_what_is_read_in_a_snapshot_is_of_one_moment(database):
    def write():
        with database.write() as rows:
            rows.execute("INSERT INTO a VALUES (2)")
        return True

    with database.snapshot():
        assert numbers(database) == [1]
        assert elsewhere(write)
        assert numbers(database) == [1]
    assert numbers(database) == [1, 2]


def test_readers_stay_with_the_file_whose_name_was_taken_away(database):
    assert numbers(database) == [1]
    database.path.unlink()
    assert numbers(database) == [1]
    assert not database.path.exists()


def test_closed_it_is_opened_again_and_readers_write_nothing(database):
    assert numbers(database) == [1]
    database.close()
    assert numbers(database) == [1]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.read("DELETE FROM a")
