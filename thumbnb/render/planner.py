"""From a brief to a scene: what is shown, in which colours, where."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from thumbnb.render import headline, palette, style, vision
from thumbnb.render.layout import LAYOUTS, Layout, choose
from thumbnb.render.presets import PRESETS
from thumbnb.render.reading import devices_in, read
from thumbnb.render.report import Report
from thumbnb.render.scene import (
    Any_,
    Blur,
    Burst,
    Card,
    Cutout,
    Grade,
    Match,
    Painting,
    Picture,
    Scene,
    Scrim,
    Sharpen,
    Split,
    Words,
)

if TYPE_CHECKING:
    from thumbnb.render.brief import Brief
    from thumbnb.render.scene import Layer

_LAYER: TypeAdapter[Any] = TypeAdapter(Any_)


def plan(brief: Brief, seed: int = 0, variation: int = 0) -> Scene:
    """Lay out a brief. The same brief, seed and variation give the same scene.

    Seed 0, variation 0 is a preset's signature; other seeds and variations take
    other layouts, palettes and voices of it, and other paintings.
    """
    return draft(brief, seed, variation)[0]


def draft(brief: Brief, seed: int, variation: int) -> tuple[Scene, Report]:
    """Lay out a brief, and say what became of what it asks for."""
    return _Planner(brief, seed, variation).scene()


class _Planner:
    def __init__(self, brief: Brief, seed: int, variation: int) -> None:
        self.brief, self.seed, self.variation = brief, seed, variation
        self.preset = PRESETS[brief.preset]
        self.reading = read(brief.prompt)
        self.report = Report()
        digest = hashlib.sha256(f"{brief.prompt}\n{seed}\n{variation}".encode()).digest()
        self.number = int.from_bytes(digest[:4], "big")
        self.off: set[str] = set()
        self.places: dict[str, Any] = {}

    def scene(self) -> tuple[Scene, Report]:
        self._negative()
        self.colours = self._palette()
        effects = self._resolve(
            self.preset.voices[(self.variation + self.seed) % len(self.preset.voices)]
        )
        title = self._title()
        person = self._person()
        contents = self._contents()
        alone = person is None and not (contents and self.preset.picture != "full")
        layout = self._layout(alone=alone)
        words: Words | None = None
        if title:
            text, kicker = headline.parted(title)
            words, layout = headline.set_title(text, self.preset, layout, effects, self.report)
        else:
            kicker = None
        side = "right" if layout.side in {"left", "bottom", "top", "middle"} else "left"
        self.places = {"hero": layout.hero, "hero_top": (layout.hero[0], -60.0), "side": side}
        back, hero = self._stage(layout, person, contents)
        layers: list[Layer] = [*back]
        if words and not self._is_pattern:
            layers += self._scrim(layout)
        layers += hero
        layers += self._recipe(self.preset.last)
        if kicker and "labels" not in self.off:
            label = self.preset.label.model_copy(
                update={
                    "ink": self._colour(self.preset.label.ink),
                    "plate": self._colour(self.preset.label.plate),
                }
            )
            layers.append(headline.chip(kicker, label, words, layout))
        if words:
            layers.append(words)
        self._unable()
        scene = Scene(
            preset=self.preset.key,
            preset_version=self.preset.version,
            seed=self.seed,
            variation=self.variation,
            layout=layout.name,
            palette=self.colours,
            layers=tuple(layers),
        )
        return scene, self.report

    # ---- what is asked for

    def _negative(self) -> None:
        text = self.brief.options.negative_prompt
        if not text:
            return
        known, unknown = devices_in(text)
        self.off = set(known)
        if known:
            self.report.applied("negative_prompt", f"Left out or toned down: {', '.join(known)}.")
        if unknown:
            self.report.ignored("negative_prompt", f"Not understood: {', '.join(unknown)}.")

    def _palette(self) -> dict[str, str]:
        colours = dict(
            self.preset.palettes[(self.variation + self.seed) % len(self.preset.palettes)]
        )
        reference = self.brief.style_reference or self.brief.template
        if reference is not None:
            colours = palette.accent_from(colours, style.palette_of(reference))
        elif self.reading.colours:
            name = self.reading.colours[self.variation % len(self.reading.colours)]
            colours = palette.in_colour(colours, name)
        return colours

    def _title(self) -> str | None:
        position = self.brief.options.text_position
        title = headline.cleaned(self.brief.title or self.reading.quoted or "")
        if not title:
            return None
        if position == "none" or "words" in self.off:
            why = (
                "the text position is none" if position == "none" else "the negative prompt says so"
            )
            self.report.applied("text_position", f"No words are set: {why}.")
            return None
        return title

    def _person(self) -> str | None:
        if not self.brief.portraits or "person" in self.off:
            return None
        return f"portrait{self.variation % len(self.brief.portraits) + 1}"

    def _contents(self) -> list[str]:
        return [f"image{i}" for i in range(1, len(self.brief.content_images) + 1)]

    def _layout(self, *, alone: bool) -> Layout:
        position = self.brief.options.text_position
        index = self.variation + self.seed // max(1, len(self.preset.palettes))
        layout = choose(self.preset.layouts, index, position, alone=alone)
        if position in {"top", "center", "bottom"}:
            self.report.applied(
                "text_position", f"The title stands at the {layout.position} ({layout.name})."
            )
        return layout

    # ---- what is shown

    def _stage(
        self, layout: Layout, person: str | None, contents: list[str]
    ) -> tuple[list[Layer], list[Layer]]:
        """What lies behind and what stands in front."""
        preset, reading = self.preset, self.reading
        images = self.brief.images()
        self._is_pattern = False
        back: list[Layer] = []
        hero: list[Layer] = []
        roles = {n: reading.roles.get(int(n.removeprefix("image")), "main") for n in contents}
        behind = next((n for n in contents if roles[n] == "background"), None)
        front = [n for n in contents if n != behind]
        blur = self.brief.options.background_blur
        if preset.split and contents and not person:
            first = next((n for n in contents if roles[n] == "before"), contents[0])
            second = next((n for n in contents if roles[n] == "after"), contents[-1])
            return [self._split(first, second, images)], []
        if behind is None and front and person is None and preset.picture == "full":
            behind = front.pop(0)
        if behind:
            back.append(Picture(image=behind, focus=vision.focus(images[behind]), flip=False))
            back.append(Sharpen())
            level = preset.blur if blur is None else blur
            if person is not None and blur is None:
                level = max(level, 18)
            if level:
                back.append(Blur(amount=level))
            back += self._recipe(preset.over)
        elif (person or front) and (
            preset.backs == "ground"
            or reading.subject is None
            or preset.picture in {"disc", "square"}
        ):
            self._is_pattern = True
            back += self._recipe(preset.ground)
            if blur:
                back.append(Blur(amount=blur))
        else:
            subject = reading.subject or preset.subject
            aim = {"left": 0.72, "right": 0.28}.get(layout.side, 0.5)
            back.append(Painting(subject=subject, seed=self.number % 10_000, aim=aim))
            level = (12 if person or front else 0) if blur is None else blur
            if level:
                back.append(Blur(amount=level))
            back += self._recipe(preset.over)
        if blur is not None:
            self.report.applied("background_blur", f"{blur} of 100.")
        reference = self.brief.style_reference or self.brief.template
        if reference is not None:
            mean, spread = style.statistics(reference)
            back.append(Match(mean=mean, spread=spread))
            self.report.applied(
                "style_reference" if self.brief.style_reference is not None else "template",
                "Its colours and light were taken over; its composition was not.",
            )
        if front:
            hero += self._cards(front, layout, images, beside=person is not None)
        if person:
            hero += self._portrait(person, layout, images)
        return back, hero

    def _split(self, first: str, second: str, images: dict[str, Any]) -> Split:
        one = first == second
        return Split(
            before=first,
            after=second,
            before_focus=vision.focus(images[first]),
            after_focus=vision.focus(images[second]),
            dull=Grade(
                contrast=0.78, saturation=0.15 if one else 0.5, warmth=-0.03, gamma=1.1, lift=0.03
            ),
            bright=Grade(contrast=1.06, saturation=1.22, warmth=0.02, gamma=0.9),
        )

    def _cards(
        self, names: list[str], layout: Layout, images: dict[str, Any], *, beside: bool
    ) -> list[Layer]:
        x, y, w, h = layout.card
        finish = self._resolve(self.preset.card)
        if "tilt" in self.off:
            finish = finish | {"tilt": 0}
        if layout.side == "right":
            finish = finish | {"tilt": -finish.get("tilt", 0)}
        shape = finish.get("shape", "rounded")
        if beside:
            w, h = w * 0.5, h * 0.5
        if shape == "disc" or (shape == "square" and not beside):
            side = min(w, h) * 1.12
            x, y, w, h = x + (w - side) / 2, y + (h - side) / 2, side, side
        return [
            Card(
                image=name,
                box=(x + 26 * i, y + 20 * i, w, h),
                focus=vision.focus(images[name]),
                **finish,
            )
            for i, name in enumerate(names[:1])
        ]

    def _portrait(self, name: str, layout: Layout, images: dict[str, Any]) -> list[Layer]:
        sight = vision.sight(images[name])
        enhance = {"subtle": 0.3, "normal": 0.55, "enhanced": 0.9}.get(
            self.brief.options.face_enhancement or "", 0.0
        )
        if self.brief.options.face_enhancement in {"subtle", "normal", "enhanced"}:
            self.report.applied("face_enhancement", "Skin smoothed and lit, features left alone.")
        if sight.cut is not None and sight.face is not None:
            layer = Cutout(
                image=name,
                face=sight.face,
                at=layout.hero,
                face_width=self.preset.face_width * layout.face,
                finish=self._finish(),
                enhance=enhance,
                flip=False,
            )
            self.report.applied("person", sight.how)
            out: list[Layer] = [layer]
            if "burst" in self.preset.devices and "burst" not in self.off:
                out.insert(
                    0,
                    Burst(
                        at=layout.hero,
                        radius=self.preset.face_width * 0.95,
                        colour=self.colours["accent"],
                    ),
                )
            return out
        self.report.approximated("person", sight.how)
        x, y, w, h = layout.card
        side = min(w, h) * 1.1
        finish = self._resolve(self.preset.card) | {"shape": "disc"}
        finish.pop("tilt", None)
        return [
            Card(
                image=name,
                box=(x + (w - side) / 2, y + (h - side) / 2, side, side),
                focus=vision.focus(images[name]),
                enhance=enhance,
                face=sight.face,
                **finish,
            )
        ]

    def _finish(self) -> dict[str, Any]:
        finish = self._resolve(self.preset.person)
        if "outline" in self.off:
            finish.pop("outline", None)
        if "glow" in self.off:
            finish.pop("glow", None)
            finish.pop("rims", None)
        return finish

    def _scrim(self, layout: Layout) -> list[Layer]:
        side = {"middle": "bottom"}.get(layout.side, layout.side)
        dark = palette.luminance(self.colours["ink"]) > 0.4  # noqa: PLR2004 - light letters want shade
        colour = self.colours["deep"] if dark else self.colours["ground"]
        return [
            Scrim(
                colour=colour,
                side=side,
                reach=0.72 if side in {"left", "right"} else 0.6,
                strength=0.55,
            )
        ]  # type: ignore[arg-type]

    def _unable(self) -> None:
        """Say what a compositor cannot do."""
        options = self.brief.options
        if options.face_expression and options.face_expression != "keep-original":
            self.report.ignored(
                "face_expression", "A compositor cannot change the expression of a photograph."
            )
        if options.clothing_style and options.clothing_style != "keep-original":
            self.report.ignored(
                "clothing_style", "A compositor cannot change the clothes in a photograph."
            )

    # ---- recipes

    def _colour(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("$"):
            return self.colours.get(value[1:], value)
        return value

    def _resolve(self, recipe: dict[str, Any]) -> dict[str, Any]:
        def walk(value: Any) -> Any:
            if isinstance(value, dict):
                return {k: walk(v) for k, v in value.items()}
            if isinstance(value, list | tuple):
                return [walk(v) for v in value]
            if isinstance(value, str) and value.startswith("$"):
                name = value[1:]
                return self.places[name] if name in self.places else self.colours[name]
            return value

        return walk(recipe)  # type: ignore[no-any-return]

    def _recipe(self, recipe: tuple[dict[str, Any], ...]) -> list[Layer]:
        out = []
        for i, step in enumerate(recipe):
            if step["kind"] in self.off or (step["kind"] == "sunburst" and "rays" in self.off):
                continue
            data = self._resolve(step)
            if step["kind"] in {"mist", "bokeh", "sparks", "grain", "rays"}:
                data.setdefault("seed", (self.number + 101 * i) % 10_000)
            out.append(_LAYER.validate_python(data))
        return out
