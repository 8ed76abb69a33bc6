"""What many briefs are known by in the ledger; each of their values is checked once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.api import youthumb
from thumbnb.briefs import AdvancedOptions, ProjectDraft, options_of
from thumbnb.client.ledger.run_record import PaidCall
from thumbnb.client.purchases.assets import name_of
from thumbnb.client.purchases.draft_request import name_every_image, person_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from thumbnb.client.purchases.assets import Assets

# By what ``create_project`` calls a field: its name in the draft.
_DRAFT_NAMES = {"preset": "preset_key", "template": "template_id"}
_NOT_OF_THE_IDENTITY = frozenset(
    {"name", "content_images", "style_reference", "options", "person", "engine"}
)
_A_PROMPT = "A prompt"
_UNSEEN = object()


class BriefIdentities:
    """The identities of briefs, as ``prepare_draft`` and the ledger make them.

    A sweep has thousands of briefs of a few values: a value is checked and put into JSON
    when it is first met, which is most of the work. ``engine`` gives the engine that a brief's
    own comes to.
    """

    def __init__(
        self, service_url: str, engine: Callable[[str | None], str | None] = lambda name: name
    ) -> None:
        self._service_url = service_url
        self._engine = engine
        self._known: dict[tuple[str, Any], Any] = {}
        self._fields: set[frozenset[str]] = set()
        self._images: dict[int, str] = {}

    async def read_images(self, assets: Assets, briefs: Iterable[Mapping[str, Any]]) -> None:
        """Read the images of the briefs, each once; nothing is sent."""
        for brief in briefs:
            for image in (*(brief.get("content_images") or ()), brief.get("style_reference")):
                if image is not None and id(image) not in self._images:
                    read = await assets.read(image, keep_address=True)
                    self._images[id(image)] = name_of(read)

    def digest(self, brief: Mapping[str, Any]) -> str:
        """Return the hash that the ledger knows the generation of a brief by."""
        return PaidCall(
            youthumb.SERVICE, self._service_url, "generate", {}, self._identity(brief)
        ).digest

    def _identity(self, brief: Mapping[str, Any]) -> dict[str, Any]:
        images = brief.get("content_images") or ()
        prompt = name_every_image(brief["prompt"], len(images)) if images else brief["prompt"]
        whole = {"prompt": self._value("prompt", prompt)}
        for name, value in brief.items():
            if value is not None and name not in _NOT_OF_THE_IDENTITY and name != "prompt":
                field = _DRAFT_NAMES.get(name, name)
                value_id = getattr(value, "key", getattr(value, "id", value))
                whole[field] = self._value(field, value_id)
        if (engine := self._engine(brief.get("engine"))) is not None:
            whole["engine"] = self._value("engine", engine)
        for field, value in person_field(brief.get("person")).items():
            whole[field] = self._value(field, value)
        if (options := brief.get("options")) is not None:
            whole["advanced_options"] = self._options(options)
        self._check_together(whole, brief)
        if images:
            whole["content_images"] = [self._images[id(image)] for image in images]
        if brief.get("style_reference") is not None:
            whole["style_reference"] = self._images[id(brief["style_reference"])]
        return whole

    def _value(self, field: str, value: Any) -> Any:
        found = self._known.get((field, value), _UNSEEN)
        if found is _UNSEEN:
            draft = ProjectDraft(**{"prompt": _A_PROMPT, field: value})
            found = draft.model_dump(mode="json", include={field})[field]
            self._known[field, value] = found
        return found

    def _options(self, options: AdvancedOptions | Mapping[str, Any]) -> Any:
        given = options if isinstance(options, AdvancedOptions) else frozenset(options.items())
        found = self._known.get(("advanced_options", given))
        if found is None:
            checked = options_of(options) or AdvancedOptions()
            found = checked.model_dump(mode="json", exclude_none=True)
            self._known["advanced_options", given] = found
        return found

    def _check_together(self, whole: Mapping[str, Any], brief: Mapping[str, Any]) -> None:
        """Check which fields are given together, once for each such set."""
        style = {"style_reference"} & {name for name in brief if brief[name] is not None}
        given = frozenset({*whole, *style})
        if given not in self._fields:
            stand_in = {"style_reference_url": "-"} if style else {}
            ProjectDraft(**whole, **stand_in)
            self._fields.add(given)
