"""All runs of a home as a DataFrame."""

from __future__ import annotations

import json
import os
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from thumbnb.client.ledger.ledger_database import LedgerDatabase
    from thumbnb.client.ledger.result_store import ResultStore


def runs_table(database: LedgerDatabase, store: ResultStore) -> pd.DataFrame:
    """Return all runs as ``client.runs()`` shows them, a row a result."""
    import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

    runs, results = database.tables()
    # One call reads them all: a parser begun ten thousand times would be most of the cost.
    scores = json.loads(f"[{','.join(results.pop('scores'))}]")
    for name in dict.fromkeys(chain.from_iterable(scores)):
        results[f"score_{name}"] = [item.get(name) for item in scores]
    folder = f"{store.folder}{os.sep}"
    results["path"] = [name and f"{folder}{name[:2]}{os.sep}{name}" for name in results["sha256"]]
    made = pd.DataFrame(results)
    table = pd.DataFrame(runs).merge(made, on="run", how="left")
    table["created"] = pd.to_datetime(table["created"], unit="s", utc=True)
    seconds = [name for name in table.columns if name.endswith("seconds")]
    table = table.astype(dict.fromkeys(["credits", *seconds], "float64"))  # though none be known
    table["credits"] /= table.groupby("run")["run"].transform("size")
    for name in ("number", "width", "height", "seed"):
        table[name] = table[name].astype("Int64")  # whole numbers, and none where there is none
    return table
