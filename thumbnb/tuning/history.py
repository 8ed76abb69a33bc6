"""The history: every image generated in this home, to be searched."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.arguments.local_path import input_path
from thumbnb.client.inputs import checks
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.ledger.result_store import ResultStore
from thumbnb.client.ledger.runs_table import runs_table
from thumbnb.storage.home import home_folder
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    import os

    import pandas as pd

FILE = "ledger.sqlite3"


def history(
    text: str = "",
    *,
    preset: str | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    rating: int | None = None,
    starred: bool | None = None,
    rejected: bool | None = False,
    home: str | os.PathLike[str] | None = None,
) -> pd.DataFrame:
    """Return every image of this home that was generated, newest first; nothing is sent.

    ``text`` are words that prompt, title or note have, upper and lower case alike; ``preset``
    is one's key; ``since`` and ``until`` are days ("2026-05-01") or times; ``rating`` is the
    least; ``starred`` true or false. Rejected images are left out unless ``rejected`` is None
    (all) or true (only those).

    Columns: created, prompt, title, preset, take, starred, rating, rejected, note, credits,
    seconds, run, width, height, ``score_...``, sha256, path.

    >>> tb.history("kite", starred=True)  # doctest: +SKIP
    """
    import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

    _check_text("text", text)
    _check_text("preset", "" if preset is None else preset)
    rating = None if rating is None else checks.whole("rating", rating, 1, 5)
    starred = _flag("starred", starred)
    rejected = _flag("rejected", rejected)
    folder = home_folder() if home is None else input_path("home", home).absolute()
    if not (folder / FILE).exists():
        return pd.DataFrame(columns=_COLUMNS)
    database = LedgerDatabase(folder / FILE)
    try:
        table = runs_table(database, ResultStore(folder / "results", database))
        choices = database.choices.all()
    finally:
        database.close()
    table = table[table["kind"].isin(["generate", "retry", "follow"]) & table["sha256"].notna()]
    choices_by_image = [choices.get(str(each)) for each in table["sha256"]]
    table = table.assign(
        title=pd.Series(
            [_title(str(each)) for each in table["request"]], table.index, dtype=object
        ),
        starred=[bool(each and each.starred) for each in choices_by_image],
        rating=pd.array(
            [each.rating if each else None for each in choices_by_image], dtype="Int64"
        ),
        rejected=[bool(each and each.rejected) for each in choices_by_image],
        note=pd.Series(
            [each.note if each else "" for each in choices_by_image], table.index, dtype=object
        ),
    )
    wanted = pd.Series(data=True, index=table.index)
    # A column of nothing but None is one of numbers to pandas.
    words = [table[name].astype(object).fillna("") for name in ("prompt", "title", "note")]
    searched = words[0] + " " + words[1] + " " + words[2]
    for word in text.lower().split():
        wanted &= searched.str.lower().str.contains(word, regex=False)
    if preset is not None:
        wanted &= table["preset"] == preset
    if since is not None:
        wanted &= table["created"] >= _time("since", since)
    if until is not None:
        wanted &= table["created"] < _time("until", until, end=True)
    if rating is not None:
        wanted &= (table["rating"] >= rating).fillna(value=False).astype(bool)
    if starred is not None:
        wanted &= table["starred"] == starred
    if rejected is not None:
        wanted &= table["rejected"] == rejected
    scores = [name for name in table.columns if name.startswith("score_")]
    columns = [*_COLUMNS[:-2], *scores, *_COLUMNS[-2:]]
    found = table.loc[wanted, columns]
    return found.sort_values(["created", "run"], ascending=False, ignore_index=True)


_COLUMNS = [
    "created", "prompt", "title", "preset", "take", "starred", "rating", "rejected", "note",
    "credits", "seconds", "run", "width", "height", "sha256", "path",
]  # fmt: skip


def _check_text(name: str, value: Any) -> None:
    if not isinstance(value, str):
        raise errors.InvalidInput(f"{name} is a text, not {short_repr(value)}.")


def _flag(name: str, value: Any) -> bool | None:
    return None if value is None else checks.flag(name, value)


def _title(request: str) -> str | None:
    try:
        fields: Any = json.loads(request)
    except (TypeError, ValueError):
        return None
    names = ("draft", "changes") if isinstance(fields, dict) else ()
    parts = [fields.get(name) for name in names]
    titles = [part["title"] for part in parts if isinstance(part, dict) and "title" in part]
    return titles[-1] if titles else None


def _time(name: str, value: str | date, *, end: bool = False) -> pd.Timestamp:
    """Return a moment; a day is its beginning, or its end."""
    import pandas as pd  # noqa: PLC0415

    message = f'{name} is a day like "2026-05-01", or a time, not {short_repr(value)}.'
    if not isinstance(value, str | date):
        raise errors.InvalidInput(message)
    try:
        moment = pd.Timestamp(value)
    except (OverflowError, ValueError) as error:
        raise errors.InvalidInput(message) from error
    is_day = len(value) <= 10 if isinstance(value, str) else not isinstance(value, datetime)  # noqa: PLR2004
    if end and is_day:
        moment += pd.Timedelta(days=1)
    local = datetime.now().astimezone().tzinfo
    return moment.tz_localize(local) if moment.tzinfo is None else moment
