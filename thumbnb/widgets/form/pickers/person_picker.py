"""The person picker: the persons of the account, and a way to add one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import traitlets

from thumbnb.briefs import MAX_PERSON_NAME, PersonDraft
from thumbnb.client.inputs.face_check import images_without_face, missing_face_text
from thumbnb.client.resources.person import MAX_IMAGES
from thumbnb.widgets.controls.buttons.button import Button
from thumbnb.widgets.controls.buttons.confirmed_button import ConfirmedButton
from thumbnb.widgets.controls.collapsible import Collapsible
from thumbnb.widgets.controls.panel import Panel
from thumbnb.widgets.controls.text_field import TextField
from thumbnb.widgets.core.text import shortened
from thumbnb.widgets.core.trait_links import link_traits
from thumbnb.widgets.form.content_strip import ContentStrip
from thumbnb.widgets.form.pickers.record_picker import RecordPicker

if TYPE_CHECKING:
    from thumbnb.client.client import Client
    from thumbnb.client.resources.person import Person


class PersonPicker(Panel):
    """Choose a person, or add one by a name and images of their face.

    Traits: ``person``: a ``Person``, an id or a name; None for nobody. ``reload()`` asks
    the service again for who there is, ``delete()`` deletes who is chosen; its button asks before.

    >>> PersonPicker(client, person="Ana")  # doctest: +SKIP
    """

    person = traitlets.Any(None, allow_none=True, help="A Person, an id or a name.")

    def __init__(self, client: Client, *, person: Person | str | None = None) -> None:
        self._client = client
        super().__init__()
        self.picker = RecordPicker(
            client,
            card=lambda item: {"label": item.name, "description": item.description, "emoji": "☺"},
            image=lambda item: next((each.url for each in item.record.images if each.url), None),
            label="Person",
            none_label="Nobody",
            variant="portraits",
        )
        self.name = TextField(label="Name", max_length=MAX_PERSON_NAME)
        self.faces = ContentStrip(
            client,
            label="Images of the face",
            max_images=MAX_IMAGES,
            hint="Sharp, from the front.",
        )
        self._button = Button(
            "Add person", self.catch_errors(lambda _: self._pressed()), disabled=True
        )
        self._new_person = Collapsible("Add a person", self.name, self.faces, self._button)
        link_traits(self, "person", self.picker, "chosen")
        self.name.observe(lambda _: self._check(), "value")
        self.faces.observe(lambda _: self._check(), "images")
        self.faces.observe(lambda _: self._look_for_faces(), "images")
        self._delete = ConfirmedButton(
            "Delete ...",
            self.catch_errors(lambda _: self.delete()),
            tooltip="Delete this person from the service",
        )
        self.observe(lambda _: self._show_delete(), "person")
        self.picker.observe(lambda _: self._show_delete(), "cards")
        self.fill(self.picker, self._delete, self._new_person)
        self.person = person
        self._show_delete()
        self.reload()

    def use_client(self, client: Client) -> None:
        """Use another client from now on."""
        self._client = client
        for part in (self.picker, self.faces):
            part.use_client(client)

    def reload(self) -> None:
        """Read the persons of the service again."""
        self.error = ""
        self.start_job("persons", self._client.persons.aio, then=self.picker.offer, latest=True)

    def _pressed(self) -> None:
        if not self._button.disabled:  # the second click of two is not a second person
            self.add()

    def add(self) -> None:
        """Make a person of the name and the images that were given, and choose them."""
        self.error = ""
        name, images = self.name.value.strip(), list(self.faces.images)
        self._button.disabled = True
        self._button.description = "Adding..."
        make = self._client.create_person.aio
        self.start_job("person", lambda: make(name, images=images), then=self._added)

    def delete(self) -> None:
        """Delete the person that is chosen from the service; the images stay as assets."""
        self.error = ""
        person = self.picker.record()
        if person is None:
            return

        def gone(_: None) -> None:
            if self.picker.record() is person:
                self.person = None
            self.reload()

        self.start_job("delete", person.delete.aio, then=gone)

    def _show_delete(self) -> None:
        person = self.picker.record()
        self._delete.visible = person is not None
        if person is not None:
            self._delete.question = f"Delete \u201c{shortened(person.name, 60)}\u201d for good?"

    def show_error(self, error: BaseException) -> None:
        """Show an error to the user, who may try again."""
        super().show_error(error)
        self._check()

    def _added(self, person: Person) -> None:
        self.name.value, self.faces.images = "", ()
        self._new_person.expanded = False
        self.person = person
        self.reload()

    def _look_for_faces(self) -> None:
        """Show which images have no face; they can be added all the same."""
        images = list(self.faces.images)

        def show_missing_faces(numbers: list[int]) -> None:
            self.faces.fault = missing_face_text(numbers, len(images))

        self.start_job(
            "faces",
            lambda: asyncio.to_thread(images_without_face, images),
            then=show_missing_faces,
            latest=True,
        )

    def _check(self) -> None:
        name = self.name.value.strip()
        faults = PersonDraft.faults(name=name)
        self.name.fault = faults.get("name", "")
        self._button.disabled = bool(faults) or not self.faces.images
        self._button.description = "Add person"
