"""The brief of each row: fields of ``client.create_project`` with columns in their texts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.batches.rows.row_template import RowFault, RowTemplate, Values, parse_row_template
from thumbnb.batches.workers.address import has_scheme
from thumbnb.briefs import (
    MAX_CONTENT_IMAGES,
    MAX_PROMPT,
    MAX_TITLE,
    MIN_PROMPT,
    AdvancedOptions,
    ProjectDraft,
    options_of,
)
from thumbnb.client.images.locale_variants import check_titles
from thumbnb.client.ledger import prices
from thumbnb.client.purchases.draft_request import person_field
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

# Fields whose text may have columns in braces; where they are one column, any value of it is taken.
FIELDS = (
    "prompt", "title", "preset", "person", "style_reference", "template", "youtube_url", "engine",
)  # fmt: skip
# Where the column is empty the row is made without that field.
_OPTIONAL = frozenset(FIELDS) - {"prompt"}
_TEXTS = frozenset({"prompt", "title"})
_DRAFT_NAMES = {"preset": "preset_key", "template": "template_id"}


class BriefFields:
    """The brief of a batch; false where there is none.

    ``given`` has fields, ``options`` and ``images``; ``locales`` the titles by language.
    """

    def __init__(
        self, given: Mapping[str, Any], locales: Mapping[str, str] | None, columns: tuple[str, ...]
    ) -> None:
        fields = {name: given[name] for name in FIELDS if given.get(name) is not None}
        options, images = given.get("options"), given.get("images")
        if "prompt" not in fields:
            surplus = [*fields, *(["options"] if options else []), *(["images"] if images else [])]
            surplus += ["locales"] if locales else []
            if surplus:
                raise errors.InvalidInput(
                    f"{surplus[0]} goes with a prompt.", hint='Give prompt="..." as well.'
                )
        self._fields = {name: _template(value, name, columns) for name, value in fields.items()}
        if isinstance(options, AdvancedOptions):
            options = options.model_dump(exclude_none=True)
        if options is not None and not isinstance(options, Mapping):
            options_of(options)  # which says how they are given
        self._options = {
            name: _template(value, f"options, {name}", columns)
            for name, value in (options or {}).items()
        }
        if images is None:
            images = ()
        elif isinstance(images, str | bytes | os.PathLike) or not hasattr(images, "__iter__"):
            images = (images,)
        self._images = [_template(value, "images", columns) for value in images]
        if len(self._images) > MAX_CONTENT_IMAGES:
            raise errors.InvalidInput(f"images are up to {MAX_CONTENT_IMAGES}.")
        self._locales = _locales(locales, columns)
        self._checked: set[tuple[tuple[str, str], ...]] = set()

    def __bool__(self) -> bool:
        return "prompt" in self._fields

    @property
    def has_locales(self) -> bool:
        """Whether images in other languages are asked for."""
        return bool(self._locales)

    def given(self, name: str) -> Any:
        """Return what a field was given as for all rows; None where it was not."""
        return self._fields.get(name)

    def read(self, values: Values) -> dict[str, Any]:
        """Return the brief of a row, checked. Raises RowFault, InvalidInput."""
        brief: dict[str, Any] = {}
        for name, given in self._fields.items():
            value = _value(given, values, optional=name in _OPTIONAL, text=name in _TEXTS)
            if value is not None:
                brief[name] = value
        options = {n: _value(each, values, optional=True) for n, each in self._options.items()}
        options = {name: value for name, value in options.items() if value is not None}
        if options:
            brief["options"] = options_of(options)
        images = [_value(each, values, optional=False) for each in self._images]
        if images:
            for image in images:
                _check_image(image)
            brief["content_images"] = images
        self._check(brief)
        return brief

    @staticmethod
    def name_images(brief: dict[str, Any], frames: int) -> None:
        """Name each image in the prompt, the ``frames`` first: the service uses no others."""
        count = len(brief.get("content_images") or ()) + frames
        if count > MAX_CONTENT_IMAGES:
            raise RowFault(f"{count} images are more than {MAX_CONTENT_IMAGES}.")
        prompt = brief["prompt"]
        if wrong := image_tokens.stray(prompt, count):
            raise RowFault(image_tokens.stray_words(wrong[0], count))
        missing = [image_tokens.token(number) for number in image_tokens.missing(prompt, count)]
        if missing:
            brief["prompt"] = " ".join([prompt.rstrip(), *missing])

    def titles(self, values: Values) -> dict[str, str]:
        """Return the titles of other languages that a row has."""
        found = {
            language: template.fill(values)
            for language, template in self._locales.items()
            if not template.is_empty(values)
        }
        return check_titles(found) if found else {}

    def texts_to_name(self, values: Values) -> Iterator[str]:
        """Give the texts that a row's files may be named by: its title, then its prompt."""
        for name in ("title", "prompt"):
            given = self._fields.get(name)
            if (
                isinstance(given, RowTemplate)
                and not given.is_empty(values)
                and "slug" not in (given.fields)
            ):
                yield given.fill(values)

    @staticmethod
    def variations(brief: Mapping[str, Any]) -> int:
        """Return how many images a row's brief makes."""
        return prices.variations_of(brief.get("options"))

    def _check(self, brief: Mapping[str, Any]) -> None:
        fields: dict[str, Any] = {}
        for name in ("prompt", "title", "preset", "template", "youtube_url", "engine"):
            value = brief.get(name)
            if value is not None:
                value = getattr(value, "key", getattr(value, "id", value))
                fields[_DRAFT_NAMES.get(name, name)] = value
        fields |= person_field(brief.get("person"))
        if brief.get("style_reference") is not None:
            fields["style_reference_url"] = "-"
        # Texts differ in each row, all else is seldom new: what was checked is not checked again.
        others = tuple(
            sorted((n, str(v)) for n, v in fields.items() if n not in {"prompt", "title"})
        )
        if others in self._checked and _is_plain(fields["prompt"], fields.get("title") or ""):
            return
        if faults := ProjectDraft.faults(**fields):
            words = "; ".join(faults.values())
            raise RowFault(f"{words[:1].upper()}{words[1:]}.")
        self._checked.add(others)


def _is_plain(prompt: Any, title: Any) -> bool:
    """Whether nothing can be wrong with the texts of a brief."""
    return (
        isinstance(prompt, str)
        and isinstance(title, str)
        and prompt.isascii()
        and title.isascii()
        and MIN_PROMPT <= len(prompt) <= MAX_PROMPT
        and len(title) <= MAX_TITLE
    )


def _template(value: Any, option: str, columns: tuple[str, ...]) -> Any:
    return parse_row_template(value, option, columns) if isinstance(value, str) else value


def _value(given: Any, values: Values, *, optional: bool, text: bool = False) -> Any:
    if not isinstance(given, RowTemplate):
        return given
    if optional and given.is_empty(values):
        return None
    # In a text, a number of a column is set as its digits.
    return given.fill(values) if text else given.value(values)


def _check_image(image: Any) -> None:
    """Say early that an image is not there; what it is made of is seen when it is read."""
    if not isinstance(image, str | os.PathLike):
        return
    path = os.fspath(image)
    if isinstance(path, str) and not has_scheme(path) and not path.startswith("data:"):
        there = os.path.isfile(os.path.expanduser(path))  # noqa: PTH111, PTH113 - many a second
        if not there:
            raise RowFault(f"There is no image {path!r}.")


def _locales(locales: Mapping[str, str] | None, columns: tuple[str, ...]) -> dict[str, RowTemplate]:
    """Return the templates of titles by language; a column's name alone will do."""
    if locales is None:
        return {}
    if not isinstance(locales, Mapping) or not all(isinstance(t, str) for t in locales.values()):
        raise errors.InvalidInput(
            "locales are titles by language.", hint='As in locales={"de": "{title_de}"}.'
        )
    check_titles(dict.fromkeys(locales, "-"))
    return {
        language: parse_row_template(
            f"{{{text}}}" if text in columns else text, f"locales, {language}", columns
        )
        for language, text in locales.items()
    }
