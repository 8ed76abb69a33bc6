"""What lies behind the words and who stands in front, as layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.render import palette, style, vision
from thumbnb.render.figures import drawn
from thumbnb.render.light import light_for
from thumbnb.render.painters.pictures import window
from thumbnb.render.palette import hexed
from thumbnb.render.scene import (
    Blur,
    Burst,
    Card,
    Cutout,
    Grade,
    Match,
    Painting,
    Picture,
    Scrim,
    Sharpen,
    Split,
)
from thumbnb.render.subjects import SUBJECTS

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.render.brief import Brief
    from thumbnb.render.casting import Cast
    from thumbnb.render.layout import Layout
    from thumbnb.render.presets import Preset
    from thumbnb.render.reading import Reading
    from thumbnb.render.recipe import Recipes
    from thumbnb.render.report import Report
    from thumbnb.render.scene import Box, Layer, Words

_ZOOM = 1.12
"""Pictures are brought this much nearer, so that their subject can be moved aside."""

_SOFT = 20
"""How much a picture or a painting behind somebody is blurred unless told otherwise."""

_FANS = {1: (1.0, 0.0, 0.0), 2: (0.74, 0.26, 0.30), 3: (0.60, 0.20, 0.21)}
"""Of one, two or three cards: how large they are, how far across and down the next one lies."""

_ENHANCE = {"subtle": 0.3, "normal": 0.55, "enhanced": 0.9}


def face_on_sheet(image: Image.Image, layout: Layout) -> Box | None:
    """Where the face in a picture that fills the frame comes to lie, in units."""
    face = vision.face(image)
    if face is None:
        return None
    box = window(image.size, (1280, 720), vision.focus(image), _ZOOM, _aim(layout))
    zoom = 1280 / (box[2] - box[0])
    x, y, w, h = face
    return (x - box[0]) * zoom, (y - box[1]) * zoom, w * zoom, h * zoom


def _aim(layout: Layout) -> tuple[float, float]:
    across = {"left": 0.70, "right": 0.30}.get(layout.side, 0.5)
    down = {"bottom": 0.40, "top": 0.62}.get(layout.side, 0.5)
    return across, down


class Stage:
    """Lays out a scene's ground and cast, and leaves room for its ``words``."""

    def __init__(
        self,
        brief: Brief,
        said: Reading,
        preset: Preset,
        who: Cast,
        layout: Layout,
        recipes: Recipes,
        report: Report,
        *,
        words: Words | None,
    ) -> None:
        self.brief, self.said, self.preset, self.who = brief, said, preset, who
        self.layout, self.recipes, self.report = layout, recipes, report
        self.lettered = words is not None
        self.plated = words is not None and words.effects.plate in {"line", "block"}
        self.images = brief.images()
        self.blur = brief.options.background_blur
        recipes.places = {
            "hero": layout.hero,
            "above": (layout.hero[0], -60.0),
            "side": "left" if layout.side == "right" else "right",
        }

    # ---- behind

    def behind(self) -> list[Layer]:
        """Give the ground, its blur and colours, and the shade words stand on."""
        who, preset = self.who, self.preset
        pictured = bool(who.behind) or who.paints
        if who.behind:
            image = self.images[who.behind]
            aim = (0.5, 0.5) if who.split else _aim(self.layout)
            zoom = 1.0 if who.split else _ZOOM
            ground = Picture(image=who.behind, focus=vision.focus(image), aim=aim, zoom=zoom)
            layers: list[Layer] = [ground, Sharpen()]
            layers += self._blurred(ground)
        elif who.paints:
            layers = [self.painting(0.5 if who.person else self.layout.aim)]
            layers += self._blurred(None)
        else:
            layers = self.recipes.layers(preset.ground)
            if self.blur:
                layers.append(Blur(amount=self.blur))
                self.report.applied("background_blur", f"{self.blur} of 100.")
        layers += self._reference()
        if who.split:
            layers.append(self._split())
        elif pictured:
            layers += self.recipes.layers(preset.over)
        layers += self._mood()
        if self.lettered and pictured:
            layers += self._scrim()
        return layers

    def painting(self, aim: float) -> Painting:
        """Give the subject, painted in the light the prompt asks for."""
        subject = self.who.subject
        light = light_for(self.said, SUBJECTS[subject])
        colours = None
        if light is not None:
            colours = {
                "sky": " ".join(hexed(c) for c in light.sky),
                "light": hexed(light.light),
                "land": hexed(light.land),
                "accent": hexed(light.accent),
            }
        return Painting(subject=subject, seed=self.recipes.number % 10_000, aim=aim, light=colours)

    def _blurred(self, ground: Picture | None) -> list[Layer]:
        """Blur the ground; a person in a picture stays sharp."""
        level = self.blur
        if level is None:
            level = max(_SOFT, self.preset.blur) if self.who.person else 0
        else:
            self.report.applied("background_blur", f"{level} of 100.")
        if "blur" in self.recipes.off:
            level = 0
        if not level:
            return []
        out: list[Layer] = [Blur(amount=level)]
        if ground and not self.who.person and self.blur:
            seen = vision.sight(self.images[ground.image])
            if seen.cut is not None and vision.face(self.images[ground.image]):
                out.append(ground.model_copy(update={"cut": True}))
        return out

    def _reference(self) -> list[Layer]:
        reference = self.brief.style_reference or self.brief.template
        if reference is None:
            return []
        option = "style_reference" if self.brief.style_reference is not None else "template"
        self.report.approximated(
            option, "Its colours and light were taken over; its composition and lettering were not."
        )
        mean, spread = style.statistics(reference)
        return [Match(mean=mean, spread=spread)]

    def _split(self) -> Split:
        one = self.who.after is None
        after = self.images.get(self.who.after or "")
        return Split(
            after=self.who.after,
            focus=vision.focus(after) if after else (0.5, 0.5),
            dull=Grade(contrast=0.80, saturation=0.12 if one else 0.55, gamma=1.25, lift=0.02),
            bright=Grade(contrast=1.08, saturation=1.22, warmth=0.02, gamma=0.92),
        )

    def _mood(self) -> list[Layer]:
        """Give what the prompt and the negative prompt say of light and colour, for all that is there."""
        tones, off = set(self.said.tones), self.recipes.off
        data: dict[str, float] = {}
        if self.who.behind:
            # Paintings were already painted in that light.
            data["gamma"] = 1.28 if "dark" in tones else 0.86 if "bright" in tones else 1.0
            data["saturation"] = (
                1.3 if "vivid" in tones else 0.6 if {"muted", "pastel"} & tones else 1.0
            )
            data["contrast"] = 1.18 if "epic" in tones else 0.88 if "pastel" in tones else 1.0
        data["warmth"] = 0.07 if "warm" in tones else -0.07 if "cool" in tones else 0.0
        if "mono" in tones:
            data["saturation"] = 0.0
        if "dark" in off:
            data["gamma"] = data.get("gamma", 1.0) * 0.8
        if "bright" in off:
            data["gamma"] = data.get("gamma", 1.0) * 1.2
        if "vivid" in off:
            data["saturation"] = data.get("saturation", 1.0) * 0.65
        grade = Grade(**data)
        return [] if grade == Grade() else [grade]

    def _scrim(self) -> list[Layer]:
        """Shade (or, under dark letters, light) on the side of the words."""
        side = self.layout.side
        if side == "middle" or (self.who.split and not self.preset.split):
            return []
        if self.plated or (self.who.split and self.preset.split):
            strength = 0.6 if self.who.split else 0.0
            return (
                [Scrim(colour="#000000", side=side, reach=0.55, strength=strength)]
                if strength
                else []
            )
        reach, strength = (0.72, 0.62) if side in {"left", "right"} else (0.62, 0.66)
        colour = palette.veil_of(self.recipes.colours)
        return [Scrim(colour=colour, side=side, reach=reach, strength=strength)]

    # ---- before

    def before(self) -> list[Layer]:
        """Cards, and whoever stands in front of them."""
        layers = self._cards()
        if self.who.portrait:
            layers += self._portrait(self.who.portrait)
        elif self.who.figure:
            _, face = drawn(self.who.figure)
            layers += self._person(Cutout(figure=self.who.figure, face=face, **self._place()))
        if (
            self.who.person
            and self.lettered
            and self.layout.side == "bottom"
            and not self.who.split
        ):
            # Words lie over the body.
            veil = palette.veil_of(self.recipes.colours)
            layers.append(Scrim(colour=veil, side="bottom", reach=0.5, strength=0.8))
        if self.who.logo:
            layers.append(
                Card(image=self.who.logo, box=(1136, 36, 108, 108), border=None, shadow=0.4)
            )
        return layers

    def _cards(self) -> list[Layer]:
        who, layout = self.who, self.layout
        finish = self.recipes.filled(self.preset.card)
        if layout.side == "right":
            finish["tilt"] = -finish.get("tilt", 0)
        if "tilt" in self.recipes.off:
            finish["tilt"] = 0
        if "outline" in self.recipes.off:
            finish["border"] = None
        if who.cards_painting:
            painting = self.painting(0.5)
            return [Card(painting=painting, box=_shaped(layout.card, finish), **finish)]
        if not who.shown:
            return []
        x, y, w, h = layout.card
        if who.person:
            finish["shape"] = "rounded"
            if self.layout.name == "bare":
                x, y, w, h = 60, 180, 440, 300
        names = who.shown[:3]
        scale, across, down = _FANS[len(names)]
        cards: list[Layer] = []
        # The first lies on top.
        for i, name in reversed(list(enumerate(names))):
            box = (x + across * w * i, y + down * h * i, w * scale, h * scale)
            turned = finish | {"tilt": finish.get("tilt", 0) * (1 if i % 2 == 0 else -1.4)}
            focus = vision.focus(self.images[name])
            cards.append(Card(image=name, box=_shaped(box, turned), focus=focus, **turned))
        return cards

    def _place(self) -> dict[str, Any]:
        layout = self.layout
        width = self.preset.face_width * layout.face
        finish = self.recipes.filled(self.preset.person)
        if "outline" in self.recipes.off:
            finish.pop("outline", None)
        if "glow" in self.recipes.off:
            finish.pop("glow", None)
            finish.pop("rims", None)
        grade = self.recipes.filled(self.preset.person_grade) if self.preset.person_grade else None
        return {"at": layout.hero, "face_width": width, "finish": finish, "grade": grade}

    def _person(self, cutout: Cutout) -> list[Layer]:
        devices = set(self.preset.devices) - self.recipes.off
        if "burst" in devices and self.layout.side in {"left", "right", "none"}:
            radius = cutout.face_width * 0.98
            return [
                Burst(at=cutout.at, radius=radius, colour=self.recipes.colours["accent"]),
                cutout,
            ]
        return [cutout]

    def _portrait(self, name: str) -> list[Layer]:
        sight = vision.sight(self.images[name])
        wish = self.brief.options.face_enhancement
        enhance = _ENHANCE.get(wish or "", 0.0)
        if enhance and sight.face:
            self.report.applied("face_enhancement", "Skin evened and lit; features as they are.")
        elif enhance:
            self.report.ignored("face_enhancement", "No face was found.")
        if sight.cut is not None and sight.face is not None:
            self.report.applied("person", sight.how)
            return self._person(
                Cutout(image=name, face=sight.face, enhance=enhance, **self._place())
            )
        self.report.approximated("person", sight.how)
        finish = self.recipes.filled(self.preset.card)
        finish |= {"shape": "disc", "tilt": 0}
        x, y = self.layout.hero
        side = 440.0 * self.layout.face
        top = min(max(y + 60 - side / 2, 36), 700 - side)
        box = (x - side / 2, top, side, side)
        return [
            Card(
                image=name,
                box=box,
                focus=vision.focus(self.images[name]),
                enhance=enhance,
                face=sight.face,
                **finish,
            )
        ]

    # ---- what cannot be done

    def confess(self) -> None:
        """Say what a compositor cannot do for photographs."""
        options, figure = self.brief.options, self.who.figure
        for option, what in (("face_expression", "expression"), ("clothing_style", "clothes")):
            wish = getattr(options, option)
            if wish in {None, "keep-original"} or figure:
                continue
            if self.who.portrait or self.who.behind or self.who.shown:
                why = f"A compositor cannot change the {what} in a photograph."
            else:
                why = "Nobody is shown: give a person, or name one in the prompt."
            self.report.ignored(option, why)
        if options.face_enhancement not in {None, "keep-original"} and not (
            self.who.portrait or figure
        ):
            self.report.ignored("face_enhancement", "No portrait was given.")
        if options.background_blur is not None:
            self.report.applied("background_blur", f"{options.background_blur} of 100.")
        if not self.said.subjects and not (self.who.behind or self.who.shown):
            self.report.approximated(
                "prompt",
                f"It names nothing that can be painted; the preset's own is shown ({self.who.subject}).",
            )
        elif self.who.paints or self.who.cards_painting:
            self.report.applied(
                "prompt", f"Painted by rules, not a photograph: {self.who.subject}."
            )


def _shaped(box: Box, finish: dict[str, Any]) -> Box:
    """Make a box square where its shape is one."""
    x, y, w, h = box
    if finish.get("shape") not in {"disc", "square"}:
        return box
    side = min(w, h) * (1.12 if finish["shape"] == "disc" else 1.08)
    return x + (w - side) / 2, y + (h - side) / 2, side, side
