"""Account names: whether the presets, persons and templates that briefs name are there."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import youthumb_resources as library
from thumbnb.client.purchases.draft_request import person_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.client.session import Session

FIELDS = ("preset", "person", "template")


class AccountNames:
    """The presets, persons and templates of a YouThumb account, to check briefs against.

    Asked for before anything is paid: the hosted service may answer an unknown person with
    an internal error, once for each project.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._presets: list[str] = []
        self._persons: dict[str, str] | None = None  # names by ids
        self._no_templates: set[str] = set()

    async def read(self, field: str, values: Iterable[Any]) -> None:
        """Ask the service for what it has of a field, where ``values`` name any."""
        named = [value for value in values if value is not None]
        if not named:
            return
        match field:
            case "preset":
                found = await self._session.request(library.list_presets)
                self._presets = [record.key for record in found]
            case "person":
                persons = await self._session.request(library.list_persons)
                self._persons = {record.id: record.name for record in persons}
            case "template":  # too many to list
                for key in {value for value in named if isinstance(value, str)}:
                    try:
                        await self._session.request(library.get_template, key)
                    except errors.NotFound:
                        self._no_templates.add(key)

    def fault(self, field: str, value: Any) -> errors.InvalidInput | None:
        """Return what is wrong with a field's value, as far as its kind was read."""
        match field:
            case "preset":
                return self._preset_fault(getattr(value, "key", value))
            case "person":
                return self._person_fault(value)
            case "template" if isinstance(value, str) and value in self._no_templates:
                return errors.InvalidInput(
                    f"There is no template {value!r}.",
                    hint="client.templates() lists them. Nothing was sent.",
                )
        return None

    def _preset_fault(self, key: Any) -> errors.InvalidInput | None:
        if key is None or not self._presets or key in self._presets:
            return None
        near = get_close_matches(str(key), self._presets, n=1)
        return errors.InvalidInput(
            f"There is no preset {key!r}{f', but {near[0]}' if near else ''}.",
            hint="client.presets() lists them. Nothing was sent.",
        )

    def _person_fault(self, person: Any) -> errors.InvalidInput | None:
        if self._persons is None or person is None:
            return None
        field = person_field(person)
        key = field.get("person_id")
        if key is not None and key not in self._persons:
            called = getattr(person, "name", None)
            return errors.InvalidInput(
                f"There is no person {called or key!r} any more."
                if called
                else f"There is no person with the id {key!r}.",
                hint=f"{self._listed_persons()} Nothing was sent.",
            )
        name = field.get("person_name")
        if name is not None and name not in self._persons.values():
            names = {each.lower(): each for each in self._persons.values()}
            near = get_close_matches(name.lower(), names, n=1)
            return errors.InvalidInput(
                f"There is no person {name!r}{f', but {names[near[0]]!r}' if near else ''}.",
                hint=f"{self._listed_persons()} Nothing was sent.",
            )
        return None

    def _listed_persons(self) -> str:
        if self._persons:
            return "client.persons() lists them."
        return 'This account has no persons: client.create_person("Ann", images=[...]) makes one.'
