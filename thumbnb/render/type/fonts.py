"""Typefaces: from packages first, then the system, then Pillow's own.

Faces of packages (``fontpkg-*``) are the same everywhere, so the same brief gives
the same pixels. The system is only asked for scripts that no package covers.
"""

from __future__ import annotations

import logging
import os
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import ImageFont, features

logger = logging.getLogger(__name__)

FreeType = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: a family at a weight (100..900), or a ``file`` of the system."""

    family: str
    weight: int = 400
    file: str = ""


PILLOW = Face("Aileron")
"""What is left when nothing else is there; it comes inside Pillow."""

WIDER = (Face("Montserrat", 900), Face("Rubik", 800), Face("Cairo", 900))
"""Heavy faces tried in this order for what a display face lacks: Cyrillic, Hebrew, Arabic."""

CJK = {"ja": "Noto Sans CJK JP", "ko": "Noto Sans CJK KR", "zh-Hans": "Noto Sans CJK SC"}
"""The families of the extra ``thumbnb[cjk]``: one file, whose shapes differ by language."""

_CJK_WEIGHT = 700

SHAPES = features.check("raqm")
"""Whether letters are joined and turned as Arabic, Hebrew and the Indian scripts need."""

_MISSING_ANYWHERE = "\U0010fffd"
"""A private character: what a face draws for it is what it draws for all it lacks."""

_PROBE = 24


@lru_cache(maxsize=64)
def _path(face: Face) -> str | None:
    if face.file:
        return face.file
    if face.family in CJK.values():
        return _cjk_path()
    # Reads the metadata of installed packages: only when words are set.
    import fontpkg  # type: ignore[import-untyped] # noqa: PLC0415

    try:
        return str(fontpkg.path(face.family, weight=face.weight, nearest=True))
    except fontpkg.FontpkgError:
        logger.info("No package brings the typeface %s.", face.family)
        return None


def _cjk_path() -> str | None:
    try:
        import noto_cjk  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    try:
        return str(noto_cjk.font_path("sans", "jp", "bold"))
    except noto_cjk.FontNotInstalled:
        return None


def language_of(face: Face) -> str | None:
    """Return the language whose letter shapes a face is meant for; None where it has one form."""
    if not SHAPES:
        return None
    return next((language for language, family in CJK.items() if family == face.family), None)


def _cjk_face(text: str) -> Face:
    """Choose the face for East Asian text: kana are Japanese, Hangul Korean, else Chinese."""
    names = " ".join(unicodedata.name(char, "") for char in text)
    japanese = "HIRAGANA" in names or "KATAKANA" in names
    language = "ja" if japanese else "ko" if "HANGUL" in names else "zh-Hans"
    return Face(CJK[language], _CJK_WEIGHT)


@lru_cache(maxsize=256)
def load(face: Face, size: float) -> FreeType:
    """Load a face at a size in pixels; Pillow's own where it cannot be found."""
    path = _path(face)
    if path is None:
        default = ImageFont.load_default(size)
        assert isinstance(default, FreeType)  # noqa: S101 - with a size it is scalable
        return default
    font = ImageFont.truetype(path, size)
    if "wght" in path:
        font.set_variation_by_axes([_setting(axis, face) for axis in font.get_variation_axes()])
    return font


def _setting(axis: Any, face: Face) -> float:
    """Choose where on an axis of a variable font a face lies."""
    if axis["name"] in _WEIGHT:
        return float(min(max(face.weight, axis["minimum"]), axis["maximum"]))
    return float(axis["default"])


_WEIGHT = (b"Weight", "Weight", b"wght", "wght")


def file_of(face: Face) -> str | None:
    """Return the file of a face; None where it is not installed, and for Pillow's own."""
    return _path(face)


def is_installed(face: Face) -> bool:
    """Whether the face itself is there, not only something in its place."""
    return _path(face) is not None


@lru_cache(maxsize=4096)
def _has(face: Face, char: str) -> bool:
    font = load(face, _PROBE)
    mask = font.getmask(char)
    if not mask.size[0] or not mask.size[1]:
        return False
    unknown = font.getmask(_MISSING_ANYWHERE)
    return mask.size != unknown.size or bytes(mask) != bytes(unknown)


def _needs_glyph(char: str) -> bool:
    # Spaces, joiners and marks have no shape of their own to look for.
    return unicodedata.category(char)[0] not in "ZCM"


def lacks(face: Face, text: str) -> str:
    """Give the characters of ``text`` that the face cannot draw, each once."""
    return "".join(c for c in dict.fromkeys(text) if _needs_glyph(c) and not _has(face, c))


def face_for(text: str, wanted: Face) -> tuple[Face, str]:
    """Give the first face that can draw ``text``, and the characters even it lacks.

    Asks the wanted face, the wider ones of the packages, those of the system.
    """
    best, least = wanted, lacks(wanted, text)
    if not is_installed(wanted):
        best, least = PILLOW, lacks(PILLOW, text)
    for other in (*WIDER, _cjk_face(text), *(_system_faces() if least else ())):
        if not least:
            break
        if not is_installed(other):
            continue
        missing = lacks(other, text)
        if len(missing) < len(least):
            best, least = other, missing
    return best, least


def _system_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        root = Path(os.environ.get("WINDIR", r"C:\Windows"))
        return [root / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts"]


_BROAD = (
    "cjk",
    "notosans",
    "sourcehan",
    "pingfang",
    "hiragino",
    "yugoth",
    "meiryo",
    "malgun",
    "simhei",
    "msyh",
    "droidsansfallback",
    "wqy",
    "arialuni",
    "nirmala",
    "dejavusans",
)


@lru_cache(maxsize=1)
def _system_faces() -> tuple[Face, ...]:
    """Faces of the system known to cover much, the bold ones first."""
    found: list[tuple[bool, int, str]] = []
    for folder in _system_folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = path.name.lower().replace("-", "").replace("_", "").replace(" ", "")
            rank = next((i for i, part in enumerate(_BROAD) if part in name), None)
            if rank is not None and path.suffix.lower() in {".ttf", ".otf", ".ttc"}:
                plain = any(w in name for w in ("oblique", "italic", "mono", "serif", "light"))
                found.append(
                    (
                        plain or not any(w in name for w in ("bold", "black", "heavy")),
                        rank,
                        str(path),
                    )
                )
    return tuple(Face(Path(p).stem, 700, p) for _, _, p in sorted(found)[:40])


_SCRIPTS = (
    ("CJK UNIFIED", "Chinese or Japanese", "Noto Sans CJK: pip install 'thumbnb[cjk]'"),
    ("HIRAGANA", "Japanese", "Noto Sans CJK: pip install 'thumbnb[cjk]'"),
    ("KATAKANA", "Japanese", "Noto Sans CJK: pip install 'thumbnb[cjk]'"),
    ("HANGUL", "Korean", "Noto Sans CJK: pip install 'thumbnb[cjk]'"),
    ("ARABIC", "Arabic", "Cairo (fontpkg-cairo)"),
    ("HEBREW", "Hebrew", "Rubik (fontpkg-rubik)"),
    ("DEVANAGARI", "Hindi", "Noto Sans Devanagari"),
    ("THAI", "Thai", "Noto Sans Thai"),
)


def advice(missing: str) -> str:
    """Return which font would draw these characters."""
    names = [unicodedata.name(c, "") for c in missing]
    for start, script, font in _SCRIPTS:
        if any(n.startswith(start) for n in names):
            return f"No installed font has {script}; install {font}"
    return "No installed font has " + " ".join(dict.fromkeys(missing))
