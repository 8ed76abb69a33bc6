"""The prompt form, in which a thumbnail is described."""

from __future__ import annotations

import functools
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb import errors
from thumbnb.briefs import (
    MAX_PROJECT_NAME,
    MAX_PROMPT,
    MAX_TITLE,
    AdvancedOptions,
    OptionsDict,
)
from thumbnb.client.ledger import prices
from thumbnb.client.purchases.assets import image_list
from thumbnb.client.purchases.draft_request import person_field
from thumbnb.client.resources.project import Project
from thumbnb.client.runtime.job import Job
from thumbnb.text import image_tokens
from thumbnb.widgets.controls.buttons.button import Button
from thumbnb.widgets.controls.collapsible import Collapsible
from thumbnb.widgets.controls.note import Note
from thumbnb.widgets.controls.panel import Panel
from thumbnb.widgets.controls.text_field import TextField
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.check_client import check_client
from thumbnb.widgets.core.layout import column, row
from thumbnb.widgets.core.trait_links import link_traits
from thumbnb.widgets.form.advanced_controls import AdvancedControls
from thumbnb.widgets.form.content_strip import ContentStrip
from thumbnb.widgets.form.draft_faults import draft_faults
from thumbnb.widgets.form.pickers.engine_picker import EnginePicker
from thumbnb.widgets.form.pickers.person_picker import PersonPicker
from thumbnb.widgets.form.pickers.record_picker import RecordPicker
from thumbnb.widgets.form.pickers.style_source import KINDS, StyleSource
from thumbnb.widgets.form.project_code import brief_code
from thumbnb.widgets.form.prompt_field import PromptField
from thumbnb.widgets.form.start_bar import StartBar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from thumbnb.client.client import Client
    from thumbnb.client.purchases.assets import ImageInput
    from thumbnb.models import PresetRecord

# Seconds within which two clicks are one double click.
DOUBLE_CLICK = 1.0


class PromptForm(Panel):
    """Describe a thumbnail: what is on it, its style, its words, and what it will cost.

    Traits: ``prompt`` (3 to 2000 characters), ``title`` (the text on the thumbnail, up to
    200), ``preset`` (a key), ``name`` (of the project), ``engine`` (what paints), ``person``,
    ``content_images`` (up to 5, anything the client takes as an image), and one of ``template``,
    ``style_reference`` and ``youtube_url``. ``valid``, ``faults`` (what is wrong, in
    words, by field) and ``price`` (credits) follow them; ``project`` and ``job`` are the
    last ones started. ``options`` is the ``AdvancedControls`` inside; ``start`` the
    variations and the button, which ``start_apart=True`` leaves to be shown elsewhere.

    ``brief()`` gives it as keywords of ``client.create_project``, ``code()`` as Python,
    ``submit()`` starts it. Nothing is uploaded or sent before that, save what has a
    button of its own.

    >>> form = PromptForm(client, prompt="A red door", title="OPEN ME")  # doctest: +SKIP
    >>> form.observe(lambda change: show(change.new), "job")  # doctest: +SKIP
    """

    repr_traits = ("prompt", "valid")

    _clock = staticmethod(time.monotonic)

    prompt = traitlets.Unicode()
    title = traitlets.Unicode()
    preset = traitlets.Any(None, allow_none=True, help="Its key; a preset itself may be set.")
    name = traitlets.Unicode()
    engine = traitlets.Any(None, allow_none=True, help="The name of what paints.")
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
        options: AdvancedControls | AdvancedOptions | OptionsDict | Mapping[str, Any] | None = None,
        content_images: Iterable[ImageInput] | ImageInput = (),
        start_apart: bool = False,
        **traits: Any,
    ) -> None:
        self._client = check_client(client)
        self._busy: set[str] = set()
        self._pressed = -DOUBLE_CLICK
        self._before_improving: str | None = None
        super().__init__(css_class="thumbnb-form")
        self._check_names(traits)
        self.options = (
            options
            if isinstance(options, AdvancedControls)
            else AdvancedControls(options, leave_out=("variations",))
        )
        sources = {name: traits.pop(name) for name in KINDS if name in traits}
        self._make(sources, start_apart=start_apart)
        self._bind()
        for image in image_list(content_images):
            self._strip.add(image)
        self.prompt, self.preset = prompt, preset
        for name, value in traits.items():
            setattr(self, name, value)
        self._check()
        self._read_presets()

    # -- what it is made of -------------------------------------------------------

    def _make(self, sources: Mapping[str, Any], *, start_apart: bool) -> None:
        client = self._client
        self._prompt = PromptField(
            label="Prompt",
            max_length=MAX_PROMPT,
            placeholder="What is to be seen? Name images with @.",
        )
        self._strip = ContentStrip(client, label="Content images", in_prompt=True)
        self._title = TextField(
            label="Title", max_length=MAX_TITLE, placeholder="The words on the thumbnail"
        )
        self._name = TextField(
            label="Project name", max_length=MAX_PROJECT_NAME, placeholder="Untitled Project"
        )
        self._presets = RecordPicker(
            client,
            card=lambda item: {
                "label": item.label,
                "description": item.description,
                "emoji": item.emoji,
            },
            image=lambda item: item.sample_url,
            label="Preset",
            none_label="No preset",
        )
        self._persons = PersonPicker(client)
        self._engines = EnginePicker(client)
        self._style = StyleSource(client, **sources)
        self._fields = {
            "prompt": self._prompt,
            "title": self._title,
            "name": self._name,
            "preset": self._presets,
            "person": self._persons.picker,
            "content_images": self._strip,
            "style_reference": self._style.reference_image,
            "youtube_url": self._style.address,
        }
        improve = f"Improve prompt · {prices.PER_PROMPT:g} credit"
        self._improve = Button(improve, self._paid(self.improve))
        self._undo = Button("Undo", self.catch_errors(lambda _: self._restore_prompt()))
        self._advanced = Collapsible("Advanced options", self.options)
        self.start = StartBar(self.options, self._paid(self.submit))
        self._shown = Note(kind="status")
        words = row(self._improve, self._undo, css_class="thumbnb-form-row")
        left = column(
            column(self._prompt, self._shown, words, css_class="thumbnb-form-group"),
            self._strip, self._title, self._name, self._persons, css_class="thumbnb-form-column",
        )  # fmt: skip
        right = column(self._presets, self._style, self._engines, css_class="thumbnb-form-column")
        columns = row(left, right, css_class="thumbnb-form-columns")
        self.fill(columns, self._advanced, *([] if start_apart else [self.start]))
        self._undo.visible = False

    def _paid(self, act: Callable[[], Any]) -> Callable[..., None]:
        """Return the callback of a button that costs; a double click presses it once."""

        def press(_: Any) -> None:
            now = self._clock()
            if not self._busy and now - self._pressed >= DOUBLE_CLICK:
                self._pressed = now
                act()

        return self.catch_errors(press)

    def _bind(self) -> None:
        link_traits(self, "prompt", self._prompt, "value")
        link_traits(self, "title", self._title, "value")
        link_traits(self, "name", self._name, "value")
        link_traits(self, "content_images", self._strip, "images")
        link_traits(self, "person", self._persons, "person")
        link_traits(self, "engine", self._engines, "chosen")
        for name in KINDS:
            link_traits(self._style, name, self, name)
        self._presets.observe(lambda change: setattr(self, "preset", change.new), "chosen")
        self.observe(lambda change: setattr(self._presets, "chosen", change.new), "preset")
        self._strip.observe(lambda change: setattr(self._prompt, "images", change.new), "names")
        self._strip.on_arrange(self._prompt.renumber)
        self._strip.on_pick(lambda number: self._prompt.insert(image_tokens.token(number)))
        names = ("prompt", "title", "preset", "name", "person", "template", "style_reference")
        self.observe(lambda _: self._check(), [*names, "youtube_url", "content_images"])
        self.options.observe(lambda _: self._check(), ["options", "fault"])
        # The first time, the words of all drawings are read: nobody who types waits for that.
        self.observe(
            lambda _: self._shown.set_later(text=self._what_shows), ["prompt", "content_images"]
        )

    @traitlets.validate("preset")
    def _key_of_preset(self, proposal: Any) -> str | None:
        key = getattr(proposal.value, "key", proposal.value)
        if key is not None and not isinstance(key, str):
            raise errors.InvalidInput(f"preset is a preset or its key, not a {type(key).__name__}.")
        return key

    # -- what there is to choose from ---------------------------------------------

    def use_client(self, client: Client) -> None:
        """Use another client from now on; ``reload()`` reads what its service offers."""
        self._client = client
        parts = self._strip, self._presets, self._persons, self._style, self._engines
        for part in parts:
            part.use_client(client)

    def reload(self) -> None:
        """Ask the service again which presets, persons and templates there are; free."""
        self.error = ""
        self._read_presets()
        self._persons.reload()
        self._engines.reload()
        self._style.reload()

    def _read_presets(self) -> None:
        def offer(presets: list[PresetRecord]) -> None:
            self._presets.offer(presets)
            self._check()

        self.start_job("presets", self._client.presets.aio, then=offer, latest=True)

    # -- what is wrong ------------------------------------------------------------

    def _check(self) -> None:
        faults = self._find_faults()
        for name, field in self._fields.items():
            field.fault = faults.get(name, "")
        self.price = self._client.price(options=self.options.options)
        self.faults, self.valid = faults, not faults
        self._advanced.summary = self.options.summary or "the service decides"
        self._update_buttons()

    def _what_shows(self) -> str:
        """Say which words of the prompt will be shown, where that is known."""
        if not self.prompt.strip() or self.content_images:
            return ""
        return str(self._client.preview_prompt(self.prompt) or "")

    def _update_buttons(self, *, started: str = "", ended: str = "") -> None:
        """Show on the buttons their price, or that they are busy, and why they are off."""
        self._busy = (self._busy | {started}) - {ended, ""}
        fault = next(iter(self.faults.values()), "")
        self.start.show(price=self.price, fault=fault, busy="start" in self._busy)
        self._improve.disabled = "improve" in self._busy or "prompt" in self.faults

    @contextmanager
    def _busy_with(self, name: str) -> Iterator[None]:
        """Keep its button off until the work inside has ended, however it ends."""
        try:
            yield
        finally:
            trait_updates.shared.call(self, lambda: self._update_buttons(ended=name))

    def _find_faults(self) -> dict[str, str]:
        fields = {
            "prompt": self.prompt.strip(),
            "preset_key": self.preset,
            "title": self.title,
            "project_name": self.name,
            "template_id": getattr(self.template, "id", self.template),
            "youtube_url": self.youtube_url or None,
            "style_reference_url": "-" if self.style_reference is not None else None,
            **person_field(self.person),
        }
        return draft_faults(
            fields,
            images=self.content_images,
            style_reference=self.style_reference,
            options_fault=self.options.fault,
            preset_fault=self._presets.unknown(),
        )

    # -- what it comes to ---------------------------------------------------------

    def add_image(self, image: ImageInput, *, name: str = "") -> None:
        """Add a content image, and its name to the prompt unless that is there already."""
        number = self._strip.add(image, name=name)
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
            "engine": self.engine,
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
            with self._busy_with("start"):
                project = await self._client.create_project.aio(**brief)
                return project, project.start()

        self.error = ""
        self._update_buttons(started="start")
        return self.start_job("start", start, then=self._started)

    create = submit

    def _started(self, started: tuple[Project, Job[Any]]) -> None:
        self.project, self.job = started

    @traitlets.observe("job")
    def _watch_job(self, change: Any) -> None:
        if job := change.new:
            job.watch(self._show_job_error)
            self._show_job_error(job)  # it may have ended before anybody watched

    def _show_job_error(self, job: Job[Any]) -> None:
        if (error := job.exception()) is not None:
            trait_updates.shared.call(self, functools.partial(self.show_error, error))

    # -- a better prompt ----------------------------------------------------------

    def improve(self) -> None:
        """Ask for a better prompt, for half a credit; the button beside takes it back."""
        prompt, context = self.prompt, {"title": self.title} if self.title else {}

        async def improve() -> str:
            with self._busy_with("improve"):
                return await self._client.improve_prompt.aio(prompt, context=context)

        def improved(words: str) -> None:
            self._before_improving, self.prompt = self.prompt, words
            self._undo.visible = True

        self.error = ""
        self._update_buttons(started="improve")
        self.start_job("improve", improve, then=improved)

    def _restore_prompt(self) -> None:
        if self._before_improving is not None:
            self.prompt, self._before_improving = self._before_improving, None
        self._undo.visible = False


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list) and not value)
