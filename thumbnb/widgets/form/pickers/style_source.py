"""The style source of a thumbnail: a template, an image or a video, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb import errors
from thumbnb.widgets.controls.card_picker import CardPicker
from thumbnb.widgets.controls.panel import Panel
from thumbnb.widgets.controls.text_field import TextField
from thumbnb.widgets.core.trait_links import link_traits
from thumbnb.widgets.form.content_strip import ContentStrip
from thumbnb.widgets.form.pickers.record_picker import RecordPicker

if TYPE_CHECKING:
    from thumbnb.client.client import Client

KINDS = {"template": "Template", "style_reference": "Image", "youtube_url": "YouTube video"}


class StyleSource(Panel):
    """A template, an image or a YouTube video to take the style from; or none.

    Traits: ``template`` (a record or an id), ``style_reference`` (an image),
    ``youtube_url``: setting one unsets the others. ``kind`` is the name of the one that
    is shown, empty for none.

    >>> StyleSource(client, youtube_url="https://youtu.be/dQw4w9WgXcQ")  # doctest: +SKIP
    """

    repr_traits = ("kind",)

    template = traitlets.Any(None, allow_none=True)
    style_reference = traitlets.Any(None, allow_none=True)
    youtube_url = traitlets.Unicode()
    kind = traitlets.Enum(("", *KINDS), "", help="Which source is shown.")

    def __init__(self, client: Client, **traits: Any) -> None:
        given = [name for name in KINDS if not _empty(traits.get(name))]
        if len(given) > 1:
            raise errors.InvalidInput(f"One style source at a time, not {' and '.join(given)}.")
        self._client = client
        self._requested = False
        super().__init__()
        self._kinds = CardPicker(label="Style from", none_label="Preset alone", variant="pills")
        self._kinds.show([{"key": key, "label": label} for key, label in KINDS.items()])
        self.templates = RecordPicker(
            client,
            card=lambda item: {
                "label": item.name,
                "description": item.description,
                "group": item.category,
            },
            image=lambda item: item.thumbnail_url or item.image_url,
            label="Template",
            searchable=True,
        )
        self.reference_image = ContentStrip(client, label="Reference image", max_images=1)
        self.address = TextField(
            label="YouTube address",
            placeholder="https://youtu.be/...",
            hint="Its thumbnail is the reference.",
            spellcheck=False,
        )
        self._editors = dict(
            zip(KINDS, (self.templates, self.reference_image, self.address), strict=True)
        )
        link_traits(self, "kind", self._kinds, "value")
        link_traits(self, "template", self.templates, "chosen")
        link_traits(self, "youtube_url", self.address, "value")
        self.reference_image.observe(self._on_reference, "images")
        self.observe(self._show_reference, "style_reference")
        self.observe(self._given, list(KINDS))
        self.observe(lambda _: self._show(), "kind")
        self._show()
        for name, value in traits.items():
            self._check_names({name: value})
            setattr(self, name, value)

    def use_client(self, client: Client) -> None:
        """Use another client from now on."""
        self._client = client
        for part in (self.templates, self.reference_image):
            part.use_client(client)

    def reload(self) -> None:
        """Ask the service again which templates there are, where it was asked before."""
        self.error = ""
        if self._requested:
            read = self._client.templates.aio
            self.start_job(
                "templates", lambda: read(limit=100), then=self.templates.offer, latest=True
            )

    def _given(self, change: Any) -> None:
        """One source was given: it is the one."""
        if not _empty(change.new):
            self.kind = change.name

    def _show(self) -> None:
        for name in KINDS:
            if name != self.kind:
                setattr(self, name, "" if name == "youtube_url" else None)
        if self.kind == "template" and not self._requested:
            self._requested = True
            self.reload()
        self.fill(self._kinds, *([self._editors[self.kind]] if self.kind else []))

    def _on_reference(self, change: Any) -> None:
        self.style_reference = change.new[0] if change.new else None

    def _show_reference(self, change: Any) -> None:
        wanted = () if change.new is None else (change.new,)
        if len(wanted) != len(self.reference_image.images) or any(
            a is not b for a, b in zip(wanted, self.reference_image.images, strict=True)
        ):
            self.reference_image.images = wanted


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value)
