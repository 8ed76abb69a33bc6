"""Places of prompts: which painted subjects are some, and what stands in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.place_files import place_files, places_with_words

if TYPE_CHECKING:
    from collections.abc import Sequence

WORLD = frozenset(
    {
        "alps", "amsterdam", "angkor", "antarctica", "athens", "bali", "barcelona",
        "berlin", "cappadocia", "china", "dubai", "easter-island", "egypt", "grand-canyon",
        "iceland", "india", "istanbul", "japan", "las-vegas", "los-angeles", "machu-picchu",
        "maldives", "moscow", "new-york", "niagara", "paris", "petra", "rio", "rome",
        "san-francisco", "santorini", "singapore", "stonehenge", "sydney", "uluru", "venice",
    }
)  # fmt: skip
"""Places of the world that are known by their names."""

HALLS = frozenset(
    {
        "boss-arena", "boxing-ring", "cockpit", "hotel", "pool", "ruined-city",
        "subway", "trading-floor", "vault", "jungle",
    }
)  # fmt: skip
"""Further places that a prompt says where it is by."""

PLACES = places_with_words() | frozenset(
    {
        "airport", "aurora", "beach", "bedroom", "cave", "city", "classroom", "code-rain",
        "corridor",
        "courtroom", "desert", "farm", "fjord", "forest", "garage", "garden", "graveyard", "gym",
        "hospital",
        "kitchen", "laboratory", "library", "living-room", "london", "meadow", "mountains",
        "music", "newsroom", "ocean", "office", "old-town", "prison", "racetrack", "restaurant",
        "road", "savanna", "skatepark", "sky", "snow", "space", "sports", "street", "studio",
        "supermarket", "theatre", "tokyo", "underwater",
        *WORLD, *HALLS,
    }
)  # fmt: skip
"""The subjects that are places: things can stand in them."""

HABITATS = places_with_words() | frozenset(
    {
        "airport", "beach", "boxing-ring", "courtroom",
        "desert", "farm", "forest", "garage", "graveyard",
        "gym", "hospital", "kitchen", "london", "prison", "savanna", "skatepark",
        "supermarket", "tokyo", "laboratory", "library", "mountains", "music", "newsroom",
        "ocean", "old-town", "racetrack", "snow", "space", "sports", "theatre", "underwater",
    }
)  # fmt: skip
"""The places that things are found in even where a prompt does not say so."""

_INDOORS = frozenset(name for name, place in place_files().items() if place.indoors)

OUTDOORS = PLACES - _INDOORS - {"music", "studio", "office", "theatre", "newsroom", "skatepark"}
"""The places that somebody can walk into, or look out over."""

VAGUE = frozenset({"living-room", "sky", "snow"})
"""The places that only say how another one looks: snow in the city, an office at home."""

_ANY_PLACE = frozenset(
    {
        "beach", "city", "cliff-edge", "desert", "forest", "jungle", "meadow", "mountain-trail",
        "mountains", "ocean", "old-town", "road", "rock-face", "rocket", "ski-slope", "sky",
        "snow", "street",
    }
)  # fmt: skip
"""Of these a named place says more: a street in Paris is Paris."""

_OUTDOORS = frozenset({"city", "forest", "meadow", "mountains", "road", "street", "sky"})

_SURER = {
    "alley": frozenset({"city", "street"}),
    "attic": frozenset({"living-room", "library"}),
    "aurora": frozenset({"alps", "iceland"}),
    "block-world": frozenset(
        {"castle-yard", "farm", "forest", "gaming", "meadow", "old-town", "space"}
    ),
    "castle-yard": frozenset({"boss-arena", "gaming", "old-town", "ruined-city"}),
    "cornfield": frozenset({"farm", "meadow"}),
    "battlefield": _OUTDOORS,
    "bloodstream": frozenset({"hospital", "laboratory", "prison", "space"}),
    "egyptian-tomb": frozenset({"cave", "desert", "egypt", "graveyard", "old-town"}),
    "museum": frozenset({"athens", "egypt", "library", "paris", "rome", "london", "space"}),
    "corridor": frozenset({"bedroom", "classroom", "hospital", "living-room", "office", "prison"}),
    "fjord": frozenset({"mountains", "ocean"}),
    "old-town": frozenset({"city", "street"}),
    "desert": frozenset({"old-town"}),
    "pool": frozenset({"ocean", "garden", "beach", "underwater"}),
    "ruined-city": frozenset({"city", "old-town", "street", "graveyard"}),
    "subway": frozenset({"city", "street", "airport"}),
    "cockpit": frozenset({"airport", "sky"}),
    "hotel": frozenset({"bedroom", "city", "living-room", "office"}),
    "gaming-room": frozenset(
        {"bedroom", "block-world", "gaming", "laptop", "living-room", "office"}
    ),
    "boss-arena": frozenset({"dungeon", "gaming", "cave", "old-town"}),
    "boxing-ring": frozenset({"gym", "sports"}),
    "balcony": frozenset({"city", "garden", "living-room", "rooftop"}),
    "barn-inside": frozenset({"farm"}),
    "bathroom": frozenset({"living-room"}),
    "catwalk": frozenset({"airport", "studio", "theatre"}),
    "clothing-store": frozenset({"street"}),
    "front-porch": frozenset({"garden", "living-room"}),
    "playroom": frozenset({"bedroom", "living-room"}),
    "octagon": frozenset({"boxing-ring", "gym", "sports"}),
    "basketball-court": frozenset({"sports", "gym"}),
    "ice-rink": frozenset({"sports", "snow", "gym"}),
    "cinema": frozenset({"music", "theatre", "studio", "stage"}),
    "comedy-club": frozenset({"theatre", "music", "studio", "bar"}),
    "music-studio": frozenset(
        {"music", "studio", "bedroom", "living-room", "office", "podcast-studio", "laptop"}
    ),
    "podcast-studio": frozenset({"studio", "music", "office"}),
    "airport-terminal": frozenset({"airport", "sky", "airplane-cabin"}),
    "ski-slope": frozenset({"mountains", "snow", "racetrack", "sports", "forest"}),
    "rock-face": frozenset({"mountains", "cliff-edge", "sky", "cockpit", "mountain-trail"}),
    "mountain-trail": frozenset({"mountains", "meadow"}),
    "cliff-edge": frozenset(
        {"underwater", "mountains", "mountain-trail", "fjord", "ocean", "forest", "sky"}
    ),
    "trading-floor": frozenset({"chart", "office"}),
    "vault": frozenset({"chart", "office", "street", "city"}),
    "jungle": frozenset({"forest"}),
    "code-rain": frozenset({"code", "laptop", "server-room"}),
    "rooftop": frozenset({"city", "ruined-city", "sky", "street"}),
    "mansion": frozenset({"city", "garden", "living-room", "pool", "street"}),
    "shopping-mall": frozenset({"city", "street", "supermarket"}),
    "boardroom": frozenset({"chart", "office"}),
    "cubicles": frozenset({"office"}),
    "speech-stage": frozenset({"city", "music", "newsroom", "theatre"}),
    "keynote-stage": frozenset({"music", "office", "theatre"}),
    "debate-stage": frozenset({"music", "newsroom", "studio", "theatre"}),
    **dict.fromkeys(("black-marble", "white-marble"), frozenset({"kitchen", "office"})),
    "stonehenge": frozenset({"meadow", "forest"}),
    "street-market": WORLD | {"street", "city", "old-town", "burger"},
    **dict.fromkeys(WORLD - {"stonehenge"}, _ANY_PLACE),
    "santorini": _ANY_PLACE | {"athens"},
    "san-francisco": _ANY_PLACE | {"los-angeles"},
}
"""Places that say of others what part of them is seen: the corridor of a hospital."""


def surest_first(subjects: Sequence[str]) -> tuple[str, ...]:
    """Return painted subjects without those of which another one says more."""
    left_out = {name for surer in subjects for name in _SURER.get(surer, ())}
    return tuple(name for name in subjects if name not in left_out)


WITH_SOMEBODY = {
    "podcast": "podcast-studio",
    "cliff": "cliff-edge",
    "cliffs": "cliff-edge",
    "summit": "cliff-edge",
    "basketball": "basketball-court",
    "hockey": "ice-rink",
} | dict.fromkeys(
    ("airport", "airports", "flughafen", "aeropuerto", "aeroport", "aeroporto"), "airport-terminal"
)
"""Words that say where somebody is: a cliff with a house on it is drawn as a thing."""

CITIES = frozenset({"london", "old-town", "tokyo"}) | WORLD
"""Places known by their names: a street in London is London."""

SHOWN_BY = {
    "aurora": {"tent"},
    "burger": {"burger"},
    "chart": {"chart-rising"},
    "code": {"laptop"},
    "city": {"skyscraper"},
    "coffee": {"coffee"},
    "forest": {"tree", "fir-tree"},
    "gaming": {"game-controller"},
    "laptop": {"laptop"},
    "music": {"microphone"},
    "ocean": {"sailboat"},
    "office": {"laptop"},
    "phone": {"phone"},
    "pizza": {"pizza"},
    "robot": {"robot"},
    "rocket": {"rocket"},
    "space": {"planet"},
    "sports": {"soccer-ball"},
    "studio": {"microphone"},
}
"""The objects that a painted subject shows by itself, large and well."""

LANDMARK_IN = {
    "block-world": {"sun"},
    "dark-forest": {"moon"},
    "haunted-house": {"haunted-house"},
    "castle-yard": {"castle"},
    "athens": {"greek-temple"},
    "egypt": {"pyramids", "pyramid"},
    "gaming-room": {"keyboard", "monitor"},
    "india": {"taj-mahal"},
    "japan": {"mount-fuji", "torii-gate"},
    "london": {"big-ben"},
    "maldives": {"house", "twemoji-1f6d6"},
    "new-york": {"skyscraper"},
    "paris": {"eiffel-tower"},
    "rome": {"colosseum"},
    "san-francisco": {"golden-gate-bridge"},
    "sydney": {"sydney-opera"},
}
"""The drawings that a place shows by itself: beside somebody there they are not drawn twice."""

SIGN_OF = {
    "cliff-edge": {"cliff"},
    "gym": {"muscle"},
    "sports": {"sneaker"},
    "theatre": {"theater-masks"},
}
"""The drawings that only stand for a place: beside somebody who is there they say nothing more."""

ELSEWHERE = {
    "haunted-house": "dark-forest",
    "athens": "old-town",
    "egypt": "desert",
    "gaming-room": "gaming-room",
    "india": "garden",
    "japan": "meadow",
    "rome": "old-town",
    "san-francisco": "ocean",
    "sydney": "ocean",
}
"""Where the landmark of a place stands when it is drawn by itself, on fire; else in a city."""
