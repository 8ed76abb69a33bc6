"""The words of a prompt that this painter understands."""

from __future__ import annotations

from typing import Final

from thumbnb.render.colour import Palette, Rgb, rgb

SUBJECTS: Final[dict[str, str]] = {
    word: scene
    for scene, words in {
        "mountains": "mountain peak summit hill valley alp alpine ridge hike hiking climb climbing"
        " landscape nature travel adventure trail volcano bird",
        "ocean": "ocean sea beach boat sail sailing ship yacht surf surfing island coast water"
        " holiday vacation cruise fishing harbour harbor pirate marine",
        "city": "city skyline street urban downtown building skyscraper tokyo york cyberpunk"
        " traffic car nightlife neon night-club metropolis office business finance",
        "rocket": "rocket launch launching startup spaceship shuttle spacecraft liftoff nasa growth"
        " missile boost",
        "aurora": "aurora northern lights camp camping tent arctic iceland norway polar lake",
        "forest": "forest wood woods woodland tree jungle fir pine park garden mist camping plant"
        " animal green",
        "space": "space planet galaxy star cosmos cosmic universe moon saturn orbit alien astronaut"
        " nebula science sci-fi earth mars",
        "desert": "desert dune sand sahara egypt pyramid camel cactus dry heat western",
    }.items()
    for word in words.split()
}
"""Which scene a thing belongs to; ``waves`` is for prompts that name none."""

HOURS: Final[dict[str, Palette]] = {
    "dawn": Palette.of(
        "#2a2563 #7a4a9a #e07a9a #ffb08a #ffe2b8", light="#fff3d6", land="#211445", accent="#ff6f61"
    ),
    "day": Palette.of(
        "#1874b8 #3fa2d6 #86cdea #cfeaf0 #f3f6e6", light="#fffbe8", land="#123f4f", accent="#ff6b4a"
    ),
    "dusk": Palette.of(
        "#231942 #5e2b73 #c8475f #f58549 #ffc971", light="#ffe6a8", land="#190f2b", accent="#ff4d6d"
    ),
    "night": Palette.of(
        "#04071d #0b1638 #173063 #2f5a8f #6f93b8", light="#eaf2ff", land="#03050f", accent="#ffd166"
    ),
    "winter": Palette.of(
        "#5f86b3 #8fb3d3 #bcd6e8 #dfecf3 #f6f8f8", light="#ffffff", land="#24405e", accent="#e63946"
    ),
    "autumn": Palette.of(
        "#4f6d7a #a0937d #d9a05b #f0b967 #f8dfae", light="#fff0c9", land="#4a1f14", accent="#d1495b"
    ),
    "storm": Palette.of(
        "#1d2530 #364150 #56657a #8492a3 #b5bec6", light="#e9eef2", land="#11161d", accent="#f4d35e"
    ),
    "fire": Palette.of(
        "#1b0a12 #4d0f1c #a3201d #e8552a #ffb347", light="#ffe08a", land="#120609", accent="#ffd23f"
    ),
}

HOUR_WORDS: Final[dict[str, str]] = {
    word: hour
    for hour, words in {
        "dawn": "dawn sunrise morning daybreak",
        "day": "day daylight noon sunny summer tropical spring",
        "dusk": "dusk sunset evening golden twilight romantic",
        "night": "night midnight nocturnal moonlit moonlight starry",
        "winter": "winter snow snowy ice icy frozen cold frost",
        "autumn": "autumn fall october harvest",
        "storm": "storm stormy rain rainy gloomy cloudy overcast thunder",
        "fire": "fire fiery lava inferno hell burning apocalypse explosion",
    }.items()
    for word in words.split()
}

COLOURS: Final[dict[str, Rgb]] = {
    name: rgb(value)
    for name, value in {
        "red": "#e5383b",
        "crimson": "#b3001b",
        "orange": "#ff8c1a",
        "amber": "#ffb703",
        "gold": "#e6b422",
        "yellow": "#ffd60a",
        "lime": "#a7e022",
        "green": "#2ba84a",
        "emerald": "#0f9d63",
        "mint": "#8fe3c0",
        "teal": "#12908e",
        "turquoise": "#2ec4b6",
        "cyan": "#22d3ee",
        "blue": "#2563eb",
        "navy": "#14275e",
        "indigo": "#4338ca",
        "violet": "#7c3aed",
        "purple": "#8b34c9",
        "lavender": "#b9a3f0",
        "magenta": "#d61f9c",
        "pink": "#ff6fae",
        "rose": "#f43f6e",
        "coral": "#ff6f61",
        "peach": "#ffb58a",
        "brown": "#7b4a2b",
        "beige": "#e5d3b3",
        "white": "#ffffff",
        "grey": "#8a8f98",
        "gray": "#8a8f98",
        "silver": "#b8bec7",
        "black": "#000000",
    }.items()
}

TONES: Final[dict[str, tuple[float, float]]] = {
    word: tone
    for tone, words in {
        (0.72, 0.95): "dark darker moody mysterious sinister horror scary",
        (0.88, 1.25): "epic dramatic cinematic intense",
        (1.10, 1.15): "bright happy cheerful fun excited sunny playful",
        (1.00, 1.35): "vibrant vivid saturated bold neon electric viral",
        (1.16, 0.60): "pastel soft gentle calm dreamy light airy",
        (1.02, 0.60): "muted vintage retro minimal subtle elegant",
        (1.00, 0.00): "monochrome noir",
    }.items()
    for word in words.split()
}
"""What a mood does to lightness and to chroma, as factors."""
