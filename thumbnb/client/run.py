"""One run: a paid call as the ledger has it, to be looked at, found again and repeated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client import checks
from thumbnb.client.collection import Collection
from thumbnb.client.generation import Generation
from thumbnb.client.job import charge
from thumbnb.client.ledger import named
from thumbnb.client.project import Project
from thumbnb.client.purchase import picture_resumed
from thumbnb.client.remote import remote
from thumbnb.client.session import Handle
from thumbnb.client.video import Video
from thumbnb.models import CollectionRecord, ProjectRecord

if TYPE_CHECKING:
    from thumbnb.client.assets import Assets
    from thumbnb.client.entry import Entry
    from thumbnb.client.session import Session

# Kinds that are jobs of a project: what became of them can always be read.
GENERATIONS = frozenset({"generate", "retry", "follow"})
PICTURES = frozenset({"image", "thumbnail"})

# How a brief's names are said to ``Project.generate``.
_SAID = {
    "preset_key": "preset",
    "advanced_options": "options",
    "source_result_id": "source",
    "person_id": "person",
    "person_name": "person",
}


class Run(Handle):
    """A paid call: ``id``, ``kind``, ``state``, ``prompt``, ``take``, ``credits``, ``error``.

    ``state`` is ``intent`` (about to be sent), ``running``, ``made`` (its pictures are
    not all here), ``done``, ``failed``, ``unknown`` (its answer was lost) or ``void``
    (certainly never carried out, nothing charged). ``entry`` has all the ledger holds,
    as last read.
    """

    def __init__(self, session: Session, entry: Entry, assets: Assets) -> None:
        super().__init__(session)
        self.entry = entry
        self._assets = assets

    @property
    def id(self) -> int:
        """Its number in the ledger."""
        return self.entry.id

    @property
    def kind(self) -> str:
        """``generate``, ``retry``, ``follow``, ``improve``, ``prompt_from``, ``image``...."""
        return self.entry.kind

    @property
    def state(self) -> str:
        """How it stood when it was last read."""
        return self.entry.state

    @property
    def prompt(self) -> str | None:
        """The prompt it was made from."""
        return self.entry.prompt

    @property
    def take(self) -> int:
        """Which of the takes of one request it is."""
        return self.entry.take

    @property
    def credits(self) -> float | None:
        """What it has cost, once that is known."""
        return self.entry.credits

    @property
    def error(self) -> str | None:
        """What went wrong."""
        return self.entry.error

    @property
    def request(self) -> dict[str, Any]:
        """All it was asked for with; pictures by the hash of their bytes."""
        return self.entry.request

    # -- finding out --------------------------------------------------------------

    @remote
    async def result(self, *, deadline: float | None = None) -> Any:
        """Take it up where it is and return its results: wait for it, or read them from disk.

        Costs nothing. Raises OutcomeUnknown where the service shows nothing of it.
        """
        deadline = checks.positive("deadline", deadline)
        async with self._session.patience(f"{self!r}", deadline) as patience:
            patience.leave("client.resume()")
            await self._read()
            charge(self.credits)
            if self.kind in GENERATIONS:
                return await Generation(self._session, self.entry).resume(patience)
            if self.kind in PICTURES:
                return await picture_resumed(self._session, patience, self.entry)
            if self.state == "done":
                return self.entry.answer
            raise self._session.books.lost(self.entry)

    @remote
    async def check(self) -> Any:
        """Look whether the service has it: its results if so, None where it shows nothing."""
        await self._read()
        if self.entry.open and self.kind in GENERATIONS:
            await Generation(self._session, self.entry).check()
            books = self._session.books
            # Where it was sent twice, the other may be the one that was carried out.
            found = await books.write(books.ledger.find, self.entry.request_hash, self.take)
            self.entry = found or await books.entry(self.id)
        return None if self.state in {"intent", "unknown"} else await self.result.aio()

    async def _read(self) -> None:
        self.entry = await self._session.books.entry(self.id)

    # -- doing it again -----------------------------------------------------------

    @remote
    async def again(
        self, /, *, take: int | None = None, deadline: float | None = None, **changes: Any
    ) -> Any:
        """Do it once more as a run of its own, which costs; ``changes`` as in ``generate``.

        >>> client.run(7).again(prompt="the same at night")  # doctest: +SKIP
        """
        return await self._repeat(take, anew=False, deadline=deadline, **changes)

    @remote
    async def resend(self, *, deadline: float | None = None) -> Any:
        """Send it again although it may have been carried out: then it is charged twice.

        It is checked once more before; where the service has it, nothing is sent.
        """
        found = await self.check.aio()
        if found is not None:
            return found
        return await self._repeat(self.take, anew=True, deadline=deadline)

    async def _repeat(
        self, take: int | None, *, anew: bool, deadline: float | None, **changes: Any
    ) -> Any:
        deadline = checks.positive("deadline", deadline)
        request = self.entry.request
        if self.kind == "generate":
            given = {**await self._given(request["changes"]), **changes}
            project = self._project(request["draft"])
            return await project._generate(take, anew=anew, deadline=deadline, **given)
        if changes:
            raise errors.InvalidInput(f"A run of kind {self.kind} is repeated as it is.")
        if self.kind == "retry":
            return await self._project(None).retry.aio(request["job_id"], deadline=deadline)
        if self.kind == "image":
            shelf = Collection(self._session, CollectionRecord(id=request["collection_id"]))
            return await shelf.generate_image.aio(
                request["prompt"], aspect_ratio=request["aspect_ratio"], deadline=deadline
            )
        if self.kind == "thumbnail":
            shown = dict(request["shown"])
            record = await self._session.ask(videodb.get_video, shown.pop("video_id"))
            return await Video(self._session, record).generate_thumbnail.aio(
                **shown, deadline=deadline
            )
        raise errors.InvalidInput(f"A run of kind {self.kind} is not repeated from here.")

    def _project(self, draft: dict[str, Any] | None) -> Project:
        record = ProjectRecord(id=self.entry.project_id or "")
        known = draft if draft and "project_id" not in draft else None
        return Project(self._session, record, self._assets, draft=known)

    async def _given(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Return what ``generate`` was given, its pictures read back from disk."""
        given = {_SAID.get(name, name): value for name, value in changes.items()}
        if "content_images" in given:
            given["content_images"] = [await self._picture(p) for p in given["content_images"]]
        if "style_reference" in given:
            given["style_reference"] = await self._picture(given["style_reference"])
        return given

    async def _picture(self, name: str) -> str | bytes:
        books = self._session.books
        for digest in named(name):
            data = await books.write(books.cache.get, digest)
            if data is None:
                raise errors.InvalidInput(
                    f"A picture {self!r} was made from is no longer kept.",
                    hint="It was pruned from client.cache: give it again.",
                )
            return data
        return name

    # -- letting go ---------------------------------------------------------------

    @remote
    async def abandon(self) -> None:
        """Stop asking for it: ``client.resume()`` no longer brings it back."""
        await self._session.books.abandon(self.id)
        await self._read()

    def __repr__(self) -> str:
        when = datetime.fromtimestamp(self.entry.created, UTC).astimezone()
        about = f": {self.prompt[:40]!r}" if self.prompt else ""
        return f"<Run {self.id} {self.kind}, {self.state}, {when:%Y-%m-%d %H:%M}{about}>"
