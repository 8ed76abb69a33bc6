"""A paid call made once more, from what the ledger has of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import videodb, youthumb
from thumbnb.client.inputs import checks
from thumbnb.client.ledger.run_record import digests_in
from thumbnb.client.purchases import prompts
from thumbnb.client.purchases.draft_request import check_changes
from thumbnb.client.resources.collection import Collection
from thumbnb.client.resources.project import Project
from thumbnb.client.resources.video import Video
from thumbnb.models import CollectionRecord, ProjectRecord, TemplateRecord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from thumbnb.client.images.thumbnail import Thumbnail
    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.purchases.assets import Assets
    from thumbnb.client.session import Session

# How a brief's names are said to ``Project.generate``.
_FIELD_NAMES = {
    "preset_key": "preset",
    "advanced_options": "options",
    "source_result_id": "source",
    "template_id": "template",
    "person_id": "person",
    "person_name": "person",
}


@dataclass(frozen=True)
class RunRepeater:
    """A run to be made once more, as a run of its own.

    ``resend_of`` is the run where it is sent again although it may have been carried out.
    ``max_credits`` is
    the most credits it may cost; ``deadline`` is in seconds.
    """

    session: Session
    run: RunRecord
    assets: Assets
    take: int | None
    resend_of: RunRecord | None = None
    max_credits: float | None = None
    deadline: float | None = None

    async def repeat(self, changes: Mapping[str, Any]) -> Any:
        """Make it, with changes where its kind has any. Raises InvalidInput."""
        method = self._methods.get(self.run.kind)
        if method is None:
            raise errors.InvalidInput(f"A run of kind {self.run.kind} is not repeated from here.")
        if changes and self.run.kind != "generate":
            raise errors.InvalidInput(f"A run of kind {self.run.kind} is repeated as it is.")
        if self.max_credits is not None and self.run.service != youthumb.SERVICE:
            raise errors.InvalidInput(
                f"What a run of kind {self.run.kind} costs is not known before: "
                "max_credits cannot hold."
            )
        check_changes(changes)
        return await method(**changes)

    @property
    def _methods(self) -> dict[str, Callable[..., Awaitable[Any]]]:
        """How a run of each kind is repeated."""
        return {
            "generate": self._generate,
            "retry": self._retry,
            "improve": self._improve,
            "prompt_from": self._prompt_from,
            "upload": self._upload,
            "image": self._image,
            "thumbnail": self._thumbnail,
        }

    # -- YouThumb -----------------------------------------------------------------

    async def _generate(self, **changes: Any) -> Any:
        given = {_FIELD_NAMES.get(k, k): v for k, v in self._request["changes"].items()}
        if "content_images" in given:
            given["content_images"] = [await self._stored_image(p) for p in given["content_images"]]
        if "style_reference" in given:
            given["style_reference"] = await self._stored_image(given["style_reference"])
        deadline = checks.positive("deadline", self.deadline)
        project = self._project(self._request["draft"])
        return await project.run_generation(
            self.take,
            resend_of=self.resend_of,
            max_credits=self.max_credits,
            deadline=deadline,
            **{**given, **changes},
        )

    async def _retry(self) -> Any:
        return await self._project({}).retry.aio(
            self._request["job_id"], max_credits=self.max_credits, deadline=self.deadline
        )

    async def _improve(self) -> str:
        arguments = self._request["prompt"], self._request["context"]
        return await prompts.improve_prompt(self.session, *arguments, **self._how)

    async def _prompt_from(self) -> str:
        template, image = self._request.get("template_id"), self._request.get("reference")
        reference = (
            TemplateRecord(id=template) if template else await self._stored_image(image or "")
        )
        arguments = self.assets, reference, self._request.get("language")
        return await prompts.prompt_from_image(self.session, *arguments, **self._how)

    @property
    def _how(self) -> dict[str, Any]:
        return {"take": self.take, "resend_of": self.resend_of, "max_credits": self.max_credits}

    # -- VideoDB ------------------------------------------------------------------

    async def _upload(self) -> Video:
        name, deadline = self._request["name"], checks.positive("deadline", self.deadline)
        async with self.session.deadline(f"Storing {name!r}", deadline) as time_limit:
            return await self._collection().register_upload(
                time_limit, self._request["url"], name, take=self.take, resend_of=self.resend_of
            )

    async def _image(self) -> Thumbnail:
        arguments = self._request["prompt"], self._request["aspect_ratio"]
        return await self._collection().run_image(
            *arguments, self.take, self.deadline, resend_of=self.resend_of
        )

    async def _thumbnail(self) -> Thumbnail:
        shown = dict(self._request["shown"])
        record = await self.session.request(videodb.get_video, shown.pop("video_id"))
        video = Video(self.session, record)
        return await video.run_thumbnail(
            **shown, take=self.take, deadline=self.deadline, resend_of=self.resend_of
        )

    # -- what the ledger names ----------------------------------------------------

    @property
    def _request(self) -> dict[str, Any]:
        return self.run.request

    def _collection(self) -> Collection:
        return Collection(self.session, CollectionRecord(id=self._request["collection_id"]))

    def _project(self, draft: dict[str, Any]) -> Project:
        record = ProjectRecord(id=self.run.project_id or "")
        known = draft if draft and "project_id" not in draft else None
        return Project(self.session, record, self.assets, draft=known)

    async def _stored_image(self, name: str) -> str | bytes:
        ledger = self.session.ledger
        for digest in digests_in(name):
            data = await ledger.read_bytes(digest)
            if data is None:
                raise errors.InvalidInput(
                    f"An image that run {self.run.id} was made from is no longer kept.",
                    hint="It was pruned from client.result_store: give it again.",
                )
            return data
        return name
