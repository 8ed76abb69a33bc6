"""People invented for a prompt that names some and brings no portrait."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.colour.names import named_colour
from thumbnb.render.figures import COSTUMES, GREY, HAIRS, LIFTED_LOWER, SKINS, STYLES
from thumbnb.render.objects.vocabulary.words import fold
from thumbnb.render.planning.cast.moods import feeling, feeling_at_work
from thumbnb.render.planning.cast.said_of_each import clothes_of, colours_of_two, own_feelings
from thumbnb.render.planning.cast.worn import bags_on_backs
from thumbnb.render.prompt.people.clothes import Outfit, costume_parts, gear_of
from thumbnb.render.prompt.people.features import Features, beard_of, garment_of, hat_of, sex_of
from thumbnb.render.prompt.people.named_people import costume_of
from thumbnb.render.scene import Figure

if TYPE_CHECKING:
    from thumbnb.render.planning.understand import ParsedBrief

CLOTH = ("#3d6bff", "#e04f5f", "#22a06b", "#f2a03d", "#7b4bd0", "#1fa6c4", "#2b3350")

_LONG = ("long", "curly", "bun", "bob", "ponytail")
_SHORT = ("short", "quiff", "side", "curls")
_HAIR_OF = {
    "girl": ("pigtails", "bob", "pigtails", "ponytail"),
    "grandma": ("bun", "bob", "curly"),
    "boy": ("short", "quiff", "side"),
    "grandpa": ("balding", "short", "side"),
}
_SEX_OF = {
    "woman": "female", "girl": "female", "grandma": "female",
    "man": "male", "boy": "male", "grandpa": "male",
}  # fmt: skip
_YOUNG = frozenset({"boy", "girl", "child"})
_OLD = frozenset({"grandma", "grandpa"})
_CLOTHED = {
    "male": ("t-shirt", "hoodie", "checked shirt", "jacket", "shirt", "sweater", "bomber"),
    "female": ("sweater", "t-shirt", "jacket", "hoodie", "blouse", "shirt"),
    "young": ("t-shirt", "hoodie", "checked shirt", "sweater"),
    "old": ("shirt", "sweater", "checked shirt"),
}
"""What casual clothes are."""

_BEARDS = ("", "stubble", "", "full", "", "", "stubble", "", "", "full")
"""Of ten men."""


def invent_people(parsed: ParsedBrief) -> tuple[Figure, ...]:
    """Invent whom a prompt names: the same people in every variation, in other clothes."""
    prompt, report = parsed.prompt, parsed.report
    options = parsed.brief.options
    feels = feeling(parsed)
    wears = ""
    kinds = prompt.people.kinds
    drawn = "a figure was" if len(kinds) == 1 else f"{len(kinds)} figures were"
    if options.face_expression not in {None, "keep-original"}:
        feels = str(options.face_expression)
        report.applied("face_expression", f"Drawn {feels}.")
    if options.clothing_style not in {None, "keep-original"}:
        wears = str(options.clothing_style)
        report.applied("clothing_style", f"Drawn in {wears} clothes.")
    names = ", ".join(dict.fromkeys(prompt.people.words)) or "somebody"
    report.approximated("prompt", f"No portrait was given for {names}: {drawn} drawn instead.")
    feelings = (feels, *((_suffering(parsed, feels),) * (len(kinds) - 1)))
    if options.face_expression in {None, "keep-original"}:
        feelings = own_feelings(prompt.people.parts, feelings)
    figures = tuple(
        _figure(parsed, number, kind, feels)
        for number, (kind, feels) in enumerate(zip(kinds, feelings, strict=True))
    )
    dressed = [_dressed(figure, parsed, number, wears) for number, figure in enumerate(figures)]
    colours = colours_of_two(parsed.brief.prompt, prompt.people.words)
    for number, colour in enumerate(colours[: len(dressed)]):
        dressed[number] = dressed[number].model_copy(update={"cloth": named_colour(colour)})
    return tuple(dressed)


_SHOUTED_AT = re.compile(
    r"\b(?:shouting|yelling|screaming|shouts|yells|screams)\s+at\b|"
    r"\b(?:scolding|scolds|firing|fires|threatening|bullying|attacking|arresting|scaring)\b"
)


_FRIGHTENING = re.compile(r"\b(?:scared|afraid|terrified|frightened)\s+(?:of|by)\b")


def _suffering(parsed: ParsedBrief, feels: str) -> str:
    """Return what the second of two people feels, where one does something bad to the other."""
    text = fold(parsed.brief.prompt)
    if _FRIGHTENING.search(text):
        return "confident"
    return "worried" if _SHOUTED_AT.search(text) else feels


def _dressed(figure: Figure, parsed: ParsedBrief, number: int, wears: str) -> Figure:
    """Dress somebody: as an option says, in what the prompt names, or as their role is known."""
    prompt = parsed.prompt
    role = prompt.people.roles[number] if number < len(prompt.people.roles) else ""
    costume = costume_of(role)
    own = prompt.outfit if prompt.outfit.is_of(number) else Outfit()
    strong = own.build == "muscular" or role in _BROAD_ROLES
    usual = _usual(clothes_of(prompt.people.parts, number, prompt.clothes), costume)
    strong = strong or (usual is None and prompt.pose in LIFTED_LOWER)
    if strong and usual in {None, "sporty"}:
        usual = "sleeveless"
    wears = wears or own.clothes or _party(parsed, number, costume) or usual or "casual"
    bags = ("backpack",) if bags_on_backs(prompt) else ()
    worn = dict.fromkeys((*figure.worn, *gear_of(role), *own.worn, *bags))
    update: dict[str, object] = {"clothes": wears, "worn": tuple(worn), "hat": own.hat}
    update["expression"] = feeling_at_work(parsed, wears, figure.expression)
    high = STYLES[figure.style] in _HIGH_HAIR
    if high and (own.hat or _ON_EARS & {*worn} or wears == "streetwear"):
        update["style"] = _under_hat(figure)
    if wears in COSTUMES:
        update["cloth"] = COSTUMES[wears].cloth
        if COSTUMES[wears].hat and high:
            update["style"] = _under_hat(figure)
    elif wears == costume == "professional":
        update["cloth"] = _SUITS[parsed.number(parsed.seed, number) % len(_SUITS)]
    update |= _garment(prompt.features.garment, role, wears)
    if hat_of(role) and not own.hat:
        update["hat"] = hat_of(role)
    if own.build == "pregnant" and wears == "casual":
        update["garment"] = "sweater"
    if strong or own.build:
        update |= built("muscular" if strong else own.build)
    if prompt.cloth and (number == 0 or wears == usual == prompt.clothes):
        update["cloth"] = named_colour(prompt.cloth)
    return figure.model_copy(update=update)


def _usual(said: str | None, costume: str | None) -> str | None:
    """Return the clothes that a prompt says, or else the costume of a role.

    The suit of a beekeeper or of a diver is their costume, and so is the jersey of a footballer.
    """
    own_suit = said == "professional" and "suit" in costume_parts(costume)
    return (costume if own_suit or said == "sporty" else said) or costume or said


def _garment(said: str, role: str, wears: str) -> dict[str, object]:
    """Return everyday clothes: those that the prompt says, else those of a role."""
    if said and wears in {"casual", "elegant"}:
        return {"garment": said, "clothes": wears if said == "dress" else "casual"}
    usual = garment_of(role) if wears == "casual" else ""
    return {"garment": usual} if usual else {}


def _party(parsed: ParsedBrief, number: int, costume: str | None) -> str:
    """Return the costume of somebody at a party where all are in one; else ""."""
    if costume or not _COSTUMED.search(fold(parsed.brief.prompt)):
        return ""
    return _PARTY[(parsed.number(parsed.seed, "party") + number) % len(_PARTY)]


_COSTUMED = re.compile(
    r"\b(?:in\s+(?:\w+\s+){0,2}costumes?|costume\s+(?:party|contest)|dressed\s+up|cosplay\w*|"
    r"(?:wearing|halloween)\s+(?:\w+\s+)?costumes?|disguised|trick\s+or\s+treat\w*|"
    r"verkleidet|disfrazad[oa]s?|deguise\w*|fantasiad[oa]s?)\b"
)
_PARTY = ("vampire", "witch", "pirate", "clown", "devil", "wizard", "superhero")
"""What people in costumes are dressed as."""

_HIGH_HAIR = frozenset({"bun", "curly", "quiff", "side", "curls"})
"""Hair that no hat fits on."""


def _under_hat(figure: Figure) -> int:
    """Return the style of hair that somebody has under a hat instead."""
    if figure.sex != "female":
        return STYLES.index("short")
    return STYLES.index("bob" if STYLES[figure.style] == "curly" else "long")


_BUILDS = {"muscular": 1.0, "thin": 0.96, "heavy": 1.0, "pregnant": 1.0}


def built(physique: str) -> dict[str, object]:
    """Return what makes somebody of a physique, as fields of ``Figure``."""
    return {"physique": physique, "build": _BUILDS[physique]}


_BROAD_ROLES = frozenset({"bodybuilder", "weightlifter", "strongman", "wrestler", "lumberjack"})

_ON_EARS = frozenset({"headphones", "headset"})

_SUITS = ("#22304f", "#2f3340", "#3b4a63", "#1f2937")


def _figure(parsed: ParsedBrief, number: int, kind: str, feels: str) -> Figure:
    """Invent somebody; those beside each other differ in hair, skin and clothes."""
    choice = parsed.number(parsed.seed)
    features, people = parsed.prompt.features, parsed.prompt.people
    role = people.roles[number] if number < len(people.roles) else ""
    sex = _sex(parsed, number, kind, role)
    child, old = kind in _YOUNG, kind in _OLD
    as_kind = ("boy" if sex == "male" else "girl") if child else kind
    names = _HAIR_OF.get(as_kind, _SHORT if sex == "male" else _LONG)
    styles = [STYLES.index(name) for name in names]
    hair = (choice // 7 + 2 * number) % len(HAIRS)
    clothed = _CLOTHED["young" if child else "old" if old else sex]
    beard = "" if sex == "female" or child or kind == "teen" else _beard(parsed, number, role)
    style = styles[(choice // 49 + number // 2) % len(styles)]
    said = features if number == 0 or len(people.kinds) == 1 else Features()
    if said.style:
        style = STYLES.index(said.style)
    grey = old or beard == "long"
    return Figure.model_validate(
        {
            "skin": (choice + 2 * number) % len(SKINS),
            "hair": said.hair if said.hair is not None else GREY if grey else hair,
            "style": style,
            "expression": feels,
            "cloth": CLOTH[(choice // 343 + parsed.turn + 2 * number) % len(CLOTH)],
            "garment": clothed[(choice // 2401 + number) % len(clothed)],
            "young": child,
            "old": old,
            "sex": sex,
            "beard": beard,
            "lashes": sex == "female",
            "worn": ("glasses",) if old and choice % 2 == 0 else (),
            "silhouette": number in parsed.prompt.silhouettes,
        }
    )


def _sex(parsed: ParsedBrief, number: int, kind: str, role: str) -> str:
    """Return whom somebody is drawn as: as the prompt says or their role is known, else either."""
    alone = len(parsed.prompt.people.kinds) == 1
    said = _SEX_OF.get(kind) or (alone and parsed.prompt.features.sex) or sex_of(role)
    either = ("male", "female")[(parsed.number(parsed.seed, "sex") + number) % 2]
    bearded = "male" if number == 0 and parsed.prompt.features.beard else ""
    return said or bearded or either


def _beard(parsed: ParsedBrief, number: int, role: str) -> str:
    known = parsed.prompt.features.beard if number == 0 else ""
    known = known or next(
        (beard for word in (role, *role.split()) if (beard := beard_of(word))), ""
    )
    if known:
        return "" if known == "none" else known
    return _BEARDS[(parsed.number(parsed.seed, "beard") + 3 * number) % len(_BEARDS)]
