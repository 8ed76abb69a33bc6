"""The work of a generation: its brief put together, and painted, variation by variation."""

from __future__ import annotations

import json
import logging
import math
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic.alias_generators import to_camel

from thumbnb import errors, render
from thumbnb.briefs import AdvancedOptions
from thumbnb.service.jobs.queue import OwnershipLost
from thumbnb.service.jobs.time_limit import within
from thumbnb.service.media.open_image import examine, load
from thumbnb.service.records.images import Image, ImageStore, NewImage
from thumbnb.service.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from thumbnb.service.jobs.queue import Outcome
    from thumbnb.service.jobs.runner import JobContext
    from thumbnb.service.media.file_store import FileStore

logger = logging.getLogger(__name__)

SIZE = (1280, 720)
MAX_BYTES = 2_000_000
TOKEN = re.compile(r"@image(\d+)", re.IGNORECASE)
# How much of an error of the compositor is told (characters).
LONGEST_REASON = 200


class GenerationTask:
    """Makes the pictures of generations."""

    def __init__(self, files: FileStore, images: ImageStore, seconds: float) -> None:
        self._files = files
        self._images = images
        self._seconds = seconds

    def generate(self, work: JobContext) -> Outcome:
        """Make what is still missing of a generation's pictures; each is kept as it lands."""
        params = work.params
        placed = self._images.by_owner([work.job_id])[work.job_id]
        made = {p.position for p in placed if p.role == "result"}
        missing = [n for n in range(params["variations"]) if n not in made]
        brief = self._brief(params["brief"], placed) if missing else None
        for n in missing:
            if work.stopping.is_set():
                raise OwnershipLost(work.job_id)
            assert brief is not None  # noqa: S101 - something is missing
            self._paint(work, brief, n)
        return lambda _: {"id": work.job_id}

    def _paint(self, work: JobContext, brief: render.Brief, n: int) -> None:
        params = work.params
        variation = params["first"] + n

        def drawn(late: Callable[[], bool]) -> tuple[render.Rendering, bytes]:
            done = render.compose(
                brief, seed=params["seed"], variation=variation, size=SIZE, stop=late
            )
            return done, render.encode(done, "JPEG", max_bytes=MAX_BYTES)

        try:
            done, encoded = within(self._seconds, drawn)
        except errors.ThumbnbError:
            raise
        except TimeoutError as error:
            raise Refusal(
                500,
                "NOT_PAINTED",
                f"The compositor was not done with variation {n + 1} after {self._seconds:g} s.",
            ) from error
        except Exception as error:
            logger.exception("Variation %d of %s failed", n + 1, work.job_id)
            said = f"{type(error).__name__}: {error}"[:LONGEST_REASON]
            raise Refusal(
                500, "NOT_PAINTED", f"The compositor failed at variation {n + 1} ({said})."
            ) from error
        data = {
            "seed": done.seed,
            "variation": done.variation,
            "scores": {name: _finite(value) for name, value in done.scores.items()},
            "report": [*params["report"], *(_named(t, params["brief"]) for t in done.report)],
            "presetVersion": done.preset_version,
            "engine": done.engine,
        }
        with self._files.draft() as draft:
            draft.write(encoded)
            draft.seal()
            fresh = NewImage(draft, examine(draft.path))
            with work.landing() as rows:
                self._images.insert(
                    rows,
                    fresh,
                    role="result",
                    owner_id=work.job_id,
                    position=n,
                    name=f"variation-{n + 1}.jpg",
                    data=json.dumps(data),
                )

    def _brief(self, wish: Mapping[str, Any], placed: Sequence[Image]) -> render.Brief:
        """Put the brief together: the words, and the pictures in their places."""
        content = [p for p in placed if p.role == "content"]
        # A result to go on from lends its seed, and so its layout and colours; to
        # transfer them a second time would only dull them.
        lends = {"templateId": "template", "sourceResultId": None}
        role = lends.get(wish["source"], "style_reference")
        style = next((p for p in placed if p.role == "style"), None)
        return render.Brief(
            prompt=renumbered(wish["prompt"], [p.position + 1 for p in content]),
            title=wish.get("title") or None,
            preset=wish["presetKey"],
            options=AdvancedOptions(**wish["advancedOptions"]),
            content_images=tuple(self._open(p) for p in content),
            portraits=tuple(self._open(p) for p in placed if p.role == "portrait"),
            layout=wish.get("layout"),
            **({role: self._open(style)} if role and style else {}),
        )

    def _open(self, picture: Image) -> Any:
        return load(self._files.path(picture.sha256))


def _finite(value: float) -> float | None:
    """Give a score as JSON can say it."""
    return round(float(value), 4) if math.isfinite(value) else None


def named_images(prompt: str) -> set[int]:
    """Give the numbers of the pictures that a prompt names."""
    return {int(number) for number in TOKEN.findall(prompt)}


def renumbered(prompt: str, numbers: Sequence[int]) -> str:
    """Give the prompt with the pictures of these numbers as @image1, @image2, ...

    What did not come leaves no gap.

    >>> renumbered("@image3 beside @image1", [3])
    '@image1 beside picture'
    """
    places = {number: f"@image{place}" for place, number in enumerate(numbers, 1)}
    return TOKEN.sub(lambda token: places.get(int(token[1]), "picture"), prompt)


def _named(treatment: Any, wish: Mapping[str, Any]) -> dict[str, Any]:
    """Write what became of an option under the name it has on the wire."""
    fields = asdict(treatment)
    wire = {"person": "personId", "template": "templateId", "style_reference": wish["source"]}
    return {**fields, "option": wire.get(fields["option"]) or to_camel(fields["option"])}
