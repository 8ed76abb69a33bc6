"""The form that a thumbnail is described in."""

from __future__ import annotations

import functools
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb import errors
from thumbnb.briefs import AdvancedOptions, ProjectDraft
from thumbnb.client.inputs import image_tokens
from thumbnb.client.ledger import prices
from thumbnb.client.purchases.draft_request import person_field
from thumbnb.client.resources.project import Project
from thumbnb.client.runtime.job import Job
from thumbnb.widgets.controls.button import Button
from thumbnb.widgets.controls.collapsible import Fold
from thumbnb.widgets.controls.note import Note
from thumbnb.widgets.controls.panel import Panel
from thumbnb.widgets.controls.text_field import TextField
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.layout import column, row
from thumbnb.widgets.core.trait_links import tie
from thumbnb.widgets.form.advanced_controls import AdvancedControls
from thumbnb.widgets.form.content_strip import ContentStrip
from thumbnb.widgets.form.image_check import picture_fault
from thumbnb.widgets.form.person_picker import PersonPicker
from thumbnb.widgets.form.project_code import brief_code
from thumbnb.widgets.form.prompt_field import PromptField
from thumbnb.widgets.form.record_picker import RecordPicker
from thumbnb.widgets.form.style_source import KINDS, StyleSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from thumbnb.client.client import Client
    from thumbnb.client.purchases.assets import ImageInput
    from thumbnb.models import PresetRecord

# How a brief's fields are called here.
_HERE = {
    "project_name": "name",
    "person_id": "person",
    "person_name": "person",
    "template_id": "template",
    "style_reference_url": "style_reference",
    "preset_key": "preset",
}


_CALLED = {"youtube_url": "the YouTube address"}

# Two clicks within so many seconds are one double click.
DOUBLE = 1.0


class PromptForm(Panel):
    """Describe a thumbnail: what is on it, its style, its words, and what it will cost.

    Traits: ``prompt`` (3 to 2000 characters), ``title`` (the text on the picture, up to
    200), ``preset`` (a key), ``name`` (of the project), ``person``, ``content_images``
    (up to 5, anything the client takes as a picture), and one of ``template``,
    ``style_reference`` and ``youtube_url``. ``valid``, ``faults`` (what is wrong, in
    words, by field) and ``price`` (credits) follow them; ``project`` and ``job`` are the
    last ones started. ``options`` is the ``AdvancedControls`` inside.

    ``brief()`` gives it as keywords of ``client.create_project``, ``code()`` as Python,
    ``submit()`` starts it. Nothing is uploaded or sent before that, save what has a
    button of its own.

    >>> form = PromptForm(client, prompt="A red door", title="OPEN ME")  # doctest: +SKIP
    >>> form.observe(lambda change: show(change.new), "job")  # doctest: +SKIP
    """

    told = ("prompt", "valid")

    _clock = staticmethod(time.monotonic)

    prompt = traitlets.Unicode()
    title = traitlets.Unicode()
    preset = traitlets.Any(None, allow_none=True, help="Its key; a preset itself may be set.")
    name = traitlets.Unicode()
    person = traitlets.Any(None, allow_none=True)
    template = traitlets.Any(None, allow_none=True)
    style_reference = traitlets.Any(None, allow_none=True)
    youtube_url = traitlets.Unicode()
    content_images = traitlets.Tuple()
    valid = traitlets.Bool(False, help="Whether it can be sent.")
    faults = traitlets.Dict(help="What is wrong, in words, by field.")
    price = traitlets.Float(0.0, help="What it costs, in credits.")
    project = traitlets.Instance(Project, allow_none=True, help="The last one made.")
    job = traitlets.Instance(Job, allow_none=True, help="The last generation started.")

    def __init__(
        self,
        client: Client,
        *,
        prompt: str = "",
        preset: Any = None,
        options: AdvancedControls | AdvancedOptions | Mapping[str, Any] | None = None,
        content_images: Iterable[ImageInput] = (),
        **traits: Any,
    ) -> None:
        self._client = client
        self._busy: set[str] = set()
        self._pressed = -DOUBLE
        self._before_improving: str | None = None
        super().__init__()
        self._only_known(traits)
        self.options = (
            options if isinstance(options, AdvancedControls) else AdvancedControls(options)
        )
        self._make({name: traits.pop(name) for name in KINDS if name in traits})
        self._bind()
        for picture in content_images:
            self._strip.add(picture)
        self.prompt, self.preset = prompt, preset
        for name, value in traits.items():
            setattr(self, name, value)
        self._check()
        self._read_presets()

    # -- what it is made of -------------------------------------------------------

    def _make(self, sources: Mapping[str, Any]) -> None:
        client = self._client
        self._prompt = PromptField(
            label="Prompt", most=2000, placeholder="What is to be seen? Name pictures with @."
        )
        self._strip = ContentStrip(client, label="Content images", named=True)
        self._title = TextField(label="Title", most=200, placeholder="The words on the picture")
        self._name = TextField(label="Project name", most=100, placeholder="Untitled Project")
        self._presets = RecordPicker(
            client,
            card=lambda item: {"label": item.label, "note": item.description, "emoji": item.emoji},
            picture=lambda item: item.sample_url,
            label="Preset",
            unset="No preset",
        )
        self._persons = PersonPicker(client)
        self._style = StyleSource(client, **sources)
        self._fields = {
            "prompt": self._prompt,
            "title": self._title,
            "name": self._name,
            "preset": self._presets,
            "person": self._persons.picker,
            "content_images": self._strip,
            "style_reference": self._style.picture,
            "youtube_url": self._style.address,
        }
        improve = f"Improve prompt · {prices.PER_PROMPT:g} credit"
        self._improve = Button(improve, self._paid(self.improve))
        self._undo = Button("Undo", self.guarded(lambda _: self._unimprove()))
        self._advanced = Fold("Advanced options", self.options)
        self._start = Button("Generate", self._paid(self.submit), primary=True)
        self._reason = Note(kind="hint")
        words = row(self._improve, self._undo, look="thumbnb-form-row")
        left = column(
            column(self._prompt, words, look="thumbnb-form-group"),
            self._strip, self._title, self._name, self._persons, look="thumbnb-form-column",
        )  # fmt: skip
        right = column(self._presets, self._style, look="thumbnb-form-column")
        columns = row(left, right, look="thumbnb-form-columns")
        self.add_class("thumbnb-form")
        start = row(self._start, self._reason, look="thumbnb-form-row")
        self.fill(columns, self._advanced, start)
        self._undo.layout.display = "none"

    def _paid(self, act: Callable[[], Any]) -> Callable[..., None]:
        """Return what a button does that costs; the second click of two is not an order."""

        def press(_: Any) -> None:
            now = self._clock()
            if not self._busy and now - self._pressed >= DOUBLE:
                self._pressed = now
                act()

        return self.guarded(press)

    def _bind(self) -> None:
        tie(self, "prompt", self._prompt, "value")
        tie(self, "title", self._title, "value")
        tie(self, "name", self._name, "value")
        tie(self, "content_images", self._strip, "images")
        tie(self, "person", self._persons, "person")
        for name in KINDS:
            tie(self._style, name, self, name)
        self._presets.observe(lambda change: setattr(self, "preset", change.new), "chosen")
        self.observe(lambda change: setattr(self._presets, "chosen", change.new), "preset")
        self._strip.observe(lambda change: setattr(self._prompt, "images", change.new), "names")
        self._strip.on_arrange(self._prompt.renumber)
        self._strip.on_pick(lambda number: self._prompt.insert(image_tokens.token(number)))
        told = ("prompt", "title", "preset", "name", "person", "template", "style_reference")
        self.observe(lambda _: self._check(), [*told, "youtube_url", "content_images"])
        self.options.observe(lambda _: self._check(), ["options", "fault"])

    @traitlets.validate("preset")
    def _key_of_preset(self, proposal: Any) -> str | None:
        key = getattr(proposal.value, "key", proposal.value)
        if key is not None and not isinstance(key, str):
            raise errors.InvalidInput(f"preset is a preset or its key, not a {type(key).__name__}.")
        return key

    # -- what there is to choose from ---------------------------------------------

    def reload(self) -> None:
        """Ask the service again which presets, persons and templates there are; free."""
        self.error = ""
        self._read_presets()
        self._persons.reload()
        self._style.reload()

    def _read_presets(self) -> None:
        def offer(presets: list[PresetRecord]) -> None:
            self._presets.offer(presets)
            self._check()

        self.work("presets", self._client.presets.aio, then=offer, latest=True)

    # -- what is wrong ------------------------------------------------------------

    def _check(self) -> None:
        faults = self._found()
        for name, field in self._fields.items():
            field.fault = faults.get(name, "")
        self.price = self._client.price(options=self.options.options)
        self.faults, self.valid = faults, not faults
        self._advanced.head.summary = self.options.summary or "the service decides"
        self._say()

    def _say(self, *, more: str = "", less: str = "") -> None:
        """Say on the buttons what they cost, or that they are busy, and why they wait."""
        self._busy = (self._busy | {more}) - {less, ""}
        count = self.options.options.variations or 1
        start = f"Generate {count} · {prices.amount(self.price)}"
        self._reason.text = next(iter(self.faults.values()), "")
        self._start.description = "Starting..." if "start" in self._busy else start
        self._start.tooltip = self._reason.text or start
        self._start.disabled = "start" in self._busy or not self.valid
        self._improve.disabled = "improve" in self._busy or "prompt" in self.faults

    @contextmanager
    def _doing(self, what: str) -> Iterator[None]:
        """Have its button wait until the work inside has ended, however it ends."""
        try:
            yield
        finally:
            trait_updates.shared.call(self, lambda: self._say(less=what))

    def _found(self) -> dict[str, str]:
        given = {
            "prompt": self.prompt.strip(),
            "preset_key": self.preset,
            "title": self.title,
            "project_name": self.name,
            "template_id": getattr(self.template, "id", self.template),
            "youtube_url": self.youtube_url or None,
            "style_reference_url": "-" if self.style_reference is not None else None,
            **person_field(self.person),
        }
        wrong = ProjectDraft.faults(**given)
        found = {_HERE.get(name, name): _sentence(name, said) for name, said in wrong.items()}
        if not given["prompt"]:
            found["prompt"] = "Say what is to be seen."
        count = len(self.content_images)
        if stray := image_tokens.stray(self.prompt, count):
            found.setdefault("prompt", image_tokens.stray_words(stray[0], count))
        if missing := image_tokens.missing(self.prompt, count):
            names = " and ".join(image_tokens.token(number) for number in missing)
            found["content_images"] = (
                f"The prompt does not name {names}. Click the picture to name it, or take it out."
            )
        if self.options.fault:
            found["options"] = _sentence("", self.options.fault)
        if unknown := self._presets.unknown():
            found["preset"] = unknown
        return found | self._no_pictures()

    def _no_pictures(self) -> dict[str, str]:
        """Return what is wrong with the pictures themselves."""
        found: dict[str, str] = {}
        for number, picture in enumerate(self.content_images, 1):
            if said := picture_fault(picture):
                found.setdefault("content_images", f"{image_tokens.token(number)}: {said}")
        style = self.style_reference
        if style is not None and (said := picture_fault(style)):
            found["style_reference"] = said
        return found

    # -- what it comes to ---------------------------------------------------------

    def add_image(self, picture: ImageInput, *, name: str = "") -> None:
        """Add a content image, and its name to the prompt unless that is there already."""
        number = self._strip.add(picture, name=name)
        if number in image_tokens.missing(self.prompt, number):
            self._prompt.insert(image_tokens.token(number))

    def brief(self) -> dict[str, Any]:
        """Return the keywords of ``client.create_project``. Raises InvalidInput."""
        if self.faults:
            raise errors.InvalidInput(" ".join(self.faults.values()))
        return self.given()

    def given(self) -> dict[str, Any]:
        """Return what is given so far, right or wrong, as keywords of ``client.create_project``."""
        options = self.options.options
        given = {
            "prompt": self.prompt.strip(),
            "preset": self.preset,
            "title": self.title,
            "name": self.name,
            "person": self.person,
            "content_images": list(self.content_images),
            "template": self.template,
            "style_reference": self.style_reference,
            "youtube_url": self.youtube_url,
            "options": options if options != AdvancedOptions() else None,
        }
        return {name: value for name, value in given.items() if not _empty(value)}

    def code(self) -> str:
        """Return the Python that does the same."""
        return brief_code(self._client, {"prompt": self.prompt, **self.given()})

    def submit(self) -> Job[tuple[Project, Job[Any]]]:
        """Make the project and start it; ``job`` is the generation. Raises InvalidInput.

        Returns at once, with the job of the start.
        """
        brief = self.brief()

        async def start() -> tuple[Project, Job[Any]]:
            with self._doing("start"):
                project = await self._client.create_project.aio(**brief)
                return project, project.start()

        self.error = ""
        self._say(more="start")
        return self.work("start", start, then=self._started)

    create = submit

    def _started(self, started: tuple[Project, Job[Any]]) -> None:
        self.project, self.job = started

    @traitlets.observe("job")
    def _follow(self, change: Any) -> None:
        if job := change.new:
            job.watch(self._watch)
            self._watch(job)  # it may have ended before anybody watched

    def _watch(self, job: Job[Any]) -> None:
        if (error := job.exception()) is not None:
            trait_updates.shared.call(self, functools.partial(self.fail, error))

    # -- a better prompt ----------------------------------------------------------

    def improve(self) -> None:
        """Ask for a better prompt, for half a credit; the button beside takes it back."""
        prompt, context = self.prompt, {"title": self.title} if self.title else {}

        async def improve() -> str:
            with self._doing("improve"):
                return await self._client.improve_prompt.aio(prompt, context=context)

        def improved(words: str) -> None:
            self._before_improving, self.prompt = self.prompt, words
            self._undo.layout.display = None

        self.error = ""
        self._say(more="improve")
        self.work("improve", improve, then=improved)

    def _unimprove(self) -> None:
        if self._before_improving is not None:
            self.prompt, self._before_improving = self._before_improving, None
        self._undo.layout.display = "none"


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list) and not value)


def _sentence(name: str, words: str) -> str:
    """Say a fault at its field, as a sentence."""
    called = _CALLED.get(name, name.replace("_", " "))
    words = words.replace(name, called, 1) if name else words
    return f"{words[:1].upper()}{words[1:]}."
