"""People that a text names in several places: who of them are together, what is said of each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.objects.vocabulary.words import Token

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

_REACH, _ACTING_REACH = 6, 9
"""How many words may stand between two people named together, one of whom does something."""


ARMIES = frozenset({"army", "armies", "legion", "legions"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A word or two that name people: where, whether a group, the kind of each, their role."""

    index: int
    group: bool
    kinds: tuple[str, ...]
    token: Token
    role: str = ""


def parts_about(
    text: str, words: list[Token], mentions: list[Mention], counts: list[int]
) -> list[str]:
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


def is_army(words: Sequence[Token], first: Mention, second: Mention) -> bool:
    """Whether two mentions are a group and who it is of: a viking army, an army of vikings."""
    if second.group or second.token.word in ARMIES:
        return second.index == first.index + 1 and bool(first.role) and not first.group
    between = [word.word for word in words[first.index + 1 : second.index]]
    return first.group and bool(second.role) and between == ["of"]


def are_together(text: str, words: list[Token], first: Mention, second: Mention) -> bool:
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
    ahead = [word for i, word in enumerate(between) if between[i - 1 : i] not in _OF_SOME]
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


_OF_SOME = (["front"], ["line"], ["queue"], ["row"], ["group"], ["pair"])
"""After these an "of" is no owner's: "in front of his boss", "a line of customers"."""

_ADJECTIVES, _FAR_REACH = 3, 12
"""How many words before somebody their article may stand, and how far apart two are."""
