"""Contact sheets: ``python -m thumbnb.render.sheet FOLDER`` paints every preset three ways.

A prompt only, with a frame of a video, with a person. Written are each image, all of them on
one ``sheet.png``, as small as in a feed on ``feed.png``, and their scores in ``scores.json``.

With ``--prompts FILE`` (a prompt a line) it paints those on ``prompts.png``, each in another
preset, and prints what became of each.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from thumbnb.imaging.contact_sheet import contact_sheet
from thumbnb.render.backdrop_image import backdrop
from thumbnb.render.brief import Brief
from thumbnb.render.composition import compose
from thumbnb.render.objects.vocabulary.words import is_function_word
from thumbnb.render.preset_samples import sample_portrait
from thumbnb.render.presets import PRESETS
from thumbnb.render.prompt.parser import parse_prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

logger = logging.getLogger(__name__)

WAYS = ("prompt", "frame", "person")

# Of each preset: a prompt and a title; a frame and its title; a prompt for a person and a title.
_BRIEFS: dict[str, tuple[tuple[str, str], tuple[str, str], tuple[str, str]]] = {
    "free": (
        ("Misty mountains at sunrise", "One good morning"),
        ("a forest", "Into the woods"),
        ("A talk about space", "I left Earth"),
    ),
    "mrbeast-viral": (
        ("Money and stocks going up", "$100 to $10,000"),
        ("a rocket at sunset", "I built a rocket"),
        ("Excited creator, bright yellow background", "I left Earth forever"),
    ),
    "reaction-shocked": (
        ("The city at night", "No way this happened"),
        ("a rocket launch", "They really did it"),
        ("Shocked creator", "I can't believe it!"),
    ),
    "before-after": (
        ("A home office", "1 simple trick"),
        ("a coffee", "Better in a week"),
        ("Transformation", "30 days later"),
    ),
    "challenge-experiment": (
        ("Surviving in the desert", "7 days alone"),
        ("a sailing boat on the ocean", "Alone at sea"),
        ("In the jungle", "I survived 100 days"),
    ),
    "gaming-esports": (
        ("A game controller in neon light", "Zero to hero"),
        ("a football stadium", "Final boss"),
        ("An arcade", "World record"),
    ),
    "tech-review": (
        ("A new laptop", "Worth it?"),
        ("a phone", "Don't buy it yet"),
        ("A new phone", "Long-term review: Worth it?"),
    ),
    "vlog-travel": (
        ("A sailing boat at sunset", "7 days at sea"),
        ("aurora and a tent", "Lost in Lapland"),
        ("Hiking in the mountains", "Lost valley found"),
    ),
    "tutorial-educational": (
        ("A cup of latte", "Perfect latte at home"),
        ("python code", "Code your first app"),
        ("A lesson", "Learn this in 10 minutes"),
    ),
    "cinematic-film": (
        ("A rocket before its launch at dusk", "The last launch"),
        ("a city at night", "City of rain"),
        ("Alone in space", "The last astronaut"),
    ),
    "dramatic-intense": (
        ("A storm over the mountains", "The day it all changed"),
        ("an ocean in a storm", "No way back"),
        ("A face", "They lied to us"),
    ),
    "mystery-dark": (
        ("A forest at night", "Who is watching?"),
        ("a city at night", "Where did they go?"),
        ("Missing in the forest", "She never came home"),
    ),
    "luxury-premium": (
        ("A city skyline", "The million dollar view"),
        ("a sailing yacht", "A week on board"),
        ("An evening", "Inside her world"),
    ),
    "office": (
        ("A desk in the morning", "My calm morning"),
        ("a coffee", "Slow Sundays"),
        ("At a desk", "How I plan my week"),
    ),
    "youtube-studio": (
        ("A studio with a ring light", "My studio tour"),
        ("a robot", "AI did my edit"),
        ("On set in the studio", "Let's talk about it"),
    ),
}


def brief(preset: str, way: str) -> Brief:
    """Give the brief of one image of the sheet."""
    (plain, title), (frame, of_frame), (prompt, of_person) = _BRIEFS[preset]
    if way == "frame":
        image = backdrop(frame, (1280, 720), 3)
        return Brief(
            prompt="A frame: @image1", title=of_frame, preset=preset, content_images=(image,)
        )
    if way == "person":
        feeling = parse_prompt(PRESETS[preset].feeling).expression or "happy"
        return Brief(
            prompt=prompt, title=of_person, preset=preset, portraits=(sample_portrait(feeling),)
        )
    return Brief(prompt=plain, title=title, preset=preset)


def _one(preset: str, way: str) -> tuple[Image.Image, dict[str, float]]:
    done = compose(brief(preset, way))
    return done.image, done.scores


def paint_sheet(
    folder: Path, presets: Sequence[str] = tuple(PRESETS)
) -> dict[str, dict[str, float]]:
    """Paint the sheet into a folder; the scores by image come back."""
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [(preset, way) for preset in presets for way in WAYS]
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        found = list(pool.map(_one, *zip(*jobs, strict=True)))
    scores = {}
    for (preset, way), (image, score) in zip(jobs, found, strict=True):
        image.save(folder / f"{preset}-{way}.png")
        scores[f"{preset}-{way}"] = score
    images = [image for image, _ in found]
    for name, cell, gap, background in (
        ("sheet.png", (480, 270), 6, "#181818"),
        ("feed.png", (168, 94), 8, "#ffffff"),
    ):
        contact_sheet(
            images, cell, columns=len(WAYS), gap=gap, border=gap, background=background
        ).save(folder / name)
    (folder / "scores.json").write_text(json.dumps(scores, indent=1), "utf-8")
    return scores


def _prompt(prompt: str, preset: str) -> tuple[Image.Image, list[str]]:
    words = prompt.split()[:4]
    while len(words) > 1 and is_function_word(words[-1].lower()):
        words.pop()
    done = compose(Brief(prompt=prompt, title=" ".join(words), preset=preset))
    return done.image, [f"{t.outcome}: {t.reason}" for t in done.report if t.option == "prompt"]


def paint_prompts(folder: Path, prompts: Sequence[str]) -> list[list[str]]:
    """Paint prompts onto ``prompts.png`` in a folder, four in a row; what became of each."""
    folder.mkdir(parents=True, exist_ok=True)
    presets = [list(PRESETS)[i % len(PRESETS)] for i in range(len(prompts))]
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        found = list(pool.map(_prompt, prompts, presets))
    images = [image for image, _ in found]
    contact_sheet(images, (400, 225), columns=4).save(folder / "prompts.png")
    return [lines for _, lines in found]


def main() -> None:
    """Read the command line and paint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("presets", nargs="*", default=list(PRESETS))
    parser.add_argument("--prompts", type=Path, metavar="FILE", help="a file of prompts")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if arguments.prompts:
        prompts = [line for line in arguments.prompts.read_text("utf-8").splitlines() if line]
        for prompt, lines in zip(prompts, paint_prompts(arguments.folder, prompts), strict=True):
            logger.info("%s\n    %s", prompt, "\n    ".join(lines))
        return
    scores = paint_sheet(arguments.folder, arguments.presets)
    for name, score in scores.items():
        logger.info("%-32s legibility %.2f  total %.2f", name, score["legibility"], score["total"])
    logger.info("Written to %s", arguments.folder / "sheet.png")


if __name__ == "__main__":
    main()
