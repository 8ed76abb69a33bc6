"""The client's methods that generate from a brief in one call, and look briefs up before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from thumbnb.api import youthumb
from thumbnb.client.inputs import checks
from thumbnb.client.ledger.run_record import PaidCall
from thumbnb.client.project_methods import ProjectMethods
from thumbnb.client.purchases.brief_identity import BriefIdentities, FoundGeneration
from thumbnb.client.purchases.draft_request import merge_changes, subject_of
from thumbnb.client.purchases.engine_choice import engine_of_draft
from thumbnb.client.purchases.generation import Generation
from thumbnb.client.purchases.purchase import PurchaseVoid
from thumbnb.client.runtime.progress import report_subject
from thumbnb.client.runtime.three_way import remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from thumbnb.briefs import AdvancedOptions, OptionsDict
    from thumbnb.client.images.results import Results
    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.purchases.assets import ImageInput
    from thumbnb.client.resources.person import Person
    from thumbnb.models import PresetRecord, TemplateRecord


class GenerationMethods(ProjectMethods):
    """From a brief to images in one call."""

    @remote
    async def generate(
        self,
        prompt: str,
        *,
        preset: str | PresetRecord | None = None,
        title: str | None = None,
        name: str | None = None,
        person: Person | str | None = None,
        content_images: Iterable[ImageInput] | ImageInput = (),
        style_reference: ImageInput | None = None,
        template: TemplateRecord | str | None = None,
        youtube_url: str | None = None,
        engine: str | None = None,
        options: AdvancedOptions | OptionsDict | Mapping[str, Any] | None = None,
        take: int | None = None,
        max_credits: float | None = None,
        deadline: float | None = None,
    ) -> Results:
        """Make a project of a brief, generate, wait, and return the results.

        The brief is given as to ``create_project``; ``take``, ``max_credits`` and ``deadline``
        are those of ``Project.generate``. Where this take of the brief was generated before,
        in any kernel of this home, nothing is sent for it and nothing is paid.

        >>> client.generate("A red kite", preset="cinematic-film", take=0)  # doctest: +SKIP
        """
        take = checks.take(take)
        prepared = await self._prepare(
            engine,
            prompt=prompt,
            preset=preset,
            title=title,
            name=name,
            person=person,
            content_images=content_images,
            style_reference=style_reference,
            template=template,
            youtube_url=youtube_url,
            options=options,
        )
        identity = merge_changes(prepared.request, {})
        report_subject(subject_of(identity))
        run = await self._run_of(identity, take)
        if run is not None:
            time = checks.positive("deadline", deadline)
            async with self._youthumb.deadline(f"Generating {prompt[:40]!r}", time) as time_limit:
                try:
                    return await Generation(self._youthumb, run).join(time_limit)
                except PurchaseVoid:  # it was never carried out: it is begun anew
                    pass
        project = await self._make_project(prepared)
        return await project.generate.aio(take=take, max_credits=max_credits, deadline=deadline)

    async def _run_of(self, identity: Mapping[str, Any], take: int | None) -> RunRecord | None:
        paid_call = PaidCall(
            youthumb.SERVICE, self._youthumb.service_url, "generate", {}, identity, take=take
        )
        return await self._ledger.find_run(paid_call.digest, take)

    @remote
    async def find_generations(
        self, briefs: Sequence[Mapping[str, Any]], takes: Sequence[int]
    ) -> list[FoundGeneration]:
        """Return what each brief and its take are known by, and how their run stands.

        ``done`` and ``made`` are free; ``running`` is waited for, free as well; None was never
        asked for. Nothing is sent: thousands of briefs take some tenths of a second. Raises
        InvalidInput where a brief cannot be sent.
        """
        session = self._youthumb
        identities = BriefIdentities(
            session.service_url, engine=lambda name: engine_of_draft(session, name)
        )
        await identities.read_images(self._assets, briefs)

        def digests() -> list[str]:
            return [identities.digest(brief) for brief in briefs]

        hashes = await asyncio.to_thread(digests)
        states = await self._ledger.find_states(hashes)
        return [
            FoundGeneration(digest, take, states.get((digest, take)))
            for digest, take in zip(hashes, takes, strict=True)
        ]
