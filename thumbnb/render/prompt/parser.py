"""What a prompt says, as far as this compositor can paint it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from thumbnb import image_tokens

Role = Literal["background", "main", "before", "after", "logo"]


@dataclass(frozen=True, slots=True)
class ParsedPrompt:
    """A prompt, read: each part empty where the prompt says nothing of it.

    Lists are in the order of importance; ``roles`` gives each @imageN its place by its number.
    """

    subjects: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    person: bool = False
    person_kind: str | None = None
    expression: str | None = None
    clothes: str | None = None
    quoted: str | None = None
    roles: dict[int, Role] = field(default_factory=dict)


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    """Give the entries of each part by word; a word may stand for several."""
    text = files("thumbnb.render.prompt").joinpath("lexicon.toml").read_text("utf-8")
    parts: dict[str, dict[str, list[str]]] = {}
    for part, lexicon_names in tomllib.loads(text).items():
        table: dict[str, list[str]] = {}
        for name, words in lexicon_names.items():
            for word in words.split():
                table.setdefault(word, []).append(name)
        parts[part] = table
    return parts


def lexicon_names(part: str) -> list[str]:
    """Give the names in a part of the lexicon, in its order."""
    return list(dict.fromkeys(name for names in _lexicon()[part].values() for name in names))


@cache
def named_colour(name: str) -> str:
    """Give the colour of a name, as ``#rrggbb``."""
    return next(w for w, names in _lexicon()["colours"].items() if w[0] == "#" and name in names)


def folded_words(text: str) -> list[str]:
    """Lower-case words without accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z0-9@'-]+", "".join(c for c in folded if not unicodedata.combining(c)))


def _matches(part: str, words: list[str]) -> tuple[str, ...]:
    """Give what the words stand for: what is named most, then what is named first."""
    table = _lexicon()[part]
    counts: dict[str, int] = {}
    for word in words:
        for name in table.get(word) or table.get(word.removesuffix("s")) or ():
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda n: -counts[n]))


_FILLERS = frozenset(
    folded_words("no not any avoid without the a an of too much very please don't")
)


def parse_negative_prompt(text: str) -> tuple[list[str], list[str]]:
    """Read a negative prompt: what is to be left out, and the phrases not understood."""
    known: list[str] = []
    unknown: list[str] = []
    for phrase in re.split(r"[,;.\n]+|\band\b|\bor\b", text):
        words = [w for w in folded_words(phrase) if w not in _FILLERS]
        found = _matches("devices", words)
        known.extend(found)
        if words and not found:
            unknown.append(" ".join(words))
    return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))


_ROLE_WORDS: tuple[tuple[Role, str], ...] = (
    ("background", r"(background|backdrop|behind|scenery|fondo|arriere|hintergrund)"),
    ("before", r"(before|antes|avant|vorher|old)"),
    ("after", r"(after|despues|apres|nachher|new)"),
    ("logo", r"(logo|brand|watermark|icon)"),
)


def _roles(prompt: str) -> dict[int, Role]:
    """Read what each @imageN is for from the words around it, in its own clause."""
    roles: dict[int, Role] = {}
    for clause in re.split(r"[,;.!?\n]| and | with ", prompt):
        tokens = list(image_tokens.find(clause))
        for i, (number, start, end) in enumerate(tokens):
            last_end = tokens[i - 1][2] if i else 0
            next_start = tokens[i + 1][1] if i + 1 < len(tokens) else len(clause)
            before = " ".join(folded_words(clause[last_end:start]))
            after = " ".join(folded_words(clause[end:next_start]))
            for role, pattern in _ROLE_WORDS:
                # "Before @image1, after @image2": these two stand in front of theirs.
                near = before if role in {"before", "after"} else f"{before} {after}"
                if re.search(rf"\b{pattern}\b", near):
                    roles.setdefault(number, role)
    return roles


def parse_prompt(prompt: str) -> ParsedPrompt:
    """Read a prompt."""
    words = folded_words(image_tokens.replace(prompt, lambda _: " "))
    quoted = re.search(r"[\"“«]([^\"”»]{2,80})[\"”»]", prompt)
    return ParsedPrompt(
        subjects=_matches("subjects", words),
        hours=_matches("hours", words),
        tones=_matches("tones", words),
        colours=_matches("colours", words),
        person=bool(_matches("people", words)),
        person_kind=next(iter(_matches("who", words)), None),
        expression=next(iter(_matches("expressions", words)), None),
        clothes=next(iter(_matches("clothes", words)), None),
        quoted=quoted.group(1).strip() if quoted else None,
        roles=_roles(prompt),
    )
