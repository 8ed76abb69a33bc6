"""What a prompt says, as far as this compositor can paint it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

Role = Literal["background", "main", "extra", "before", "after", "logo"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A prompt, read: each part empty where the prompt says nothing of it."""

    subject: str | None = None
    subjects: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    moods: frozenset[str] = frozenset()
    person: bool = False
    expression: str | None = None
    quoted: str | None = None
    versus: bool = False
    roles: dict[int, Role] = field(default_factory=dict)
    """The place of each @imageN by its number."""


@cache
def _lexicon() -> dict[str, dict[str, frozenset[str]]]:
    text = files("thumbnb.render").joinpath("lexicon.toml").read_text("utf-8")
    return {
        part: {name: frozenset(words.split()) for name, words in entries.items()}
        for part, entries in tomllib.loads(text).items()
    }


def plain_words(text: str) -> list[str]:
    """Lower-case words without accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z0-9@']+", "".join(c for c in folded if not unicodedata.combining(c)))


def _matches(part: str, words: list[str]) -> list[str]:
    """The entries of a part of the lexicon, those named most and earliest first."""
    scores: dict[str, float] = {}
    for place, word in enumerate(words):
        for name, known in _lexicon()[part].items():
            if word in known or (word.endswith("s") and word[:-1] in known):
                scores[name] = scores.get(name, 0) + 1 + 0.5 / (1 + place)
    order = list(_lexicon()[part])
    return sorted(scores, key=lambda n: (-scores[n], order.index(n)))


def devices_in(text: str) -> tuple[list[str], list[str]]:
    """Read a negative prompt: what is to be left out, and the words not understood."""
    known, unknown = [], []
    for phrase in re.split(r"[,;.\n]+|\band\b|\bor\b", text):
        words = [w for w in plain_words(phrase) if w not in _FILLERS]
        found = _matches("devices", words)
        known.extend(found)
        if words and not found:
            unknown.append(" ".join(words))
    return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))


_FILLERS = frozenset("no not any avoid without the a an of too much very more please don't".split())

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
        folded = " ".join(plain_words(clause))
        tokens = list(re.finditer(r"@image(\d)", folded))
        for i, token in enumerate(tokens):
            start = tokens[i - 1].end() if i else 0
            end = tokens[i + 1].start() if i + 1 < len(tokens) else len(folded)
            before, after = folded[start : token.start()], folded[token.end() : end]
            for role, pattern in _ROLE_WORDS:
                # "Before @image1, after @image2": these two stand in front of theirs.
                near = before if role in {"before", "after"} else f"{before} {after}"
                if re.search(rf"\b{pattern}\b", near):
                    roles.setdefault(int(token.group(1)), role)
    return roles


def read(prompt: str) -> Reading:
    """Read a prompt."""
    words = plain_words(re.sub(r"@image\d", " ", prompt, flags=re.IGNORECASE))
    subjects = _matches("subjects", words)
    quoted = re.search(r"[\"“«]([^\"”»]{2,80})[\"”»]", prompt)
    expressions = _matches("expressions", words)
    return Reading(
        subject=subjects[0] if subjects else None,
        subjects=tuple(subjects),
        colours=tuple(_matches("colours", words)),
        moods=frozenset(_matches("moods", words)),
        person=bool(_matches("people", words)),
        expression=expressions[0] if expressions else None,
        quoted=quoted.group(1).strip() if quoted else None,
        versus=bool({"vs", "versus"} & set(words)) or {"before", "after"} <= set(words),
        roles=_roles(prompt),
    )
