"""Paintings: requests to engines, written before they are sent, so that none is paid twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from thumbnb.service.refusal import Refusal
from thumbnb.service.store.identifiers import new_uuid, now
from thumbnb.service.store.rows import insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from thumbnb.render.engines.protocol import Usage
    from thumbnb.service.media.file_store import FileStore
    from thumbnb.service.records.images import NewImage
    from thumbnb.storage.database import Database

# What was spent at an engine, all told: what is not known is taken to have cost what was set aside.
_SPENT = """
SELECT ifnull(sum(coalesce(cost, reserved, 0)), 0) AS spent FROM paintings
WHERE engine = ? AND state != 'refused'
"""


@dataclass(frozen=True, slots=True)
class PaintedFile:
    """An image that an engine has painted for a variation, and what it cost, where known."""

    sha256: str
    cost: float | None
    currency: str | None


class PaintingStore:
    """Writes down what is asked of engines and what came of it."""

    def __init__(self, database: Database, files: FileStore) -> None:
        self._database = database
        self._files = files

    def spent(self, engine: str) -> float:
        """Return what was spent at an engine, in the currency of its prices."""
        row = self._database.first(_SPENT, (engine,))
        return 0.0 if row is None else float(row["spent"])

    def open(
        self,
        job_id: str,
        engine: str,
        positions: Sequence[int],
        *,
        price: float | None,
        budget: float | None,
    ) -> str:
        """Write that an engine is about to be asked; gives the painting's id.

        Refuses where the engine's budget has not so much left: nothing was sent then.
        """
        painting_id = new_uuid()
        with self._database.write() as rows:
            if budget is not None:
                spent = rows.execute(_SPENT, (engine,)).fetchone()["spent"]
                if spent + (price or 0.0) > budget + 1e-9:
                    raise over_budget(engine, budget, spent, price or 0.0)
            row = {
                "id": painting_id,
                "job_id": job_id,
                "engine": engine,
                "positions": json.dumps(list(positions)),
                "state": "intent",
                "reserved": price,
                "created_at": now(),
            }
            insert(rows, "paintings", row)
        return painting_id

    def close(self, painting_id: str, state: Literal["refused", "unknown"], error: str) -> None:
        """Write how a painting came to nothing."""
        with self._database.write() as rows:
            rows.execute(
                "UPDATE paintings SET state = ?, error = ?, ended_at = ? WHERE id = ?",
                (state, error, now(), painting_id),
            )

    def keep(
        self,
        painting_id: str,
        job_id: str,
        images: Mapping[int, NewImage],
        usage: Usage,
    ) -> None:
        """Store what was painted, by its position; even where the job has gone meanwhile."""
        with self._database.write() as rows:
            rows.execute(
                "UPDATE paintings SET state = 'painted', cost = ?, currency = ?, tokens = ?, "
                "ended_at = ? WHERE id = ?",
                (usage.cost, usage.currency, json.dumps(dict(usage.tokens)), now(), painting_id),
            )
            for position, image in images.items():
                self._put(rows, painting_id, job_id, position, image, partial=False)

    def keep_partial(
        self,
        rows: sqlite3.Connection,
        painting_id: str,
        job_id: str,
        position: int,
        image: NewImage,
    ) -> None:
        """Store an unfinished image in place of the one before, within a transaction."""
        self._put(rows, painting_id, job_id, position, image, partial=True)

    def drop_partial(self, job_id: str) -> None:
        """Forget the unfinished images of a job."""
        with self._database.write(durable=False) as rows:
            rows.execute("DELETE FROM painted_images WHERE job_id = ? AND is_partial", (job_id,))
        self._files.remove_unused()

    def take_over(self, job_id: str) -> set[int]:
        """Begin a job anew: give the positions of which nobody knows whether they were painted.

        What a process that has died had on its way is never sent again by itself.
        """
        with self._database.write() as rows:
            rows.execute(
                "UPDATE paintings SET state = 'unknown', error = 'interrupted', ended_at = ? "
                "WHERE job_id = ? AND state = 'intent'",
                (now(), job_id),
            )
            found = rows.execute(
                "SELECT positions FROM paintings WHERE job_id = ? AND state = 'unknown'", (job_id,)
            ).fetchall()
        return {position for row in found for position in json.loads(row["positions"])}

    def painted(self, job_id: str) -> dict[int, PaintedFile]:
        """Return what was painted for a job, by position."""
        found = self._database.read(
            "SELECT i.position, i.sha256, p.cost, p.currency, "
            "(SELECT count(*) FROM painted_images AS o WHERE o.painting_id = p.id "
            "AND NOT o.is_partial) AS many FROM painted_images AS i "
            "JOIN paintings AS p ON p.id = i.painting_id WHERE i.job_id = ? AND NOT i.is_partial",
            (job_id,),
        )
        return {
            row["position"]: PaintedFile(
                row["sha256"],
                None if row["cost"] is None else row["cost"] / row["many"],
                row["currency"],
            )
            for row in found
        }

    def _put(
        self,
        rows: sqlite3.Connection,
        painting_id: str,
        job_id: str,
        position: int,
        image: NewImage,
        *,
        partial: bool,
    ) -> None:
        # A file has an address of its own, for as long as browsers keep it.
        rows.execute(
            "DELETE FROM painted_images WHERE job_id = ? AND position = ? AND is_partial = ?",
            (job_id, position, int(partial)),
        )
        row: dict[str, Any] = {
            "id": new_uuid(),
            "painting_id": painting_id,
            "job_id": job_id,
            "position": position,
            "is_partial": int(partial),
            "sha256": self._files.keep(image.file),
            "media_type": image.info.media_type,
            "size": image.info.size,
            "width": image.info.width,
            "height": image.info.height,
            "created_at": now(),
        }
        insert(rows, "painted_images", row)


def over_budget(engine: str, budget: float, spent: float, price: float) -> Refusal:
    """Say that an engine's budget does not allow another image."""
    return Refusal(
        409,
        "ENGINE_BUDGET",
        f"The budget of {engine} is {budget:g}: {spent:g} are spent, and this may cost "
        f"{price:g}. Nothing was sent; connect with a larger budget.",
    )
