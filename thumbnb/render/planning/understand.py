"""The first step of planning: what a brief asks for, parsed once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from thumbnb.render.planning.creator import with_creator
from thumbnb.render.planning.headline import clean_title
from thumbnb.render.planning.marked_part import with_marked_part
from thumbnb.render.presets import PRESETS
from thumbnb.render.prompt.negative import parse_negative_prompt
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.thing_details.prices_on_tags import with_price_of_title
from thumbnb.render.report import Report
from thumbnb.render.vision.faces import view_image

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PIL import Image

    from thumbnb.render.brief import Brief
    from thumbnb.render.presets import Preset
    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.vision.faces import ImageView


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedBrief:
    """A brief for one seed and variation, its prompt parsed.

    ``title`` is None where no words are set, ``excluded`` what the negative prompt rules out,
    ``view_of`` gives what is seen in an image of the brief, by its name.
    """

    brief: Brief
    preset: Preset
    prompt: ParsedPrompt
    title: str | None
    excluded: set[str]
    seed: int
    variation: int
    report: Report
    view_of: Callable[[str], ImageView]

    @property
    def turn(self) -> int:
        """The number that chooses between equals: portraits, subjects, colours."""
        return self.seed + self.variation

    def number(self, *parts: object) -> int:
        """Return a number that looks random and is the same for the same prompt and parts."""
        text = "\n".join(str(part) for part in (self.brief.prompt, *parts))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


def understand(brief: Brief, seed: int, variation: int) -> ParsedBrief:
    """Parse a brief's prompt, negative prompt and title."""
    report, prompt, images = Report(), parse_prompt(brief.prompt), brief.images()
    prompt = replace(
        prompt,
        things=with_price_of_title(prompt.things, brief.title or ""),
        named=with_price_of_title(prompt.named, brief.title or ""),
    )
    excluded = _excluded(brief, report)
    title = _title(brief, prompt.quoted, excluded, report)
    if not images and brief.painted is None and "person" not in excluded:
        prompt = with_creator(prompt, brief.prompt, title)
    return ParsedBrief(
        brief=brief,
        preset=PRESETS[brief.preset],
        prompt=prompt,
        title=title,
        excluded=excluded,
        seed=seed,
        variation=variation,
        report=report,
        view_of=cache(partial(_view, brief.prompt, images)),
    )


def _view(prompt: str, images: Mapping[str, Image.Image], name: str) -> ImageView:
    """Return what is seen in an image of a brief; a part that is to be marked comes first."""
    view = view_image(images[name])
    alone = [*(each for each in images if each.startswith("image"))] == [name]
    return with_marked_part(view, images[name], prompt) if alone else view


def _excluded(brief: Brief, report: Report) -> set[str]:
    """Parse the negative prompt."""
    text = brief.options.negative_prompt
    if not text:
        return set()
    known, unknown = parse_negative_prompt(text)
    if known:
        report.applied("negative_prompt", f"Left out or toned down: {', '.join(known)}.")
    if brief.painted is not None:
        report.approximated("negative_prompt", "The engine was told to leave it out.")
    elif unknown:
        report.ignored("negative_prompt", f"Not understood: {', '.join(unknown)}.")
    return set(known)


def _title(brief: Brief, quoted: str | None, excluded: set[str], report: Report) -> str | None:
    """Return the words to set, if any; a prompt may bring them in quotation marks."""
    title = clean_title(brief.title or quoted or "")
    if not title:
        return None
    if brief.options.text_position == "none":
        report.applied("text_position", "No words are set; the title stays in the file's notes.")
        return None
    if "words" in excluded:
        report.ignored("title", "No words are set: the negative prompt rules them out.")
        return None
    return title
