"""Images on screens: "a laptop with @image1 on its screen"."""

from __future__ import annotations

import re
from typing import Literal

Device = Literal["phone", "tablet", "laptop", "monitor", "television"]

_NAMES: dict[str, Device] = {
    "phone": "phone", "smartphone": "phone", "iphone": "phone", "mobile": "phone",
    "cellphone": "phone", "handy": "phone", "telefono": "phone", "movil": "phone",
    "tablet": "tablet", "ipad": "tablet", "laptop": "laptop", "macbook": "laptop",
    "notebook": "laptop", "chromebook": "laptop", "computer": "monitor", "monitor": "monitor",
    "pc": "monitor", "imac": "monitor", "desktop": "monitor", "tv": "television",
    "television": "television", "fernseher": "television", "televisor": "television",
}  # fmt: skip

_DEVICE = rf"\b(?P<device>{'|'.join(_NAMES)})\b"
_SHOWN_ON = re.compile(
    r"@image(?P<number>\d+)\)?\s+(?:(?:is|being|shown|displayed|playing|running|open|appears?|"
    r"visible|seen)\s+){0,2}(?:on|in|inside)\s+(?:the\s+screen\s+of\s+)?"
    rf"(?:(?:a|an|the|my|his|her|their|its)\s+)?(?:[\w'-]+\s+){{0,3}}?{_DEVICE}",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    rf"{_DEVICE}(?:'s)?(?:\s+(?:screen|display|monitor))?\s+(?:is\s+|that\s+)?"
    r"(?:show(?:s|ing)|display(?:s|ing)|playing|plays)\s+(?:[\w'-]+\s+){0,3}?@image(?P<number>\d+)",
    re.IGNORECASE,
)
_ON_ITS_SCREEN = re.compile(
    rf"{_DEVICE}[^,;.!?\n@]*@image(?P<number>\d+)\)?\s+(?:[\w'-]+\s+){{0,2}}?"
    r"(?:on|in|as)\s+(?:its|the|their)\s+(?:[\w'-]+\s+)?(?:screen|display|wallpaper)",
    re.IGNORECASE,
)


def devices_showing(prompt: str) -> dict[int, Device]:
    """Return the device on whose screen a prompt wants each @imageN, by its number."""
    found: dict[int, Device] = {}
    for pattern in (_ON_ITS_SCREEN, _SHOWS, _SHOWN_ON):
        for match in pattern.finditer(prompt):
            found.setdefault(int(match["number"]), _NAMES[match["device"].casefold()])
    return found


_NUMBER = re.compile(
    r"\b(?:big|bold|enormous|giant|gigantic|huge|large|massive)\s+(?:[\w'-]+\s+){0,2}?"
    r"(?:number|numeral|digit)s?\s+(?P<number>\d{1,4})\b|"
    r"\b(?:number|numeral)\s+(?P<placed>\d{1,4})\s+(?:in|at|on)\s+(?:the|a|one)\s+"
    r"(?:[\w-]+\s+){0,2}(?:corner|side|left|right|front|foreground|middle|cent(?:er|re))\b",
    re.IGNORECASE,
)


def large_number(prompt: str) -> str | None:
    """Return the number that a prompt wants large on the image: "a huge number 10"."""
    found = _NUMBER.search(prompt)
    return (found["number"] or found["placed"]) if found else None
