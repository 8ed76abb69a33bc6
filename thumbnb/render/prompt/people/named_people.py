"""The people a prompt names: how many, and who each of them is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.words import before, fold, singulars, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.render.objects.vocabulary.words import Token

MAX_PEOPLE = 7
"""So many are drawn of a crowd."""

_SOME = 3
"""So many are drawn where a plural comes without a number."""

_JOINS = frozenset(
    {
        "and", "with", "&", "vs", "versus", "plus", "beside", "y", "et", "und", "con", "mit",
        "avec", "e", "com", "by", "chases", "chasing", "comforting", "confronting", "facing",
        "fighting", "fights", "helping", "helps", "hugging", "hugs", "interviewing", "interviews",
        "kisses", "kissing", "marries", "marrying", "meeting", "meets", "pranking", "pranks",
        "scolding", "scared", "afraid", "terrified", "frightened",
        "surprises", "surprising", "teaches", "teaching",
    }
)  # fmt: skip
_SHORTEST_ACT = 6

_ANOTHER = frozenset({"a", "an", "another", "his", "her", "their", "my", "the"})
"""Before somebody who is not who was named last: "a judge slams the gavel while an angry CEO"."""

_THE_SAME = frozenset(
    {
        "as", "is", "was", "are", "were", "become", "becomes", "became", "becoming", "like", "into",
        "of", "being", "dressed", "turned", "who", "called", "named", "to", "from", "or", "than",
        "without", "for", "about", "by",
    }
)  # fmt: skip
"""Words after which somebody named is the one before, or is not there: "dressed as a pirate"."""

_PARTS = frozenset({"face", "portrait"})

_REACH, _ACTING_REACH = 6, 9
"""How many words may stand between two people named together, one of whom does something."""


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


@dataclass(frozen=True, slots=True)
class _Mention:
    index: int
    group: bool
    kinds: tuple[str, ...]
    token: Token
    role: str = ""


def find_people(text: str, lexicon: Mapping[str, Sequence[str]]) -> NamedPeople:
    """Find the people in a text; ``lexicon`` are the words for one person (singular)."""
    words = tokens(text)
    mentions = [m for i in range(len(words)) if (m := _mention(words, i, lexicon))]
    somebody = [mention for mention in mentions if mention.role not in _PARTS]
    mentions = somebody or mentions  # a boxer with a bruised face is one
    kinds: list[str] = []
    roles: list[str] = []
    counts = [0] * len(mentions)
    last: _Mention | None = None
    for at, mention in enumerate(mentions):
        if last and _is_army(words, last, mention):
            group, single = (last, mention) if last.group else (mention, last)
            kinds, roles = list(group.kinds), [single.role] * len(group.kinds)
            counts = [len(kinds) if other == at else 0 for other in range(len(mentions))]
            last = mention
            continue
        if kinds and mention.group and len(mention.kinds) == MAX_PEOPLE:
            continue  # a crowd behind somebody is no cast of its own
        if last is None or _together(text, words, last, mention):
            kinds += mention.kinds
            roles += [mention.role] * len(mention.kinds)
            counts[at] = len(mention.kinds)
        elif mention.index == last.index + 1 and not (mention.group or last.group or kinds[-1]):
            kinds[-1] = mention.kinds[0]  # a backpacker woman is one
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
        tuple(_parts(text, words, mentions, counts)[: len(kinds[:MAX_PEOPLE])]),
    )


def _parts(text: str, words: list[Token], mentions: list[_Mention], counts: list[int]) -> list[str]:
    """Return for each person the part of a text about them: up to where the next is named.

    Somebody's article and adjectives are theirs: "a lawyer beside | a crying man".
    """
    counted = [pair for pair in zip(mentions, counts, strict=True) if pair[1]]
    if not counted:
        return []
    starts = [0]
    for (last, _), (mention, _) in pairwise(counted):
        first = max(last.index + 1, mention.index - _ADJECTIVES)
        articles = [i for i in range(first, mention.index) if words[i].word in _ANOTHER]
        at = articles[-1] if articles else max(last.index + 1, mention.index - 1)
        starts.append(words[at].start)
    ends = [*starts[1:], len(text)]
    return [
        text[start:end]
        for (_, count), start, end in zip(counted, starts, ends, strict=True)
        for _ in range(count)
    ]


def _is_army(words: Sequence[Token], first: _Mention, second: _Mention) -> bool:
    """Whether two mentions are a group and who it is of: a viking army, an army of vikings."""
    if second.group or second.token.word in _ARMIES:
        return second.index == first.index + 1 and bool(first.role) and not first.group
    between = [word.word for word in words[first.index + 1 : second.index]]
    return first.group and bool(second.role) and between == ["of"]


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
        if text[end : end + 2] not in {"'s", "\u2019s"}
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
) -> _Mention | None:
    """Return what a word says of people; None where it says nothing, or denies them."""
    token = words[index]
    number, denied = before(words, index)
    if denied or (index and words[index - 1].word in _NOBODY.get(token.word, ())):
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
        return _Mention(index, True, kinds, token)
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
    return _Mention(
        index, False, (kind,) * min(count, MAX_PEOPLE), token, _role(words, index, singular)
    )


def _is_nobody(words: list[Token], index: int, singular: str | None) -> bool:
    """Whether a word for people names none here: a chess knight, an army of robots."""
    chess = index > 0 and singular in _CHESSMEN and words[index - 1].word in _NO_KNIGHT
    following = [one.word for one in words[index + 1 : index + 2]]
    army = words[index].word in _ARMIES and following == ["of"]
    part = bool(following) and following[0] in (_OF_BOSSES if singular == "boss" else _HATS)
    return chess or army or part


_ARMIES = frozenset({"army", "armies", "legion", "legions"})
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

_NOBODY = {
    "staff": frozenset({"magic", "wizard", "mage", "wooden", "glowing", "crystal", "fire", "ice"}),
}
"""Words for people, and after which others they name a thing."""

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


def _together(text: str, words: list[Token], first: _Mention, second: _Mention) -> bool:
    """Return whether two are named together: "a man and his old dog's vet" are two people."""
    between = [token.word for token in words[first.index + 1 : second.index]]
    # One does something to the other: "a policeman arresting a robber".
    acts = any(word.endswith("ing") and len(word) >= _SHORTEST_ACT for word in between)
    if second.group and len(second.kinds) > _SMALL_GROUP:
        return False
    if (
        not second.group
        and len(between) <= (_ACTING_REACH if acts else _REACH)
        and (acts or bool(_JOINS & set(between)))
    ):
        return True
    several = len(second.kinds) > 1 or bool(_ANOTHER & {*between[-_ADJECTIVES:]})
    apart = several and bool(between) and first.role != second.role
    ahead = [word for i, word in enumerate(between) if between[i - 1 : i] != ["front"]]
    ahead = [word for word in ahead if word != "from" or len(second.kinds) == 1]
    if "while" in ahead:  # "drops a cake on the floor while the kids watch"
        ahead = ahead[len(ahead) - ahead[::-1].index("while") :]
    if "front" in between:  # a general on a horse in front of his army
        ahead = [word for word in ahead if word not in {"on", "of"}]
    clause = "." not in text[first.token.end : second.token.start]
    start = text.rfind(",", first.token.end, second.token.start)
    own = [token.word for token in words[: second.index] if token.start > start]
    if (
        start >= 0 and apart and clause and len(own) <= 1 < len(second.kinds)
    ):  # "a teacher ..., students raising hands"
        return not _THE_SAME & {*own}
    if "while" in between and apart and clause:  # who looks on, in a clause of their own
        return not _THE_SAME & {*between[between.index("while") :]}
    same = _THE_SAME if "from" in text[: second.token.start].split() else _THE_SAME - {"to"}
    return apart and clause and len(between) <= _FAR_REACH and not same & {*ahead}


_SMALL_GROUP = 4
"""A couple or a family that somebody shows something to stands beside them; a crowd does not."""


_ADJECTIVES, _FAR_REACH = 3, 12
"""How many words before somebody their article may stand, and how far apart two are."""


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
