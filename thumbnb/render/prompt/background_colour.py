"""The colour that a prompt says of the background."""

from __future__ import annotations

from thumbnb.render.prompt.words.lexicon import lexicon

_LIGHTS = frozenset({"glow", "light", "lights", "lighting", "smoke", "blur"})
"""What has the colour that stands before "background" when it stands behind it."""

_BACKGROUNDS = frozenset(
    ["background", "backdrop", "wall", "hintergrund", "fondo", "fond", "arriere-plan", "fundo"]
)


def background_colour_in(words: list[str]) -> str | None:
    """Return the colour said of the background: before it, or in other languages behind it."""
    table = lexicon()["colours"]
    for i, word in enumerate(words):
        if word in _BACKGROUNDS and not {*words[i + 1 : i + 2]} & _LIGHTS:
            for near in (*words[max(0, i - 2) : i][::-1], *words[i + 1 : i + 2]):
                if near in table:
                    return table[near][0]
    return None
