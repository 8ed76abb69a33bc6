"""The people a prompt names: how many, and who each of them is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.words import before, fold, singulars, tokens
from thumbnb.render.prompt.people.mentions import (
    ARMIES,
    Mention,
    are_together,
    is_army,
    parts_about,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.render.objects.vocabulary.words import Token

MAX_PEOPLE = 7
"""So many are drawn of a crowd."""

_SOME = 3
"""So many are drawn where a plural comes without a number."""

_PARTS = frozenset({"face", "portrait"})


@dataclass(frozen=True, slots=True)
class NamedPeople:
    """People a prompt names: ``word``, and for each of them the kind ("woman", "child", "").

    ``spans`` are where in the text they are named; ``roles`` is for each of them the word that
    says who they are, in the singular ("chef").
    """

    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    roles: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    """For each of ``spans``, how many people it stands for: none where it says more of others."""
    parts: tuple[str, ...] = ()
    """For each of the people the part of the text that is about them: "a shocked couple"."""


def find_people(text: str, lexicon: Mapping[str, Sequence[str]]) -> NamedPeople:
    """Find the people in a text; ``lexicon`` are the words for one person (singular)."""
    words = tokens(text)
    mentions = [m for i in range(len(words)) if (m := _mention(words, i, lexicon))]
    somebody = [mention for mention in mentions if mention.role not in _PARTS]
    mentions = somebody or mentions  # a boxer with a bruised face is one
    kinds: list[str] = []
    roles: list[str] = []
    counts = [0] * len(mentions)
    last: Mention | None = None
    for at, mention in enumerate(mentions):
        if last and is_army(words, last, mention):
            group, single = (last, mention) if last.group else (mention, last)
            kinds, roles = list(group.kinds), [single.role] * len(group.kinds)
            counts = [len(kinds) if other == at else 0 for other in range(len(mentions))]
            last = mention
            continue
        if kinds and mention.group and len(mention.kinds) == MAX_PEOPLE:
            continue  # a crowd behind somebody is no cast of its own
        if last is None or are_together(text, words, last, mention):
            kinds += mention.kinds
            roles += [mention.role] * len(mention.kinds)
            counts[at] = len(mention.kinds)
        elif mention.index == last.index + 1 and not (mention.group or last.group or kinds[-1]):
            # A backpacker woman is one, police officers are more.
            more = len(mention.kinds) if mention.token.word.endswith(("s", "men")) else 1
            kinds[-1:] = mention.kinds[:more]
            roles += roles[-1:] * (more - 1)
            counts[at - 1] += more - 1
        elif len(mention.kinds) > len(kinds):
            kinds = list(mention.kinds)
            roles = [mention.role] * len(mention.kinds)
            counts = [len(kinds) if other == at else 0 for other in range(len(mentions))]
        last = mention
    if _PARENT_ROLES & {*roles} and len(roles) > 1:
        # Beside a parent, a son is a boy.
        kinds = [_CHILD_OF.get(role, kind) for role, kind in zip(roles, kinds, strict=True)]
    return NamedPeople(
        tuple(text[m.token.start : m.token.end] for m in mentions),
        tuple(kinds[:MAX_PEOPLE]),
        tuple((m.token.start, m.token.end) for m in mentions),
        tuple(roles[:MAX_PEOPLE]),
        tuple(counts),
        tuple(parts_about(text, words, mentions, counts)[: len(kinds[:MAX_PEOPLE])]),
    )


def without_owners(
    people: NamedPeople, text: str, things: Sequence[tuple[str, bool]]
) -> NamedPeople:
    """Leave out people who only say whose or what a thing is.

    "A wizard's potion" shows a potion, "a robot teacher" a robot, "a ghost girl" a ghost.
    ``things`` are the words of things with whether each can do somebody's work.
    """
    if not things:
        return people
    animate = [re.escape(word) for word, alive in things if alive]
    does_work = re.compile(rf"\b(?:{'|'.join(animate)})\s+\Z", re.IGNORECASE) if animate else None
    names = [span for word in animate for span in _spans(rf"\b{word}\b", text)]
    # "A bounty hunter robot", "a police dog": what it is by its job.
    kind_of = re.compile(rf"\s+(?:{'|'.join(animate)})\b", re.IGNORECASE) if animate else None
    named = [re.escape(word) for word, alive in things if not alive]
    # Beside somebody else a job before a thing is its kind: "a woman with a designer handbag".
    says_kind = re.compile(rf"\s+(?:{'|'.join(named)})\b", re.IGNORECASE) if named else None
    # A pirate ship and a chef's knife need nobody.
    part_of = re.compile(rf"(?:{'|'.join(named)})\b", re.IGNORECASE) if named else None
    costumes = _tables().costumes
    kept = [
        index
        for index, (start, end) in enumerate(people.spans)
        if (text[end : end + 2] not in {"'s", "\u2019s"} or _OWN_BODY.match(text, end + 2))
        and not (does_work and does_work.search(text[:start]))
        and not any(first < start and end <= last for first, last in names)
        and not (kind_of and kind_of.match(text, end))
        and not (
            says_kind
            and (len(people.spans) > 1 or fold(text[start:end]) in costumes)
            and says_kind.match(text, end)
        )
        and not (part_of and (longer := part_of.match(text, start)) and longer.end() > end)
    ]
    if len(kept) == len(people.spans):
        return people
    return only_people(people, kept)


_OWN_BODY = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:hands?|fingers|arms?|face|eyes?|back|head|feet|legs|reflection)\b",
    re.IGNORECASE,
)
"""After "a man's" these are of somebody who is seen."""


def _spans(pattern: str, text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]


def only_people(people: NamedPeople, kept: Sequence[int]) -> NamedPeople:
    """Return those of some people whose mentions' numbers are given."""
    if len(kept) == len(people.words):
        return people
    firsts = [sum(people.counts[:i]) for i in range(len(people.counts))]
    shown = [n for i in kept for n in range(firsts[i], firsts[i] + people.counts[i])]
    if kept and not shown:
        return people  # what says who they are is not what names them
    return NamedPeople(
        tuple(people.words[i] for i in kept),
        tuple(people.kinds[n] for n in shown if n < len(people.kinds)),
        tuple(people.spans[i] for i in kept),
        tuple(people.roles[n] for n in shown if n < len(people.roles)),
        tuple(people.counts[i] for i in kept),
        tuple(people.parts[n] for n in shown if n < len(people.parts)),
    )


def _mention(
    words: list[Token], index: int, lexicon: Mapping[str, Sequence[str]]
) -> Mention | None:
    """Return what a word says of people; None where it says nothing, or denies them."""
    token = words[index]
    number, denied = before(words, index)
    if denied or _is_stick(words, index):
        return None
    table = _tables()
    group = table.groups.get(token.word) or table.groups.get(token.word.removesuffix("s"))
    if group:
        count = number or group
        kinds = ("",) * min(count, MAX_PEOPLE)
        if token.word in _FAMILY and count > len(_OLD_COUPLE):
            kinds = ("man", "woman", "boy", "girl", "boy", "girl", "boy")[:count]
        if token.word in _PARENTS:
            kinds = ("man", "woman")
        if _is_old(words, index) and count == len(_OLD_COUPLE):
            kinds = _OLD_COUPLE
        return Mention(index, True, kinds, token)
    singular, plural = _singular(token.word, lexicon)
    if _is_nobody(words, index, singular):
        return None
    pair = f"{words[index - 1].word} {token.word}" if index else ""
    if pair in table.costumes:
        singular = singular or token.word
    if singular is None:
        return None
    kind = table.kinds.get(singular, "")
    if _is_old(words, index) and singular not in _PEERS:  # no old friend is grey
        kind = _AGED.get(kind, kind)
    count = number or (_SOME if plural else 1)
    return Mention(
        index, False, (kind,) * min(count, MAX_PEOPLE), token, _role(words, index, singular)
    )


_FAMILY = frozenset({"family", "familia", "famille", "familie"})
_PARENTS = frozenset({"parents", "newlyweds"})
_PARENT_ROLES = frozenset(
    {
        "dad", "father", "mom", "mother", "mum", "parent", "grandpa", "grandma", "grandfather",
        "grandmother", "man", "woman", "padre", "madre", "pere", "mere", "vater", "mutter", "pai",
        "mae",
    }
)  # fmt: skip
_CHILD_OF = {
    "son": "boy", "daughter": "girl", "hijo": "boy", "hija": "girl", "fils": "boy",
    "fille": "girl", "sohn": "boy", "tochter": "girl", "filho": "boy", "filha": "girl",
}  # fmt: skip
_CHESSMEN = frozenset({"knight", "king", "queen", "bishop"})
_NO_KNIGHT = frozenset({"chess"})
"""After these a knight is a piece of a game."""

_HATS = frozenset({"hat", "hats", "helmet", "helmets", "cap"})
_OF_BOSSES = frozenset(
    {"arena", "battle", "door", "fight", "key", "level", "monster", "music", "room", "stage"}
)
"""After these words for people nobody is named: a wizard hat, the door of a boss in a game."""


def _is_nobody(words: list[Token], index: int, singular: str | None) -> bool:
    """Whether a word for people names none here: a chess knight, an army of robots."""
    chess = index > 0 and singular in _CHESSMEN and words[index - 1].word in _NO_KNIGHT
    following = [one.word for one in words[index + 1 : index + 2]]
    army = words[index].word in ARMIES and following == ["of"]
    part = bool(following) and following[0] in (_OF_BOSSES if singular == "boss" else _HATS)
    return chess or army or part


_BEFORE_STICK = frozenset({"magic", "mage", "wooden", "glowing", "crystal", "fire", "ice"})

_WITH_STAFFS = frozenset(
    [
        "wizard", "mage", "sorcerer", "sorceress", "warlock", "druid", "necromancer", "gandalf",
        "shaman", "moses", "shepherd", "witch", "spell", "magic", "monk",
    ]
)  # fmt: skip
"""Beside these a staff is a stick, and no team."""


def _is_stick(words: list[Token], index: int) -> bool:
    """Whether a staff is what a wizard holds, and no team."""
    if words[index].word != "staff":
        return False
    return bool(index and words[index - 1].word in _BEFORE_STICK) or bool(
        _WITH_STAFFS & {each.word for each in words}
    )


_PEERS = frozenset({"friend", "roommate", "classmate", "colleague", "neighbor", "neighbour", "me"})
_OLD_COUPLE = ("grandma", "grandpa")
_AGED = {"woman": "grandma", "man": "grandpa", "": "grandpa"}


def _is_old(words: list[Token], index: int) -> bool:
    """Whether somebody is said to be old: "an elderly woman"."""
    return index > 0 and words[index - 1].word in {"old", "elderly", "senior", "retired"}


def _role(words: list[Token], index: int, singular: str) -> str:
    """Return who somebody is, with the word before if the two are known: "roman soldier"."""
    pair = f"{words[index - 1].word} {singular}" if index else singular
    return pair if pair in _tables().costumes else singular


def _singular(word: str, lexicon: Mapping[str, Sequence[str]]) -> tuple[str | None, bool]:
    """Return a word of the lexicon that a word is, or is the plural of."""
    table = _tables()
    if word in table.plurals:
        return table.plurals[word], True
    of_men = (f"{word[:-2]}an",) if word.endswith("men") else ()  # businessmen
    for one in (word, *singulars(word, "en"), *of_men):
        if one in lexicon or one in table.kinds or one in table.jobs or one in table.costumes:
            return one, one != word
    return None, False


_GROWN = re.compile(
    r"\b(?:apartment|moving\s+out|roommates?|gym|workout|scooters?|motor(?:bike|cycle)s?|driv(?:es|ing)|"
    r"backpack(?:ing|er|ers)|solo|travel\w*|hostel|hitchhik\w*|bars?|nightclub|boyfriend|girlfriend|"
    r"husband|dating|jobs?|boss|kayak\w*|surf\w*|yoga|marathon|hik(?:es|ing|er)|vans?|van\s*life|makeup|"
    r"influencer|wine|beer|cocktails?|coffee|rent|tattoos?|climbing|boxing|college|university|startup|"
    r"dj|band|guitarist)\b"
)
_CHILDISH = re.compile(
    r"\b(?:little|small|young|years?[- ]old|kids?|child\w*|mom|mum|mother|dad|father|parents?|"
    r"school\w*|toys?|dolls?|teddy|birthday|easter|santa|playground|grand\w+|bab(?:y|ies)|famil(?:y|ies)|homework)\b"
)
_AS_GROWN = {"girl": "woman", "boy": "man"}


def with_grown(people: NamedPeople, text: str) -> NamedPeople:
    """Return people of whom girls are women where they do what children do not: they travel."""
    folded = fold(text)
    if not _GROWN.search(folded) or _CHILDISH.search(folded):
        return people
    return replace(people, kinds=tuple(_AS_GROWN.get(kind, kind) for kind in people.kinds))


_CROWD = re.compile(r"\b(?:crowds?|audience|fans|spectators|onlookers)\b[^,.;]*", re.IGNORECASE)


def without_crowd(text: str, people: NamedPeople) -> str:
    """Return a text without what a crowd does behind whom it is about: its hands are up."""
    if not people.words or _CROWD.match(people.words[0]):
        return text
    return _CROWD.sub(lambda found: " " * len(found[0]), text)


def are_tiny(text: str, people: NamedPeople) -> bool:
    """Whether somebody named is said to be tiny: "a tiny knight"."""
    names = "|".join(re.escape(fold(word)) for word in people.words)
    return bool(names and re.search(rf"\b{_TINY}\s+(?:[\w-]+\s+)?(?:{names})\b", fold(text)))


_TINY = r"(?:tiny|miniature|minuscule|shrunken|winzig\w*|diminut\w*|minuscul\w*)"


def blank_roles(text: str, lexicon: Mapping[str, Sequence[str]]) -> str:
    """Return a text with spaces in place of roles whose last word names no people elsewhere.

    A news anchor is no anchor; ``lexicon`` are the words for one person.
    """
    folded = fold(text)
    if len(folded) != len(text):
        return text
    for role in _tables().costumes:
        if " " not in role or _singular(role.split()[-1], lexicon)[0]:
            continue
        if (at := folded.find(role)) >= 0:
            text = text[:at] + " " * len(role) + text[at + len(role) :]
    return text


def costume_of(role: str) -> str | None:
    """Return what people of a role are known by, as ``Figure.clothes`` names it."""
    return _tables().costumes.get(role)


@dataclass(frozen=True, slots=True)
class _Tables:
    groups: Mapping[str, int]
    kinds: Mapping[str, str]
    jobs: frozenset[str]
    plurals: Mapping[str, str]
    costumes: Mapping[str, str]


@cache
def _tables() -> _Tables:
    text = files("thumbnb.render.prompt.people").joinpath("people.toml").read_text("utf-8")
    data = tomllib.loads(text)
    groups = {word: int(n) for n, line in data["groups"].items() for word in line.split()}
    kinds = {word: kind for kind, line in data["kinds"].items() for word in line.split()}
    costumes = {
        role.strip(): costume
        for costume, line in data["costumes"].items()
        for role in line.split(",")
    }
    jobs = frozenset(word for line in data["jobs"].values() for word in line.split())
    return _Tables(groups, kinds, jobs, data["plurals"], costumes)


def people_words() -> frozenset[str]:
    """Return all words of this table that name people."""
    table = _tables()
    dressed = (role for role in table.costumes if " " not in role)
    return frozenset({*table.groups, *table.kinds, *table.jobs, *table.plurals, *dressed})
