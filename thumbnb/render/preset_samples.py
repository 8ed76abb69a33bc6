"""Images of our own: a sample of each preset, and a small catalogue of templates."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from thumbnb.errors import InvalidInput
from thumbnb.imaging.sizes import as_number
from thumbnb.render.brief import Brief
from thumbnb.render.composition import compose
from thumbnb.render.figures import EXPRESSIONS, HAIRS, SKINS, STYLES, draw_figure
from thumbnb.render.planning.planner import plan
from thumbnb.render.presets import PRESETS
from thumbnb.render.scene import Figure
from thumbnb.text.short_repr import short_repr


def sample(preset: str, size: tuple[int, int] = (640, 360)) -> Image.Image:
    """Paint a sample of a preset: its own example with its own name as the title."""
    style = PRESETS[preset]
    return compose(Brief(prompt=style.example, title=style.name, preset=preset), size=size).image


def sample_portrait(expression: str = "happy", *, seed: int = 0) -> Image.Image:
    """Draw somebody before a plain wall, to try things with where there is no photo.

    An RGB image of 1280x1280 pixels; the same arguments give the same pixels. ``expression``
    is neutral, happy, excited, surprised, serious, worried or confident (else ``InvalidInput``),
    ``seed`` (0 or more) chooses how somebody looks.

    >>> sample_portrait("excited").size
    (1280, 1280)
    """
    number = as_number(seed)
    if number is None or not number.is_integer() or number < 0:
        raise InvalidInput(f"seed is a whole number, 0 or more, not {short_repr(seed)}.")
    seed = int(number)
    if not isinstance(expression, str) or expression not in EXPRESSIONS:
        raise InvalidInput(
            f"There is no expression {short_repr(expression)}.",
            hint=f"Take {', '.join(EXPRESSIONS)}.",
        )
    skin, hair, style = ((n + seed) % len(of) for n, of in ((1, SKINS), (2, HAIRS), (1, STYLES)))
    figure = {"skin": skin, "hair": hair, "style": style, "expression": expression}
    image, _ = draw_figure(Figure.model_validate({**figure, "cloth": "#e04f5f"}))
    wall = Image.new("RGB", image.size, "#9db4c4")
    wall.paste(image, mask=image.getchannel("A"))
    return wall


@dataclass(frozen=True, slots=True)
class Template:
    """A ready design: a brief under a name, in a category of the catalogue."""

    id: str
    name: str
    category: str
    description: str
    tags: tuple[str, ...]
    brief: Brief
    seed: int = 0
    featured: bool = False

    @property
    def layout(self) -> str:
        """The name of its layout."""
        return plan(self.brief, self.seed).layout


_CATALOGUE: tuple[tuple[str, str, str, str, str, str, int], ...] = (
    (
        "ranked-climb",
        "Ranked climb",
        "gaming",
        "gaming-esports",
        "A gaming arena with neon lights",
        "ZERO TO PRO",
        0,
    ),
    (
        "speedrun",
        "Speedrun",
        "gaming",
        "challenge-experiment",
        "A speedrun through a retro game",
        "WORLD RECORD",
        1,
    ),
    ("worth-it", "Worth it?", "tech", "tech-review", "Reviewing a new phone", "WORTH IT?", 0),
    (
        "learn-to-code",
        "Learn to code",
        "tech",
        "tutorial-educational",
        "Python code on a screen",
        "CODE IN 10 MINUTES",
        0,
    ),
    (
        "week-away",
        "A week away",
        "lifestyle",
        "vlog-travel",
        "A sailing boat on the ocean",
        "7 DAYS AT SEA",
        0,
    ),
    (
        "calm-morning",
        "Calm morning",
        "lifestyle",
        "office",
        "A tidy desk in the morning light",
        "My calm morning",
        0,
    ),
    (
        "million-dollar",
        "Million dollar",
        "business",
        "luxury-premium",
        "City skyline at night",
        "The Billion Dollar View",
        0,
    ),
    (
        "market-day",
        "Market day",
        "business",
        "dramatic-intense",
        "A stock market chart",
        "THE CRASH",
        0,
    ),
    (
        "first-steps",
        "First steps",
        "education",
        "tutorial-educational",
        "Cooking food at home",
        "START HERE",
        1,
    ),
    (
        "how-it-works",
        "How it works",
        "education",
        "free",
        "A rocket launch explained",
        "How rockets fly",
        0,
    ),
    (
        "case-file",
        "Case file",
        "entertainment",
        "mystery-dark",
        "A forest at night in the fog",
        "WHO IS OUT THERE?",
        0,
    ),
    (
        "the-film",
        "The film",
        "entertainment",
        "cinematic-film",
        "A rocket on its pad at dusk",
        "THE LAST LAUNCH",
        0,
    ),
    (
        "did-you-see",
        "Did you see?",
        "reaction",
        "reaction-shocked",
        "The city at night",
        "NO WAY!",
        0,
    ),
    ("plain", "Plain and clear", "other", "free", "Mountains at sunrise", "ONE GOOD FRAME", 0),
)


def templates() -> list[Template]:
    """Give the catalogue: at least one template in every documented category."""
    return [
        Template(
            id=key,
            name=name,
            category=category,
            description=f"{PRESETS[preset].name}: {prompt.lower()}.",
            tags=(preset, category),
            brief=Brief(prompt=prompt, title=title, preset=preset),
            seed=seed,
            featured=i % 3 == 0,
        )
        for i, (key, name, category, preset, prompt, title, seed) in enumerate(_CATALOGUE)
    ]
