"""A run: a paid call of the ledger, to be read, resumed and repeated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from thumbnb.client.inputs import checks
from thumbnb.client.purchases.frame_purchase import FramePurchase
from thumbnb.client.purchases.generation import Generation
from thumbnb.client.purchases.prompts import PromptPurchase
from thumbnb.client.repeat import RunRepeater
from thumbnb.client.resource import Resource
from thumbnb.client.resources.upload import Upload
from thumbnb.client.runtime.progress import report_cost
from thumbnb.client.runtime.three_way import remote

if TYPE_CHECKING:
    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.purchases.assets import Assets
    from thumbnb.client.purchases.purchase import Purchase
    from thumbnb.client.session import Session

KINDS: dict[str, type[Purchase[Any, Any]]] = {
    "generate": Generation,
    "retry": Generation,
    "follow": Generation,
    "upload": Upload,
    "image": FramePurchase,
    "thumbnail": FramePurchase,
    "improve": PromptPurchase,
    "prompt_from": PromptPurchase,
}


class Run(Resource):
    """A paid call: ``id``, ``kind``, ``state``, ``prompt``, ``take``, ``credits``, ``error``.

    ``state`` is ``intent`` (about to be sent), ``running``, ``made`` (its images are
    not all here), ``done``, ``failed``, ``unknown`` (its answer was lost), ``void``
    (certainly never carried out, nothing charged) or ``cancelled`` (stopped, and given
    back). ``record`` has all the ledger holds,
    as last read.
    """

    def __init__(self, session: Session, record: RunRecord, assets: Assets) -> None:
        super().__init__(session)
        self.record = record
        self._assets = assets

    @property
    def id(self) -> int:
        """Its number in the ledger."""
        return self.record.id

    @property
    def kind(self) -> str:
        """``generate``, ``retry``, ``follow``, ``upload``, ``thumbnail``, ``image``...."""
        return self.record.kind

    @property
    def state(self) -> str:
        """Its state when it was last read."""
        return self.record.state

    @property
    def prompt(self) -> str | None:
        """The prompt it was made from."""
        return self.record.prompt

    @property
    def take(self) -> int:
        """Which of the takes of one request it is."""
        return self.record.take

    @property
    def credits(self) -> float | None:
        """What it has cost, once that is known."""
        return self.record.credits

    @property
    def error(self) -> str | None:
        """What went wrong."""
        return self.record.error

    @property
    def followed(self) -> bool:
        """Whether this client is waiting for it already."""
        return self._session.ledger.is_followed(self.id)

    @property
    def request(self) -> dict[str, Any]:
        """The fields of its request; images by the hash of their bytes."""
        return self.record.request

    # -- finding out --------------------------------------------------------------

    @remote
    async def result(self, *, deadline: float | None = None) -> Any:
        """Take it up where it is and return its results: wait for it, or read them from disk.

        Costs nothing. Raises OutcomeUnknown where the service shows nothing of it.
        """
        deadline = checks.positive("deadline", deadline)
        async with self._session.deadline(f"{self!r}", deadline) as time_limit:
            time_limit.set_resume("client.resume()")
            await self._read()
            report_cost(self.credits)
            return await KINDS[self.kind](self._session, self.record).resume(time_limit)

    @remote
    async def check(self) -> Any:
        """Look whether the service has it: its results if so, None where it shows nothing."""
        await self._read()
        if self.record.open:
            await KINDS[self.kind](self._session, self.record).check()
            ledger = self._session.ledger
            # Where it was sent twice, the other may be the one that was carried out.
            found = await ledger.find_run(self.record.request_hash, self.take)
            self.record = found or await ledger.run(self.id)
        return None if self.state in {"intent", "unknown"} else await self.result.aio()

    async def _read(self) -> None:
        self.record = await self._session.ledger.run(self.id)

    # -- doing it again -----------------------------------------------------------

    @remote
    async def again(
        self,
        /,
        *,
        take: int | None = None,
        max_credits: float | None = None,
        deadline: float | None = None,
        **changes: Any,
    ) -> Any:
        """Do it once more as a run of its own, which costs; ``changes`` as in ``generate``.

        ``max_credits`` is the most it may cost, where its price is known before.

        >>> client.run(7).again(prompt="the same at night")  # doctest: +SKIP
        """
        max_credits = checks.credits("max_credits", max_credits)
        return await self._repeat(take, max_credits=max_credits, deadline=deadline, changes=changes)

    @remote
    async def resend(self, *, deadline: float | None = None) -> Any:
        """Send it again although it may have been carried out: then it is charged twice.

        It is checked once more before; where the service has it, nothing is sent.
        """
        found = await self.check.aio()
        if found is not None:
            return found
        return await self._repeat(self.take, resend_of=self.record, deadline=deadline)

    async def _repeat(
        self,
        take: int | None,
        *,
        resend_of: RunRecord | None = None,
        max_credits: float | None = None,
        deadline: float | None,
        changes: dict[str, Any] | None = None,
    ) -> Any:
        repeater = RunRepeater(
            self._session, self.record, self._assets, take, resend_of, max_credits, deadline
        )
        return await repeater.repeat(changes or {})

    # -- letting go ---------------------------------------------------------------

    @remote
    async def abandon(self) -> None:
        """Stop asking for it: ``client.resume()`` no longer brings it back."""
        await self._session.ledger.abandon(self.id)
        await self._read()

    def __repr__(self) -> str:
        when = datetime.fromtimestamp(self.record.created, UTC).astimezone()
        about = f": {self.prompt[:40]!r}" if self.prompt else ""
        return f"<Run {self.id} {self.kind}, {self.state}, {when:%Y-%m-%d %H:%M}{about}>"
