"""The client: the one object everything starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Self

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client.generation_methods import GenerationMethods
from thumbnb.client.images.thumbnail import Thumbnail, Thumbnails
from thumbnb.client.inputs import checks
from thumbnb.client.library_methods import LibraryMethods
from thumbnb.client.purchases.async_response import wait_for_answer
from thumbnb.client.resources.collection import Collection
from thumbnb.client.resources.upload import video_of
from thumbnb.client.run_methods import RunMethods
from thumbnb.client.runtime.three_way import remote
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    import os

    from thumbnb.client.resources.video import Video
    from thumbnb.client.runtime.job import Job
    from thumbnb.render import PromptPreview


class Client(GenerationMethods, LibraryMethods, RunMethods):
    """The shared client; ``tb.connect()`` makes one.

    Frames of videos come from VideoDB, thumbnails from a prompt from YouThumb, each
    hosted or embedded. Works on the account's own collection; others are ``client.collection(id)``.
    Every method can be called three ways: plain, ``await client.upload.aio(...)``,
    ``client.upload.submit(...)``. ``jobs`` holds the jobs you submitted or left by
    an interrupt, newest last.
    """

    _collection: Collection | None = None

    @property
    def jobs(self) -> list[Job[Any]]:
        """Jobs that were submitted or left, newest last."""
        return list(self._videodb.jobs)

    @property
    def services(self) -> dict[str, str]:
        """Where each service is: embedded, or hosted at its address."""
        return {each.http.service: each.where for each in self.sessions}

    @remote
    async def collections(self) -> list[Collection]:
        """Return all collections of the account."""
        found = await self._videodb.request(videodb.list_collections)
        return [Collection(self._videodb, item) for item in found]

    @remote
    async def collection(self, collection_id: str = "default") -> Collection:
        """Return a collection by its id; without one, the account's own."""
        record = await self._videodb.request(videodb.get_collection, collection_id)
        return Collection(self._videodb, record)

    @remote
    async def upload(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        name: str | None = None,
        deadline: float | None = None,
    ) -> Video:
        """Store a video and return it; see ``Collection.upload``."""
        return await (await self._own_collection()).upload.aio(source, name=name, deadline=deadline)

    @remote
    async def videos(self) -> list[Video]:
        """Return the videos of the account's own collection."""
        return await (await self._own_collection()).videos.aio()

    @remote
    async def video(self, video_id: str) -> Video:
        """Return one video by its id. Raises NotFound."""
        return await (await self._own_collection()).video.aio(video_id)

    @remote
    async def images(self) -> Thumbnails:
        """Return all images of the account's own collection."""
        return await (await self._own_collection()).images.aio()

    @remote
    async def attach(self, output_url: str, *, deadline: float | None = None) -> Video | Thumbnail:
        """Wait for a job by the address of its result, and return what it made.

        ``DeadlineExceeded`` carries that address: a job we stopped waiting for is
        not lost.
        """
        deadline = checks.positive("deadline", deadline)
        async with self._videodb.deadline("The job", deadline) as time_limit:
            data = await wait_for_answer(
                self._videodb, time_limit, videodb.Pending(output_url), "attach"
            )
            if isinstance(data, dict) and str(data.get("id", "")).startswith("m-"):
                return await video_of(self._videodb, data)
            thumbnail = Thumbnail(self._videodb, videodb.image_record(data))
            await thumbnail.load.aio()
        return thumbnail

    def subjects(self, text: str = "") -> list[str]:
        """Return what the embedded compositor can draw, those whose words begin with ``text``.

        Things and places by their English names, the surest first; without text all of them, in
        the order of the alphabet. Nothing is sent.

        >>> client.subjects("guit")[0]  # doctest: +SKIP
        'guitar'
        """
        # Loaded where they are asked for.
        from thumbnb.render import objects  # noqa: PLC0415
        from thumbnb.render.prompt.places.painted_places import PLACES  # noqa: PLC0415

        if not isinstance(text, str):
            raise errors.InvalidInput(f"text is a text, not {short_repr(text)}.")
        wanted = text.strip().lower()
        places = sorted(place.replace("-", " ") for place in PLACES)
        if not wanted:
            return sorted({*places, *(drawing.label for drawing in objects.drawings().values())})
        # The long tail has some of our own words, too.
        things = (objects.describe(name).label for name in objects.search(text))
        return list(dict.fromkeys([*things, *(p for p in places if p.startswith(wanted))]))

    def preview_prompt(self, prompt: str) -> PromptPreview | None:
        """Return which words of a prompt the embedded compositor will show, and which it cannot.

        Of the prompt alone, without images. None where another service, or another engine,
        paints: what that shows is not known. Nothing is sent.

        >>> print(client.preview_prompt("a unicycle in the forest"))  # doctest: +SKIP
        Will show: forest. Cannot show: unicycle.
        """
        from thumbnb.render import preview_prompt  # noqa: PLC0415 - loaded where it is asked for

        if not isinstance(prompt, str):
            raise errors.InvalidInput(f"prompt is a text, not {short_repr(prompt)}.")
        hosted = self._youthumb.where.startswith("hosted")
        engine = self._youthumb.engine or "compositor"
        return None if hosted or engine != "compositor" else preview_prompt(prompt)

    async def _own_collection(self) -> Collection:
        """Return the account's own collection; asked for once."""
        if self._collection is None:
            self._collection = await self.collection.aio()
        return self._collection

    @remote
    async def close(self) -> None:
        """Close the connections, when all that is to be asked of it is under way.

        That goes on to its end. The embedded service and all data stay; a new client finds
        them. Raises ClientClosed from then on.
        """
        for session in self.sessions:
            session.is_closed = True
            await session.http.aclose()
        self._ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close.aio()

    def __repr__(self) -> str:
        return f"<Client {', '.join(f'{name}: {where}' for name, where in self.services.items())}>"
