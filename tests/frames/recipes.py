"""The numbered videos the tests look at: one for each way a file can be hard to read."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.frames.numbered import steady, uneven

B_FRAMES = {"bf": "3", "g": "60", "preset": "fast", "x264-params": "b-pyramid=normal:ref=4"}
OPEN_GOP = {"bf": "3", "g": "50", "preset": "fast", "x264-params": "open-gop=1:scenecut=0"}
X265 = "keyint=60:bframes=4:log-level=none"

# name: (container, times, options of encode())
RECIPES: dict[str, tuple[str, list[Fraction], dict[str, Any]]] = {
    "h264": ("mp4", steady(300), {"options": B_FRAMES}),
    "h264-open-gop": ("mp4", steady(300), {"options": OPEN_GOP}),
    "h264-mkv": ("mkv", steady(300), {"options": B_FRAMES}),
    "h264-ts-offset": ("ts", steady(300), {"options": OPEN_GOP, "offset": Fraction(7)}),
    "h264-mp4-offset": ("mp4", steady(300), {"options": B_FRAMES, "offset": Fraction(2)}),
    "h264-intra-refresh": (
        "mp4",
        steady(200),
        {"options": {"bf": "0", "g": "50", "x264-params": "intra-refresh=1"}},
    ),
    "h264-vfr": ("mp4", uneven(300), {"options": B_FRAMES}),
    "h264-vfr-mkv": (
        "mkv",
        [Fraction(round(t * 1000), 1000) for t in uneven(300)],
        {"options": B_FRAMES},
    ),
    "h264-turned": ("mp4", steady(300), {"options": B_FRAMES, "turned": 90}),
    "hevc": ("mp4", steady(300), {"codec": "libx265", "options": {"x265-params": X265}}),
    "hevc-open-gop-ts": (
        "ts",
        steady(300),
        {"codec": "libx265", "options": {"x265-params": f"{X265}:open-gop=1"}},
    ),
    "hevc-layers": (
        "mkv",
        steady(300),
        {"codec": "libx265", "options": {"x265-params": f"{X265}:temporal-layers=3"}},
    ),
    "vp9": (
        "webm",
        steady(300),
        {
            "codec": "libvpx-vp9",
            # alternate reference frames: packets that hold two pictures, one never shown
            "options": {"g": "60", "cpu-used": "5", "lag-in-frames": "16", "auto-alt-ref": "1"},
        },
    ),
    "av1": ("mp4", steady(300), {"codec": "libsvtav1", "options": {"preset": "10", "g": "60"}}),
    "mpeg4": (
        "mp4",
        steady(200),
        {
            "codec": "mpeg4",
            "tick": Fraction(1, 25),
            "options": {"bf": "2", "g": "50", "b": "2000000"},
        },
    ),
    "mpeg2-ts": (
        "ts",
        steady(200),
        {
            "codec": "mpeg2video",
            "tick": Fraction(1, 25),
            "options": {"bf": "2", "g": "50", "b": "2000000"},
        },
    ),
}
